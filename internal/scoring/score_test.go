package scoring_test

import (
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

func TestRoundingIsOneExplicitStep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mode exact.Mode
		mark string
		want string
	}{
		{exact.HalfUp, "90.125", "90.13"},
		{exact.HalfEven, "90.125", "90.12"},
		{exact.HalfEven, "90.135", "90.14"},
		{exact.Down, "90.129", "90.12"},
	} {
		doc := document()
		doc.Scale.Rounding = c.mode
		s := plan(t, doc, item("a", 100)).Score(values(c.mark, c.mark))
		equal(t, string(c.mode), s.Published, c.want)
		if !s.Exact.Add(s.Rounding).Equal(s.Published) {
			t.Errorf("%s + %s is not %s", s.Exact, s.Rounding, s.Published)
		}
	}
}

// covers Q36
func TestDeductionsComeOffTheTotal(t *testing.T) {
	t.Parallel()
	p := plan(t, document(), item("a", 100))
	equal(t, "exact", p.Score(values("90", "90"), values("4", "1.5")...).Exact, "84.5")
	equal(t, "below zero", p.Score(values("0", "0"), values("4")...).Exact, "-4")
}

// covers Q6
func TestTieBreakChain(t *testing.T) {
	t.Parallel()
	p := plan(t, document(), item("a", 30), item("b", 70))
	got := p.TieBreak([]string{"ledger", "onsite", "a", "heaviest-item", "nothing"}, values("90", "60", "50", "80"), p.Score(values("90", "60", "50", "80")), nil)
	want := []string{"44.4", "24.8", "21.6", "47.6", "0"}
	for i, w := range want {
		equal(t, "tie-break", got[i], w)
	}
	if p.TieBreak(nil, values("1", "2", "3", "4"), scoring.Score{}, nil) != nil {
		t.Error("without a chain there is nothing to compare")
	}
}

func TestScoresAreMonotoneAndBounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		doc := document()
		onsite := rapid.Int64Range(1, 99).Draw(t, "onsite")
		doc.Channels[0].Weight, doc.Channels[1].Weight = exact.Int(onsite), exact.Int(100-onsite)
		doc.Scale.Split = rapid.SampledFrom([]string{"per-item", scoring.PerTotal}).Draw(t, "split")
		first := rapid.Int64Range(1, 99).Draw(t, "points")
		p, err := scoring.NewPlan(doc, []template.Item{item("a", first), item("b", 100-first)})
		if err != nil {
			t.Fatal(err)
		}
		marks := drawMarks(t, "marks", 4, 4)
		s := p.Score(marks)
		if !exact.Sum(s.Items...).Equal(s.Exact) || !exact.Sum(p.ByChannel(marks, p.Whole())...).Equal(s.Exact) {
			t.Fatalf("items %v and channels %v do not sum to %s", s.Items, p.ByChannel(marks, p.Whole()), s.Exact)
		}
		if s.Exact.Sign() < 0 || s.Exact.Cmp(exact.Int(100)) > 0 {
			t.Fatalf("%s is off the scale", s.Exact)
		}
		if diff := s.Rounding; diff.Cmp(exact.Ratio(1, 200)) > 0 || diff.Cmp(exact.Ratio(-1, 200)) < 0 {
			t.Fatalf("rounding moved the total by %s", diff)
		}
		k := rapid.IntRange(0, 3).Draw(t, "cell")
		better := append([]exact.Number(nil), marks...)
		better[k] = better[k].Add(exact.Int(1))
		if p.Score(better).Exact.Cmp(s.Exact) <= 0 {
			t.Fatal("a better mark does not better the total")
		}
	})
}
