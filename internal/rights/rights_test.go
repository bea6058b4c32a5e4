package rights_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/rights"
	"leitai/internal/viewer"
)

var noon = time.Date(2023, 4, 28, 12, 0, 0, 0, time.UTC)

// desk is store and gate at a time: the viewer holds what may says.
type desk struct {
	may    []authz.Permission
	roles  []*rights.Role
	given  []*rights.Given
	epochs int64
}

func (d *desk) holds(p authz.Permission) bool { return slices.Contains(d.may, p) }

func (d *desk) Require(_ context.Context, p authz.Permission, _ uuid.UUID) error {
	if !d.holds(p) {
		return fault.New(fault.Forbidden, "permission", string(p))
	}
	return nil
}
func (d *desk) May(_ context.Context, p authz.Permission, _ uuid.UUID) bool { return d.holds(p) }
func (d *desk) Beyond(context.Context, authz.Role, uuid.UUID, []string) []authz.Permission {
	return nil
}
func (d *desk) BeyondOwn(_ context.Context, list []authz.Permission) []authz.Permission {
	return slices.DeleteFunc(slices.Clone(list), d.holds)
}
func (d *desk) Given(context.Context, authz.Role) ([]authz.Permission, bool) { return nil, true }
func (d *desk) RoleNamed(_ context.Context, r authz.Role) (authz.RoleInfo, bool) {
	return authz.RoleInfo{Role: r, Zh: "角色"}, true
}
func (d *desk) Explain(_ context.Context, g authz.Grant, p authz.Permission, _ uuid.UUID) (gives, wide bool) {
	return g.Role == authz.TownshipClerk && p == authz.RoundPlan, false
}

func (d *desk) OwnRoleList(context.Context) ([]*rights.Role, error) {
	list := make([]*rights.Role, len(d.roles))
	for i, r := range d.roles {
		own := *r
		list[i] = &own
	}
	return list, nil
}
func (d *desk) InsertOwnRole(_ context.Context, r *rights.Role, _ uuid.UUID, _ int64) error {
	own := *r
	d.roles = append(d.roles, &own)
	return nil
}
func (d *desk) UpdateOwnRole(_ context.Context, r *rights.Role, _ int64) error {
	i := slices.IndexFunc(d.roles, func(have *rights.Role) bool { return have.ID == r.ID })
	own := *r
	d.roles[i] = &own
	return nil
}
func (d *desk) GrantsGiven(context.Context) ([]*rights.Given, error) { return d.given, nil }
func (d *desk) RaiseEpoch(context.Context) (int64, error) {
	d.epochs++
	return d.epochs, nil
}

type sink struct{}

func (sink) Collect(audit.Event) {}

func service(d *desk) (*rights.Service, context.Context) {
	work := func(ctx context.Context, do func(context.Context, rights.Store) error) error {
		return do(audit.Into(ctx, sink{}), d)
	}
	v := &viewer.Viewer{User: uuid.New(), Tenant: uuid.New(), TenantKind: "township"}
	return rights.New(rights.Config{Write: work, Read: work, Gate: d, Now: func() time.Time { return noon }}), viewer.With(context.Background(), v)
}

func codes(err error) (all []fault.Code) {
	for _, f := range fault.All(err) {
		all = append(all, f.Code)
	}
	return all
}

func definition(permissions ...authz.Permission) rights.Definition {
	return rights.Definition{Key: "own-helper", Zh: "帮办", Permissions: permissions}
}

func TestDefine(t *testing.T) {
	t.Parallel()
	d := &desk{may: []authz.Permission{authz.GrantWrite, authz.RoundRead, authz.IssueRead}}
	s, ctx := service(d)
	for name, c := range map[string]struct {
		d    rights.Definition
		want fault.Code
	}{
		"no key":       {rights.Definition{Key: "helper", Zh: "帮办", Permissions: []authz.Permission{authz.RoundRead}}, fault.OwnRoleKeyInvalid},
		"no name":      {rights.Definition{Key: "own-helper", Zh: " ", Permissions: []authz.Permission{authz.RoundRead}}, fault.Required},
		"a line break": {rights.Definition{Key: "own-helper", Zh: "帮\n办", Permissions: []authz.Permission{authz.RoundRead}}, fault.Required},
		"twice":        {definition(authz.RoundRead, authz.RoundRead), fault.OwnRoleNoPermission},
		"reserved":     {definition(authz.GrantWrite), fault.OwnRoleReserved},
		"not held":     {definition(authz.MarkWrite), fault.OwnRoleBeyondYours},
	} {
		if _, err := s.Define(ctx, c.d); !slices.Equal(codes(err), []fault.Code{c.want}) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if d.epochs != 0 || len(d.roles) != 0 {
		t.Error("what was refused changed something")
	}
	made, err := s.Define(ctx, definition(authz.IssueRead, authz.RoundRead))
	if err != nil || d.epochs != 1 || made.Revision != 1 || !slices.Equal(made.Permissions, []authz.Permission{authz.RoundRead, authz.IssueRead}) {
		t.Errorf("made %+v at epoch %d, %v", made, d.epochs, err)
	}
	if _, err := s.Define(ctx, definition(authz.RoundRead)); !slices.Equal(codes(err), []fault.Code{fault.AlreadyExists}) {
		t.Errorf("the same key twice: %v", err)
	}
	for i := range authz.MostOwnRoles - 1 {
		next := definition(authz.RoundRead)
		next.Key = authz.Role(fmt.Sprintf("own-%d", i))
		if _, err := s.Define(ctx, next); err != nil {
			t.Fatal(err)
		}
	}
	last := definition(authz.RoundRead)
	last.Key = "own-last"
	if _, err := s.Define(ctx, last); !slices.Equal(codes(err), []fault.Code{fault.OwnRolesTooMany}) {
		t.Errorf("one too many: %v", err)
	}
}

// Whoever changes a role holds what is added and what is taken, and needs not
// hold what stays.
// covers T14
func TestChange(t *testing.T) {
	t.Parallel()
	d := &desk{may: []authz.Permission{authz.GrantWrite, authz.RoundRead, authz.IssueRead}}
	s, ctx := service(d)
	d.roles = []*rights.Role{{ID: uuid.New(), Key: "own-helper", Zh: "帮办", Permissions: []authz.Permission{authz.RoundRead, authz.MarkWrite}, Revision: 3}}
	for name, c := range map[string]struct {
		revision int
		d        rights.Definition
		want     fault.Code
	}{
		"what is not held is added": {3, definition(authz.RoundRead, authz.MarkWrite, authz.IssueVerify), fault.OwnRoleBeyondYours},
		"what is not held is taken": {3, definition(authz.RoundRead), fault.OwnRoleBeyondYours},
		"an old revision":           {2, definition(authz.RoundRead), fault.StaleRevision},
		"no such role":              {3, rights.Definition{Key: "own-nobody", Zh: "无", Permissions: []authz.Permission{authz.RoundRead}}, fault.NotFound},
	} {
		if _, err := s.Change(ctx, c.revision, c.d); !slices.Equal(codes(err), []fault.Code{c.want}) {
			t.Errorf("%s: %v", name, err)
		}
	}
	changed, err := s.Change(ctx, 3, definition(authz.IssueRead, authz.MarkWrite))
	if err != nil || changed.Revision != 4 || d.epochs != 1 || !slices.Equal(d.roles[0].Permissions, []authz.Permission{authz.MarkWrite, authz.IssueRead}) {
		t.Errorf("changed %+v at epoch %d, %v", changed, d.epochs, err)
	}
	d.may = nil
	if _, err := s.Change(ctx, 4, definition(authz.IssueRead)); !slices.Equal(codes(err), []fault.Code{fault.Forbidden}) {
		t.Errorf("by somebody who may give nothing: %v", err)
	}
}

func TestRetire(t *testing.T) {
	t.Parallel()
	d := &desk{may: []authz.Permission{authz.GrantWrite}}
	s, ctx := service(d)
	d.roles = []*rights.Role{{ID: uuid.New(), Key: "own-helper", Zh: "帮办", Permissions: []authz.Permission{authz.RoundRead}, Revision: 1}}
	later := &rights.Given{Grant: authz.Grant{Role: "own-helper", From: noon.Add(time.Hour), Until: noon.Add(2 * time.Hour)}}
	d.given = []*rights.Given{later}
	if _, err := s.Retire(ctx, "own-helper", 1); !slices.Equal(codes(err), []fault.Code{fault.OwnRoleUsed}) {
		t.Errorf("a grant that begins later: %v", err)
	}
	later.Until = noon // it has ended
	retired, err := s.Retire(ctx, "own-helper", 1)
	if err != nil || retired.RetiredAt == nil || d.epochs != 1 {
		t.Errorf("retired %+v, %v", retired, err)
	}
	if _, err := s.Retire(ctx, "own-helper", 2); err != nil || d.epochs != 1 {
		t.Errorf("again: %v at epoch %d", err, d.epochs)
	}
	if _, err := s.Change(ctx, 2, definition(authz.RoundRead)); !slices.Equal(codes(err), []fault.Code{fault.OwnRoleRetired}) {
		t.Errorf("a retired role is changed: %v", err)
	}
}

func TestWhoCan(t *testing.T) {
	t.Parallel()
	d := &desk{may: []authz.Permission{authz.GrantRead}}
	s, ctx := service(d)
	for i := range rights.MostReasons + 1 {
		d.given = append(d.given, &rights.Given{Grant: authz.Grant{User: uuid.New(), Role: authz.TownshipClerk}, ID: uuid.New(), Login: fmt.Sprintf("u%04d", rights.MostReasons-i)})
	}
	d.given[0].Disabled = true
	reasons, complete, err := s.WhoCan(ctx, authz.RoundPlan, uuid.Nil)
	if err != nil || !complete || len(reasons) != rights.MostReasons || reasons[0].Login != "u0000" || reasons[0].Zh != "角色" {
		t.Errorf("%d reasons, complete %v, %v", len(reasons), complete, err)
	}
	d.given[0].Disabled = false
	if reasons, complete, err = s.WhoCan(ctx, authz.RoundPlan, uuid.Nil); err != nil || complete || len(reasons) != rights.MostReasons {
		t.Errorf("one too many: %d, complete %v, %v", len(reasons), complete, err)
	}
	if why, err := s.WhyCan(ctx, d.given[3].User, authz.RoundPlan, uuid.Nil); err != nil || len(why) != 1 || why[0].Login != d.given[3].Login {
		t.Errorf("why %v, %v", why, err)
	}
	if why, err := s.WhyCan(ctx, uuid.New(), authz.RoundPlan, uuid.Nil); err != nil || len(why) != 0 {
		t.Errorf("a stranger: %v, %v", why, err)
	}
	if _, _, err := s.WhoCan(ctx, "round:destroy", uuid.Nil); !slices.Equal(codes(err), []fault.Code{fault.OwnRoleNoPermission}) {
		t.Errorf("what is no permission: %v", err)
	}
	d.may = nil
	if _, _, err := s.WhoCan(ctx, authz.RoundPlan, uuid.Nil); !slices.Equal(codes(err), []fault.Code{fault.Forbidden}) {
		t.Errorf("by somebody who may not read grants: %v", err)
	}
}
