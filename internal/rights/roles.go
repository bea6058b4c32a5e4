package rights

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Definition is what an own role is to be.
type Definition struct {
	Key         authz.Role // begins with own-
	Zh, En      string     // En may be empty
	Permissions []authz.Permission
}

var keyForm = regexp.MustCompile(`^own-[a-z0-9][a-z0-9-]{0,59}$`)

// Define makes an own role. The viewer must hold every permission of it over the
// whole tenant and all dimensions, and the catalogue must let each be handed on.
func (s *Service) Define(ctx context.Context, d Definition) (*Role, error) {
	var made *Role
	err := s.change(ctx, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		if !keyForm.MatchString(string(d.Key)) {
			return fault.New(fault.OwnRoleKeyInvalid, "value", string(d.Key)).At("key")
		}
		if err := s.check(ctx, &d, d.Permissions); err != nil {
			return err
		}
		all, err := st.OwnRoleList(ctx)
		if err != nil {
			return err
		}
		standing := 0
		for _, r := range all {
			if r.Key == d.Key {
				return fault.New(fault.AlreadyExists, "value", string(d.Key)).At("key")
			}
			if r.RetiredAt == nil {
				standing++
			}
		}
		if standing >= authz.MostOwnRoles {
			return fault.New(fault.OwnRolesTooMany, "most", strconv.Itoa(authz.MostOwnRoles))
		}
		epoch, err := st.RaiseEpoch(ctx)
		if err != nil {
			return err
		}
		moment := s.moment()
		made = &Role{ID: uuid.Must(uuid.NewV7()), Key: d.Key, Zh: d.Zh, En: d.En, Permissions: d.Permissions, DefinedAt: moment, ChangedAt: moment, Revision: 1, MayGrant: true}
		if err := st.InsertOwnRole(ctx, made, v.User, epoch); err != nil {
			return err
		}
		return audit.Record(ctx, "role:define", "role", made.ID, map[string]any{"key": d.Key, "permissions": d.Permissions})
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// Change gives an own role other names or permissions. What is added and what is
// taken the viewer must hold over the whole tenant, which covers wherever the
// present holders hold it; it counts for them at their next request.
func (s *Service) Change(ctx context.Context, revision int, d Definition) (*Role, error) {
	var changed *Role
	err := s.change(ctx, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		r, err := find(ctx, st, d.Key, revision)
		if err != nil {
			return err
		}
		if r.RetiredAt != nil {
			return fault.New(fault.OwnRoleRetired).At("key")
		}
		if err := s.check(ctx, &d, difference(r.Permissions, d.Permissions)); err != nil {
			return err
		}
		before := r.Permissions
		r.Zh, r.En, r.Permissions, r.ChangedAt = d.Zh, d.En, d.Permissions, s.moment()
		r.Revision++
		if err := s.store(ctx, st, r); err != nil {
			return err
		}
		changed = r
		return audit.Record(ctx, "role:change", "role", r.ID, map[string]any{"key": r.Key, "before": before, "permissions": r.Permissions})
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// Retire ends an own role that no standing grant gives, now or later. Its key is
// not used again, because past grants name it. Doing it again changes nothing.
func (s *Service) Retire(ctx context.Context, key authz.Role, revision int) (*Role, error) {
	var retired *Role
	err := s.change(ctx, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		r, err := find(ctx, st, key, revision)
		if err != nil {
			return err
		}
		if retired = r; r.RetiredAt != nil {
			return nil
		}
		given, err := st.GrantsGiven(ctx)
		if err != nil {
			return err
		}
		moment := s.moment()
		if n := standing(given, moment)[key]; n > 0 {
			return fault.New(fault.OwnRoleUsed, "count", strconv.Itoa(n)).At("key")
		}
		r.RetiredAt, r.ChangedAt = &moment, moment
		r.Revision++
		if err := s.store(ctx, st, r); err != nil {
			return err
		}
		return audit.Record(ctx, "role:retire", "role", r.ID, map[string]any{"key": r.Key})
	})
	if err != nil {
		return nil, err
	}
	return retired, nil
}

func (s *Service) store(ctx context.Context, st Store, r *Role) error {
	epoch, err := st.RaiseEpoch(ctx)
	if err != nil {
		return err
	}
	return st.UpdateOwnRole(ctx, r, epoch)
}

// find gives the own role of a key, as the caller has seen it.
func find(ctx context.Context, st Store, key authz.Role, revision int) (*Role, error) {
	all, err := st.OwnRoleList(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(r *Role) bool { return r.Key == key })
	if i < 0 {
		return nil, fault.New(fault.NotFound).At("key")
	}
	if all[i].Revision != revision {
		return nil, fault.New(fault.StaleRevision, "have", strconv.Itoa(all[i].Revision)).At("revision")
	}
	return all[i], nil
}

// check refuses names and permissions that make no role, and those of touched
// that the viewer may not give or take. It brings the permissions into the order
// of the catalogue.
func (s *Service) check(ctx context.Context, d *Definition, touched []authz.Permission) error {
	var bad fault.List
	if d.Zh = strings.TrimSpace(d.Zh); d.Zh == "" || !plain(d.Zh, 40) {
		bad = append(bad, fault.New(fault.Required, "want", "1–40").At("nameZh"))
	}
	if d.En = strings.TrimSpace(d.En); !plain(d.En, 80) {
		bad = append(bad, fault.New(fault.Required, "want", "0–80").At("nameEn"))
	}
	if len(d.Permissions) == 0 {
		bad = append(bad, fault.New(fault.Required, "want", string(authz.RoundRead)).At("permissions"))
	}
	for i, p := range d.Permissions {
		switch info, known := authz.InfoOf(p); {
		case !known || slices.Index(d.Permissions, p) != i:
			bad = append(bad, fault.New(fault.OwnRoleNoPermission, "value", string(p)).At("permissions[%d]", i))
		case !info.Delegable:
			bad = append(bad, fault.New(fault.OwnRoleReserved, "permissions", string(p)).At("permissions[%d]", i))
		}
	}
	if err := bad.Err(); err != nil {
		return err
	}
	if beyond := s.Gate.BeyondOwn(ctx, touched); len(beyond) > 0 {
		return fault.New(fault.OwnRoleBeyondYours, "permissions", authz.Listed(beyond)).At("permissions")
	}
	d.Permissions = inOrder(d.Permissions)
	return nil
}

// difference lists what is in one of two lists alone.
func difference(x, y []authz.Permission) []authz.Permission {
	var one []authz.Permission
	for _, pair := range [2][2][]authz.Permission{{x, y}, {y, x}} {
		for _, p := range pair[0] {
			if !slices.Contains(pair[1], p) {
				one = append(one, p)
			}
		}
	}
	return one
}

func inOrder(list []authz.Permission) []authz.Permission {
	var ordered []authz.Permission
	for _, info := range authz.Catalogue() {
		if slices.Contains(list, info.Permission) {
			ordered = append(ordered, info.Permission)
		}
	}
	return ordered
}

func plain(name string, most int) bool {
	return utf8.ValidString(name) && utf8.RuneCountInString(name) <= most && strings.IndexFunc(name, unicode.IsControl) < 0
}

// standing counts by role the grants that have not ended.
func standing(given []*Given, moment time.Time) map[authz.Role]int {
	count := map[authz.Role]int{}
	for _, g := range given {
		if g.Until.IsZero() || g.Until.After(moment) {
			count[g.Role]++
		}
	}
	return count
}
