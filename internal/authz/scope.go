package authz

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

// grantsOf collects the viewer's live grants that give p.
func (a *Authz) grantsOf(v *viewer.Viewer, p Permission) []grant {
	if !credentialAllows(v, p) {
		return nil
	}
	current := a.policy.Load()
	var giving []grant
	a.live(v, func(g grant) {
		if a.forest.within(v.TenantUnit, g.unit) && current.allows(1<<g.role, p) {
			giving = append(giving, g)
		}
	})
	return giving
}

// Scope implements Decider.
func (a *Authz) Scope(ctx context.Context, p Permission) []uuid.UUID {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil
	}
	giving := a.grantsOf(v, p)
	if info, _ := InfoOf(p); len(giving) > 0 && info.Wide && v.TenantKind == "township" {
		return []uuid.UUID{v.TenantUnit}
	}
	units := make([]uuid.UUID, 0, len(giving))
	for _, g := range giving {
		units = append(units, g.unit)
	}
	var roots []uuid.UUID
	for _, unit := range units {
		path, length := a.forest.path(v.TenantUnit, unit)
		below := length > 0 && slices.ContainsFunc(path[1:length], func(up uuid.UUID) bool { return slices.Contains(units, up) })
		if length > 0 && !below && !slices.Contains(roots, unit) {
			roots = append(roots, unit)
		}
	}
	slices.SortFunc(roots, func(x, y uuid.UUID) int { return bytes.Compare(x[:], y[:]) })
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
}

// Held lists the viewer's live grants in the tenant, by role and unit.
func (a *Authz) Held(ctx context.Context) []Holding {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil
	}
	var held []Holding
	a.live(v, func(g grant) {
		if a.forest.within(v.TenantUnit, g.unit) {
			held = append(held, Holding{Role: roles[g.role].Role, Unit: g.unit, Dimensions: slices.Clone(g.dimensions)})
		}
	})
	slices.SortFunc(held, func(x, y Holding) int {
		return cmp.Or(rolePosition[x.Role]-rolePosition[y.Role], bytes.Compare(x.Unit[:], y.Unit[:]))
	})
	return held
}

// Beyond implements Decider.
func (a *Authz) Beyond(ctx context.Context, role Role, unit uuid.UUID, dimensions []string) []Permission {
	if a.appoints(ctx, role, unit) {
		return nil
	}
	var missing []Permission
	for _, p := range a.PermissionsOf(role) {
		if !a.holdsOver(ctx, p, unit, dimensions) {
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
	return a.holdsOver(ctx, GrantWrite, v.TenantUnit, nil)
}

// Over says whether the viewer holds p at unit over the dimensions (none given:
// all of them).
func (a *Authz) Over(ctx context.Context, p Permission, unit uuid.UUID, dimensions []string) bool {
	return a.holdsOver(ctx, p, unit, dimensions)
}

// holdsOver says whether the viewer holds p at unit over the dimensions.
func (a *Authz) holdsOver(ctx context.Context, p Permission, unit uuid.UUID, dimensions []string) bool {
	v, err := viewer.From(ctx)
	if err != nil || !a.decide(v, p, unit) {
		return false
	}
	if unit == uuid.Nil {
		unit = v.TenantUnit
	}
	path, length := a.forest.path(v.TenantUnit, unit)
	var here []grant
	for _, g := range a.grantsOf(v, p) {
		if slices.Contains(path[:length], g.unit) {
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
