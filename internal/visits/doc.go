// Package visits owns observation and supervision: the route through all
// villages with who came (B01, B05), unannounced visits (E16), the steps of a
// round and which of them were left out (C07), the comment on each village (B10,
// E18), the review meeting (B08), the measures of supervision with what they
// cost (B19, B20), and the calendar on which a county sees what its townships
// inspect and where two inspections meet (G6, G9).
//
// It does not own marks, what a village that was not visited stops (round),
// problems (issues), pictures (evidence), nor the rule of an overlap (calendar).
// Attendance is stated by an office; nobody checks in (G1).
package visits

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	Anywhere(ctx context.Context, p authz.Permission) error
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
	Scope(ctx context.Context, p authz.Permission) []uuid.UUID
}

// Work runs one transaction on the store; it may be run again.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	Gate        Gate
	Now         func() time.Time
	Cursors     paging.Codec
}

// Service is the use cases of visits.
type Service struct {
	write, read Work
	gate        Gate
	now         func() time.Time
	cursors     paging.Codec
}

// New makes the use cases.
func New(c Config) *Service {
	return &Service{write: c.Write, read: c.Read, gate: c.Gate, now: c.Now, cursors: c.Cursors}
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// today is the date in the tenant's business time zone.
func (s *Service) today(who *viewer.Viewer) (calendar.Date, error) { return who.DateOf(s.now()) }

// act proves the right to act for the whole tenant and gives who acts and the
// day it is.
func (s *Service) act(ctx context.Context, p authz.Permission) (*viewer.Viewer, calendar.Date, error) {
	if err := s.gate.Require(ctx, p, uuid.Nil); err != nil {
		return nil, calendar.Date{}, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, calendar.Date{}, err
	}
	today, err := s.today(who)
	return who, today, err
}

// past refuses a day that has not come yet.
func past(day, today calendar.Date, field string) error {
	if day.After(today) {
		return fault.New(fault.VisitFuture, "value", day.String(), "today", today.String()).At("%s", field)
	}
	return nil
}

// open reads a round of the own tenant that is not published or cancelled.
func open(ctx context.Context, st Store, id uuid.UUID) (*Round, error) {
	r, err := st.ObservedRound(ctx, id)
	if err != nil {
		return nil, fault.NotFoundAt(err, "round")
	}
	if r.State == "published" || r.State == "cancelled" {
		return nil, closed(r.State)
	}
	return r, nil
}

func closed(state string) error {
	f := fault.New(fault.RouteClosed, "state", state).At("round")
	if state == "cancelled" {
		return f.Call("state", "已取消", "cancelled")
	}
	return f.Call("state", "已发布", "published")
}
