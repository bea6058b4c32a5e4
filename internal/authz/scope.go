package authz

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

// grant is an entry in words: where it counts, and over what.
type grant struct {
	unit       uuid.UUID
	role       uint8
	dimensions []string // empty: all
}

// grantsOf collects the viewer's live grants that give p, at units of the tenant.
func (a *Authz) grantsOf(v *viewer.Viewer, p Permission) []grant {
	at, known := position[p]
	b := bookOf(v)
	if !known || b == nil || !credentialAllows(v, at) {
		return nil
	}
	current := a.policy.Load()
	return a.grantsWhere(v, b, func(role uint8) bool { return b.allows(current, roleSet{}.plus(role), at) })
}

func (a *Authz) grantsWhere(v *viewer.Viewer, b *book, wanted func(role uint8) bool) []grant {
	var list []grant
	a.live(v, b, func(e *entry, unit int32) {
		if _, length := b.tree.pathFrom(unit); length > 0 && wanted(e.role) {
			list = append(list, grant{unit: b.tree.units.ids[unit], role: e.role, dimensions: b.dimensions[e.dimensions]})
		}
	})
	return list
}

// Scope implements Decider.
func (a *Authz) Scope(ctx context.Context, p Permission) []uuid.UUID {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil
	}
	giving := a.grantsOf(v, p)
	if len(giving) == 0 {
		return nil
	}
	if info, _ := InfoOf(p); info.Wide && v.TenantKind == "township" {
		return []uuid.UUID{v.TenantUnit}
	}
	t := bookOf(v).tree
	at := make([]int32, 0, len(giving))
	for _, g := range giving {
		if place, in := t.units.find(g.unit); in {
			at = append(at, place)
		}
	}
	var roots []uuid.UUID
	for _, place := range at {
		path, length := t.pathFrom(place)
		below := length > 0 && slices.ContainsFunc(path[1:length], func(up int32) bool { return onPath(at, up) })
		if unit := t.units.ids[place]; length > 0 && !below && !slices.Contains(roots, unit) {
			roots = append(roots, unit)
		}
	}
	slices.SortFunc(roots, compareIDs)
	return roots
}

// Dimensions implements Decider.
func (a *Authz) Dimensions(ctx context.Context, p Permission) (all bool, keys []string) {
	v, err := viewer.From(ctx)
	if err != nil {
		return false, nil
	}
	return dimensionsOf(a.grantsOf(v, p))
}

func dimensionsOf(giving []grant) (all bool, keys []string) {
	for _, g := range giving {
		if len(g.dimensions) == 0 {
			return true, nil
		}
		keys = append(keys, g.dimensions...)
	}
	slices.Sort(keys)
	return false, slices.Compact(keys)
}

// Holding is a role that the viewer holds now.
type Holding struct {
	Role       Role
	Unit       uuid.UUID
	Dimensions []string // empty: all
	Zh, En     string   // names of the role
}

// Held lists the viewer's live grants in the tenant, by role and unit.
func (a *Authz) Held(ctx context.Context) []Holding {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil
	}
	b := bookOf(v)
	if b == nil {
		return nil
	}
	all := a.grantsWhere(v, b, func(uint8) bool { return true })
	slices.SortFunc(all, func(x, y grant) int { return cmp.Or(int(x.role)-int(y.role), compareIDs(x.unit, y.unit)) })
	held := make([]Holding, len(all))
	for i, g := range all {
		named, _ := a.RoleNamed(ctx, b.roleAt(g.role))
		held[i] = Holding{Role: named.Role, Unit: g.unit, Dimensions: slices.Clone(g.dimensions), Zh: named.Zh, En: named.En}
	}
	return held
}

// Beyond implements Decider.
func (a *Authz) Beyond(ctx context.Context, role Role, unit uuid.UUID, dimensions []string) []Permission {
	if a.appoints(ctx, role, unit) {
		return nil
	}
	given, known := a.Given(ctx, role)
	if !known {
		given = everything()
	}
	return a.lacking(ctx, given, unit, dimensions)
}

// lacking lists those of the permissions that the viewer does not hold at unit
// over the dimensions.
func (a *Authz) lacking(ctx context.Context, given []Permission, unit uuid.UUID, dimensions []string) []Permission {
	var missing []Permission
	for _, p := range given {
		if !a.Over(ctx, p, unit, dimensions) {
			missing = append(missing, p)
		}
	}
	return missing
}

// appoints says whether the viewer is the admin of a county or prefecture who
// names those that run its own competitions: at the tenant's own unit alone,
// where the rows of its townships are out of reach, because they are of other
// tenants; and never by a token that was narrowed.
func (a *Authz) appoints(ctx context.Context, role Role, unit uuid.UUID) bool {
	v, err := viewer.From(ctx)
	if err != nil || len(v.Scopes) > 0 || len(v.Units) > 0 || v.TenantKind == "township" || unit != uuid.Nil && unit != v.TenantUnit || !slices.Contains(running, role) {
		return false
	}
	return a.Over(ctx, GrantWrite, v.TenantUnit, nil)
}

// Over says whether the viewer holds p at unit over the dimensions (none given:
// all of them).
func (a *Authz) Over(ctx context.Context, p Permission, unit uuid.UUID, dimensions []string) bool {
	v, err := viewer.From(ctx)
	if err != nil || !a.decide(v, p, unit) {
		return false
	}
	if unit == uuid.Nil {
		unit = v.TenantUnit
	}
	t := bookOf(v).tree // decide found one
	path, length := t.path(unit)
	var here []grant
	for _, g := range a.grantsOf(v, p) {
		if at, in := t.units.find(g.unit); in && onPath(path[:length], at) {
			here = append(here, g)
		}
	}
	all, keys := dimensionsOf(here)
	if all {
		return true
	}
	if len(dimensions) == 0 {
		return false
	}
	for _, d := range dimensions {
		if !slices.Contains(keys, d) {
			return false
		}
	}
	return true
}
