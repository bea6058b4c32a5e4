// Package programme owns what stands before a round: template versions from
// draft to activation, the library they start from, the dictionary of
// dimensions, competitions with their notice and leading group, which
// template version rules from which period on, and the dates of the rounds.
//
// It does not own the rules of a template (template), the rule that dates a
// round (calendar), what happens inside a round (round), or storage: it
// declares the store it needs, and postgres implements it.
package programme

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
}

// Work runs one transaction on the store. A transaction that fails because
// another one came first is run again, so what it does must not reach outside.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Config is what the use cases of a programme lean on.
type Config struct {
	Write, Read Work
	Gate        Gate
	Now         func() time.Time
	Cursors     paging.Codec             // of lists
	Presets     func() ([]Preset, error) // the library of templates that comes with the program, which is read when it is first asked for
	// Admit refuses a new competition that the tenant's plan has no room for; nil
	// refuses none.
	Admit func(ctx context.Context) error
}

// Service is the use cases of a programme.
type Service struct {
	write, read Work
	gate        Gate
	now         func() time.Time
	cursors     paging.Codec
	presets     func() ([]Preset, error)
	admit       func(ctx context.Context) error
}

// New makes the use cases.
func New(c Config) *Service {
	s := &Service{write: c.Write, read: c.Read, gate: c.Gate, now: c.Now, cursors: c.Cursors, presets: c.Presets, admit: c.Admit}
	if s.admit == nil {
		s.admit = func(context.Context) error { return nil }
	}
	return s
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// writing runs one change: the permission, a person who acts, a transaction.
func (s *Service) writing(ctx context.Context, p authz.Permission, do func(ctx context.Context, st Store, who *viewer.Viewer) error) error {
	if err := s.gate.Require(ctx, p, uuid.Nil); err != nil {
		return err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error { return do(ctx, st, who) })
}
