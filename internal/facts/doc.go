// Package facts owns what dashboards load: everything that was published, laid
// flat into facts of one shape (who, when, by which template, which measure,
// what value), page by page or as one export, and from a place to go on from;
// and the systems of third parties that load it, each registered once and
// reading a tenant with that tenant's consent alone.
//
// It does not own a single figure: totals, ranks, items and grades are those of
// the published boards and bundles, and what of a board its viewer is shown is
// decided where boards are (round). It does not own credentials (identity), the
// comparison of townships (comparison), or the bytes of a file (httpserver).
package facts

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Version of the facts: which columns and measures there are and what they mean.
// Columns and measures may be added to a version; none ever changes its meaning.
const Version = 1

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
	Sight(ctx context.Context, p authz.Permission) authz.Sight
	// Given lists what a role gives in the viewer's tenant.
	Given(ctx context.Context, role authz.Role) ([]authz.Permission, bool)
}

// Store is what the use cases need of one open transaction.
type Store interface {
	Published
	Registry
}

// Work runs one transaction on the store. One that fails because another came
// first is run again, so what it does must not reach outside.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Unbounded runs one transaction before a tenant is known.
type Unbounded func(ctx context.Context, do func(ctx context.Context, d Door) error) error

// Show leaves of a row of a publication what its viewer may see, by the rule of
// boards; false when the viewer sees nothing of it.
type Show func(ctx context.Context, p *Publication, row *Row) (bool, error)

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	Outside     Unbounded
	Gate        Gate
	Cursors     paging.Codec
	Show        Show
	// NewSecret makes a secret for an app and the part of it that can be told.
	NewSecret func() (secret, handle string)
	Now       func() time.Time // real time: consents end by it
}

// Service is the use cases.
type Service struct{ c Config }

// New makes the use cases.
func New(c Config) *Service { return &Service{c} }

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// moment is now as the database keeps it.
func (s *Service) moment() time.Time { return s.c.Now().UTC().Truncate(time.Microsecond) }

// change is a write that asks for a permission on the tenant before and inside
// the transaction, so that a right taken away meanwhile does not count.
func (s *Service) change(ctx context.Context, p authz.Permission, do func(ctx context.Context, v *viewer.Viewer, st Store) error) error {
	if err := s.c.Gate.Require(ctx, p, uuid.Nil); err != nil {
		return err
	}
	return s.c.Write(ctx, func(ctx context.Context, st Store) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if v.Credential.Kind == viewer.Token {
			return fault.New(fault.SessionNeeded) // who lets others read is a person
		}
		if err := s.c.Gate.Require(ctx, p, uuid.Nil); err != nil {
			return err
		}
		return do(ctx, v, st)
	})
}

// look is a read that first asks for a permission on the tenant.
func (s *Service) look(ctx context.Context, p authz.Permission, do func(ctx context.Context, v *viewer.Viewer, st Store) error) error {
	if err := s.c.Gate.Require(ctx, p, uuid.Nil); err != nil {
		return err
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	return s.c.Read(ctx, func(ctx context.Context, st Store) error { return do(ctx, v, st) })
}
