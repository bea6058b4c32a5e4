package facts_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/facts"
	"leitai/internal/paging"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// shelf is publications in memory.
type shelf struct {
	facts.Store
	all   []*facts.Publication
	asked int
}

func (s *shelf) FactHeads(_ context.Context, q facts.HeadQuery) ([]*facts.Publication, error) {
	s.asked++
	var out []*facts.Publication
	for _, p := range s.all {
		if q.Least != nil && before(p, *q.Least) || q.Most != nil && after(p, *q.Most) || p.ID == q.Except || p.Superseded && !q.History {
			continue
		}
		head := *p
		head.Rows, head.Rubric, head.Outcomes, head.Size, head.Within = nil, nil, nil, len(p.Rows), strings.HasPrefix(p.PublisherCode, q.UnitCode)
		out = append(out, &head)
	}
	slices.SortFunc(out, func(a, b *facts.Publication) int {
		order := cmp.Or(a.PublishedAt.Compare(b.PublishedAt), bytes.Compare(a.ID[:], b.ID[:]))
		if q.Backward {
			return -order
		}
		return order
	})
	if q.Limit > 0 {
		out = out[:min(len(out), q.Limit)]
	}
	return out, nil
}

func before(p *facts.Publication, k facts.HeadKey) bool {
	return cmp.Or(p.PublishedAt.Compare(k.At), bytes.Compare(p.ID[:], k.ID[:])) < 0
}

func after(p *facts.Publication, k facts.HeadKey) bool {
	return cmp.Or(p.PublishedAt.Compare(k.At), bytes.Compare(p.ID[:], k.ID[:])) > 0
}

func (s *shelf) FactRows(_ context.Context, of []*facts.Publication, _ string, _ bool) error {
	s.asked++
	for _, p := range of {
		for _, r := range s.find(p.ID).Rows {
			row := *r
			p.Rows = append(p.Rows, &row)
		}
	}
	return nil
}

func (s *shelf) FactRubrics(_ context.Context, of []*facts.Publication) error {
	s.asked++
	for _, p := range of {
		p.Rubric, p.Outcomes = s.find(p.ID).Rubric, s.find(p.ID).Outcomes
	}
	return nil
}

func (s *shelf) FactPlace(context.Context) (facts.Since, error) {
	return facts.Since{uuid.Nil: int64(len(s.all))}, nil
}

func (s *shelf) find(id uuid.UUID) *facts.Publication {
	return s.all[slices.IndexFunc(s.all, func(p *facts.Publication) bool { return p.ID == id })]
}

// gate lets everything through, and sees some dimensions.
type gate struct{ sight authz.Sight }

func (gate) Require(context.Context, authz.Permission, uuid.UUID) error { return nil }
func (gate) May(context.Context, authz.Permission, uuid.UUID) bool      { return false }
func (g gate) Sight(context.Context, authz.Permission) authz.Sight      { return g.sight }
func (gate) Given(context.Context, authz.Role) ([]authz.Permission, bool) {
	return []authz.Permission{authz.PublicationRead, authz.RoundRead}, true
}

var everything = authz.Sight{All: true}

// service reads a shelf; show is the rule of boards.
func service(s *shelf, sight authz.Sight, show facts.Show) (*facts.Service, context.Context) {
	codec := paging.Codec{Keys: [][]byte{bytes.Repeat([]byte{7}, 32)}}
	if show == nil {
		show = func(context.Context, *facts.Publication, *facts.Row) (bool, error) { return true, nil }
	}
	work := func(ctx context.Context, do func(context.Context, facts.Store) error) error { return do(ctx, s) }
	return facts.New(facts.Config{Read: work, Write: work, Gate: gate{sight}, Cursors: codec, Show: show, Now: time.Now}),
		viewer.With(context.Background(), &viewer.Viewer{Tenant: uuid.MustParse("018f0000-0000-7000-8000-000000000001")})
}

// published makes a publication with some villages.
func published(n, villages int) *facts.Publication {
	at := time.Date(2023, 5, 1+n/3, 0, 0, 0, 0, time.UTC) // some at the very same moment
	p := &facts.Publication{ID: uuid.NewSHA1(uuid.Nil, []byte{byte(n), byte(n >> 8)}), Period: "2023-04", Held: calendar.MustDate("2023-04-28"), Revision: 1,
		PublishedAt: at, PublishedOn: calendar.MustDate("2023-05-01"), Publisher: "晴禾乡", PublisherCode: "990101201", Template: "arena", TemplateVersion: 2,
		Rubric:   []facts.RubricItem{{Key: "party", Name: "党建", Dimension: "party-building"}, {Key: "safety", Name: "安全生产", Dimension: "safety"}},
		Outcomes: []facts.OutcomeCount{{Subject: "990101201001", Kind: "points", Count: 3}}}
	for v := 1; v <= villages; v++ {
		code, rank := fmt.Sprintf("990101201%03d", v), villages+1-v
		p.Rows = append(p.Rows, &facts.Row{Unit: uuid.NewSHA1(uuid.Nil, []byte(code)), UnitCode: code, Place: "㘵头村", Kind: template.Village,
			Code: code, Name: "㘵头村", Total: "92.60", Rank: &rank, Bands: []string{"top"},
			Items: []facts.ItemScore{{Key: "party", Value: exact.Ratio(2455, 75), Shown: "32.7333"}, {Key: "safety", Value: exact.Int(60), Shown: "60.0000"}}})
	}
	return p
}
