package bulletin

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/paperwork"
	"leitai/internal/phrase"
	"leitai/internal/rectify"
	"leitai/internal/template"
)

// drawSummary drafts the summary of a quarter, half-year, year or term from the
// data of a published roll-up (C03, A15, A16, D32); it judges nobody and adds nothing the tables do not show.
// It is a draft for the own tenant's people who see accounts, issues and money
// of all villages: to anybody else it would be wrong or say too much.
func (s *Service) drawSummary(ctx context.Context, st Store, id uuid.UUID) (paperwork.Document, error) {
	summary, err := s.summaryFor(ctx, st, id)
	if err != nil {
		return paperwork.Document{}, err
	}
	return summary.Document()
}

// summaryFor gathers what a summary says for those who may read it.
func (s *Service) summaryFor(ctx context.Context, st Store, id uuid.UUID) (out paperwork.Summary, err error) {
	sheet, err := st.RollupSheet(ctx, id)
	if err != nil {
		return out, err
	}
	if !at(ctx, sheet.Home.Tenant) {
		return out, fault.New(fault.NotFound)
	}
	if err := s.gate.Require(ctx, authz.OutcomeRead, uuid.Nil); err != nil {
		return out, err
	}
	return summaryOf(sheet)
}

func summaryOf(sheet *RollupSheet) (s paperwork.Summary, err error) {
	date, err := sheet.Home.dateIn(sheet.PublishedAt)
	if err != nil {
		return s, err
	}
	s = paperwork.Summary{Paper: sheet.paper("", date), Competition: sheet.Competition, Basis: sheet.basis(),
		Talks: sheet.Talks, Cancelled: sheet.Cancelled, Aggregate: aggregateName(sheet)}
	if s.Period, err = calendar.ParsePeriod(sheet.From); err != nil {
		return s, err
	}
	if s.Until, err = calendar.ParsePeriod(sheet.To); err != nil {
		return s, err
	}
	s.Period, s.Until = named(s.Period, s.Until)
	if sheet.Template.Subject == template.Person {
		s.Subject = phrase.Holder(sheet.Template.Holder(), fault.Chinese)
	}
	until := s.Until
	if until.IsZero() {
		until = s.Period
	}
	s.Issues = ledger(sheet, until.Last())
	top, bottom := bandKeys(sheet.Template)
	for _, l := range sheet.Lines {
		s.Standings = append(s.Standings, lineOf(sheet, l, top, bottom))
	}
	names := map[string]string{}
	for _, l := range sheet.Lines {
		names[l.Code] = l.Name
	}
	for _, r := range sheet.Rounds {
		round, err := roundOf(r, sheet.Lines)
		if err != nil {
			return s, err
		}
		s.Rounds = append(s.Rounds, round)
	}
	if s.Items, err = bestOfItems(sheet, names); err != nil {
		return s, err
	}
	for _, m := range sheet.Money {
		s.Money = append(s.Money, moneyOf(m))
	}
	return s, nil
}

// named gives a span that is a quarter, half-year or year its name (C03, A15,
// A16): from 2023-04 to 2023-06 is 2023-Q2. Any other span keeps its ends.
func named(from, to calendar.Period) (period, until calendar.Period) {
	for _, c := range []calendar.Cadence{calendar.Quarter, calendar.HalfYear, calendar.Year} {
		whole := calendar.PeriodOf(c, from.First())
		if whole.First() == from.First() && whole.Last() == to.Last() {
			return whole, calendar.Period{}
		}
	}
	return from, to
}

// ledger counts the issues of the span as they stood on its last day.
func ledger(sheet *RollupSheet, day calendar.Date) paperwork.SummaryIssues {
	var rules template.Issues
	if sheet.Template.Issues != nil {
		rules = *sheet.Template.Issues
	}
	var held []calendar.Date
	for _, r := range sheet.Rounds {
		held = append(held, r.Held)
	}
	n := paperwork.SummaryIssues{Assigned: len(sheet.Issues)}
	for _, issue := range sheet.Issues {
		a := rectify.Assess(rules, issue, day, held)
		if a.State == rectify.ClosedOnTime || a.State == rectify.ClosedLate {
			n.Closed++
		}
		if a.State == rectify.OpenOverdue || a.State == rectify.ClosedLate {
			n.Overdue++
		}
		if a.Penalty.Cmp(issue.Base) > 0 {
			n.Doubled++
		}
		if a.Accountability {
			n.Prompted++
		}
	}
	return n
}

func aggregateName(sheet *RollupSheet) string {
	for _, r := range sheet.Template.Rollups {
		if r.Key == sheet.Key && r.Aggregate == "sum" {
			return "总分合计"
		} else if r.Key == sheet.Key && r.Aggregate == "mean-of-ranks" {
			return "平均名次"
		}
	}
	return "平均分"
}

func bandKeys(doc *template.Document) (top, bottom string) {
	for _, b := range doc.Bands {
		if b.Best > 0 && top == "" {
			top = b.Key
		}
		if b.Worst > 0 && bottom == "" {
			bottom = b.Key
		}
	}
	return top, bottom
}

func lineOf(sheet *RollupSheet, l RolledLine, top, bottom string) paperwork.SummaryStanding {
	v := paperwork.SummaryStanding{Village: l.Name, Rank: l.Rank}
	if l.Rank > 0 {
		v.Aggregate = l.Value.Fixed(sheet.Template.Scale.Decimals)
	}
	if balance, has := sheet.Accounts[l.Code]; has {
		v.Account = signed(balance)
	}
	for _, r := range sheet.Rounds {
		v.Totals = append(v.Totals, r.Totals[l.Code])
		v.Ranks = append(v.Ranks, r.Ranks[l.Code])
		for _, key := range r.Bands[l.Code] {
			switch key {
			case top:
				v.Tops++
			case bottom:
				v.Bottoms++
			}
		}
	}
	return v
}

func signed(n exact.Number) string {
	if n.Sign() > 0 {
		return "+" + n.String()
	}
	return n.String()
}

func roundOf(r RolledRound, lines []RolledLine) (paperwork.SummaryRound, error) {
	period, err := calendar.ParsePeriod(r.Period)
	if err != nil {
		return paperwork.SummaryRound{}, err
	}
	round := paperwork.SummaryRound{Period: period, Held: r.Held, Ranked: len(r.Ranks)}
	last := 0
	for _, l := range lines { // in the order of rank, so that names are stable
		rank := r.Ranks[l.Code]
		if rank == 1 {
			round.First = append(round.First, l.Name)
			round.Highest = r.Totals[l.Code]
		}
		if rank > last {
			last, round.Lowest = rank, r.Totals[l.Code]
		}
	}
	return round, nil
}

// bestOfItems names, for every item of the span, who reached the largest share
// of its points on average over the rounds that had it (A36).
func bestOfItems(sheet *RollupSheet, names map[string]string) ([]paperwork.SummaryItem, error) {
	t := &itemTally{shares: map[string]map[string][]exact.Number{}, label: map[string]string{}}
	for _, r := range sheet.Rounds {
		report, err := contest.Verify(r.Bundle, contest.Trust{})
		if err != nil {
			return nil, err
		}
		t.add(report)
	}
	var items []paperwork.SummaryItem
	for _, key := range t.order {
		best, who := exact.Int(-1), []string(nil)
		for _, l := range sheet.Lines { // in the order of rank, so that the list is stable
			given := t.shares[key][l.Code]
			if len(given) == 0 {
				continue
			}
			mean := exact.Sum(given...).Quo(exact.Int(int64(len(given))))
			switch mean.Cmp(best) {
			case 1:
				best, who = mean, []string{names[l.Code]}
			case 0:
				who = append(who, names[l.Code])
			}
		}
		items = append(items, paperwork.SummaryItem{Item: t.label[key], Villages: who, Mean: best.Mul(exact.Int(100)).Fixed(2) + "%"})
	}
	return items, nil
}

// itemTally collects the share of its points that each subject reached.
type itemTally struct {
	shares map[string]map[string][]exact.Number
	label  map[string]string
	order  []string
}

func (t *itemTally) add(report *contest.Report) {
	points := map[string]exact.Number{}
	for _, item := range report.Input.Rubric {
		points[item.Key] = item.Points
		if t.shares[item.Key] == nil {
			t.shares[item.Key] = map[string][]exact.Number{}
			t.order = append(t.order, item.Key)
		}
		t.label[item.Key] = phrase.Text(item.Name, item.Key, fault.Chinese)
	}
	for _, trace := range report.Result.Traces {
		for _, line := range trace.Lines {
			if of, counted := points[line.Item]; line.Kind == contest.LineItem && counted && of.Sign() > 0 {
				t.shares[line.Item][trace.Subject] = append(t.shares[line.Item][trace.Subject], line.Value.Quo(of))
			}
		}
	}
}

func moneyOf(m RolledMoney) paperwork.SummaryMoney {
	p := paperwork.SummaryMoney{Village: m.Name, Rank: m.Rank, Kind: "奖励", Minutes: m.Minutes}
	if m.Penalty {
		p.Kind = "处罚"
	}
	if m.Amount != nil {
		p.Amount = m.Amount.String() + "元"
	}
	p.State = map[string]string{"proposed": "待研究", "decided": "已研究", "approved": "已审批", "executed": "已执行", "reversed": "已撤销"}[m.State]
	if p.State == "" {
		p.State = strconv.Quote(m.State)
	}
	return p
}
