package tenancy

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// GrantInput is a role to be given.
type GrantInput struct {
	Login      string
	Role       authz.Role
	UnitCode   string
	Dimensions []string   // none: all
	From       *time.Time // nil: now
	Until      *time.Time // nil: without end
}

// villageRoles see their own village only, so they cannot be held above one.
var villageRoles = []authz.Role{authz.VillageSecretary, authz.VillageClerk}

var dimensionKey = regexp.MustCompile(`^[a-z][a-z0-9-]{0,63}$`)

// GiveRole gives a role to a user at a unit of the tenant and below. The viewer
// must hold every permission of the role there, over the same dimensions. It
// counts at the next request, on every replica.
func (s *Service) GiveRole(ctx context.Context, in GrantInput) (*Grant, error) {
	var given *Grant
	err := s.write(ctx, func(ctx context.Context, st Store) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if err := s.gate.Require(ctx, authz.GrantWrite, uuid.Nil); err != nil {
			return err
		}
		g, err := s.checkGrant(ctx, v, st, in)
		if err != nil {
			return err
		}
		epoch, err := st.RaiseEpoch(ctx)
		if err != nil {
			return err
		}
		if err := st.InsertGrant(ctx, g, epoch); err != nil {
			return err
		}
		given = g
		return audit.Record(ctx, "grant:create", "grant", g.ID, map[string]any{
			"user": g.User, "role": g.Role, "unit": g.Unit, "dimensions": g.Dimensions, "from": g.From, "until": g.Until,
		})
	})
	return given, err
}

func (s *Service) checkGrant(ctx context.Context, v *viewer.Viewer, st Store, in GrantInput) (*Grant, error) {
	if err := checkRole(in.Role, v.TenantKind); err != nil {
		return nil, err
	}
	unit, err := st.UnitByCode(ctx, in.UnitCode)
	if fault.CodeOf(err) == fault.NotFound || err == nil && !s.gate.May(ctx, authz.GrantWrite, unit.ID) {
		return nil, fault.New(fault.UnitUnknown, "code", in.UnitCode).At("unitCode")
	}
	if err != nil {
		return nil, err
	}
	if slices.Contains(villageRoles, in.Role) && unit.Level != "village" && unit.Level != "group" {
		return nil, fault.New(fault.RoleUnitLevel, "role", string(in.Role)).At("unitCode")
	}
	for i, d := range in.Dimensions {
		if !dimensionKey.MatchString(d) || slices.Index(in.Dimensions, d) != i {
			return nil, fault.New(fault.DimensionInvalid, "value", d).At("dimensions[%d]", i)
		}
	}
	if beyond := s.gate.Beyond(ctx, in.Role, unit.ID, in.Dimensions); len(beyond) > 0 {
		return nil, beyondYours(in.Role, beyond)
	}
	moment := s.moment()
	g := &Grant{ID: newID(), Login: strings.ToLower(strings.TrimSpace(in.Login)), Role: in.Role, Unit: unit.ID,
		Dimensions: slices.Sorted(slices.Values(in.Dimensions)), GrantedBy: v.User, From: moment}
	if in.From != nil {
		g.From = in.From.UTC().Truncate(time.Microsecond)
	}
	if in.Until != nil {
		until := in.Until.UTC().Truncate(time.Microsecond)
		if g.Until = &until; !until.After(g.From) || !until.After(moment) {
			return nil, fault.New(fault.RolePeriodInvalid).At("validUntil")
		}
	}
	if g.User, err = st.UserNamed(ctx, g.Login); err != nil {
		return nil, err
	}
	if g.User == uuid.Nil {
		return nil, fault.New(fault.LoginUnknown, "login", in.Login).At("login")
	}
	return g, refuseTwice(ctx, st, g)
}

// checkRole refuses a role that does not exist or that a tenant of this kind
// does not give.
func checkRole(role authz.Role, kind string) error {
	var all, here []string
	for _, info := range authz.Roles() {
		all = append(all, string(info.Role))
		if slices.Contains(info.In, kind) {
			here = append(here, string(info.Role))
		}
	}
	if !slices.Contains(all, string(role)) {
		return fault.New(fault.RoleUnknown, "role", string(role), "want", strings.Join(here, ", ")).At("role")
	}
	if !slices.Contains(here, string(role)) {
		return fault.New(fault.RoleNotHere, "role", string(role), "want", strings.Join(here, ", ")).At("role")
	}
	return nil
}

func beyondYours(role authz.Role, beyond []authz.Permission) *fault.Fault {
	names := make([]string, len(beyond))
	for i, p := range beyond {
		names[i] = string(p)
	}
	return fault.New(fault.RoleBeyondYours, "role", string(role), "permissions", strings.Join(names, ", ")).At("role")
}

func refuseTwice(ctx context.Context, st Store, g *Grant) error {
	all, err := st.Grants(ctx)
	if err != nil {
		return err
	}
	for _, have := range all {
		if have.User == g.User && have.Role == g.Role && have.Unit == g.Unit && slices.Equal(have.Dimensions, g.Dimensions) &&
			have.RevokedAt == nil && have.Until == nil && !have.From.After(g.From) {
			return fault.New(fault.RoleHeldAlready).At("role")
		}
	}
	return nil
}

// RevokeRole takes a grant back, at once and everywhere. The viewer must hold
// what is taken, and the tenant must keep one administrator. Doing it again
// changes nothing.
func (s *Service) RevokeRole(ctx context.Context, id uuid.UUID) (*Grant, error) {
	var taken *Grant
	err := s.change(ctx, authz.GrantWrite, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		all, err := st.Grants(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(g *Grant) bool { return g.ID == id })
		if i < 0 {
			return fault.New(fault.NotFound).At("grant")
		}
		if taken = all[i]; taken.RevokedAt != nil {
			return nil
		}
		if beyond := s.gate.Beyond(ctx, taken.Role, taken.Unit, taken.Dimensions); len(beyond) > 0 {
			return beyondYours(taken.Role, beyond).At("grant")
		}
		moment := s.moment()
		if s.administers(taken, v, moment) && !slices.ContainsFunc(all, func(g *Grant) bool { return g.ID != id && s.administers(g, v, moment) }) {
			return fault.New(fault.LastAdmin).At("grant")
		}
		epoch, err := st.RaiseEpoch(ctx)
		if err != nil {
			return err
		}
		if err := st.RevokeGrant(ctx, id, moment, epoch); err != nil {
			return err
		}
		taken.RevokedAt = &moment
		return audit.Record(ctx, "grant:revoke", "grant", id, map[string]any{"user": taken.User, "role": taken.Role, "unit": taken.Unit})
	})
	if err != nil {
		return nil, err
	}
	return taken, nil
}

// administers says whether a grant lets somebody who can sign in give roles in
// all of the tenant, now and without end.
func (s *Service) administers(g *Grant, v *viewer.Viewer, moment time.Time) bool {
	return g.RevokedAt == nil && g.Until == nil && !g.From.After(moment) && !g.Disabled && g.Unit == v.TenantUnit && len(g.Dimensions) == 0 &&
		slices.Contains(s.gate.RolesWith(authz.GrantWrite), g.Role)
}

// Grants lists the roles given in the tenant, the revoked ones too, newest
// first.
func (s *Service) Grants(ctx context.Context) ([]*Grant, error) {
	var list []*Grant
	err := s.look(ctx, authz.GrantRead, func(ctx context.Context, st Store) (err error) {
		list, err = st.Grants(ctx)
		return err
	})
	return list, err
}
