package scoring_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
)

func seen(judge, subject string, mark int64) scoring.Observation {
	return scoring.Observation{Judge: judge, Subject: subject, Mark: exact.Int(mark)}
}

func TestSeverityOfTwoJudges(t *testing.T) {
	t.Parallel()
	s, err := scoring.Severity([]scoring.Observation{seen("mild", "V1", 92), seen("harsh", "V1", 88), seen("mild", "V2", 90), seen("harsh", "V3", 87)})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(s.Judges); got != "[{harsh -2 2} {mild 2 2}]" {
		t.Errorf("%s", got)
	}
	if got := fmt.Sprint(s.Subjects); got != "[{V1 90 90 1 1} {V3 87 89 3 2} {V2 90 88 1 3}]" {
		t.Errorf("%s", got)
	}
}

func TestSeverityIsRefusedWhereJudgesShareNoSubject(t *testing.T) {
	t.Parallel()
	_, err := scoring.Severity([]scoring.Observation{seen("a", "V1", 90), seen("b", "V2", 80), seen("c", "V2", 85)})
	if f := fault.All(err); len(f) != 1 || f[0].Code != fault.SeverityApart || f[0].Args["value"] != "2" {
		t.Errorf("%v", err)
	}
	if _, err := scoring.Severity(nil); fault.CodeOf(err) != fault.SeverityEmpty {
		t.Errorf("no marks at all: %v", err)
	}
}

func TestConnectedParts(t *testing.T) {
	t.Parallel()
	plan := []scoring.Seat{{"c", "V5"}, {"a", "V1"}, {"b", "V2"}, {"a", "V3"}, {"d", "V3"}, {"b", "V1"}}
	if got := fmt.Sprint(scoring.Connected(plan)); got != "[[a b d] [c]]" {
		t.Errorf("%s", got)
	}
	if got := scoring.Connected(nil); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// A judge who marks everybody higher by the same comes out so much more lenient,
// effects sum to 0, and adjusted marks do not care.
func TestSeverityFollowsAShiftOfOneJudge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		judges, subjects := rapid.IntRange(2, 4).Draw(t, "judges"), rapid.IntRange(2, 5).Draw(t, "subjects")
		var marks, shifted []scoring.Observation
		shift := rapid.Int64Range(-9, 9).Draw(t, "shift")
		for j := range judges {
			for s := range subjects {
				if s > 0 && j > 0 && rapid.Bool().Draw(t, "skips") {
					continue
				}
				m := seen(fmt.Sprint("J", j), fmt.Sprint("V", s), rapid.Int64Range(60, 100).Draw(t, "mark"))
				marks = append(marks, m)
				if j == 0 {
					m.Mark = m.Mark.Add(exact.Int(shift))
				}
				shifted = append(shifted, m)
			}
		}
		was, err := scoring.Severity(marks)
		now, again := scoring.Severity(shifted)
		if err != nil || again != nil {
			t.Fatal(err, again)
		}
		var sum exact.Number
		for _, e := range now.Judges {
			sum = sum.Add(e.Effect)
		}
		gain := now.Judges[0].Effect.Sub(now.Judges[1].Effect).Sub(was.Judges[0].Effect.Sub(was.Judges[1].Effect))
		if sum.Sign() != 0 || !gain.Equal(exact.Int(shift)) {
			t.Fatalf("effects sum to %s, and a shift of %d shows as %s", sum, shift, gain)
		}
		for i := range now.Subjects {
			a, b := now.Subjects[i], was.Subjects[i]
			if a.RankAdjusted != b.RankAdjusted {
				t.Fatalf("a judge's severity moved %+v to %+v", b, a)
			}
		}
	})
}
