package round

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// A department's grant is limited to dimensions of the dictionary. Totals and
// ranks are published to all who read results; what stands behind them item by
// item is left out where the item is of another dimension, and so is whatever
// holds the whole at once: bundles, and what is computed from them.

// sighted tells which items of a list the viewer reads with a permission.
func (s *Service) sighted(ctx context.Context, p authz.Permission, items []template.Item) (seen func(key string) bool, all bool) {
	sight := s.gate.Sight(ctx, p)
	keys := map[string]bool{}
	for i := range items {
		keys[items[i].Key] = sight.Sees(uuid.Nil, items[i].Dimension)
	}
	return func(key string) bool { return sight.All || keys[key] }, sight.All
}

// byItem are the permissions whose use is held against the dimension of each item.
var byItem = []authz.Permission{authz.RubricWrite, authz.MarkWrite, authz.MarkConfirm, authz.FigureWrite, authz.FigureConfirm}

// unlimited refuses to a limited grant what is done to a round as a whole.
func (s *Service) unlimited(ctx context.Context, p authz.Permission) error {
	if s.gate.Sight(ctx, p).All || slices.Contains(byItem, p) {
		return nil
	}
	return fault.New(fault.Forbidden, "permission", string(p))
}

// itemsSeen is sighted for a round's items; they are read only where the viewer
// is limited at all.
func (s *Service) itemsSeen(ctx context.Context, st Store, r *Round, p authz.Permission) (seen func(key string) bool, all bool, err error) {
	if s.gate.Sight(ctx, p).All {
		return func(string) bool { return true }, true, nil
	}
	known, err := prepare(ctx, st, r)
	if err != nil {
		return nil, false, err
	}
	seen, all = s.sighted(ctx, p, known.items)
	return seen, all, nil
}

// narrowMarks leaves in a filter of marks those of items that are seen.
func (s *Service) narrowMarks(ctx context.Context, st Store, r *Round, f *MarkFilter) error {
	seen, all, err := s.itemsSeen(ctx, st, r, authz.MarkDraftRead)
	if err != nil || all {
		return err
	}
	known, err := prepare(ctx, st, r)
	if err != nil {
		return err
	}
	f.Items = []string{}
	for i := range known.items {
		if seen(known.items[i].Key) {
			f.Items = append(f.Items, known.items[i].Key)
		}
	}
	return nil
}

// narrowTo is narrow by a viewer's sight of a place.
func (x *Explanation) narrowTo(sight authz.Sight, unit uuid.UUID) {
	keys := map[string]bool{}
	for i := range x.Rubric {
		keys[x.Rubric[i].Key] = sight.Sees(unit, x.Rubric[i].Dimension)
	}
	x.narrow(func(key string) bool { return keys[key] })
}

// narrow leaves of an explanation the items that are seen. The total stays; the
// lines then are a part of it, which Limited says.
func (x *Explanation) narrow(seen func(key string) bool) {
	x.Limited = true
	unseen := func(key string) bool { return !seen(key) }
	x.Row.Vetoes = slices.DeleteFunc(slices.Clone(x.Row.Vetoes), unseen)
	x.Rubric = slices.DeleteFunc(slices.Clone(x.Rubric), func(i template.Item) bool { return !seen(i.Key) })
	if x.Why == nil {
		return
	}
	x.Why.Standing.Vetoes = x.Row.Vetoes
	x.Why.Lines = slices.DeleteFunc(slices.Clone(x.Why.Lines), func(l contest.Line) bool { return hidden(l, seen) })
	x.Why.Items = slices.DeleteFunc(x.Why.Items, func(i contest.ItemGap) bool { return !seen(i.Item) })
	if x.Why.Lift != nil {
		x.Why.Lift.Options = slices.DeleteFunc(x.Why.Lift.Options, func(o contest.LiftOption) bool { return !seen(o.Item) })
	}
}

// hidden says whether a line of a trace tells something of an item that is not
// seen, of an issue, or of how the items add up.
func hidden(l contest.Line, seen func(key string) bool) bool {
	if l.Item != "" {
		return !seen(l.Item)
	}
	return l.Kind != contest.LineTotal && l.Kind != contest.LineGrade
}

// narrowVetoes leaves on a board the vetoes of items that are seen; that a
// subject was vetoed shows in its rank.
func (s *Service) narrowVetoes(ctx context.Context, st Store, b *Board) error {
	if s.gate.Sight(ctx, authz.PublicationRead).All || !slices.ContainsFunc(b.Rows, func(r BoardRow) bool { return len(r.Vetoes) > 0 }) {
		return nil
	}
	report, err := s.bundleOf(ctx, st, b, false)
	if fault.CodeOf(err) == fault.NotFound {
		for i := range b.Rows {
			b.Rows[i].Vetoes = nil // a board shared from elsewhere comes without its items
		}
		return nil
	}
	if err != nil {
		return err
	}
	seen, _ := s.sighted(ctx, authz.PublicationRead, report.Input.Rubric)
	for i := range b.Rows {
		b.Rows[i].Vetoes = slices.DeleteFunc(slices.Clone(b.Rows[i].Vetoes), func(key string) bool { return !seen(key) })
	}
	return nil
}

// figureSeen says whether a figure is of an item that is seen; the parts of a
// total are of no item.
func figureSeen(items []template.Item, f *Figure, seen func(key string) bool) bool {
	for i := range items {
		of := f.Kind == ExamFigure && items[i].Key == f.Key
		if f.Kind == MetricFigure && items[i].Kind == template.KindMetric {
			metrics, _ := template.Formula(items[i].Rule.Formula)
			of = slices.Contains(metrics, f.Key)
		}
		if of && seen(items[i].Key) {
			return true
		}
	}
	return false
}

// figureKeysSeen are the figures of a kind that the viewer may enter.
func (s *Service) figureKeysSeen(ctx context.Context, d *desk, kind FigureKind) []string {
	keys := figureKeys(d, kind)
	if s.gate.Sight(ctx, authz.FigureWrite).All {
		return keys
	}
	seen, _ := s.sighted(ctx, authz.FigureWrite, d.items)
	return slices.DeleteFunc(keys, func(key string) bool { return !figureSeen(d.items, &Figure{Kind: kind, Key: key}, seen) })
}
