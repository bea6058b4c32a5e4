package round

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/template"
)

// FigureNeed is a number that people have to enter into a round for some of its
// subjects: a metric that a formula reads, a test's results, or a part of the
// total.
type FigureNeed struct {
	Kind    FigureKind
	Key     string
	Names   []template.Text // of the items that read it; of the part itself
	Of      template.SubjectKind
	For     []uuid.UUID // whom it is needed of, in the order of the roster; nobody who is absent
	Lacking []uuid.UUID // those of them without one that stands
}

// FiguresNeeded lists what has to be entered into a round beside marks, by kind
// and key, and of whom it is still not there. It is told to whoever enters
// figures or reads drafts, over the items that they see; nothing before the
// roster is fixed.
func (s *Service) FiguresNeeded(ctx context.Context, round uuid.UUID) (all []FigureNeed, err error) {
	p := authz.FigureWrite
	if !s.gate.May(ctx, p, uuid.Nil) {
		p = authz.MarkDraftRead
	}
	if !s.gate.May(ctx, p, uuid.Nil) {
		return nil, nil
	}
	err = s.looking(ctx, authz.RoundRead, round, func(ctx context.Context, st Store, r *Round) error {
		if p == authz.MarkDraftRead {
			if works, err := s.worksOn(ctx, st, r); err != nil || !works {
				return err
			}
		}
		known, err := prepare(ctx, st, r)
		if err != nil {
			return err
		}
		d := &desk{prepared: known}
		if d.roster, err = st.RosterOf(ctx, r.ID); err != nil || len(d.roster) == 0 {
			return err
		}
		figures, err := st.FiguresOf(ctx, r.ID)
		if err != nil {
			return err
		}
		seen, every := s.sighted(ctx, p, d.items)
		for _, n := range d.needs(figures) {
			if every || figureSeen(d.items, &Figure{Kind: n.Kind, Key: n.Key}, seen) {
				all = append(all, n)
			}
		}
		return nil
	})
	return all, err
}

// needs are the figures of every kind that the round takes.
func (d *desk) needs(figures []*Figure) (all []FigureNeed) {
	for _, kind := range []FigureKind{MetricFigure, ExamFigure, PartFigure} {
		for _, key := range figureKeys(d, kind) {
			n := FigureNeed{Kind: kind, Key: key, Of: d.doc.Subject}
			items := d.readers(kind, key)
			for _, i := range items {
				n.Names = append(n.Names, i.Name)
			}
			if part := slices.IndexFunc(d.doc.Parts, func(p template.Part) bool { return kind == PartFigure && p.Key == key }); part >= 0 {
				n.Names = append(n.Names, d.doc.Parts[part].Name)
			}
			for _, e := range d.roster {
				if e.Absent || kind != PartFigure && !slices.ContainsFunc(items, func(i *template.Item) bool { return concerns(i, e) }) {
					continue
				}
				n.For = append(n.For, e.Subject)
				if !slices.ContainsFunc(figures, func(f *Figure) bool {
					return f.Kind == kind && f.Key == key && f.Subject == e.Subject && f.State != MarkRejected
				}) {
					n.Lacking = append(n.Lacking, e.Subject)
				}
			}
			all = append(all, n)
		}
	}
	return all
}

// readers are the items that are computed from a figure; none for a part.
func (d *desk) readers(kind FigureKind, key string) (all []*template.Item) {
	for i := range d.items {
		it := &d.items[i]
		switch {
		case kind == ExamFigure && it.Kind == template.KindExam && it.Key == key:
			all = append(all, it)
		case kind == MetricFigure && it.Kind == template.KindMetric:
			if metrics, _ := template.Formula(it.Rule.Formula); slices.Contains(metrics, key) {
				all = append(all, it)
			}
		}
	}
	return all
}
