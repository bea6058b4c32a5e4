// Package hosting owns a tenant's life as a service: the application to sign
// up and its decision, the way from there to the first notified round, plans
// with their limits, how much is used and the statement about it, suspension,
// and the record of an operator of the platform who reads in a tenant by break
// glass.
//
// It does not own the opening of a tenant itself or adoption (tenancy), users
// and invitations (identity), what a suspended tenant may still do (authz, by
// what the opening of a request says), or the export and the end of a tenant
// (archive). A limit of a plan never stops a round that is under way.
package hosting

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
}

// Work runs one transaction in the viewer's tenant. One that fails because
// another came first is run again, so what it does must not reach outside.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Unbounded runs one transaction before a tenant is known.
type Unbounded func(ctx context.Context, do func(ctx context.Context, d Door) error) error

// Account is a login and the hash of its password, checked and ready to be
// stored.
type Account struct {
	Login string
	Hash  string
}

// Opening is a tenant to be opened with its first administrator.
type Opening struct {
	UnitCode string
	Name     string // of the person
	Account  Account
}

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	Outside     Unbounded
	Gate        Gate
	Now         func() time.Time // real time: applications, plans and readings end by it
	Cursors     paging.Codec     // of lists
	// Prepare checks a login and a password and hashes the latter.
	Prepare func(ctx context.Context, login, password string) (Account, error)
	// Open opens a tenant in the transaction at hand and gives its id; where a
	// tenant above opens it, it also offers the adoption.
	Open func(ctx context.Context, o Opening) (uuid.UUID, error)
}

// Service is the use cases of hosting.
type Service struct {
	write, read Work
	outside     Unbounded
	gate        Gate
	now         func() time.Time
	cursors     paging.Codec
	prepare     func(ctx context.Context, login, password string) (Account, error)
	open        func(ctx context.Context, o Opening) (uuid.UUID, error)
	addresses   *limiter
	Meter       *Meter
}

// New makes the use cases.
func New(c Config) *Service {
	return &Service{write: c.Write, read: c.Read, outside: c.Outside, gate: c.Gate, now: c.Now, cursors: c.Cursors, prepare: c.Prepare, open: c.Open,
		addresses: newLimiter(c.Now), Meter: newMeter(c)}
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// moment is now as the database keeps it.
func (s *Service) moment() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// change is a write that asks for a permission on the tenant before and inside
// the transaction, so that a right taken away meanwhile does not count.
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
func (s *Service) look(ctx context.Context, p authz.Permission, do func(ctx context.Context, v *viewer.Viewer, st Store) error) error {
	if err := s.gate.Require(ctx, p, uuid.Nil); err != nil {
		return err
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	return s.read(ctx, func(ctx context.Context, st Store) error { return do(ctx, v, st) })
}

// text trims a text of a form and refuses one with fewer than least or more
// than most characters, or with control characters but line breaks.
func text(value, field, want string, least, most int) (string, *fault.Fault) {
	trimmed := strings.TrimSpace(value)
	n := utf8.RuneCountInString(trimmed)
	odd := strings.IndexFunc(trimmed, func(r rune) bool { return unicode.IsControl(r) && r != '\n' })
	switch {
	case !utf8.ValidString(trimmed) || odd >= 0:
		return "", fault.New(fault.TextUnkeepable).At("%s", field)
	case n > most:
		return "", fault.New(fault.TextTooLong, "have", strconv.Itoa(n), "most", strconv.Itoa(most)).At("%s", field)
	}
	if n < least {
		return "", fault.New(fault.Required, "want", want).At("%s", field)
	}
	return trimmed, nil
}

// zone is where months begin: statements of all tenants are of the same days.
var zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// monthOf is the first day of a moment's month.
func monthOf(t time.Time) time.Time {
	t = t.In(zone)
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}
