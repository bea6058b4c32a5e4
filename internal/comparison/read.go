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
		rows, err := st.RoundsCompared(ctx, b.From.First(), b.To.Last())
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
		b := newBuilder(frame, from, to, today, look, limited)
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
	look    []string
	view    *compare.View
	lines   map[uuid.UUID]*Line // by tenant
	groups  map[uuid.UUID]*compare.Group
	walks   crosswalk
}

func newBuilder(frame *Frame, from, to calendar.Period, today calendar.Date, look []string, limited bool) *builder {
	b := &builder{
		Comparison: &Comparison{From: from, To: to, Rule: rulingIn(frame.Rules, to.Year()), Limited: look != nil},
		frame:      frame, today: today, limited: limited, look: look, lines: map[uuid.UUID]*Line{}, groups: map[uuid.UUID]*compare.Group{},
		walks: walksOf(frame.Mappings),
	}
	rule := compare.Rule{Decimals: decimals, Look: look, Weights: map[string]exact.Number{}}
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

// line is that of a tenant below; nil for one that is not compared here.
func (b *builder) line(tenant uuid.UUID, kind string) *Line {
	if l, known := b.lines[tenant]; known {
		return l
	}
	at := slices.IndexFunc(b.frame.Members, func(m Member) bool { return m.Tenant == tenant && m.Kind == kind })
	if at < 0 {
		return nil
	}
	return b.open(b.frame.Members[at])
}

func (b *builder) open(m Member) *Line {
	l := &Line{Member: m, Timed: b.Rule != nil}
	b.lines[m.Tenant], b.groups[m.Tenant] = l, &compare.Group{ID: m.Tenant.String()}
	return l
}

// members opens the lines of everybody who could have one.
func (b *builder) members(kind string) {
	for _, m := range b.frame.Members {
		if m.Kind == kind {
			b.Lines = append(b.Lines, b.line(m.Tenant, kind))
		}
	}
}

// done compares the groups and gives the answer.
func (b *builder) done() *Comparison {
	groups := make([]compare.Group, 0, len(b.Lines))
	for _, l := range b.Lines {
		groups = append(groups, *b.groups[l.Tenant])
	}
	for _, line := range b.view.Lines(groups) {
		b.lines[uuid.MustParse(line.Township)].Line = line
	}
	return b.Comparison
}
