package authz

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

// Given lists what a role gives in the viewer's tenant, in the order of the
// catalogue; false for a role that is neither built in nor the tenant's own.
func (a *Authz) Given(ctx context.Context, role Role) ([]Permission, bool) {
	if _, builtIn := rolePosition[role]; builtIn {
		return a.PermissionsOf(role), true
	}
	own, known := a.ownRole(ctx, role)
	return slices.Clone(own.Permissions), known
}

// RoleNamed describes a role of the viewer's tenant, built in or its own; one of
// its own is given in tenants of the viewer's kind.
func (a *Authz) RoleNamed(ctx context.Context, role Role) (RoleInfo, bool) {
	if info, builtIn := RoleOf(role); builtIn {
		return info, true
	}
	own, known := a.ownRole(ctx, role)
	if !known {
		return RoleInfo{}, false
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return RoleInfo{}, false
	}
	info := RoleInfo{Role: role, In: []string{v.TenantKind}, Zh: own.Zh, En: own.En}
	if info.En == "" {
		info.En = own.Zh
	}
	return info, true
}

// ownRole finds a role of the viewer's tenant's own.
func (a *Authz) ownRole(ctx context.Context, role Role) (OwnRole, bool) {
	v, err := viewer.From(ctx)
	if err != nil {
		return OwnRole{}, false
	}
	b := bookOf(v)
	if b == nil {
		return OwnRole{}, false
	}
	at, known := b.own.find(role)
	if !known {
		return OwnRole{}, false
	}
	return b.own.list[at], true
}

// BeyondOwn lists those of the permissions that the viewer may not put into a
// role of the tenant's own: what the catalogue does not have or does not let
// anybody hand on, and what the viewer does not hold over the whole tenant and
// all dimensions. Whoever holds a permission over the whole tenant holds it
// wherever anybody has such a role, so that no holder of it, present or future,
// is given more than the definer has.
func (a *Authz) BeyondOwn(ctx context.Context, permissions []Permission) []Permission {
	var beyond []Permission
	for _, p := range permissions {
		info, known := InfoOf(p)
		if !known || !info.Delegable || !a.Over(ctx, p, uuid.Nil, nil) {
			beyond = append(beyond, p)
		}
	}
	return beyond
}

// Explain says what one grant of the viewer's tenant is worth, whoever holds it:
// whether it counts now and gives the permission at unit, and whether only
// because the permission is wide and held somewhere else in the tenant.
func (a *Authz) Explain(ctx context.Context, g Grant, p Permission, unit uuid.UUID) (gives, wide bool) {
	v, err := viewer.From(ctx)
	if err != nil {
		return false, false
	}
	b := bookOf(v)
	at, known := position[p]
	if b == nil || !known {
		return false, false
	}
	e, known := b.entry(&Grant{Unit: g.Unit, Role: g.Role, From: g.From, Until: g.Until}, nil)
	if !known || !e.counts(a.now().UnixNano()) || !b.allows(a.policy.Load(), roleSet{}.plus(e.role), at) {
		return false, false
	}
	if unit == uuid.Nil {
		unit = v.TenantUnit
	}
	path, length := b.tree.path(unit)
	if length > 0 && onPath(path[:length], e.unit) {
		return true, false
	}
	_, within := b.tree.pathFrom(e.unit)
	wide = catalogue[at].Wide && within > 0 && coversWide(v, b, unit)
	return wide, wide
}

func everything() []Permission {
	all := make([]Permission, len(catalogue))
	for i, info := range catalogue {
		all[i] = info.Permission
	}
	return all
}
