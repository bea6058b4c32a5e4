package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Needs are what the tenants of a user ask for, the strictest of each, and what
// the user has. Zero numbers mean that no tenant asks for more than the operator.
type Needs struct {
	SecondFactor bool // of everybody in one of the tenants, or because the user operates the platform
	Idle         time.Duration
	Absolute     time.Duration
	Passwords    PasswordPolicy // Classes is the operator's alone
	Factor       bool           // the user has a second factor in force
	PasswordSet  time.Time
}

// NewSession is a session to be opened.
type NewSession struct {
	Hash           [32]byte
	ID             uuid.UUID // what its user knows it by
	User, Tenant   uuid.UUID
	Idle, Absolute time.Duration
	Proof
}

// Proof is how somebody proved who they are.
type Proof struct {
	Method string // password, password+code, password+recovery, oidc:KEY …
	Strong bool   // with a second factor
	Agent  string // the browser, as it calls itself; at most 200 characters are kept
}

// Step is a sign-in that is not complete: who proved a password or an identity,
// and what is still to be shown.
type Step struct {
	User   uuid.UUID
	Kind   string    // code | enrol | renew
	Tenant uuid.UUID // to begin in, when one was asked for
	Proof
}

// The kinds of step: a code of the second factor, setting one up because a
// tenant asks for it, and a new password because the old one is too old.
const (
	StepCode  = "code"
	StepEnrol = "enrol"
	StepRenew = "renew"
)

// Moved is what became of a session that was to go on under another secret.
type Moved string

// The outcomes of a rotation.
const (
	MovedOn         Moved = "moved"
	MovedNowhere    Moved = "none"   // no such session, or no role there
	MovedWantFactor Moved = "factor" // the tenant asks for a second factor and the session has none
)

// SessionInfo is a session as its user sees it.
type SessionInfo struct {
	ID         uuid.UUID
	Own        bool // the one that asks
	Tenant     uuid.UUID
	TenantName string
	CreatedAt  time.Time
	SeenAt     time.Time // to five minutes
	ExpiresAt  time.Time // when it is not used until then
	Method     string
	Agent      string
}

// SessionFacts are what a session says of its user and of how it began.
type SessionFacts struct {
	User, Tenant        uuid.UUID
	Strong              bool
	Method              string
	ProvedAt, ExpiresAt time.Time
}

// SealedSecret is the secret of a second factor as it is stored.
type SealedSecret struct {
	Sealed    []byte
	Confirmed bool
}

// External is an identity that an issuer vouches for.
type External struct {
	Key     string // of the issuer, in the operator's file
	Issuer  string // its URL
	Subject string
	Strong  bool // the issuer says that it asked for a second factor
}

// ExternalUser is the user to whom an external identity is linked.
type ExternalUser struct {
	User   uuid.UUID
	Active bool
	Region string // of the user's home tenant
}

// ExternalLink is an external identity of a user.
type ExternalLink struct {
	ID        uuid.UUID
	Issuer    string
	Key       string
	CreatedAt time.Time
	UsedAt    *time.Time
}

// Methods are the functions of the database about how people prove who they
// are, before a tenant is known as well as in one. Times are the database's.
type Methods interface {
	// TenantSignInPolicy gives zeros where the tenant asks for nothing of its own.
	TenantSignInPolicy(ctx context.Context) (TenantPolicy, error)
	SaveTenantSignInPolicy(ctx context.Context, by uuid.UUID, p TenantPolicy) error

	LoginOf(ctx context.Context, user uuid.UUID) (string, error)
	// PlacesOf lists the tenants in which the user holds a live grant.
	PlacesOf(ctx context.Context, user uuid.UUID) ([]Place, error)
	SignInNeeds(ctx context.Context, user uuid.UUID) (Needs, error)
	// BeginSession says false when the user is disabled or holds no role there.
	BeginSession(ctx context.Context, s NewSession) (bool, error)
	RotateSession(ctx context.Context, before, fresh [32]byte, tenant uuid.UUID, idle, absolute time.Duration) (Moved, error)
	SessionsOf(ctx context.Context, user uuid.UUID, own [32]byte) ([]SessionInfo, error)
	EndSession(ctx context.Context, user, id uuid.UUID) (bool, error)
	// CloseSessions ends all sessions of a user but the kept one; nil keeps none.
	CloseSessions(ctx context.Context, user uuid.UUID, keep *[32]byte) error
	CloseWeakSessions(ctx context.Context) error
	// SessionFactsOf gives nil for a session that is over.
	SessionFactsOf(ctx context.Context, session [32]byte) (*SessionFacts, error)
	Strengthen(ctx context.Context, session [32]byte, method string) error

	OpenStep(ctx context.Context, hash [32]byte, step Step, life time.Duration) error
	// LookStep gives nil for a step that is over.
	LookStep(ctx context.Context, hash [32]byte) (*Step, error)
	// TryStep is LookStep that counts, and gives nil after most tries.
	TryStep(ctx context.Context, hash [32]byte, most int) (*Step, error)
	// TakeStep is true for the one who takes it.
	TakeStep(ctx context.Context, hash [32]byte) (bool, error)
	// StepPassword sets the password of whoever has to renew it, by that step only.
	StepPassword(ctx context.Context, step [32]byte, hash string) (bool, error)
	CloseSteps(ctx context.Context, user uuid.UUID) error

	// BeginTOTP is false when a factor is in force already.
	BeginTOTP(ctx context.Context, user uuid.UUID, sealed []byte) (bool, error)
	// TOTPOf gives nil for a user without one.
	TOTPOf(ctx context.Context, user uuid.UUID) (*SealedSecret, error)
	ConfirmTOTP(ctx context.Context, user uuid.UUID, step int64) (bool, error)
	// UseTOTP is true once for each step, and only forwards.
	UseTOTP(ctx context.Context, user uuid.UUID, step int64) (bool, error)
	ResealTOTP(ctx context.Context, user uuid.UUID, before, fresh []byte) error
	RemoveTOTP(ctx context.Context, user uuid.UUID) (bool, error)
	SetRecoveryCodes(ctx context.Context, user uuid.UUID, hashes [][32]byte) error
	UseRecoveryCode(ctx context.Context, user uuid.UUID, hash [32]byte) (bool, error)
	RecoveryCodesLeft(ctx context.Context, user uuid.UUID) (int, error)

	// UserOfExternal gives nil for an identity that is linked to nobody.
	UserOfExternal(ctx context.Context, issuer, subject string) (*ExternalUser, error)
	// RegionOf gives the region of a user's home tenant; "" for a user without one.
	RegionOf(ctx context.Context, user uuid.UUID) (string, error)
	// InsertExternal is false when the identity is linked, or the user has
	// another one of the issuer.
	InsertExternal(ctx context.Context, user uuid.UUID, e External) (bool, error)
	NoteExternal(ctx context.Context, issuer, subject string) error
	ExternalsOf(ctx context.Context, user uuid.UUID) ([]ExternalLink, error)
	// RemoveExternals removes one link, or all of the user when which is nil.
	RemoveExternals(ctx context.Context, user uuid.UUID, which *uuid.UUID) (int, error)
	// UseState is true the first time only.
	UseState(ctx context.Context, hash [32]byte, life time.Duration) (bool, error)

	// SaltsOf gives costs and salts of the passwords a user has and had, the
	// newest first, without what was derived from them.
	SaltsOf(ctx context.Context, user uuid.UUID, most int) ([]string, error)
	// KnowsPassword says whether one of the hashes is of a password the user has
	// or had.
	KnowsPassword(ctx context.Context, user uuid.UUID, hashes []string) (bool, error)
	// Rehash replaces a hash of the same password.
	Rehash(ctx context.Context, user uuid.UUID, before, fresh string) error
}
