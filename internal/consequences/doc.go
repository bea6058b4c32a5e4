// Package consequences owns what follows from a published result: outcomes
// proposed by rules and confirmed by people, the point accounts they post to,
// the money chain (proposed → decided → approved → executed), and the roll-ups
// over several rounds that have outcomes of their own.
//
// It does not own which outcomes a result calls for (outcome and contest draw
// them), when a round is published (round, which hands every publication over
// in its transaction), or issues and their deductions (issues).
package consequences

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/paging"
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

// Service is the use cases of outcomes, accounts and roll-ups.
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
