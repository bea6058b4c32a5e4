package search_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/search"
	"leitai/internal/viewer"
)

// shelf is a store that has so many of each kind, and notes what was asked.
type shelf struct {
	have  map[search.Kind]int
	asked map[search.Kind]search.Query
}

func (s *shelf) give(k search.Kind, q search.Query) ([]search.Hit, error) {
	s.asked[k] = q
	all := make([]search.Hit, min(s.have[k], q.Most))
	for i := range all {
		all[i] = search.Hit{ID: uuid.New(), Label: string(k)}
	}
	return all, nil
}

func (s *shelf) FindUnits(_ context.Context, q search.Query) ([]search.Hit, error) {
	return s.give(search.Unit, q)
}
func (s *shelf) FindCompetitions(_ context.Context, q search.Query) ([]search.Hit, error) {
	return s.give(search.Competition, q)
}
func (s *shelf) FindRounds(_ context.Context, q search.Query) ([]search.Hit, error) {
	return s.give(search.Round, q)
}
func (s *shelf) FindPublications(_ context.Context, q search.Query) ([]search.Hit, error) {
	return s.give(search.Publication, q)
}
func (s *shelf) FindTemplates(_ context.Context, q search.Query) ([]search.Hit, error) {
	return s.give(search.Template, q)
}
func (s *shelf) FindIssues(_ context.Context, q search.Query) ([]search.Hit, error) {
	return s.give(search.Issue, q)
}
func (s *shelf) FindPeople(_ context.Context, q search.Query) ([]search.Hit, error) {
	return s.give(search.Person, q)
}
func (s *shelf) FindOrganisations(_ context.Context, q search.Query) ([]search.Hit, error) {
	return s.give(search.Organisation, q)
}
func (s *shelf) FindForms(_ context.Context, q search.Query) ([]search.Hit, error) {
	return s.give(search.OfficeForm, q)
}

// gate holds some permissions at the tenant's unit and others at villages only.
type gate struct {
	whole []authz.Permission
	local map[authz.Permission][]uuid.UUID
	sight authz.Sight
}

func (g gate) May(_ context.Context, p authz.Permission, _ uuid.UUID) bool {
	return slices.Contains(g.whole, p)
}
func (g gate) Anywhere(ctx context.Context, p authz.Permission) error {
	if g.May(ctx, p, uuid.Nil) || g.local[p] != nil {
		return nil
	}
	return fault.New(fault.Forbidden)
}
func (g gate) Scope(_ context.Context, p authz.Permission) []uuid.UUID { return g.local[p] }
func (g gate) Sight(_ context.Context, _ authz.Permission) authz.Sight { return g.sight }

var every = []authz.Permission{authz.UnitRead, authz.CompetitionRead, authz.RoundRead, authz.PublicationRead, authz.TemplateRead, authz.IssueRead,
	authz.PersonRead, authz.TenantRead, authz.DocumentRead, authz.ResultDraftRead}

func find(t *testing.T, s *shelf, g gate, text string, only []search.Kind, most int) ([]search.Hit, error) {
	t.Helper()
	s.asked = map[search.Kind]search.Query{}
	service := search.New(func(ctx context.Context, do func(context.Context, search.Store) error) error { return do(ctx, s) }, g)
	return service.Find(viewer.With(t.Context(), &viewer.Viewer{}), text, only, most)
}

func kindsOf(hits []search.Hit) map[search.Kind]int {
	all := map[search.Kind]int{}
	for _, h := range hits {
		all[h.Kind]++
	}
	return all
}

func TestOnlyWhatMayBeReadIsAsked(t *testing.T) {
	t.Parallel()
	own := []uuid.UUID{uuid.New()}
	for name, c := range map[string]struct {
		gate gate
		want []search.Kind
	}{
		"nobody":    {gate{}, nil},
		"everybody": {gate{whole: every, sight: authz.Sight{All: true}}, []search.Kind{search.Unit, search.Competition, search.Round, search.Publication, search.Template, search.Issue, search.Person, search.Organisation, search.OfficeForm}},
		"a village": {gate{whole: []authz.Permission{authz.RoundRead, authz.PublicationRead}, local: map[authz.Permission][]uuid.UUID{authz.IssueRead: own, authz.PersonRead: own}}, []search.Kind{search.Round, search.Publication, search.Issue}},
	} {
		s := &shelf{}
		if _, err := find(t, s, c.gate, "东", nil, 20); err != nil {
			t.Fatal(err)
		}
		for _, k := range c.want {
			if _, asked := s.asked[k]; !asked {
				t.Errorf("%s: no %s is looked for", name, k)
			}
		}
		if len(s.asked) != len(c.want) {
			t.Errorf("%s: asked %v, want %v", name, s.asked, c.want)
		}
		if name == "a village" {
			if q := s.asked[search.Issue]; !slices.Equal(q.Units, own) || q.Sight.All {
				t.Errorf("a village looks for issues of %v, %+v", q.Units, q.Sight)
			}
			if s.asked[search.Publication].Drafts {
				t.Error("a village finds what is published to persons")
			}
		}
		if name == "everybody" && (s.asked[search.Issue].Units != nil || !s.asked[search.Publication].Drafts) {
			t.Errorf("the office is narrowed: %+v", s.asked)
		}
	}
}

func TestEveryKindHasItsPlaces(t *testing.T) {
	t.Parallel()
	g := gate{whole: every, sight: authz.Sight{All: true}}
	for _, c := range []struct {
		have map[search.Kind]int
		most int
		want map[search.Kind]int
	}{
		{map[search.Kind]int{search.Unit: 3, search.Round: 2}, 20, map[search.Kind]int{search.Unit: 3, search.Round: 2}},
		{map[search.Kind]int{search.Unit: 300, search.Round: 2}, 20, map[search.Kind]int{search.Unit: 18, search.Round: 2}},
		{map[search.Kind]int{search.Unit: 300, search.Round: 300, search.Person: 1}, 9, map[search.Kind]int{search.Unit: 4, search.Round: 4, search.Person: 1}},
		{map[search.Kind]int{search.Unit: 300, search.Round: 300}, 1, map[search.Kind]int{search.Unit: 1}},
	} {
		hits, err := find(t, &shelf{have: c.have}, g, "村", nil, c.most)
		if got := kindsOf(hits); err != nil || len(hits) > c.most || len(got) != len(c.want) {
			t.Errorf("%v of %d: %v, %v", c.have, c.most, got, err)
		} else {
			for k, n := range c.want {
				if got[k] != n {
					t.Errorf("%v of %d: %v, want %v", c.have, c.most, got, c.want)
				}
			}
		}
		if !slices.IsSortedFunc(hits, func(a, b search.Hit) int { return place(a.Kind) - place(b.Kind) }) {
			t.Errorf("the kinds are mixed: %v", hits)
		}
	}
	hits, err := find(t, &shelf{have: map[search.Kind]int{search.Unit: 5, search.Round: 5}}, g, "村", []search.Kind{search.Round}, 20)
	if got := kindsOf(hits); err != nil || got[search.Round] != 5 || len(got) != 1 {
		t.Errorf("only rounds: %v, %v", got, err)
	}
}

func place(k search.Kind) int {
	return slices.Index([]search.Kind{search.Unit, search.Competition, search.Round, search.Publication, search.Template, search.Issue, search.Person, search.Organisation, search.OfficeForm}, k)
}

func TestTheQuestionIsBounded(t *testing.T) {
	t.Parallel()
	g := gate{whole: every, sight: authz.Sight{All: true}}
	for _, c := range []struct {
		text  string
		most  int
		field string
		asks  bool
	}{
		{"东河 3月", 20, "", true}, {strings.Repeat("东", 50), 50, "", true}, {"a b c d e", 1, "", true},
		{"", 20, "", false}, {" \t　 ", 20, "", false},
		{strings.Repeat("东", 51), 20, "text", false}, {"a b c d e f", 20, "text", false}, {"东", 0, "first", false}, {"东", 51, "first", false},
	} {
		s := &shelf{have: map[search.Kind]int{search.Unit: 1}}
		_, err := find(t, s, g, c.text, nil, c.most)
		faults := fault.All(err)
		if c.field == "" && err != nil || c.field != "" && (len(faults) != 1 || faults[0].Code != fault.Invalid || faults[0].Field != c.field) || (len(s.asked) > 0) != c.asks {
			t.Errorf("%q, %d: %v, asked %d", c.text, c.most, err, len(s.asked))
		}
	}
	s := &shelf{}
	if _, err := find(t, s, g, "  东河　3% ", nil, 20); err != nil || !slices.Equal(s.asked[search.Round].Words, []string{"东河", "3%"}) {
		t.Errorf("%v %v", s.asked[search.Round].Words, err)
	}
	if _, err := search.New(nil, g).Find(t.Context(), "东", nil, 20); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("nobody asks: %v", err)
	}
}
