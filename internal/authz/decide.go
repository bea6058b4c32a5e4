package authz

import (
	"slices"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

// decide is the one place where a decision is taken.
func (a *Authz) decide(v *viewer.Viewer, p Permission, unit uuid.UUID) bool {
	info, known := InfoOf(p)
	if !known || !credentialAllows(v, p) {
		return false
	}
	current := a.policy.Load()
	if current.allows(a.rolesAt(v, unit), p) {
		return true
	}
	return info.Wide && a.coversWide(v, unit) && current.allows(a.rolesInTenant(v), p)
}

// coversWide says whether a wide permission, held somewhere in the tenant, is
// held at unit: everywhere in a township, above it for the tenant itself only,
// because there the villages belong to other tenants.
func (a *Authz) coversWide(v *viewer.Viewer, unit uuid.UUID) bool {
	if unit == uuid.Nil || unit == v.TenantUnit {
		return true
	}
	return v.TenantKind == "township" && a.forest.within(v.TenantUnit, unit)
}

// credentialAllows narrows by the token: its scopes, and no writing with a
// read-only one. A session has neither limit.
func credentialAllows(v *viewer.Viewer, p Permission) bool {
	info, known := InfoOf(p)
	if !known || v.ReadOnly && info.Writes {
		return false
	}
	return len(v.Scopes) == 0 || slices.Contains(v.Scopes, string(p))
}

// live calls with every grant of the viewer that counts now. A token that is
// limited to units cuts each down to what lies at or below both, so that it
// never reaches further than a grant at those units would.
func (a *Authz) live(v *viewer.Viewer, with func(grant)) {
	a.holding.each(v.User, v.Tenant, a.now().UnixNano(), func(g grant) {
		if len(v.Units) == 0 {
			with(g)
			return
		}
		given := g.unit
		for _, limit := range v.Units {
			if lower, both := a.forest.lower(v.TenantUnit, given, limit); both {
				g.unit = lower
				with(g)
			}
		}
	})
}

// rolesAt collects the roles held at unit: grants at it and at its ancestors up
// to the tenant's unit. A unit outside the tenant's tree gives none.
func (a *Authz) rolesAt(v *viewer.Viewer, unit uuid.UUID) roleSet {
	if unit == uuid.Nil {
		unit = v.TenantUnit
	}
	path, length := a.forest.path(v.TenantUnit, unit)
	if length == 0 {
		return 0
	}
	var held roleSet
	a.live(v, func(g grant) {
		if slices.Contains(path[:length], g.unit) {
			held |= 1 << g.role
		}
	})
	return held
}

// rolesInTenant collects the roles held at any unit of the tenant's tree.
func (a *Authz) rolesInTenant(v *viewer.Viewer) roleSet {
	var held roleSet
	a.live(v, func(g grant) {
		if a.forest.within(v.TenantUnit, g.unit) {
			held |= 1 << g.role
		}
	})
	return held
}
