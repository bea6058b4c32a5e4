// Package teams owns first secretaries and work teams (第一书记和工作队) from the
// village that asks for them to the end of a term: what each village is sent
// (D01, D02, D09), nominations with the selection check at a date and the steps
// to the filing (D03–D08), the posting with mentor, sending unit and liaison
// (D10–D13, D28, D30), the monthly statement of days by the township (D24, D25),
// targets with their clocks (D14–D23), what is held for them and still owed
// (D26, D27, D30), half-yearly inspections (D31), recall (D29), allowance and
// insurance (D38), and who has been excellent for years running (D34, D36).
//
// It does not own the rules of all that (posting), the annual assessment and its
// quota (round, grading), the register of persons, or any file on a person: of
// declarations and inspections it keeps yes or no (G12), of attendance a
// statement by the month and no check-in (G7).
package teams

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	Anywhere(ctx context.Context, p authz.Permission) error
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
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

// Service is the use cases of teams.
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

// act is one change: who does it, on which day.
type act struct {
	who   *viewer.Viewer
	today calendar.Date
	at    time.Time
}

// change runs a mutation under a permission of the tenant as a whole.
func (s *Service) change(ctx context.Context, p authz.Permission, do func(ctx context.Context, a act, st Store) error) error {
	if err := s.gate.Require(ctx, p, uuid.Nil); err != nil {
		return err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return err
	}
	today, err := s.today(who)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error { return do(ctx, act{who, today, s.now()}, st) })
}

// note records an act on a posting in the audit.
func note(ctx context.Context, action string, id uuid.UUID, detail any) error {
	return audit.Record(ctx, action, "posting", id, detail)
}
