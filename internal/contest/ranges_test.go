package contest_test

import (
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
)

// judgedBy adds on-site marks of more judges to every village.
func judgedBy(in contest.Input, judge string, values ...string) contest.Input {
	for i, value := range values {
		id := in.Roster[i].ID
		in.Marks = append(in.Marks, contest.Mark{ID: judge + id, Item: "party", Channel: "onsite", Subject: id, Judge: judge, Value: exact.Must(value)})
	}
	return in
}

func TestRankRangeWhenOneJudgeIsLeftOut(t *testing.T) {
	t.Parallel()
	in := round("2023-04", [3]string{"90", "90", "80"}, [3]string{"80", "80", "82"}, [3]string{"50", "50", "50"})
	in = judgedBy(in, "harsh", "60", "88", "50")
	result := compute(t, in)
	// V1: mean 80, 80 in all. V2: mean 82⅔, 82.27. Without "harsh" V1 has 90 and 84, V2 80 and 81.2.
	for subject, want := range map[string]contest.Range{"V1": {Best: 1, Worst: 2}, "V2": {Best: 1, Worst: 2}, "V3": {Best: 3, Worst: 3}} {
		s := standing(t, result, subject)
		if s.Range == nil || *s.Range != want {
			t.Errorf("%s is ranked %d, within %+v; want %+v", subject, s.Rank, s.Range, want)
		}
	}
	if standing(t, result, "V2").Rank != 1 {
		t.Errorf("%s", board(result))
	}
}

func TestNoRangeUnderThreeJudges(t *testing.T) {
	t.Parallel()
	for _, s := range compute(t, seven("2023-04")).Standings {
		if s.Range != nil {
			t.Errorf("%s has the range %+v; with two judges it would give one of them away", s.Subject, s.Range)
		}
	}
	in := judgedBy(seven("2023-04"), "third", "95") // three judges in V1 alone
	for _, s := range compute(t, in).Standings {
		if s.Range == nil || s.Range.Best > s.Rank || s.Range.Worst < s.Rank {
			t.Errorf("%s is ranked %d, within %+v", s.Subject, s.Rank, s.Range)
		}
	}
}
