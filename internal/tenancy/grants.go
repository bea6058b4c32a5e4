package tenancy

import (
	"context"
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

// GiveRole gives a role to a user at a unit of the tenant and below. The viewer
// must hold every permission of the role there, over the same dimensions; the
// tenant must be the user's home, or one in which the user holds a role:
// anybody else is invited, and accepts. It counts at the next request, on every
// replica.
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
	unit, err := st.UnitByCode(ctx, in.UnitCode)
	if fault.CodeOf(err) == fault.NotFound || err == nil && !s.gate.May(ctx, authz.GrantWrite, unit.ID) {
		return nil, fault.New(fault.UnitUnknown, "code", in.UnitCode).At("unitCode")
	}
	if err != nil {
		return nil, err
	}
	if err := s.gate.Givable(ctx, in.Role, unit.Level, in.Dimensions); err != nil {
		return nil, err
	}
	if beyond := s.gate.Beyond(ctx, in.Role, unit.ID, in.Dimensions); len(beyond) > 0 {
		return nil, authz.BeyondYours(in.Role, beyond)
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
			return authz.BeyondYours(taken.Role, beyond).At("grant")
		}
		epoch, err := st.RaiseEpoch(ctx)
		if err != nil {
			return err
		}
		// Behind the lock, so that no other tenant disables its user meanwhile, who
		// would be the administrator left.
		if all, err = st.Grants(ctx); err != nil {
			return err
		}
		moment := s.moment()
		if s.administers(taken, v, moment) && !slices.ContainsFunc(all, func(g *Grant) bool { return g.ID != id && s.administers(g, v, moment) }) {
			return fault.New(fault.LastAdmin).At("grant")
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
