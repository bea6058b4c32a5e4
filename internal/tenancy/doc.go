// Package tenancy owns who and where: tenants and the adoption between them,
// roles given to users, persons under pseudonyms with their dated posts,
// organisations, and the days a tenant works or rests by itself. It is also
// where the tree of units is read.
//
// It does not own users, passwords and tokens (identity), what a role may do
// (authz), the import of the tree of units (division and postgres), or what
// follows from a post on the date of a round (round, consequences).
package tenancy

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
	Beyond(ctx context.Context, role authz.Role, unit uuid.UUID, dimensions []string) []authz.Permission
	RolesWith(p authz.Permission) []authz.Role
	Givable(ctx context.Context, role authz.Role, level string, dimensions []string) error
}

// Work runs one transaction on the store. A transaction that fails because
// another one came first is run again, so what it does must not reach outside.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	Gate        Gate
	Now         func() time.Time
	Cursors     paging.Codec // of lists
}

// Service is the use cases of tenancy.
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

// moment is now as the database keeps it.
func (s *Service) moment() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// today is the tenant's date.
func (s *Service) today(v *viewer.Viewer) (calendar.Date, error) { return v.DateOf(s.now()) }

// change is a write that first asks for a permission on the tenant, inside the
// transaction, so that a right taken away meanwhile does not count.
func (s *Service) change(ctx context.Context, p authz.Permission, do func(ctx context.Context, v *viewer.Viewer, st Store) error) error {
	if err := s.gate.Require(ctx, p, uuid.Nil); err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if err := s.gate.Require(ctx, p, uuid.Nil); err != nil {
			return err
		}
		return do(ctx, v, st)
	})
}

// look is a read that first asks for a permission on the tenant.
func (s *Service) look(ctx context.Context, p authz.Permission, do func(ctx context.Context, st Store) error) error {
	if err := s.gate.Require(ctx, p, uuid.Nil); err != nil {
		return err
	}
	return s.read(ctx, do)
}

// clean trims a name; ok is false when it is empty, longer than most characters
// or holds a control character.
func clean(name string, most int) (trimmed string, ok bool) {
	trimmed = strings.TrimSpace(name)
	n := utf8.RuneCountInString(trimmed)
	return trimmed, utf8.ValidString(trimmed) && n > 0 && n <= most && strings.IndexFunc(trimmed, unicode.IsControl) < 0
}
