package rights

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Roles lists the roles that the tenant gives: the built-in ones of its kind in
// the order of the catalogue, then its own by key, the retired ones too.
func (s *Service) Roles(ctx context.Context) ([]*Role, error) {
	var list []*Role
	err := s.look(ctx, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		given, err := st.GrantsGiven(ctx)
		if err != nil {
			return err
		}
		own, err := st.OwnRoleList(ctx)
		if err != nil {
			return err
		}
		list = nil
		for _, info := range authz.Roles() {
			if slices.Contains(info.In, v.TenantKind) {
				permissions, _ := s.Gate.Given(ctx, info.Role)
				list = append(list, &Role{Key: info.Role, Zh: info.Zh, En: info.En, Permissions: permissions})
			}
		}
		list = append(list, own...)
		count := standing(given, s.moment())
		for _, r := range list {
			r.Standing = count[r.Key]
			r.MayGrant = r.RetiredAt == nil && s.Gate.May(ctx, authz.GrantWrite, uuid.Nil) && len(s.Gate.Beyond(ctx, r.Key, uuid.Nil, nil)) == 0
		}
		return nil
	})
	return list, err
}

// Reason is one grant that lets somebody do something somewhere.
type Reason struct {
	*Given
	Zh, En string // of the role
	Wide   bool   // only because the permission, held at the grant's unit, counts in the whole township
}

// MostReasons is how many reasons are told at a time.
const MostReasons = 500

// WhoCan lists who holds a permission at a unit of the tenant now, with the
// grant that gives it, by login; complete is false when there are more than
// MostReasons. What follows from a relation or from the date of a round (owner of
// an item, member of a panel) is not a matter of grants and is not here.
func (s *Service) WhoCan(ctx context.Context, p authz.Permission, unit uuid.UUID) (reasons []Reason, complete bool, err error) {
	reasons, err = s.reasons(ctx, nil, p, unit)
	if len(reasons) > MostReasons {
		return reasons[:MostReasons], false, err
	}
	return reasons, true, err
}

// WhyCan lists the grants by which a user holds a permission at a unit of the
// tenant now; none: the user does not.
func (s *Service) WhyCan(ctx context.Context, user uuid.UUID, p authz.Permission, unit uuid.UUID) ([]Reason, error) {
	return s.reasons(ctx, &user, p, unit)
}

func (s *Service) reasons(ctx context.Context, user *uuid.UUID, p authz.Permission, unit uuid.UUID) ([]Reason, error) {
	var reasons []Reason
	err := s.look(ctx, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		if !authz.Known(p) {
			return fault.New(fault.OwnRoleNoPermission, "value", string(p)).At("permission")
		}
		if !s.Gate.May(ctx, authz.GrantRead, unit) {
			return fault.New(fault.NotFound).At("unit")
		}
		given, err := st.GrantsGiven(ctx)
		if err != nil {
			return err
		}
		reasons = nil
		for _, g := range given {
			if user != nil && g.User != *user || g.Disabled {
				continue
			}
			if gives, wide := s.Gate.Explain(ctx, g.Grant, p, unit); gives {
				named, _ := s.Gate.RoleNamed(ctx, g.Role)
				reasons = append(reasons, Reason{Given: g, Zh: named.Zh, En: named.En, Wide: wide})
			}
		}
		slices.SortFunc(reasons, func(x, y Reason) int {
			return cmp.Or(strings.Compare(x.Login, y.Login), strings.Compare(x.ID.String(), y.ID.String()))
		})
		return nil
	})
	return reasons, err
}

// look is a read by somebody who may read the grants of all of the tenant.
func (s *Service) look(ctx context.Context, do func(ctx context.Context, v *viewer.Viewer, st Store) error) error {
	if err := s.Gate.Require(ctx, authz.GrantRead, uuid.Nil); err != nil {
		return err
	}
	return s.Read(ctx, func(ctx context.Context, st Store) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		return do(ctx, v, st)
	})
}
