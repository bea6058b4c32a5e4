package comparison

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/compare"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Audience is whom a published comparison is for.
type Audience string

// The prefecture above alone, or the county's townships as well.
const (
	ToPrefecture Audience = "prefecture"
	ToCounty     Audience = "county"
)

// Publication is a comparison as its county published it, frozen.
type Publication struct {
	ID          uuid.UUID
	Tenant      uuid.UUID
	From, To    calendar.Date // first day of the first month, last of the last
	Revision    int           // of the same months
	Audience    Audience
	Rule        PublishedRule
	Lines       []PublishedLine // by code; nil in lists
	Comment     string
	PublishedBy uuid.UUID
	PublishedAt time.Time
}

// PublishedRule is by what a published comparison was made.
type PublishedRule struct {
	Weights     []PublishedWeight `json:"weights"`
	MinCoverage exact.Number      `json:"minCoverage"`
	WithinDays  int               `json:"withinDays"`
}

// PublishedWeight is what a dimension weighed.
type PublishedWeight struct {
	Dimension string       `json:"dimension"`
	Weight    exact.Number `json:"weight"`
}

// PublishedLine is one township of it.
type PublishedLine struct {
	Unit     uuid.UUID         `json:"unit"`
	Code     string            `json:"code"`
	Name     string            `json:"name"`
	Index    *exact.Number     `json:"index,omitempty"` // nil: none, or not shown
	Coverage exact.Number      `json:"coverage"`
	Rank     int               `json:"rank,omitempty"` // 0: none, or not shown
	Barriers []compare.Barrier `json:"barriers,omitempty"`
	Domains  []PublishedDomain `json:"domains,omitempty"`
	Due      int               `json:"due"`
	OnTime   int               `json:"onTime"`
	Hidden   bool              `json:"-"` // comparable, but what it came to is not shown to this viewer
}

// PublishedDomain is a mean of one dimension.
type PublishedDomain struct {
	Dimension string       `json:"dimension"`
	Mean      exact.Number `json:"mean"`
}

// Publish publishes the comparison of a county over a span: the lines as they
// are, and the merged totals of each month for the prefecture above. A later
// publication of the same months is the next revision. Without a rule it is
// COMPARISON_RULE_MISSING, without any result COMPARISON_EMPTY.
func (s *Service) Publish(ctx context.Context, q Query, audience Audience, comment string) (*Publication, error) {
	if audience != ToPrefecture && audience != ToCounty {
		return nil, fault.New(fault.Invalid, "value", string(audience), "want", "prefecture, county").At("audience")
	}
	from, to, err := q.span()
	if err != nil {
		return nil, err
	}
	var out *Publication
	err = s.writing(ctx, func(ctx context.Context, st Store, who *viewer.Viewer) error {
		if who.TenantKind != county {
			return fault.New(fault.ComparisonCounty)
		}
		b, rows, err := s.whole(ctx, st, who, from, to)
		if err != nil {
			return err
		}
		months, err := b.merged(rows)
		if err != nil {
			return err
		}
		out = b.publication(audience, strings.TrimSpace(comment))
		out.ID, out.PublishedBy, out.PublishedAt = newID(), who.Person, s.now()
		if err := st.InsertComparison(ctx, out, months); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.ComparisonWrite), "comparison_publication", out.ID, map[string]any{
			"from": q.From, "to": q.To, "revision": out.Revision, "audience": audience,
		})
	})
	return out, err
}

// whole makes the comparison of a county with nothing left out.
func (s *Service) whole(ctx context.Context, st Store, who *viewer.Viewer, from, to calendar.Period) (*builder, []RoundRow, error) {
	today, err := s.today(who)
	if err != nil {
		return nil, nil, err
	}
	frame, err := st.ComparisonFrame(ctx)
	if err != nil {
		return nil, nil, err
	}
	b := newBuilder(frame, from, to, today, nil, false, 0)
	if b.Rule == nil {
		return nil, nil, fault.New(fault.ComparisonRuleMissing, "year", to.String()[:4]).At("to")
	}
	rows, err := st.RoundsCompared(ctx, from.First(), to.Last(), b.scored())
	if err != nil {
		return nil, nil, err
	}
	if err := b.rounds(rows, Query{}.subject()); err != nil {
		return nil, nil, err
	}
	b.done()
	if !slices.ContainsFunc(rows, func(r RoundRow) bool { return r.Readable && r.Subject == Query{}.subject() }) {
		return nil, nil, fault.New(fault.ComparisonEmpty, "from", from.String(), "to", to.String())
	}
	return b, rows, nil
}

func (b *builder) publication(audience Audience, comment string) *Publication {
	p := &Publication{From: b.From.First(), To: b.To.Last(), Audience: audience, Comment: comment,
		Rule: PublishedRule{MinCoverage: b.Rule.MinCoverage, WithinDays: b.Rule.WithinDays}}
	for _, w := range b.Rule.Weights {
		p.Rule.Weights = append(p.Rule.Weights, PublishedWeight(w))
	}
	for _, l := range b.Lines {
		line := PublishedLine{Unit: l.Unit, Code: l.Code, Name: l.Name, Coverage: l.Coverage, Rank: l.Rank, Barriers: l.Barriers, Due: l.Due, OnTime: l.OnTime}
		if l.Rank > 0 {
			index := l.Index
			line.Index = &index
		}
		for _, d := range l.Domains {
			line.Domains = append(line.Domains, PublishedDomain{d.Dimension, d.Mean})
		}
		p.Lines = append(p.Lines, line)
	}
	return p
}

// merged makes the county's totals of each month that has results.
func (b *builder) merged(rows []RoundRow) ([]MonthTotal, error) {
	var months []MonthTotal
	newest := map[[2]uuid.UUID]*RoundRow{}
	for month := b.From; month.Compare(b.To) <= 0; month = month.Next() {
		m := MonthTotal{Month: month.First()}
		var totals []compare.Total
		with := map[uuid.UUID]bool{}
		for i := range rows {
			row := &rows[i]
			if l := b.lines[row.Tenant]; !month.Contains(row.Nominal) || l == nil {
				continue
			}
			b.counted(&m, row)
			if !row.Readable || row.Subject != (Query{}).subject() {
				continue
			}
			total, err := compare.Unpack(row.Packed)
			if err != nil {
				return nil, err
			}
			totals = append(totals, total.Mapped(b.walks.of(row.Tenant, row.Template, row.Nominal)))
			with[row.Tenant], newest[[2]uuid.UUID{row.Tenant, row.Competition}] = true, row
		}
		if len(totals) == 0 {
			continue
		}
		m.Townships, m.Packed = len(with), compare.Merge(totals).Pack()
		for _, row := range newest {
			for _, c := range row.Issues {
				m.Issues = m.Issues.add(IssueFigures{c.Opened, c.Closed, c.Overdue})
			}
		}
		months = append(months, m)
	}
	return months, nil
}

// counted adds a round to a month's counts, as its line counts it.
func (b *builder) counted(m *MonthTotal, row *RoundRow) {
	for _, r := range b.lines[row.Tenant].Rounds {
		if r.Key != row.Round || r.OnTime == nil {
			continue
		}
		m.Due++
		if r.Revision > 0 {
			m.Published++
		}
		if *r.OnTime {
			m.OnTime++
		}
	}
}

// Published lists the published comparisons that the viewer's tenant may read,
// newest first, without their lines: its own, those of the counties below a
// prefecture, and those a county published to its townships.
func (s *Service) Published(ctx context.Context) (all []*Publication, err error) {
	if err := s.gate.Require(ctx, authz.PublicationRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all, err = st.Comparisons(ctx)
		return err
	})
	return all, err
}

// openRanks is how many of the best are shown to the other townships; what they
// see of the rest hides rank and index, as every board does (Q35).
const openRanks = 3

// PublishedByID reads a published comparison with its lines. A township sees its
// own line and the best; a viewer limited to dimensions sees those alone, and no
// index, which is made of all.
func (s *Service) PublishedByID(ctx context.Context, id uuid.UUID) (p *Publication, err error) {
	if err := s.gate.Require(ctx, authz.PublicationRead, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		p, err = st.ComparisonByID(ctx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	sight := s.gate.Sight(ctx, authz.PublicationRead)
	below := p.Tenant != who.Tenant && who.TenantKind == township
	for i := range p.Lines {
		l := &p.Lines[i]
		if below && l.Unit != who.TenantUnit && (l.Rank == 0 || l.Rank > openRanks) {
			l.Hidden = len(l.Barriers) == 0
			l.Index, l.Rank, l.Domains = nil, 0, nil
		}
		if !sight.All {
			l.Index, l.Rank = nil, 0
			l.Domains = slices.DeleteFunc(l.Domains, func(d PublishedDomain) bool { return !sight.Sees(uuid.Nil, d.Dimension) })
		}
	}
	return p, nil
}
