package agenda_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/agenda"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

type stage struct {
	rounds  []agenda.Round
	waiting []agenda.Waiting
	asked   *agenda.Asked
	by      calendar.Date
	ahead   map[uuid.UUID]agenda.Outlook
	looked  []uuid.UUID

	whole   []authz.Permission
	scopes  map[authz.Permission][]uuid.UUID
	limited bool
}

func (s *stage) RoundsUnderWay(_ context.Context, _ uuid.UUID, by calendar.Date, most int) ([]agenda.Round, error) {
	s.by = by
	return s.rounds[:min(len(s.rounds), most)], nil
}
func (s *stage) WorkWaiting(_ context.Context, a agenda.Asked) ([]agenda.Waiting, error) {
	s.asked = &a
	return s.waiting, nil
}
func (s *stage) Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error {
	if s.May(ctx, p, unit) {
		return nil
	}
	return fault.New(fault.Forbidden)
}
func (s *stage) May(_ context.Context, p authz.Permission, _ uuid.UUID) bool {
	return slices.Contains(s.whole, p)
}
func (s *stage) Scope(ctx context.Context, p authz.Permission) []uuid.UUID {
	if s.May(ctx, p, uuid.Nil) {
		return []uuid.UUID{uuid.Nil}
	}
	return s.scopes[p]
}
func (s *stage) Sight(context.Context, authz.Permission) authz.Sight {
	return authz.Sight{All: !s.limited}
}

var person = uuid.New()

func (s *stage) agenda(t *testing.T) ([]agenda.Entry, error) {
	t.Helper()
	service := agenda.New(agenda.Config{
		Read: func(ctx context.Context, do func(context.Context, agenda.Store) error) error { return do(ctx, s) }, Gate: s,
		Now: func() time.Time { return time.Date(2026, 3, 20, 17, 0, 0, 0, time.UTC) }, // the 21st in Shanghai
		Next: func(state string) string {
			return map[string]string{"planned": "notified", "open": "closed", "provisional": "published"}[state]
		},
		Ahead: func(_ context.Context, rounds []uuid.UUID) (map[uuid.UUID]agenda.Outlook, error) {
			s.looked = rounds
			return s.ahead, nil
		},
	})
	return service.Agenda(viewer.With(t.Context(), &viewer.Viewer{Person: person, TimeZone: "Asia/Shanghai"}))
}

func day(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func TestWhatIsDueComesFirst(t *testing.T) {
	t.Parallel()
	open, planned, announced := uuid.New(), uuid.New(), uuid.New()
	s := &stage{whole: []authz.Permission{authz.RoundRead, authz.RoundClose, authz.MarkWrite, authz.ObjectionDecide},
		rounds: []agenda.Round{{ID: announced, State: "provisional", Held: day("2026-03-15"), Until: day("2026-03-22")}, {ID: open, State: "open", Held: day("2026-03-20"), Member: true},
			{ID: planned, State: "planned", Held: day("2026-04-15")}},
		waiting: []agenda.Waiting{{Kind: agenda.Findings, Count: 2}, {Kind: agenda.Objections, Round: announced, Due: day("2026-03-22"), Count: 1}},
		ahead: map[uuid.UUID]agenda.Outlook{open: {Known: true, Blockers: fault.List{fault.New(fault.LedgerNotReceived)}, ToGive: 7},
			announced: {Known: true}},
	}
	all, err := s.agenda(t)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range all {
		got = append(got, string(e.Kind)+" "+e.Next)
	}
	want := []string{"round-step closed", "marks-to-give ", "objections-to-decide ", "round-step published", "round-step notified", "findings-to-decide "}
	if !slices.Equal(got, want) {
		t.Fatalf("%v, want %v", got, want)
	}
	if e := all[0]; !e.Overdue || !e.Mine || !e.Known || e.Count != 1 || e.Permission != authz.RoundClose || e.Round != open {
		t.Errorf("closing is due since yesterday: %+v", e)
	}
	if e := all[1]; e.Count != 7 || e.Permission != authz.MarkWrite {
		t.Errorf("%+v", e)
	}
	if e := all[3]; e.Overdue || e.Mine || e.Due != day("2026-03-23") || !e.Known || e.Count != 0 {
		t.Errorf("publishing waits for the day after the objections, and is somebody else's: %+v", e)
	}
	if e := all[4]; e.Known || e.Blockers != nil {
		t.Errorf("nobody looked into the planned round: %+v", e)
	}
	if s.by != day("2026-05-05") || !slices.Equal(s.looked, []uuid.UUID{open, announced, planned}) {
		t.Errorf("until %s, looked into %v: where one marks comes first", s.by, s.looked)
	}
}

func TestOnlyThreeRoundsAreLookedInto(t *testing.T) {
	t.Parallel()
	s := &stage{whole: []authz.Permission{authz.RoundRead}}
	for range 20 {
		s.rounds = append(s.rounds, agenda.Round{ID: uuid.New(), State: "planned", Held: day("2026-04-01")})
	}
	all, err := s.agenda(t)
	if err != nil || len(all) != agenda.MostRounds || len(s.looked) != agenda.LookedInto || s.asked != nil {
		t.Errorf("%d entries, %d looked into, asked %v, %v", len(all), len(s.looked), s.asked, err)
	}
}

// A kind is counted for whoever may do it, over what they may; a grant over some
// dimensions is told of no number that others' items are part of.
func TestWhatWaitsIsCountedForWhoMayDoIt(t *testing.T) {
	t.Parallel()
	village := []uuid.UUID{uuid.New()}
	for name, c := range map[string]struct {
		stage *stage
		kinds []agenda.Kind
		units map[agenda.Kind][]uuid.UUID
	}{
		"approver": {&stage{whole: []authz.Permission{authz.RoundRead, authz.OutcomeConfirm, authz.MoneyDecide, authz.MoneyApprove}},
			[]agenda.Kind{agenda.Outcomes, agenda.Findings, agenda.MoneyDecide, agenda.MoneyApprove}, nil},
		"secretary": {&stage{whole: []authz.Permission{authz.RoundRead},
			scopes: map[authz.Permission][]uuid.UUID{authz.IssueAnswer: village, authz.TaskExecute: village, authz.MarkConfirm: village}},
			[]agenda.Kind{agenda.Tasks, agenda.IssuesAnswer}, map[agenda.Kind][]uuid.UUID{agenda.IssuesAnswer: village}},
		"department": {&stage{whole: []authz.Permission{authz.RoundRead, authz.IssueVerify, authz.MarkConfirm}, limited: true}, nil, nil},
	} {
		if _, err := c.stage.agenda(t); err != nil {
			t.Fatal(err)
		}
		var a agenda.Asked
		if c.stage.asked != nil {
			a = *c.stage.asked
		}
		if !slices.Equal(a.Kinds, c.kinds) || len(a.Units) != len(c.units) || !slices.Equal(a.Units[agenda.IssuesAnswer], c.units[agenda.IssuesAnswer]) {
			t.Errorf("%s: %+v", name, a)
		}
		if len(c.kinds) > 0 && a.Person != person {
			t.Errorf("%s: the own work waits for %s", name, a.Person)
		}
	}
	if _, err := (&stage{}).agenda(t); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("nobody: %v", err)
	}
}
