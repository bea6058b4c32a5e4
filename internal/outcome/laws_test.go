package outcome_test

import (
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

// drawRounds draws published rounds of four villages, each of which may have
// missed some.
func drawRounds(t *rapid.T) []outcome.PublishedRound {
	var out []outcome.PublishedRound
	for i := range rapid.IntRange(0, 6).Draw(t, "rounds") {
		round := outcome.PublishedRound{Period: calendar.MustPeriod("2023-04").Add(i), Totals: map[string]exact.Number{}, Ranks: map[string]int{}}
		for _, id := range []string{"A", "B", "C", "D"} {
			if rapid.IntRange(0, 3).Draw(t, "attends") > 0 {
				round.Totals[id], round.Ranks[id] = exact.Ratio(rapid.Int64Range(7000, 7010).Draw(t, "total"), 100), rapid.IntRange(1, 4).Draw(t, "rank")
			}
		}
		out = append(out, round)
	}
	return out
}

// covers Q16
func TestRollupLaws(t *testing.T) {
	t.Parallel()
	doc := &template.Document{Subject: template.Village, Scale: template.Scale{Decimals: 2, Rounding: exact.HalfUp}, Ranking: template.Ranking{On: "published"}}
	rapid.Check(t, func(t *rapid.T) {
		rounds := drawRounds(t)
		least := rapid.IntRange(1, 4).Draw(t, "least")
		by := func(aggregate string) outcome.RollupResult {
			rule := halfYear(func(r *template.Rollup) { r.Aggregate, r.MinAttended = aggregate, least })
			return outcome.Summarise(doc, rule, outcome.Summed{Rounds: rounds})
		}
		sums := map[string]outcome.Rolled{}
		for _, l := range by("sum").Lines {
			sums[l.Subject] = l
		}
		mean := by("mean")
		for i, l := range mean.Lines {
			sum := sums[l.Subject]
			if !l.Exact.Mul(exact.Int(int64(l.Attended))).Equal(sum.Exact) || l.Attended != sum.Attended {
				t.Fatalf("%s: mean %s of %d, sum %s of %d", l.Subject, l.Exact, l.Attended, sum.Exact, sum.Attended)
			}
			if (l.Rank > 0) != (l.Attended >= least) {
				t.Fatalf("%s attended %d of at least %d and is ranked %d", l.Subject, l.Attended, least, l.Rank)
			}
			if i > 0 && l.Rank > 0 && (mean.Lines[i-1].Rank == 0 || mean.Lines[i-1].Published.Cmp(l.Published) < 0) {
				t.Fatalf("%+v stands before %+v", mean.Lines[i-1], l)
			}
		}
		rounds = rapid.Permutation(rounds).Draw(t, "permuted")
		if again := by("mean"); lines(again) != lines(mean) {
			t.Fatalf("%s in one order of the rounds, %s in another", lines(mean), lines(again))
		}
		ranks := by("mean-of-ranks").Lines
		for i := 1; i < len(ranks); i++ {
			if ranks[i].Rank > 0 && ranks[i-1].Published.Cmp(ranks[i].Published) > 0 {
				t.Fatalf("a higher mean of ranks stands first: %+v", ranks)
			}
		}
	})
}

// Whatever steps are tried in whatever order, money only moves after a decision
// with minutes and basis and an approval by somebody else.
// covers A33, A34, G11
func TestMoneyNeverMovesOnAShortcut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := outcome.NewMoney(rapid.Bool().Draw(t, "penalty"))
		who := rapid.SampledFrom([]string{"", "clerk", "finance"})
		text := rapid.SampledFrom([]string{"", "例文"})
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			before := m
			var err error
			switch rapid.IntRange(0, 2).Draw(t, "step") {
			case 0:
				m, err = m.Decide(outcome.MoneyDecision{Amount: exact.Int(rapid.Int64Range(-1, 2).Draw(t, "yuan")), Minutes: text.Draw(t, "minutes"), Basis: text.Draw(t, "basis"), By: who.Draw(t, "by")})
			case 1:
				m, err = m.Approve(who.Draw(t, "by"))
			default:
				m, err = m.Execute(who.Draw(t, "by"), text.Draw(t, "record"))
			}
			if err != nil && (m != before || fault.CodeOf(err) == "") {
				t.Fatalf("a refused step (%v) changed %+v to %+v", err, before, m)
			}
		}
		if m.State == outcome.MoneyExecuted && (m.Amount.Sign() <= 0 || m.Minutes == "" || m.Basis == "" || m.DecidedBy == m.ApprovedBy || m.ApprovedBy == "" || m.Record == "") {
			t.Fatalf("%+v", m)
		}
	})
}
