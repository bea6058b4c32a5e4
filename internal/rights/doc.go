// Package rights owns a tenant's own roles (defining, changing and retiring
// them) and the answers to who may do something and why.
//
// An own role is a set of permissions that the catalogue lets anybody hand on.
// Whoever defines one holds each of them over the whole tenant, and whoever
// changes it holds what is added and what is taken; it is given like any other
// role and counts in that tenant's grants alone. A change is a change of rights:
// it carries a new epoch and counts at the next request everywhere.
//
// It does not own the decision (authz) or the giving and revoking of roles
// (tenancy).
package rights

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/viewer"
)

// Gate decides what the viewer of a context may do, and explains it; uuid.Nil
// stands for the unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
	Beyond(ctx context.Context, role authz.Role, unit uuid.UUID, dimensions []string) []authz.Permission
	BeyondOwn(ctx context.Context, permissions []authz.Permission) []authz.Permission
	Given(ctx context.Context, role authz.Role) ([]authz.Permission, bool)
	RoleNamed(ctx context.Context, role authz.Role) (authz.RoleInfo, bool)
	Explain(ctx context.Context, g authz.Grant, p authz.Permission, unit uuid.UUID) (gives, wide bool)
}

// Role is one role of a tenant, built in or its own.
type Role struct {
	ID          uuid.UUID // uuid.Nil for a built-in one
	Key         authz.Role
	Zh, En      string // En may be empty for an own one
	Permissions []authz.Permission
	DefinedAt   time.Time // of an own one, as the next three
	ChangedAt   time.Time
	RetiredAt   *time.Time
	Revision    int
	Standing    int  // grants that are not revoked and have not ended
	MayGrant    bool // the viewer may give it at the tenant's own unit
}

// Given is a grant that is not revoked, with its holder.
type Given struct {
	authz.Grant
	ID       uuid.UUID
	Login    string
	Disabled bool // the holder cannot sign in
}

// Store is what the use cases need of one open transaction in the viewer's tenant.
type Store interface {
	// OwnRoleList lists the own roles, the retired ones too, by key.
	OwnRoleList(ctx context.Context) ([]*Role, error)
	// InsertOwnRole stores a new one with the user who defined it.
	InsertOwnRole(ctx context.Context, r *Role, by uuid.UUID, epoch int64) error
	// UpdateOwnRole stores names, permissions and retirement of the revision
	// before r's; STALE_REVISION when another change came first.
	UpdateOwnRole(ctx context.Context, r *Role, epoch int64) error
	// GrantsGiven lists the grants of the tenant that are not revoked.
	GrantsGiven(ctx context.Context) ([]*Given, error)
	// RaiseEpoch begins a change of rights.
	RaiseEpoch(ctx context.Context) (int64, error)
}

// Work runs one transaction on the store. A transaction that fails because
// another one came first is run again, so what it does must not reach outside.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	Gate        Gate
	Now         func() time.Time
}

// Service is the use cases of rights.
type Service struct{ Config }

// New makes the use cases.
func New(c Config) *Service { return &Service{c} }

// moment is now as the database keeps it.
func (s *Service) moment() time.Time { return s.Now().UTC().Truncate(time.Microsecond) }

// change is a write by somebody who may give rights in all of the tenant, asked
// inside the transaction, so that a right taken away meanwhile does not count.
func (s *Service) change(ctx context.Context, do func(ctx context.Context, v *viewer.Viewer, st Store) error) error {
	if err := s.Gate.Require(ctx, authz.GrantWrite, uuid.Nil); err != nil {
		return err
	}
	return s.Write(ctx, func(ctx context.Context, st Store) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if err := s.Gate.Require(ctx, authz.GrantWrite, uuid.Nil); err != nil {
			return err
		}
		return do(ctx, v, st)
	})
}
