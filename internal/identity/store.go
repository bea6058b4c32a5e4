package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
)

// Work runs one transaction in the viewer's tenant. One that fails because
// another came first is run again, so what it does must not reach outside.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Unbounded runs one transaction before a tenant is known.
type Unbounded func(ctx context.Context, do func(ctx context.Context, d Directory) error) error

// Place is a tenant in which a user holds a role.
type Place struct {
	Tenant uuid.UUID
	Kind   string // prefecture | county | township
	Name   string
}

// Directory is what is asked before a tenant is known. Each method is one
// function of the database; no table can be read.
type Directory interface {
	// SettingOfLogin gives algorithm, costs and salt of a person's password; ""
	// for an unknown login. No method gives the key out.
	SettingOfLogin(ctx context.Context, login string) (string, error)
	// UserOfLogin gives the user with the login and the derived key; uuid.Nil when
	// there is none, or a disabled one.
	UserOfLogin(ctx context.Context, login string, key []byte) (uuid.UUID, error)
	CloseSession(ctx context.Context, hash [32]byte) error
	// OfferBySecret gives nil for a secret that opens nothing.
	OfferBySecret(ctx context.Context, hash [32]byte) (*Offer, error)

	Methods
}

// Held is a live grant of a user in the viewer's tenant.
type Held struct {
	Role       authz.Role
	Unit       uuid.UUID
	Dimensions []string
}

// Token is an API token; its secret is never stored.
type Token struct {
	ID        uuid.UUID
	User      uuid.UUID
	Name      string
	Handle    string      // the readable part of the secret
	Scopes    []string    // permissions it is narrowed to; empty: all of its owner's
	Units     []uuid.UUID // it counts at and below these; empty: wherever its owner's roles do
	ReadOnly  bool        // until somebody who may approves that it writes
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time // to five minutes
	RevokedAt *time.Time
}

// Store is what the use cases need of one open transaction in a tenant.
type Store interface {
	Methods
	People

	// InsertUser fails with ALREADY_EXISTS when the login is taken.
	InsertUser(ctx context.Context, user uuid.UUID, login, hash string) error
	// AccountOf gives the login of a user whom the tenant knows, and the setting of
	// the password.
	AccountOf(ctx context.Context, user uuid.UUID) (login, setting string, err error)
	KeyMatches(ctx context.Context, user uuid.UUID, key []byte) (bool, error)
	// SetHash is for a user whose home is the tenant.
	SetHash(ctx context.Context, user uuid.UUID, hash string) error
	// ReplaceHash is false when the key is not that of the password before.
	ReplaceHash(ctx context.Context, user uuid.UUID, key []byte, hash string) (bool, error)
	// GrantsHeldBy lists the live grants of a user in the tenant.
	GrantsHeldBy(ctx context.Context, user uuid.UUID) ([]Held, error)
	// HoldsElsewhere says whether the user holds a live grant of another tenant.
	HoldsElsewhere(ctx context.Context, user uuid.UUID) (bool, error)
	// UserOfPerson gives uuid.Nil for a person without a user.
	UserOfPerson(ctx context.Context, person uuid.UUID) (uuid.UUID, error)
	LinkUser(ctx context.Context, person, user uuid.UUID) error

	InsertToken(ctx context.Context, t *Token, hash [32]byte) error
	TokenByID(ctx context.Context, id uuid.UUID) (*Token, error)
	// TokensOf lists a user's tokens, newest first; of everybody when user is nil.
	TokensOf(ctx context.Context, user *uuid.UUID) ([]*Token, error)
	ApproveToken(ctx context.Context, id uuid.UUID) error
	RevokeToken(ctx context.Context, id uuid.UUID, at time.Time) error
}
