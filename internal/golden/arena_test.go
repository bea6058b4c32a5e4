package golden

import (
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/rectify"
)

// arenaAnswer is what a case of kind s1 expects.
type arenaAnswer struct {
	Months map[string]struct {
		Table             []arenaRow             `json:"table"`
		BottomIfInclusive []string               `json:"bottomIfInclusive"`
		Consequences      []arenaConsequence     `json:"consequences"`
		TraceExample      map[string][]traceLine `json:"trace_example"`
	} `json:"months"`
	AccountsByRank map[string]exact.Number `json:"accountsByRank"`
	AccountsByRole map[string]exact.Number `json:"accountsByRole"`
	HalfYear       []halfYearRow           `json:"halfYear"`
	Issues         []issueRow              `json:"issues"`
	Variants       map[string]struct {
		Consecutive    map[string][]string     `json:"consecutive"`
		AccountsByRank map[string]exact.Number `json:"accountsByRank"`
	} `json:"variants"`
	WhatIf []map[string]any `json:"whatIf"`
}

type arenaRow struct {
	Village      string `json:"village"`
	Total        string `json:"total"`
	Rank         int    `json:"rank"`
	RankIfExact  int    `json:"rankIfExact"`
	StreakBottom int    `json:"streakBottom"`
}

type arenaConsequence struct {
	Village        string `json:"village"`
	Rule           string `json:"rule"`
	Rank           int    `json:"rank,omitempty"`
	Streak         int    `json:"streak,omitempty"`
	RankFromBottom int    `json:"rankFromBottom,omitempty"`
	Interview      bool   `json:"interviewByPrincipal,omitempty"`
}

type traceLine map[string]any

type halfYearRow struct {
	Village string       `json:"village"`
	Mean    string       `json:"mean"`
	Rank    int          `json:"rank"`
	Yuan    exact.Number `json:"yuan"`
}

type issueRow struct {
	ID             string `json:"id"`
	Village        string `json:"village"`
	State          string `json:"state"`
	DaysLate       int    `json:"daysLate"`
	Penalty        string `json:"penalty"`
	Accountability bool   `json:"startAccountability"`
}

// covers A10, A14, A22, A23, A25, A27, A28, A29, A30, A31, A32, A40, A41b, Q4, Q5, Q6, Q7, Q8, Q9, Q11, Q15, Q16
func runArena(t *testing.T, input, expected []byte) {
	t.Helper()
	var c arenaCase
	var want arenaAnswer
	decode(t, input, &c)
	decode(t, expected, &want)
	base := c.play(t, c.reading())
	for i, month := range c.Months {
		c.checkMonth(t, month, base.results[i], want)
	}
	same(t, "accountsByRank", base.balances(), moved(want.AccountsByRank))
	byRole := c.reading()
	byRole.pointsBy = "role"
	same(t, "accountsByRole", c.play(t, byRole).balances(), moved(want.AccountsByRole))
	same(t, "halfYear", c.halfYear(t, base), want.HalfYear)
	same(t, "issues", c.issues(t, base), want.Issues)
	c.checkInclusive(t, want)
	c.checkVariants(t, want)
	c.checkWhatIf(t, base, want)
	c.checkBundles(t, base)
}

func (c *arenaCase) checkMonth(t *testing.T, month string, result *contest.Result, want arenaAnswer) {
	t.Helper()
	var rows []arenaRow
	for _, s := range result.Standings {
		rows = append(rows, arenaRow{Village: s.Subject, Total: s.Shown, Rank: s.Rank, RankIfExact: s.RankIfExact, StreakBottom: s.Streaks[0].Count})
	}
	same(t, month+" table", rows, want.Months[month].Table)
	same(t, month+" consequences", consequences(result), want.Months[month].Consequences)
	for village, lines := range want.Months[month].TraceExample {
		same(t, month+" trace of "+village, c.traceExample(t, month, result, village), lines)
	}
}

// consequences names proposals as the case does; the talk belongs to the
// consequence that carries the points.
func consequences(result *contest.Result) []arenaConsequence {
	var out []arenaConsequence
	for _, p := range result.Outcomes {
		switch {
		case p.When == "top":
			out = append(out, arenaConsequence{Village: p.Subject, Rule: "REWARD_TOP", Rank: p.Rank})
		case p.When == "bottom":
			out = append(out, arenaConsequence{Village: p.Subject, Rule: "CRITICISM_REMINDER", RankFromBottom: p.RankFromBottom})
		case p.Do == outcome.DoPoints:
			out = append(out, arenaConsequence{Village: p.Subject, Rule: "CONSECUTIVE_BOTTOM", Streak: p.Streak, RankFromBottom: p.RankFromBottom})
		case p.Do == outcome.DoTalk && p.ByRole == "principal-leaders":
			for i := range out {
				if out[i].Village == p.Subject && out[i].Rule == "CONSECUTIVE_BOTTOM" {
					out[i].Interview = true
				}
			}
		}
	}
	return out
}

// traceExample reads one village's channel and item lines off its trace.
func (c *arenaCase) traceExample(t *testing.T, month string, result *contest.Result, village string) []traceLine {
	t.Helper()
	var out []traceLine
	for _, trace := range result.Traces {
		if trace.Subject != village {
			continue
		}
		line := traceLine{}
		for _, l := range trace.Lines {
			switch l.Kind {
			case contest.LineChannel:
				line[l.Channel] = l.Shown
			case contest.LineItem:
				line["item"], line["score"] = l.Item, l.Shown
				for _, item := range c.Items[month] {
					if item.Key == l.Item {
						line["full"], _ = item.Full.Int64()
					}
				}
				out, line = append(out, line), traceLine{}
			}
		}
	}
	return out
}

// halfYear rolls the first half-year up and lets a meeting decide the money:
// the case's amounts, by place in the band.
func (c *arenaCase) halfYear(t *testing.T, base played) []halfYearRow {
	t.Helper()
	first := calendar.MustPeriod(c.Months[0])
	span := outcome.SpanOf(outcome.MonthsFromFirst, c.Rules.HalfYear.Months, first, first)
	var rounds []outcome.PublishedRound
	for i, month := range c.Months {
		period := calendar.MustPeriod(month)
		if !span.Contains(period) {
			continue
		}
		round := outcome.PublishedRound{Period: period, Totals: map[string]exact.Number{}, Ranks: map[string]int{}}
		for _, s := range base.results[i].Standings {
			if s.Rank > 0 {
				round.Totals[s.Subject], round.Ranks[s.Subject] = s.Total, s.Rank
			}
		}
		rounds = append(rounds, round)
	}
	rolled := outcome.Summarise(base.doc, base.doc.Rollups[0], outcome.Summed{Rounds: rounds})
	yuan := map[string]exact.Number{}
	for _, p := range rolled.Proposals {
		amounts, place := c.Rules.HalfYear.Reward, p.Rank
		if p.When == "bottom" {
			amounts, place = c.Rules.HalfYear.Fine, p.RankFromBottom
		}
		if place > len(amounts) {
			continue
		}
		money, err := outcome.NewMoney(p.When == "bottom").Decide(outcome.MoneyDecision{Amount: amounts[place-1], Minutes: "例纪〔2023〕9号", Basis: base.doc.Basis[0].Number, By: "meeting"})
		if err != nil {
			t.Fatal(err)
		}
		yuan[p.Subject] = money.Signed()
	}
	var out []halfYearRow
	for _, l := range rolled.Lines {
		out = append(out, halfYearRow{Village: l.Subject, Mean: l.Published.Fixed(c.Decimals), Rank: l.Rank, Yuan: yuan[l.Subject]})
	}
	return out
}

func (c *arenaCase) issues(t *testing.T, base played) []issueRow {
	t.Helper()
	var out []issueRow
	for _, i := range c.Issues {
		issue := rectify.Issue{Base: i.Base, Due: calendar.MustDate(i.Due)}
		if i.Closed != nil {
			issue.Closed = calendar.MustDate(*i.Closed)
		}
		a := rectify.Assess(*base.doc.Issues, issue, calendar.MustDate(c.AsOf), nil)
		out = append(out, issueRow{ID: i.ID, Village: i.Village, State: string(a.State), DaysLate: a.DaysLate, Penalty: a.Penalty.Fixed(1), Accountability: a.Accountability})
	}
	return out
}

// checkInclusive compares the bottom band under the other reading of Q7.
func (c *arenaCase) checkInclusive(t *testing.T, want arenaAnswer) {
	t.Helper()
	r := c.reading()
	r.penaltyTies = "inclusive"
	p := c.play(t, r)
	for i, month := range c.Months {
		bottom := []string{}
		for _, o := range p.results[i].Outcomes {
			if o.When == "bottom" {
				bottom = append(bottom, o.Subject)
			}
		}
		same(t, month+" bottomIfInclusive", bottom, want.Months[month].BottomIfInclusive)
	}
}

func (c *arenaCase) checkVariants(t *testing.T, want arenaAnswer) {
	t.Helper()
	for name, variant := range want.Variants {
		r := c.reading()
		switch name {
		case "base":
		case "penaltyTiesInclusive":
			r.penaltyTies = "inclusive"
		case "streakResetsAfterTrigger":
			r.after = "reset"
		default:
			t.Errorf("the variant %q is unknown", name)
			continue
		}
		p := c.play(t, r)
		same(t, name+" consecutive", p.triggered(c.Months), variant.Consecutive)
		if variant.AccountsByRank != nil {
			same(t, name+" accountsByRank", p.balances(), moved(variant.AccountsByRank))
		}
	}
}
