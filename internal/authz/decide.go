package authz

import (
	"slices"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

// bookOf is the book that decides for a viewer: that of the slot it was opened
// with. Nil, and nothing is allowed, for a viewer that was not refreshed.
func bookOf(v *viewer.Viewer) *book {
	if at, opened := v.Rights.(*slot); opened {
		return at.book.Load()
	}
	return nil
}

// decide is the one place where a decision is taken.
func (a *Authz) decide(v *viewer.Viewer, p Permission, unit uuid.UUID) bool {
	at, known := position[p]
	b := bookOf(v)
	if !known || b == nil || !credentialAllows(v, at) {
		return false
	}
	current := a.policy.Load()
	if b.allows(current, a.rolesAt(v, b, unit), at) {
		return true
	}
	return catalogue[at].Wide && coversWide(v, b, unit) && b.allows(current, a.rolesInTenant(v, b), at)
}

// allows decides for a set of roles: the built-in ones by the policy, the
// tenant's own by the overlay.
func (b *book) allows(rules *policy, held roleSet, permission int) bool {
	return rules.allows(held.builtIn, permission) || b.own.allows(held.own, permission)
}

// coversWide says whether a wide permission, held somewhere in the tenant, is
// held at unit: everywhere in a township, above it for the tenant itself only,
// because there the villages belong to other tenants.
func coversWide(v *viewer.Viewer, b *book, unit uuid.UUID) bool {
	if unit == uuid.Nil || unit == v.TenantUnit {
		return true
	}
	return v.TenantKind == "township" && b.tree.within(unit)
}

// credentialAllows narrows by the token: its scopes, and no writing with a
// read-only one. A session has neither limit.
func credentialAllows(v *viewer.Viewer, permission int) bool {
	info := &catalogue[permission]
	if v.ReadOnly && info.Writes {
		return false
	}
	return len(v.Scopes) == 0 || slices.Contains(v.Scopes, string(info.Permission))
}

// live calls with every grant of the viewer that counts now, and the place of
// the unit at and below which it does. A token that is limited to units cuts
// each down to what lies at or below both, so that it never reaches further than
// a grant at those units would.
func (a *Authz) live(v *viewer.Viewer, b *book, with func(e *entry, unit int32)) {
	list := b.entriesOf(v.User)
	if len(list) == 0 {
		return
	}
	moment := a.now().UnixNano()
	for i := range list {
		e := &list[i]
		if !e.counts(moment) {
			continue
		}
		if len(v.Units) == 0 {
			with(e, e.unit)
			continue
		}
		for _, limit := range v.Units {
			if at, in := b.tree.units.find(limit); in {
				if lower, both := b.tree.lower(e.unit, at); both {
					with(e, lower)
				}
			}
		}
	}
}

// rolesAt collects the roles held at unit: grants at it and at its ancestors up
// to the tenant's unit. A unit outside the tenant's tree gives none.
func (a *Authz) rolesAt(v *viewer.Viewer, b *book, unit uuid.UUID) (held roleSet) {
	if unit == uuid.Nil {
		unit = v.TenantUnit
	}
	path, length := b.tree.path(unit)
	if length == 0 {
		return held
	}
	a.live(v, b, func(e *entry, unit int32) {
		if onPath(path[:length], unit) {
			held = held.plus(e.role)
		}
	})
	return held
}

// rolesInTenant collects the roles held at any unit of the tenant's tree.
func (a *Authz) rolesInTenant(v *viewer.Viewer, b *book) (held roleSet) {
	a.live(v, b, func(e *entry, unit int32) {
		if _, length := b.tree.pathFrom(unit); length > 0 {
			held = held.plus(e.role)
		}
	})
	return held
}
