package comparison

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/compare"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Townships compares the townships of the viewer's county over a span of months:
// the shared index with its coverage, why one is not comparable, and what goes
// along with it. Only what they published to the county is in it. A department
// limited to dimensions sees those alone. Another tenant than a county is
// COMPARISON_COUNTY, a bad span COMPARISON_MONTHS.
func (s *Service) Townships(ctx context.Context, q Query) (*Comparison, error) {
	return s.compare(ctx, q, county, fault.ComparisonCounty, func(ctx context.Context, st Store, b *builder) error {
		rows, err := st.RoundsCompared(ctx, b.From.First(), b.To.Last(), b.scored())
		if err != nil {
			return err
		}
		return b.rounds(rows, q.subject())
	})
}

// Counties compares the counties of the viewer's prefecture over a span of
// months, by what they published to it: each month a county's townships merged,
// one median over all villages and no median of medians. Another tenant than a
// prefecture is COMPARISON_PREFECTURE.
func (s *Service) Counties(ctx context.Context, q Query) (*Comparison, error) {
	return s.compare(ctx, q, prefecture, fault.ComparisonPrefecture, func(ctx context.Context, st Store, b *builder) error {
		rows, err := st.MonthsCompared(ctx, b.From.First(), b.To.Last())
		if err != nil {
			return err
		}
		return b.months(rows)
	})
}

func (s *Service) compare(ctx context.Context, q Query, kind string, otherwise fault.Code, gather func(context.Context, Store, *builder) error) (*Comparison, error) {
	if err := s.gate.Require(ctx, authz.PublicationRead, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	if who.TenantKind != kind {
		return nil, fault.New(otherwise)
	}
	from, to, err := q.span()
	if err != nil {
		return nil, err
	}
	today, err := s.today(who)
	if err != nil {
		return nil, err
	}
	look, limited := looked(s.gate.Sight(ctx, authz.PublicationRead), q.Dimensions)
	var out *Comparison
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		frame, err := st.ComparisonFrame(ctx)
		if err != nil {
			return err
		}
		b := newBuilder(frame, from, to, today, look, limited, q.Without)
		if err := gather(ctx, st, b); err != nil {
			return err
		}
		out = b.done()
		return nil
	})
	return out, err
}

// looked is which dimensions are looked at: those asked for, as far as the
// viewer's grants go; nil for all. Limited says whether the grants leave some out.
func looked(sight authz.Sight, asked []string) (look []string, limited bool) {
	if sight.All {
		if len(asked) == 0 {
			return nil, false
		}
		return slices.Clone(asked), false
	}
	look = []string{}
	for _, d := range sight.Dimensions {
		if len(asked) == 0 || slices.Contains(asked, d) {
			look = append(look, d)
		}
	}
	return look, true
}

// builder makes a comparison.
type builder struct {
	*Comparison
	frame   *Frame
	today   calendar.Date
	limited bool // by grants
	without Parts
	look    []string
	view    *compare.View
	lines   map[uuid.UUID]*opened // by tenant
	walks   crosswalk
}

// opened is a line in the making.
type opened struct {
	*Line
	pool *compare.Pool
}

func newBuilder(frame *Frame, from, to calendar.Period, today calendar.Date, look []string, limited bool, without Parts) *builder {
	b := &builder{
		Comparison: &Comparison{From: from, To: to, Rule: rulingIn(frame.Rules, to.Year()), Limited: look != nil},
		frame:      frame, today: today, limited: limited, without: without, look: look, lines: make(map[uuid.UUID]*opened, len(frame.Members)),
		walks: walksOf(frame.Mappings),
	}
	rule := compare.Rule{Decimals: decimals, Look: look, Weights: map[string]exact.Number{}, Brief: without.Has(Means)}
	for _, d := range template.Dimensions() {
		b.Dimensions = append(b.Dimensions, Dimension{Key: d.Key, Name: d.Name})
	}
	b.Dimensions = append(b.Dimensions, frame.Dimensions...)
	if b.Rule != nil {
		rule.MinCoverage = b.Rule.MinCoverage
		for _, w := range b.Rule.Weights {
			rule.Weights[w.Dimension] = w.Weight
		}
	}
	for i := range b.Dimensions {
		d := &b.Dimensions[i]
		d.Weight, d.Looked = rule.Weights[d.Key], look == nil || slices.Contains(look, d.Key)
		rule.Dictionary = append(rule.Dictionary, d.Key)
	}
	b.view = compare.NewView(rule)
	return b
}

// scored are the tenants whose scores are read: everybody's where the
// distribution is asked for, else of those townships that have mappings, since
// what several sources come to together is worked out village by village.
func (b *builder) scored() []uuid.UUID {
	out := []uuid.UUID{}
	for _, m := range b.frame.Members {
		if !b.without.Has(Distribution) || len(b.walks[m.Tenant]) > 0 {
			out = append(out, m.Tenant)
		}
	}
	return out
}

// members opens the lines of everybody who could have one; whoever else is below
// is not compared here.
func (b *builder) members(kind string) {
	for _, m := range b.frame.Members {
		if m.Kind == kind {
			l := &opened{&Line{Member: m, Timed: b.Rule != nil}, b.view.Pool()}
			b.lines[m.Tenant], b.Lines = l, append(b.Lines, l.Line)
		}
	}
}

// done compares the lines and gives the answer.
func (b *builder) done() *Comparison {
	lines := make([]*compare.Line, 0, len(b.Lines))
	for _, l := range b.Lines {
		l.Line = b.lines[l.Tenant].pool.Line()
		lines = append(lines, &l.Line)
	}
	compare.Place(lines)
	return b.Comparison
}
