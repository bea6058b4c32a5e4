package authz

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// villageRoles see their own village only, so they cannot be held above one.
var villageRoles = []Role{VillageSecretary, VillageClerk}

var dimensionKey = regexp.MustCompile(`^[a-z][a-z0-9-]{0,63}$`)

// Givable refuses a role that the viewer's tenant does not know or does not
// give, that cannot be held at a unit of the level, or a limit that is none.
// Whether the viewer may give it is Beyond's to say.
func (a *Authz) Givable(ctx context.Context, role Role, level string, dimensions []string) error {
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	info, known := a.RoleNamed(ctx, role)
	switch {
	case !known:
		return fault.New(fault.RoleUnknown, "role", string(role), "want", givenIn(v.TenantKind)).At("role")
	case !slices.Contains(info.In, v.TenantKind):
		return fault.New(fault.RoleNotHere, "role", string(role), "want", givenIn(v.TenantKind)).At("role")
	case slices.Contains(villageRoles, role) && level != "village" && level != "group":
		return fault.New(fault.RoleUnitLevel, "role", string(role)).At("unitCode")
	}
	for i, d := range dimensions {
		if !dimensionKey.MatchString(d) || slices.Index(dimensions, d) != i {
			return fault.New(fault.DimensionInvalid, "value", d).At("dimensions[%d]", i)
		}
	}
	if len(dimensions) == 0 {
		return nil
	}
	return a.limitable(ctx, role)
}

// givenIn names the built-in roles that a tenant of a kind gives.
func givenIn(kind string) string {
	var here []string
	for _, info := range roles {
		if slices.Contains(info.In, kind) {
			here = append(here, string(info.Role))
		}
	}
	return strings.Join(here, ", ")
}

// BeyondYours tells what of a role one does not hold and so cannot give.
func BeyondYours(role Role, beyond []Permission) *fault.Fault {
	return fault.New(fault.RoleBeyondYours, "role", string(role), "permissions", Listed(beyond)).At("role")
}

// Listed writes permissions as a message tells them.
func Listed(permissions []Permission) string {
	names := make([]string, len(permissions))
	for i, p := range permissions {
		names[i] = string(p)
	}
	return strings.Join(names, ", ")
}
