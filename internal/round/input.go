package round

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/rectify"
)

// inputOf gathers everything a round's computation depends on: the pinned
// template and rubric, the fixed roster, confirmed marks and figures, decisions
// that are needed, and the competition's earlier rounds (Q8, Q10). The same state
// of the round always gives the same bytes.
func inputOf(ctx context.Context, st Store, d *desk) (contest.Input, error) {
	in, err := d.gather(ctx, st)
	if err != nil {
		return in, err
	}
	if len(d.decisions) > 0 {
		if err := d.measure(in); err != nil {
			return in, err
		}
	}
	in.Decisions, err = d.needed(ctx, st)
	return in, err
}

// gather is inputOf without what people decided about gaps.
func (d *desk) gather(ctx context.Context, st Store) (contest.Input, error) {
	r := d.round
	in := contest.Input{
		Rules: contest.RulesVersion, Template: d.doc, Version: d.version, Rubric: d.items,
		Round: contest.Round{ID: r.ID.String(), Period: r.Period, Held: r.Held.String(), Revision: r.PublishedRevision + 1},
	}
	for _, e := range d.roster {
		in.Roster = append(in.Roster, subjectOf(e))
	}
	in.Marks = d.confirmed()
	var err error
	if in.History, err = st.HistoryOf(ctx, r); err != nil {
		return in, err
	}
	if in.Round.Number, err = numberOf(ctx, st, r); err != nil {
		return in, err
	}
	if in.Deductions, err = d.deductions(ctx, st); err != nil {
		return in, err
	}
	return in, d.figures(ctx, st, &in)
}

// confirmed are the current marks that a second person confirmed, of subjects
// that take part.
func (d *desk) confirmed() []contest.Mark {
	var marks []contest.Mark
	for _, m := range d.marks {
		if e := d.entryOf(m.Subject); m.State == MarkConfirmed && !e.Absent {
			marks = append(marks, contest.Mark{ID: m.ID.String(), Item: m.Item, Channel: m.Channel, Subject: e.Code, Judge: m.JudgeAlias, Value: m.Value, Detail: m.Detail})
		}
	}
	slices.SortFunc(marks, func(a, b contest.Mark) int { return cmp.Compare(a.ID, b.ID) })
	return marks
}

// needed leaves out decisions about what is no longer missing.
func (d *desk) needed(ctx context.Context, st Store) ([]contest.Decision, error) {
	var ids []uuid.UUID
	for _, m := range d.decisions {
		ids = append(ids, m.DecidedBy)
	}
	aliases, err := st.Pseudonyms(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []contest.Decision
	for _, m := range d.decisions {
		e := d.entryOf(m.Subject)
		if !d.lacks(e, m.Item, m.Channel) {
			continue
		}
		one := contest.Decision{Subject: e.Code, Item: m.Item, Channel: m.Channel, Do: m.Decision, Reason: m.Reason, By: aliases[m.DecidedBy]}
		if part, is := partOf(m.Item); is {
			one.Item, one.Part = "", part
		}
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b contest.Decision) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Part, b.Part))
	})
	return out, nil
}

// numberOf is the running number of a round inside its competition.
func numberOf(ctx context.Context, st Store, r *Round) (int, error) {
	rounds, err := st.RoundsOf(ctx, r.Competition)
	if err != nil {
		return 0, err
	}
	number := 1
	for _, other := range rounds {
		if other.ID != r.ID && other.State != Cancelled && before(other.Period, r.Period) {
			number++
		}
	}
	return number, nil
}

// before orders periods as the store keeps them; both were parsed when planned.
func before(a, b string) bool {
	x, errX := calendar.ParsePeriod(a)
	y, errY := calendar.ParsePeriod(b)
	return errX == nil && errY == nil && x.Compare(y) < 0
}

// deductions are what issues cost by the day of the round, where the template
// takes them off the next total instead of the account (Q36).
func (d *desk) deductions(ctx context.Context, st Store) ([]contest.Deduction, error) {
	if d.doc.Issues == nil || d.doc.Issues.Into != contest.DeductNext {
		return nil, nil
	}
	issues, err := st.IssuesCosting(ctx, d.round)
	if err != nil {
		return nil, err
	}
	rounds, err := st.RoundsOf(ctx, d.round.Competition)
	if err != nil {
		return nil, err
	}
	var held []calendar.Date
	for _, r := range rounds {
		if r.State != Cancelled && r.Held.Compare(d.round.Held) <= 0 {
			held = append(held, r.Held)
		}
	}
	var out []contest.Deduction
	for _, i := range issues {
		e := d.entryAt(i.Unit)
		if e == nil {
			continue
		}
		a := rectify.Assess(*d.doc.Issues, rectify.Issue{Base: i.Base, Due: i.Due, Closed: i.Closed}, d.round.Held, held)
		out = append(out, contest.Deduction{Issue: i.Issue.String(), Subject: e.Code, Points: a.Penalty})
	}
	slices.SortFunc(out, func(a, b contest.Deduction) int { return cmp.Compare(a.Issue, b.Issue) })
	return out, nil
}
