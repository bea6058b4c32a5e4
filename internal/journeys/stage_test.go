package journeys

import (
	"cmp"
	"context"
	"database/sql"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/fault"
	"leitai/internal/graphtest"
	"leitai/internal/paging"
	"leitai/internal/programme"
	"leitai/internal/sample"
	"leitai/internal/template"
)

// stage is the fictional county on a database of its own, with months that a
// test writes itself: one item, and one total for each village.
type stage struct {
	*graphtest.Kit
	names map[string]string // shown names by V1 … V12
}

func newStage(t testing.TB) *stage {
	t.Helper()
	s := &stage{Kit: graphtest.New(t), names: map[string]string{}}
	for n := 1; n <= 12; n++ {
		code := graphtest.VillageCode(n)
		s.names[sample.VillageKey(code)] = s.Strings(t, `SELECT shown_name FROM unit WHERE code = $1`, code)[0]
	}
	return s
}

// try does something as somebody and gives what the use case answered.
func (s *stage) try(t testing.TB, who string, do func(ctx context.Context) error) error {
	t.Helper()
	var answer error
	err := s.World.As(t.Context(), who, func(ctx context.Context) error {
		answer = do(ctx)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// must is try for what has to work.
func (s *stage) must(t testing.TB, who string, do func(ctx context.Context) error) {
	t.Helper()
	if err := s.try(t, who, do); err != nil {
		t.Fatalf("as %s: %v", who, err)
	}
}

// refused tries something that has to be refused with every one of these codes
// at their fields ("code" or "code at field"), and to leave every row of every
// tenant as it was.
func (s *stage) refused(t testing.TB, who string, do func(ctx context.Context) error, want ...string) []*fault.Fault {
	t.Helper()
	before := s.Fingerprint(t, uuid.Nil)
	list := fault.All(s.try(t, who, do))
	if after := s.Fingerprint(t, uuid.Nil); after != before {
		t.Errorf("what was refused changed rows: %s", differing(before, after))
	}
	var have []string
	for _, f := range list {
		text := string(f.Code)
		if f.Field != "" {
			text += " at " + f.Field
		}
		have = append(have, text)
		for _, language := range []fault.Language{fault.Chinese, fault.English} {
			if message := f.Message(language); message == "" || strings.Contains(message, "{") {
				t.Errorf("%s says %q", f.Code, message)
			}
		}
	}
	if !reflect.DeepEqual(have, want) {
		t.Errorf("as %s: have %v, want %v", who, have, want)
	}
	return list
}

// differing names the lines that two fingerprints do not share.
func differing(before, after string) string {
	var out []string
	for line := range strings.SplitSeq(after, "\n") {
		if !strings.Contains(before, line+"\n") {
			out = append(out, line)
		}
	}
	return strings.Join(out, ", ")
}

func keysOf[K cmp.Ordered, V any](m map[K]V) func(yield func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// outcomes lists what follows from the round, as somebody sees it, oldest first.
func (m *month) outcomes(t testing.TB, who string, states ...consequences.State) []*consequences.Outcome {
	t.Helper()
	var all []*consequences.Outcome
	m.must(t, who, func(ctx context.Context) error {
		first := 100
		page, err := m.App.Consequences.List(ctx, consequences.OutcomeFilter{Round: &m.round.ID}, paging.Args{First: &first})
		for _, o := range page.Items {
			if len(states) == 0 || slices.Contains(states, o.State) {
				all = append(all, o)
			}
		}
		return err
	})
	slices.Reverse(all)
	return all
}

// confirm confirms outcomes as the approver.
func (s *stage) confirm(ctx context.Context, all []*consequences.Outcome, due calendar.Date) ([]*consequences.Outcome, error) {
	ids := make([]uuid.UUID, len(all))
	for i, o := range all {
		ids[i] = o.ID
	}
	return s.App.Consequences.Confirm(ctx, ids, due)
}

// variant activates another version of the competition's template.
func (s *stage) variant(t testing.TB, change func(*template.Document)) *programme.TemplateVersion {
	t.Helper()
	var v *programme.TemplateVersion
	s.must(t, sample.Approver, func(ctx context.Context) error {
		page, err := s.App.Programme.Templates(ctx, "", paging.Args{})
		if err != nil {
			return err
		}
		doc, err := page.Items[0].Document()
		if err != nil {
			return err
		}
		change(doc)
		if v, err = s.App.Programme.CreateTemplate(ctx, string(template.Print(*doc))); err != nil {
			return err
		}
		v, err = s.App.Programme.ActivateTemplate(ctx, v.ID, v.Revision, v.Report().Confirm)
		return err
	})
	return v
}

// rule lets a template version rule the world's competition from a period on.
func (s *stage) rule(t testing.TB, v *programme.TemplateVersion, from string) {
	t.Helper()
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		_, err := s.App.Programme.AddVersion(ctx, s.World.Competition, v.ID, from)
		return err
	})
}

// trial opens a trial competition under a template version and gives the round
// of a period.
func (s *stage) trial(t testing.TB, v *programme.TemplateVersion, period string) (competition uuid.UUID, m *month) {
	t.Helper()
	var id uuid.UUID
	s.must(t, sample.Clerk, func(ctx context.Context) error {
		real, err := s.App.Programme.Competition(ctx, s.World.Competition)
		if err != nil {
			return err
		}
		c, err := s.App.Programme.CreateCompetition(ctx, programme.CompetitionCreate{Name: "试评", Template: v.ID, FromPeriod: period, Trial: true,
			FilingNumber: real.FilingNumber, Notice: real.Notice, LeadingGroup: real.LeadingGroup})
		if err != nil {
			return err
		}
		plan, err := s.App.Programme.PlanRounds(ctx, c.ID, period, period)
		if err != nil {
			return err
		}
		competition, id = c.ID, plan.Entries[0].Round
		return nil
	})
	return competition, s.find(t, id)
}

// balances gives every account that is not at 0, by V1 … V12 or pseudonym, as
// somebody sees them.
func (s *stage) balances(t testing.TB, who string) map[string]string {
	t.Helper()
	out := map[string]string{}
	s.must(t, who, func(ctx context.Context) error {
		all, err := s.App.Consequences.Accounts(ctx, s.World.Competition, "", "")
		for _, a := range all {
			if a.Balance.Sign() != 0 {
				out[s.key(a.Holder)] = a.Balance.String()
			}
		}
		return err
	})
	return out
}

// key gives V1 … V12 for a shown name, and anything else as it is.
func (s *stage) key(name string) string {
	for key, shown := range s.names {
		if shown == name {
			return key
		}
	}
	return name
}

// count counts rows with every tenant's in sight.
func (s *stage) count(t testing.TB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := s.DB.Maint(t).QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// tenantRows opens a connection as the server's role with the settings of the
// township, as a request would have them.
func (s *stage) tenantRows(t testing.TB) *sql.Tx {
	t.Helper()
	tx, err := s.DB.App(t).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	tenant := s.TenantOf(t, sample.TownshipCode).String()
	for setting, value := range map[string]string{"app.tenant": tenant, "app.tenants": "{" + tenant + "}", "app.draft_tenants": "{" + tenant + "}"} {
		if _, err := tx.ExecContext(t.Context(), `SELECT set_config($1, $2, true)`, setting, value); err != nil {
			t.Fatal(err)
		}
	}
	return tx
}

func equal[T any](t testing.TB, what string, have, want T) {
	t.Helper()
	if !reflect.DeepEqual(have, want) {
		t.Errorf("%s:\nhave %+v\nwant %+v", what, have, want)
	}
}
