// Package identity owns who is asking: users and their passwords, sessions,
// API tokens, invitations and accounts of systems, and turning what a request carries into a credential.
//
// Passwords are hashed with argon2id behind a gate, so that many logins at once
// cannot exhaust the memory, and the database keeps the derived keys to itself
// (it compares them, and hands out salt and costs only); sessions and tokens are random secrets of which
// only the SHA-256 is stored, so that a copy of the database signs nobody in.
// An unknown account costs the same hash operation as a known one. After the
// password a second factor may be asked for (TOTP), and an identity of another
// issuer may stand in for the password of the user it was linked to.
//
// It does not own cookies and routes (httpserver), what somebody may do
// (authz), roles and persons (tenancy), or the looking up of a credential at
// the start of a request (open_request of the database).
package identity

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/config"
	"leitai/internal/paging"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
	Beyond(ctx context.Context, role authz.Role, unit uuid.UUID, dimensions []string) []authz.Permission
	Givable(ctx context.Context, role authz.Role, level string, dimensions []string) error
	Over(ctx context.Context, p authz.Permission, unit uuid.UUID, dimensions []string) bool
	RolesWith(p authz.Permission) []authz.Role
}

// Config is what the use cases lean on; zero durations and policies take their
// defaults.
type Config struct {
	Write, Read Work      // in the tenant of the viewer
	Outside     Unbounded // before a tenant is known
	Within      Within    // as the request of a session that was just opened
	Admit       Admission // by an invitation
	Gate        Gate
	Cursors     paging.Codec // of lists
	Hasher      Hasher
	Now         func() time.Time
	Business    func() time.Time // when roles begin and end; nil: Now
	Passwords   PasswordPolicy
	Throttle    ThrottleOptions
	Idle        time.Duration      // a session unused for longer ends; 0 means 2 hours
	Absolute    time.Duration      // a session's longest life; 0 means 12 hours
	Secrets     func() config.Ring // encrypts second factors and sign-ins under way; nil: there are none
	Issuers     Issuers            // of external identities; nil: none
}

// Service is the use cases of identity.
type Service struct {
	write, read Work
	outside     Unbounded
	within      Within
	admit       Admission
	gate        Gate
	cursors     paging.Codec
	hasher      Hasher
	now         func() time.Time
	business    func() time.Time
	passwords   PasswordPolicy
	accounts    *throttle
	addresses   *throttle
	codes       *throttle
	secrets     func() config.Ring
	issuers     Issuers
	idle        time.Duration
	absolute    time.Duration
	dummy       string // setting for accounts that do not exist
}

// New makes the use cases.
func New(c Config) *Service {
	options := c.Throttle.withDefaults()
	if c.Business == nil {
		c.Business = c.Now
	}
	return &Service{
		write: c.Write, read: c.Read, outside: c.Outside, within: c.Within, admit: c.Admit, gate: c.Gate, cursors: c.Cursors, hasher: c.Hasher, now: c.Now, business: c.Business,
		passwords: c.Passwords.withDefaults(), idle: cmp.Or(c.Idle, 2*time.Hour), absolute: cmp.Or(c.Absolute, 12*time.Hour), dummy: c.Hasher.Setting(),
		accounts:  newThrottle(c.Now, options.Kept, options.PerAccount),
		addresses: newThrottle(c.Now, options.Kept, options.PerAddress),
		codes:     newThrottle(c.Now, options.Kept, options.PerCode),
		secrets:   orElseFunc(c.Secrets), issuers: c.Issuers,
	}
}

func orElseFunc(secrets func() config.Ring) func() config.Ring {
	if secrets == nil {
		return func() config.Ring { return nil }
	}
	return secrets
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }
