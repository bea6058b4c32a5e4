package contest

import (
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// Explain gathers the answer from a computed result. A subject that is not
// ranked, or a result without traces, is NOT_FOUND.
func Explain(doc *template.Document, rubric []template.Item, result *Result, subject string) (*Explanation, error) {
	plan, err := scoring.NewPlan(doc, rubric)
	if err != nil {
		return nil, err
	}
	x := explainer{plan: plan, result: result, traces: make(map[string][]Line, len(result.Traces))}
	for _, t := range result.Traces {
		x.traces[t.Subject] = t.Lines
	}
	own := x.standing(subject)
	if own == nil || x.traces[subject] == nil {
		return nil, fault.New(fault.NotFound).At("subject")
	}
	e := &Explanation{Standing: *own, Lines: x.traces[subject]}
	x.rivals(e)
	x.items(e)
	if e.Next != nil && len(own.Vetoes) == 0 {
		e.Lift = x.lift(doc, e)
	}
	return e, nil
}

type explainer struct {
	plan   *scoring.Plan
	result *Result
	traces map[string][]Line
}

func (x *explainer) standing(subject string) *Standing {
	for i := range x.result.Standings {
		if s := &x.result.Standings[i]; s.Subject == subject && s.Rank > 0 {
			return s
		}
	}
	return nil
}

// rivals finds the first of the scope, the nearest better one, and the tied.
// Standings come in the order of ranks, so the last better one is the nearest.
func (x *explainer) rivals(e *Explanation) {
	own := &e.Standing
	for i := range x.result.Standings {
		s := &x.result.Standings[i]
		if s.Rank == 0 || own.Overall > 0 && s.Track != own.Track {
			continue
		}
		switch {
		case s.Rank < own.Rank:
			rival := &Rival{Subject: s.Subject, Rank: s.Rank, Total: s.Total, Shown: s.Shown}
			if e.Best == nil {
				e.Best = rival
			}
			e.Next = rival
		case s.Rank == own.Rank && s.Subject != own.Subject:
			e.TiedWith = append(e.TiedWith, s.Subject)
		}
	}
}

func (x *explainer) items(e *Explanation) {
	own := x.scores(e.Standing.Subject)
	best, next := own, own
	if e.Best != nil {
		best, next = x.scores(e.Best.Subject), x.scores(e.Next.Subject)
	}
	for _, item := range x.plan.Items() {
		gap := ItemGap{Item: item.Key, Points: item.Points, Score: own[item.Key], Rule: x.rule(e.Lines, item.Key)}
		gap.ToBest, gap.ToNext = best[item.Key].Sub(gap.Score), next[item.Key].Sub(gap.Score)
		e.Items = append(e.Items, gap)
	}
	for subject := range x.traces {
		scores := x.scores(subject)
		for i := range e.Items {
			if lost := scores[e.Items[i].Item].Sub(e.Items[i].Score); lost.Cmp(e.Items[i].ToTop) > 0 {
				e.Items[i].ToTop = lost
			}
		}
	}
	x.channels(e)
}

// rule is what the item line of a trace says: the kind of the item, or that it
// does not concern the subject.
func (x *explainer) rule(lines []Line, item string) string {
	for _, l := range lines {
		if l.Kind == LineItem && l.Item == item {
			return l.Rule
		}
	}
	return ""
}

// scores are the item lines of a trace, by item.
func (x *explainer) scores(subject string) map[string]exact.Number {
	out := map[string]exact.Number{}
	for _, l := range x.traces[subject] {
		if l.Kind == LineItem {
			out[l.Item] = l.Value
		}
	}
	return out
}

// channels adds each item's channels from the trace; their shares are of what
// applies to the subject.
func (x *explainer) channels(e *Explanation) {
	at := map[string]int{}
	for i := range e.Items {
		at[e.Items[i].Item] = i
	}
	for _, l := range e.Lines {
		i, known := at[l.Item]
		cell, err := x.plan.Find(l.Item, l.Channel)
		if l.Kind != LineChannel || !known || err != nil {
			continue // a line of another rubric than the one handed in is left out
		}
		factor, err := exact.Parse(l.Factor)
		if err != nil {
			continue
		}
		share := ChannelShare{Channel: l.Channel, High: x.plan.High(cell), Factor: factor, Value: l.Value, Judges: l.Judges, Rule: l.Rule}
		e.Items[i].Channels = append(e.Items[i].Channels, share)
	}
	for i := range e.Items {
		shares(e.Items[i].Channels)
	}
}

// shares works out what percent of its item each channel is worth.
func shares(channels []ChannelShare) {
	var all exact.Number
	for _, c := range channels {
		all = all.Add(c.Factor.Mul(c.High))
	}
	for i := range channels {
		if c := &channels[i]; all.Sign() > 0 {
			c.Share = c.Factor.Mul(c.High).Quo(all).Mul(hundred)
		}
	}
}

// lift works out what is missing to the next better rank, and which single
// channel has room for it.
func (x *explainer) lift(doc *template.Document, e *Explanation) *Lift {
	target := e.Next.Total
	if doc.Ranking.On == "exact" {
		target = x.standing(e.Next.Subject).Exact
	}
	if len(doc.Ranking.TieBreak) > 0 { // equal totals would leave the rank to the chain
		target = target.Add(unit(doc.Scale.Decimals))
	}
	l := &Lift{Points: target.Sub(e.Standing.Exact)}
	for _, item := range e.Items {
		for _, c := range item.Channels {
			if c.Factor.Sign() == 0 || item.Rule != "" && item.Rule != string(template.KindChecklist) && item.Rule != string(template.KindDeductions) {
				continue // recorded only, or not to be raised point by point
			}
			raise := ceilTo(l.Points.Quo(c.Factor), 2)
			if c.Value.Add(raise).Cmp(c.High) <= 0 {
				l.Options = append(l.Options, LiftOption{Item: item.Item, Channel: c.Channel, Raise: raise})
			}
		}
	}
	return l
}

// unit is one step of the last decimal.
func unit(decimals int) exact.Number {
	step := exact.Int(1)
	for range decimals {
		step = step.Quo(exact.Int(10))
	}
	return step
}

func ceilTo(n exact.Number, decimals int) exact.Number {
	step := unit(decimals)
	return n.Quo(step).Ceil().Mul(step)
}
