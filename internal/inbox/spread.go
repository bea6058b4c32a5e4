package inbox

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/event"
	"leitai/internal/viewer"
)

// Bounds of one transaction: events told of, and people of a tenant looked at.
// A township has some hundred users.
const (
	batch     = 50
	mostUsers = 2000
)

// Spread tells the people of the tenant at hand of the next events.
func (s *Service) Spread(ctx context.Context) error {
	return s.c.Write(ctx, func(ctx context.Context, st Store) error {
		events, err := st.InboxEvents(ctx, batch)
		if err != nil || len(events) == 0 {
			return err
		}
		users, err := st.InboxUsers(ctx, mostUsers)
		if err != nil {
			return err
		}
		for _, e := range events {
			r, told := ruleOf(string(e.Kind))
			if !told {
				continue
			}
			draft := Draft{Source: e.ID, Kind: r.kind, About: e.Unit, ObjectKind: e.ObjectKind, Object: e.Object, Facts: e.Data}
			if err := s.give(ctx, st, r, draft, e.Persons, users); err != nil {
				return err
			}
		}
		return st.PassInbox(ctx, events[len(events)-1].Seq)
	})
}

// give makes the items of one source: those who are named and those who hold the
// right. Nobody gets two.
func (s *Service) give(ctx context.Context, st Store, r rule, d Draft, persons []uuid.UUID, users []User) error {
	var named, holders []User
	for _, u := range users {
		other, err := as(ctx, u)
		if err != nil {
			return err
		}
		switch {
		case r.persons && u.Person != uuid.Nil && slices.Contains(persons, u.Person) && s.holds(other, r.named()):
			named = append(named, u)
		case r.to != "" && s.holds(other, r.needs(d.About)):
			holders = append(holders, u)
		}
	}
	for _, group := range []struct {
		needs Right
		users []User
	}{{r.named(), named}, {r.needs(d.About), holders}} {
		if len(group.users) == 0 {
			continue
		}
		d.Needs = group.needs
		got, err := st.GiveInbox(ctx, d, idsOf(group.users), s.moment())
		if err != nil {
			return err
		}
		if err := tell(ctx, d, group.users, got); err != nil {
			return err
		}
	}
	return nil
}

// tell wakes the streams of those who got an item.
func tell(ctx context.Context, d Draft, users []User, got []uuid.UUID) error {
	var persons []uuid.UUID
	for _, u := range users {
		if u.Person != uuid.Nil && slices.Contains(got, u.User) {
			persons = append(persons, u.Person)
		}
	}
	if len(persons) == 0 {
		return nil
	}
	return event.Record(ctx, event.Event{Kind: event.InboxNew, Unit: d.About, Object: d.Source, ObjectKind: "inbox", Persons: persons, Data: map[string]any{"kind": d.Kind}})
}

func idsOf(users []User) []uuid.UUID {
	ids := make([]uuid.UUID, len(users))
	for i, u := range users {
		ids[i] = u.User
	}
	return ids
}

// Notice tells those who look after webhooks that one was switched off. It is
// part of the transaction that does it.
func (s *Service) Notice(ctx context.Context, endpoint uuid.UUID) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	return s.c.Write(ctx, func(ctx context.Context, st Store) error {
		users, err := st.InboxUsers(ctx, mostUsers)
		if err != nil {
			return err
		}
		r, _ := ruleOf(WebhookDisabled)
		return s.give(ctx, st, r, Draft{Source: newID(), Kind: WebhookDisabled, About: v.TenantUnit, ObjectKind: "webhook", Object: endpoint,
			Facts: json.RawMessage(`{}`)}, nil, users)
	})
}

// Overdue tells of the issues that fell overdue since the last look in the
// tenant at hand; once a day is enough.
func (s *Service) Overdue(ctx context.Context) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(v.TimeZone)
	if err != nil {
		return err
	}
	local := s.c.Now().In(zone)
	today := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC).Unix() / int64(24*time.Hour/time.Second)
	return s.c.Write(ctx, func(ctx context.Context, st Store) error {
		due, err := st.DueIssues(ctx, today)
		if err != nil || len(due) == 0 {
			return err
		}
		users, err := st.InboxUsers(ctx, mostUsers)
		if err != nil {
			return err
		}
		r, _ := ruleOf(IssueOverdue)
		for _, issue := range due {
			facts, err := json.Marshal(map[string]any{"number": issue.Number})
			if err != nil {
				return err
			}
			d := Draft{Source: issue.Issue, Kind: IssueOverdue, About: issue.Unit, ObjectKind: "issue", Object: issue.Issue, Facts: facts}
			if err := s.give(ctx, st, r, d, []uuid.UUID{issue.Responsible}, users); err != nil {
				return err
			}
		}
		return nil
	})
}

const (
	mostBehind = 50
	keeping    = 180 * 24 * time.Hour // for how long items are kept
)

// Turn tells the people of every tenant what is new, and says whether there was
// anything.
func (s *Service) Turn(ctx context.Context) (did bool, err error) {
	for _, job := range []struct {
		list func(ctx context.Context, q Queue) ([]uuid.UUID, error)
		do   func(ctx context.Context) error
	}{
		{func(ctx context.Context, q Queue) ([]uuid.UUID, error) { return q.InboxBehind(ctx, mostBehind) },
			s.Spread},
		{func(ctx context.Context, q Queue) ([]uuid.UUID, error) {
			return q.OverdueBehind(ctx, s.c.Now(), mostBehind)
		}, s.Overdue},
	} {
		var tenants []uuid.UUID
		bad := s.c.Queue(ctx, func(ctx context.Context, q Queue) (err error) {
			tenants, err = job.list(ctx, q)
			return err
		})
		if err = errors.Join(err, bad); bad != nil {
			continue
		}
		for _, tenant := range tenants {
			if bad := s.c.Within(ctx, tenant, job.do); bad != nil {
				s.c.Logger.ErrorContext(ctx, "an inbox was not filled", "tenant", tenant.String(), "error", bad)
				continue
			}
			did = true
		}
	}
	return did, err
}

// Tidy removes items that are old.
func (s *Service) Tidy(ctx context.Context) error {
	_, err := event.InSteps(ctx, s.c.Queue, func(ctx context.Context, q Queue, most int) (int, error) {
		return q.SweepInbox(ctx, s.moment().Add(-keeping), most)
	})
	return err
}

const (
	pausing = 2 * time.Second
	tidying = time.Hour
)

// Run tells people until the context ends; any number of processes may. wake makes
// the next look earlier and may be nil.
func (s *Service) Run(ctx context.Context, wake <-chan struct{}) {
	var tidied time.Time
	for ctx.Err() == nil {
		did, err := s.Turn(ctx)
		if now := s.c.Now(); err == nil && now.Sub(tidied) >= tidying {
			tidied = now
			err = s.Tidy(ctx)
		}
		if err != nil && ctx.Err() == nil {
			s.c.Logger.ErrorContext(ctx, "inboxes were not attended to", "error", err)
		}
		if did && err == nil {
			continue
		}
		pause := time.NewTimer(pausing)
		select {
		case <-ctx.Done():
		case <-wake:
		case <-pause.C:
		}
		pause.Stop()
	}
}
