package comparison_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/compare"
	"leitai/internal/comparison"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// world is a county with two townships, kept in memory.
type world struct {
	comparison.Store // what is not written below is never asked
	frame            comparison.Frame
	rows             []comparison.RoundRow
	months           []comparison.MonthRow
	kept             []comparison.MonthTotal
	last             *comparison.Publication
	sight            authz.Sight
	refuses          bool
	use              *comparison.Service
	home             *viewer.Viewer
	one, two         uuid.UUID
}

func newWorld(kind string) *world {
	w := &world{sight: authz.Sight{All: true}, one: uuid.New(), two: uuid.New()}
	w.home = &viewer.Viewer{Tenant: uuid.New(), TenantKind: kind, TenantUnit: uuid.New(), Person: uuid.New(), TimeZone: "Asia/Shanghai"}
	w.frame.Members = []comparison.Member{{Tenant: w.one, Kind: "township", Unit: uuid.New(), Code: "1", Name: "甲乡"}, {Tenant: w.two, Kind: "township", Unit: uuid.New(), Code: "2", Name: "乙乡"}}
	w.frame.Rules = []comparison.Rule{{Year: 2023, MinCoverage: n("0.5"), WithinDays: 10,
		Weights: []comparison.Weight{{Dimension: "party-building", Weight: n("1")}, {Dimension: "habitat", Weight: n("1")}}}}
	work := func(ctx context.Context, do func(context.Context, comparison.Store) error) error {
		return do(audit.Into(ctx, w), w)
	}
	w.use = comparison.New(comparison.Config{Write: work, Read: work, Gate: w, Now: func() time.Time { return time.Date(2023, 7, 20, 0, 0, 0, 0, time.UTC) }})
	return w
}

func (w *world) ctx() context.Context { return viewer.With(context.Background(), w.home) }

// Collect implements audit.Sink.
func (w *world) Collect(audit.Event) {}

// Require implements comparison.Gate.
func (w *world) Require(_ context.Context, p authz.Permission, _ uuid.UUID) error {
	if w.refuses {
		return fault.New(fault.Forbidden, "permission", string(p))
	}
	return nil
}

func (w *world) Sight(context.Context, authz.Permission) authz.Sight { return w.sight }

func (w *world) ComparisonFrame(context.Context) (*comparison.Frame, error) {
	f := w.frame
	return &f, nil
}

// RoundsCompared gives scores of the tenants asked for alone, as the database
// does.
func (w *world) RoundsCompared(_ context.Context, _, _ calendar.Date, scored []uuid.UUID) ([]comparison.RoundRow, error) {
	rows := slices.Clone(w.rows)
	for i := range rows {
		if p := &rows[i].Packed; !slices.Contains(scored, rows[i].Tenant) {
			*p = compare.Packed{Contestants: p.Contestants, Digest: p.Digest}
		}
	}
	return rows, nil
}

func (w *world) MonthsCompared(context.Context, calendar.Date, calendar.Date) ([]comparison.MonthRow, error) {
	return w.months, nil
}

func (w *world) InsertRule(_ context.Context, r *comparison.Rule) error {
	r.Number = 1
	return nil
}

func (w *world) InsertMapping(_ context.Context, m *comparison.Mapping) error {
	m.Number = 1
	return nil
}

func (w *world) InsertComparison(_ context.Context, p *comparison.Publication, months []comparison.MonthTotal) error {
	w.last, w.kept = p, months
	p.Tenant, p.Revision = w.home.Tenant, 1
	return nil
}

func (w *world) ComparisonByID(context.Context, uuid.UUID) (*comparison.Publication, error) {
	if w.last == nil {
		return nil, errors.New("nothing was published")
	}
	p := *w.last
	p.Lines = append([]comparison.PublishedLine{}, p.Lines...)
	return &p, nil
}

// round adds a published round of a township: scores of its villages in party
// building and the living environment, half of the template each.
func (w *world) round(tenant uuid.UUID, period, held, published string, party, habitat []string) *comparison.RoundRow {
	column := func(source string, scores []string) compare.Column {
		figures := make([]*exact.Number, len(scores))
		for i, s := range scores {
			v := n(s)
			figures[i] = &v
		}
		return compare.Column{Source: source, Weight: n("50"), Scores: compare.NewScores(figures)}
	}
	total := compare.Total{Contestants: len(party), Columns: []compare.Column{column("dimension:party-building", party), column("dimension:habitat", habitat)}}
	total.Published = column("", party).Scores
	packed := total.Pack()
	packed.Digest = total.Digest()
	w.rows = append(w.rows, comparison.RoundRow{Tenant: tenant, Round: uuid.New(), Competition: tenant, Period: period, Nominal: calendar.MustDate(held), Held: calendar.MustDate(held),
		Revision: 1, Readable: true, Subject: "village", Template: "arena", Opened: calendar.MustDate(held), Published: calendar.MustDate(published), Packed: packed})
	return &w.rows[len(w.rows)-1]
}

func (w *world) compared(t *testing.T, dimensions ...string) *comparison.Comparison {
	t.Helper()
	c, err := w.use.Townships(w.ctx(), comparison.Query{From: "2023-04", To: "2023-07", Dimensions: dimensions})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
