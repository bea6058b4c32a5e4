package contest_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// shared is read once, for tests that leave it as it is.
var shared = sync.OnceValue(everything)

// drawn draws a round with everything, of two to six villages.
func drawn(t *rapid.T) contest.Input { return drawnUpTo(t, 6) }

func drawnUpTo(t *rapid.T, villages int) contest.Input {
	numbers := rapid.IntRange(0, 1<<20)
	return played(shared(), rapid.IntRange(2, villages).Draw(t, "villages"), func(int) draw {
		return func(_, low, high int) int { return low + numbers.Draw(t, "number")%(high-low) }
	})
}

func canonicalOf(t *rapid.T, v any) []byte {
	data, err := contest.Canonical(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The order in which anything is handed in changes nothing; nor does the order
// of items, but for the order in which they are told.
func TestOrderOfEverythingDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		result, err := contest.Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		other := in
		other.Roster, other.Marks = rapid.Permutation(in.Roster).Draw(t, "roster"), rapid.Permutation(in.Marks).Draw(t, "marks")
		other.Metrics, other.Exams = rapid.Permutation(in.Metrics).Draw(t, "metrics"), rapid.Permutation(in.Exams).Draw(t, "exams")
		other.Ballots, other.Entered = rapid.Permutation(in.Ballots).Draw(t, "ballots"), rapid.Permutation(in.Entered).Draw(t, "entered")
		other.Facts = rapid.Permutation(in.Facts).Draw(t, "facts")
		again, err := contest.Compute(other)
		if err != nil || !bytes.Equal(canonicalOf(t, *again), canonicalOf(t, *result)) {
			t.Fatalf("another order gives another result, or %v", err)
		}
		other.Rubric = rapid.Permutation(in.Rubric).Draw(t, "items")
		again, err = contest.Compute(other)
		if err != nil || !bytes.Equal(canonicalOf(t, again.Standings), canonicalOf(t, result.Standings)) {
			t.Fatalf("another order of items gives other standings, or %v", err)
		}
	})
}

// Judges are interchangeable: who gave which of a cell's marks does not matter.
func TestNamesOfJudgesDoNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		other := in
		other.Marks = slices.Clone(in.Marks)
		swap := map[string]string{"J0": "J2", "J1": "J0", "J2": "J1"}
		for i := range other.Marks {
			if to, ok := swap[other.Marks[i].Judge]; ok {
				other.Marks[i].Judge = to
			}
		}
		a, errA := contest.Compute(in)
		b, errB := contest.Compute(other)
		if errA != nil || errB != nil || !bytes.Equal(canonicalOf(t, a.Standings), canonicalOf(t, b.Standings)) {
			t.Fatalf("other names, other standings, or %v, %v", errA, errB)
		}
	})
}

func TestTotalsEqualTraces(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		result, err := contest.Compute(drawn(t))
		if err != nil {
			t.Fatal(err)
		}
		addsUp(t, result)
	})
}

// A point more, wherever one can be added, never lowers the rank.
func TestAPointMoreNeverLowersTheRank(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		before, err := contest.Tally(in)
		if err != nil {
			t.Fatal(err)
		}
		v := rapid.IntRange(0, len(in.Roster)-1).Draw(t, "village")
		id := in.Roster[v].ID
		add := rapid.IntRange(0, 4).Draw(t, "where")
		in.Marks = slices.Clone(in.Marks)
		one := exact.Int(1)
		switch add {
		case 0:
			i := slices.IndexFunc(in.Marks, func(m contest.Mark) bool { return m.Subject == id && m.Item == "party" })
			in.Marks[i].Value = in.Marks[i].Value.Add(one)
		case 1:
			i := slices.IndexFunc(in.Marks, func(m contest.Mark) bool { return m.Subject == id && m.Item == "race" })
			in.Marks[i].Value = in.Marks[i].Value.Add(one)
		case 2:
			in.Entered[v].Value = in.Entered[v].Value.Add(one)
		case 3:
			in.Metrics[2*v].Value = in.Metrics[2*v].Value.Add(one)
		default:
			in.Marks = slices.DeleteFunc(in.Marks, func(m contest.Mark) bool { return m.Subject == id && m.Item == "honour" })
			d := scoring.Detail{Events: []scoring.EventCount{{Key: "province", Count: 2}}}
			in.Marks = append(in.Marks, contest.Mark{ID: "more", Item: "honour", Channel: "ledger", Subject: id, Judge: "J9", Value: exact.Int(5), Detail: &d})
		}
		after, err := contest.Tally(in)
		if err != nil {
			t.Fatal(err)
		}
		if was, now := rankOf(before, id), rankOf(after, id); now > was {
			t.Fatalf("more in %d took %s from rank %d to %d", add, id, was, now)
		}
	})
}

func rankOf(result *contest.Result, id string) int {
	for _, s := range result.Standings {
		if s.Subject == id {
			return s.Rank
		}
	}
	return 0
}

// Sealing twice gives the same bytes, in both forms; both verify, and the public
// one names no judge, no note, no person and no reason.
func TestEverythingSealsAndVerifies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		if rapid.IntRange(0, 2).Draw(t, "often enough") > 0 {
			return // sealing is slow, and a third of the rounds will do
		}
		in := drawnUpTo(t, 3)
		in.GradeDecisions = []contest.GradeDecision{{Scale: "annual", Subject: in.Roster[0].ID, Grade: "excellent", Reason: "集体研究", By: "P7", Second: "P8"}}
		result, err := contest.Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		signer := contest.NewSigner("2023", key("township"))
		for _, form := range []contest.Form{contest.Sealed, contest.Public} {
			once, err := contest.Seal(in, result, signer, form)
			if err != nil {
				t.Fatal(err)
			}
			report, err := contest.Verify(once.Bytes, contest.Trust{})
			if err != nil {
				t.Fatalf("%s: %v", form, err)
			}
			if form == contest.Sealed {
				again, err := contest.Seal(report.Input, &report.Result, signer, form)
				if err != nil || !bytes.Equal(again.Bytes, once.Bytes) {
					t.Fatalf("what was read back seals otherwise, or %v", err)
				}
				continue
			}
			for _, secret := range []string{"J0", "J9", "巡查所见", "P1", "P7", "P8", "平时掌握", "集体研究", "LV1"} {
				if strings.Contains(string(once.Bytes), `"`+secret+`"`) {
					t.Fatalf("the public form names %s", secret)
				}
			}
			samePublic(t, result, &report.Result)
		}
	})
}

// samePublic: totals, ranks, parts and grades of the public form are those of the
// sealed one.
func samePublic(t *rapid.T, sealed, public *contest.Result) {
	for i, s := range sealed.Standings {
		p := public.Standings[i]
		p.Range = s.Range // never in the public form
		if !bytes.Equal(canonicalOf(t, p), canonicalOf(t, s)) {
			t.Fatalf("the public form has %+v, the sealed one %+v", p, s)
		}
	}
	if !bytes.Equal(canonicalOf(t, public.Grades), canonicalOf(t, sealed.Grades)) {
		t.Fatalf("grades %+v and %+v", public.Grades, sealed.Grades)
	}
}

// The range of ranks of every kind is what computing without each judge gives.
func TestRangesOfEveryKindAreRoundsWithoutEachJudge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		result, err := contest.Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]contest.Range{}
		for _, s := range result.Standings {
			want[s.Subject] = contest.Range{Best: s.Rank, Worst: s.Rank}
		}
		for j := range 3 {
			other := in
			other.Template = everything()
			other.Template.Channels[0].Judges = template.Judges{Min: 2, Combine: "mean"} // of two marks a trimmed mean drops none
			other.Marks = slices.DeleteFunc(slices.Clone(in.Marks), func(m contest.Mark) bool { return m.Judge == fmt.Sprint("J", j) })
			again, err := contest.Tally(other)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range again.Standings {
				r := want[s.Subject]
				want[s.Subject] = contest.Range{Best: min(r.Best, s.Rank), Worst: max(r.Worst, s.Rank)}
			}
		}
		for _, s := range result.Standings {
			if *s.Range != want[s.Subject] {
				t.Fatalf("%s is within %+v, want %+v", s.Subject, s.Range, want[s.Subject])
			}
		}
	})
}
