// Package issues owns the issue ledger of a contest (问题台账): opening and
// assigning with a deadline (A39), answering, verifying or sending back, the
// prompt for an accountability procedure and what people decided about it
// (A41b), and posting deductions to village accounts (A40, Q36).
//
// It does not own what an issue costs on a day or which steps it may take
// (rectify), nor the point accounts themselves (consequences reads them).
package issues

import (
	"context"
	"time"

	"github.com/google/uuid"

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
	Scope(ctx context.Context, p authz.Permission) []uuid.UUID
	Sight(ctx context.Context, p authz.Permission) authz.Sight
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

// Service is the use cases of issues.
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
