// Package authz owns what a viewer may do: the catalogue of permissions, the
// built-in roles and their policy (model.conf and policy.csv, which an operator
// can read), who holds which role where, and the decision itself.
//
// A role held at a unit holds below it. A grant counts only while its dates
// last and only for a viewer who works in the tenant that gave it: a county's
// admin who also judges in a township does not judge as an admin. A token's
// rights are its owner's live grants, narrowed by its scopes. Any doubt denies.
//
// A tenant may define roles of its own beside the built-in ones: an overlay of
// the policy that holds only in grants of that tenant, and gives only what the
// catalogue lets anybody hand on.
//
// What decides is a book for each tenant: its units, its own roles, its grants.
// It is read when somebody begins to work there, amended when the epoch moved,
// and let go when books take too much (see shelf.go).
//
// It does not own where grants are stored (postgres implements Source) or how
// they are given (tenancy), nor what follows from a relation or from the date
// of a round: owner of an item, member of a panel, own village, second person.
// Those, and the separation of duties, are decided in the use cases.
package authz

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Decider answers for the viewer of a context. uuid.Nil as unit stands for the
// viewer's tenant unit.
//
// A permission whose object belongs to a township as a whole (the calendar, the
// rounds and their rubric, published results: Info.Wide) is held in all of the
// township by whoever holds it in any of its villages; every other permission
// holds only at and below the unit of the grant. So a village's secretary reads
// the township's rounds, and issues of the own village only: lists of the
// latter begin with Anywhere and filter by Scope.
type Decider interface {
	// Require returns nil when the viewer holds p at unit, else FORBIDDEN, or
	// UNAUTHENTICATED when nobody asks.
	Require(ctx context.Context, p Permission, unit uuid.UUID) error
	// May is Require as a question.
	May(ctx context.Context, p Permission, unit uuid.UUID) bool
	// Anywhere returns nil when the viewer holds p at any unit of the tenant.
	Anywhere(ctx context.Context, p Permission) error
	// Roles lists the roles held at unit, in the order of the catalogue.
	Roles(ctx context.Context, unit uuid.UUID) []Role
	// Scope lists the highest units at which p is held, sorted; none: nowhere.
	Scope(ctx context.Context, p Permission) []uuid.UUID
	// Dimensions lists the dimensions of the dictionary that p is limited to,
	// sorted; all is true when at least one grant has no such limit.
	Dimensions(ctx context.Context, p Permission) (all bool, keys []string)
	// Sight is Dimensions for whoever reads: what of a unit and a dimension the
	// viewer may be shown with p. It says nothing about the places p is held at.
	Sight(ctx context.Context, p Permission) Sight
	// Since tells from when on the viewer has held p at unit by a grant that still
	// counts; false where it is not held.
	Since(ctx context.Context, p Permission, unit uuid.UUID) (from time.Time, held bool)
	// Beyond lists the permissions of a role that the viewer does not hold at
	// unit over the same dimensions (none given: all of them), and therefore
	// may not grant there.
	Beyond(ctx context.Context, role Role, unit uuid.UUID, dimensions []string) []Permission
}

// Authz is the Decider of a running server. It is safe for concurrent use.
type Authz struct {
	now     func() time.Time
	policy  atomic.Pointer[policy]
	hearing sync.Mutex // held while it is read which tenants changed
	shelf   shelf

	// Crossed is told when something is refused at a unit that is no part of the
	// viewer's tenant, for metrics. It is set once, before the first request.
	Crossed func()
}

var _ Decider = (*Authz)(nil)

// New makes an Authz with the built-in policy and no grants; now is the clock
// that a grant's dates are held against.
func New(now func() time.Time) (*Authz, error) {
	built, err := builtIn()
	if err != nil {
		return nil, err
	}
	a := &Authz{now: now}
	a.policy.Store(built)
	return a, nil
}

// Require implements Decider.
func (a *Authz) Require(ctx context.Context, p Permission, unit uuid.UUID) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	if !a.decide(v, p, unit) {
		if a.Crossed != nil && foreign(v, unit) {
			a.Crossed()
		}
		return refusal(p)
	}
	return nil
}

// foreign says whether a unit is no part of the viewer's tenant.
func foreign(v *viewer.Viewer, unit uuid.UUID) bool {
	b := bookOf(v)
	if unit == uuid.Nil || b == nil {
		return false
	}
	_, length := b.tree.path(unit)
	return length == 0
}

// May implements Decider.
func (a *Authz) May(ctx context.Context, p Permission, unit uuid.UUID) bool {
	v, err := viewer.From(ctx)
	return err == nil && a.decide(v, p, unit)
}

// Anywhere implements Decider.
func (a *Authz) Anywhere(ctx context.Context, p Permission) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	at, known := position[p]
	if b := bookOf(v); known && b != nil && credentialAllows(v, at) && b.allows(a.policy.Load(), a.rolesInTenant(v, b), at) {
		return nil
	}
	return refusal(p)
}

// Permitted lists the permissions that the viewer holds at any unit of the
// tenant, sorted by name: all those for which Anywhere returns nil.
func (a *Authz) Permitted(ctx context.Context) []Permission {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil
	}
	b := bookOf(v)
	if b == nil {
		return nil
	}
	rules, held := a.policy.Load(), a.rolesInTenant(v, b)
	var all []Permission
	for at := range catalogue {
		if credentialAllows(v, at) && b.allows(rules, held, at) {
			all = append(all, catalogue[at].Permission)
		}
	}
	slices.Sort(all)
	return all
}

func refusal(p Permission) *fault.Fault {
	return fault.New(fault.Forbidden, "permission", string(p))
}

// Roles implements Decider.
func (a *Authz) Roles(ctx context.Context, unit uuid.UUID) []Role {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil
	}
	b := bookOf(v)
	if b == nil {
		return nil
	}
	return b.list(a.rolesAt(v, b, unit))
}
