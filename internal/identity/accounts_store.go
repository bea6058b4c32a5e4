package identity

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/paging"
)

// UnitToGive is a unit at which a role is to be given.
type UnitToGive struct {
	ID    uuid.UUID
	Level string
}

// GivenRole is a grant to be stored.
type GivenRole struct {
	ID, User   uuid.UUID
	Role       authz.Role
	Unit       uuid.UUID
	Dimensions []string
	By         uuid.UUID
	From       time.Time
	Until      *time.Time
}

// People is what the use cases about users, invitations and service accounts
// need of one open transaction in a tenant.
type People interface {
	UnitToGive(ctx context.Context, code string) (UnitToGive, error) // of those that stand
	LevelOf(ctx context.Context, unit uuid.UUID) (string, error)

	InsertInvitation(ctx context.Context, i *Invitation, hash [32]byte) error
	InvitationByID(ctx context.Context, id uuid.UUID) (*Invitation, error)
	InvitationPage(ctx context.Context, w paging.Window) ([]*Invitation, error) // newest first
	// EndInvitation stores acceptance or revocation, the person and the name.
	EndInvitation(ctx context.Context, i *Invitation) error
	// ForgetInvitedNames drops the names of invitations that expired.
	ForgetInvitedNames(ctx context.Context, moment time.Time) error
	PersonOfUser(ctx context.Context, user uuid.UUID) (uuid.UUID, error) // uuid.Nil without one
	InsertInvitedPerson(ctx context.Context, person uuid.UUID, pseudonym, name string, user uuid.UUID, at time.Time) error
	RaiseEpoch(ctx context.Context) (int64, error)
	InsertGivenRole(ctx context.Context, g *GivenRole, epoch int64) error

	// UserByID gives a user whom the tenant is the home of, or who holds or held a
	// role there.
	UserByID(ctx context.Context, id uuid.UUID) (*User, error)
	// UserPage lists users by login.
	UserPage(ctx context.Context, f UserSearch, w paging.Window) ([]*User, error)
	// SetUserActive is false for a user of another home. Disabling ends sessions
	// and tokens.
	SetUserActive(ctx context.Context, user uuid.UUID, active bool) (bool, error)
	// Indispensable says whether some tenant has no administrator but the user;
	// roles are those of administrators.
	Indispensable(ctx context.Context, user uuid.UUID, roles []authz.Role) (bool, error)

	InsertServiceAccount(ctx context.Context, a *ServiceAccount) error
	ServiceAccountByID(ctx context.Context, id uuid.UUID) (*ServiceAccount, error)
	ServiceAccounts(ctx context.Context) ([]*ServiceAccount, error) // by name
	ReviewServiceAccount(ctx context.Context, id uuid.UUID, on calendar.Date) error
	EndServiceAccount(ctx context.Context, id uuid.UUID, at time.Time) error
	RevokeRolesOf(ctx context.Context, user uuid.UUID, at time.Time, epoch int64) (int64, error)
	// UnitsInside says whether every unit is the tenant's own or below it.
	UnitsInside(ctx context.Context, units []uuid.UUID) (bool, error)
}
