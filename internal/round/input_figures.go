package round

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/contest"
	"leitai/internal/exact"
)

// figures adds what a round is computed from beside its marks: confirmed
// metrics, exam results and parts, ballot scores, decisions on grades, and
// figures that only break ties. Everything comes in one order whatever the order
// in which it was entered.
func (d *desk) figures(ctx context.Context, st Store, in *contest.Input) error {
	all, err := st.FiguresOf(ctx, d.round.ID)
	if err != nil {
		return err
	}
	if err := d.entered(ctx, st, all, in); err != nil {
		return err
	}
	if err := d.supervised(ctx, st, in); err != nil {
		return err
	}
	d.metricsAndExams(all, in)
	scores, err := st.BallotScoresOf(ctx, d.round.ID)
	if err != nil {
		return err
	}
	for _, b := range scores {
		e := d.entryOf(b.Subject)
		if e == nil || e.Absent || !b.Scored || !d.usesBallot(b.Ballot) {
			continue
		}
		in.Ballots = append(in.Ballots, contest.BallotScore{
			Ballot: b.Ballot, Subject: e.Code, Score: b.Score, Due: b.Due, Present: b.Present, Issued: b.Issued, Returned: b.Returned, Valid: b.Valid,
		})
	}
	if err := d.gradeDecisions(ctx, st, in); err != nil {
		return err
	}
	facts, err := st.TieFactsOf(ctx, d.round)
	if err != nil {
		return err
	}
	for _, f := range facts {
		if e := d.entryOf(f.Subject); e != nil {
			in.Facts = append(in.Facts, contest.Fact{Subject: e.Code, Key: f.Key, Value: f.Value})
		}
	}
	slices.SortFunc(in.Ballots, func(a, b contest.BallotScore) int {
		return cmp.Or(cmp.Compare(a.Ballot, b.Ballot), cmp.Compare(a.Subject, b.Subject))
	})
	slices.SortFunc(in.Facts, func(a, b contest.Fact) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Subject, b.Subject))
	})
	return nil
}

// usesBallot reports whether a ballot counts in the round: its results may be
// kept for an item or a part, or be recorded only.
func (d *desk) usesBallot(key string) bool {
	_, known := d.doc.Ballot(key)
	return known
}

// counting gives the entries of confirmed figures of a kind.
func (d *desk) counting(all []*Figure, kind FigureKind, do func(*Entry, *Figure)) {
	keys := figureKeys(d, kind)
	for _, f := range all {
		e := d.entryOf(f.Subject)
		if f.Kind == kind && f.State == MarkConfirmed && e != nil && !e.Absent && slices.Contains(keys, f.Key) {
			do(e, f)
		}
	}
}

func (d *desk) metricsAndExams(all []*Figure, in *contest.Input) {
	d.counting(all, MetricFigure, func(e *Entry, f *Figure) {
		in.Metrics = append(in.Metrics, contest.Metric{Subject: e.Code, Key: f.Key, Value: *f.Value})
	})
	sums := map[[2]string]*contest.Exam{}
	d.counting(all, ExamFigure, func(e *Entry, f *Figure) {
		x := sums[[2]string{f.Key, e.Code}]
		if x == nil {
			x = &contest.Exam{Item: f.Key, Subject: e.Code}
			sums[[2]string{f.Key, e.Code}] = x
		}
		if f.Value == nil {
			x.Absent++
			return
		}
		x.Sat++
		x.Mean = x.Mean.Add(*f.Value)
	})
	for _, x := range sums {
		if x.Sat > 0 {
			x.Mean = x.Mean.Quo(exact.Int(int64(x.Sat)))
		}
		in.Exams = append(in.Exams, *x)
	}
	slices.SortFunc(in.Metrics, func(a, b contest.Metric) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Subject, b.Subject))
	})
	slices.SortFunc(in.Exams, func(a, b contest.Exam) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Subject, b.Subject))
	})
}

// entered adds the parts that people entered, with who entered them.
func (d *desk) entered(ctx context.Context, st Store, all []*Figure, in *contest.Input) error {
	var ids []uuid.UUID
	d.counting(all, PartFigure, func(_ *Entry, f *Figure) { ids = append(ids, f.EnteredBy) })
	aliases, err := st.Pseudonyms(ctx, ids)
	if err != nil {
		return err
	}
	d.counting(all, PartFigure, func(e *Entry, f *Figure) {
		in.Entered = append(in.Entered, contest.Entered{Part: f.Key, Subject: e.Code, Value: *f.Value, Reason: f.Reason, By: aliases[f.EnteredBy]})
	})
	if err := d.fed(ctx, st, in); err != nil {
		return err
	}
	slices.SortFunc(in.Entered, func(a, b contest.Entered) int {
		return cmp.Or(cmp.Compare(a.Part, b.Part), cmp.Compare(a.Subject, b.Subject))
	})
	return nil
}

func (d *desk) gradeDecisions(ctx context.Context, st Store, in *contest.Input) error {
	decisions, err := st.GradeDecisionsOf(ctx, d.round.ID)
	if err != nil {
		return err
	}
	var ids []uuid.UUID
	for _, g := range decisions {
		ids = append(ids, g.DecidedBy)
		if g.ApprovedBy != nil {
			ids = append(ids, *g.ApprovedBy)
		}
	}
	aliases, err := st.Pseudonyms(ctx, ids)
	if err != nil {
		return err
	}
	for _, g := range decisions {
		e := d.entryOf(g.Subject)
		if e == nil || e.Absent {
			continue
		}
		one := contest.GradeDecision{Scale: g.Scale, Subject: e.Code, Grade: g.Grade, Reason: g.Reason, By: aliases[g.DecidedBy]}
		if g.ApprovedBy != nil {
			one.Second = aliases[*g.ApprovedBy]
		}
		in.GradeDecisions = append(in.GradeDecisions, one)
	}
	slices.SortFunc(in.GradeDecisions, func(a, b contest.GradeDecision) int {
		return cmp.Or(cmp.Compare(a.Scale, b.Scale), cmp.Compare(a.Subject, b.Subject))
	})
	return nil
}

// partOf reads the name by which a decision means a part of the total:
// parts.<key>.
func partOf(item string) (string, bool) { return strings.CutPrefix(item, "parts.") }
