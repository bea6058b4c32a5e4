package authz

import (
	"context"
	"encoding/csv"
	"maps"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

// place makes a fixed id of a name, so that the tables can speak in words.
func place(name string) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)) }

// parentOf is the country of the tests: two townships of one county.
var parentOf = map[string]string{
	"prefecture": "", "county": "prefecture", "township": "county", "other township": "county",
	"village 1": "township", "village 2": "township", "group": "village 1", "other village": "other township",
}

// given is a grant with what the store knows beside.
type given struct {
	Grant
	ID      uuid.UUID
	Tenant  uuid.UUID
	Revoked bool
}

// world is a store in memory that counts what it is asked.
type world struct {
	lock         sync.Mutex
	epoch, units int64
	grants       map[uuid.UUID]given
	changed      map[uuid.UUID]int64 // epochs of grants
	own          map[uuid.UUID][]OwnRole
	roles        map[uuid.UUID]int64 // epochs of own roles by tenant
	parents      map[string]string
	asked        int
	opened       int // drafts
	err          error
}

func newWorld() *world {
	w := &world{epoch: 1, units: 1, grants: map[uuid.UUID]given{}, changed: map[uuid.UUID]int64{},
		own: map[uuid.UUID][]OwnRole{}, roles: map[uuid.UUID]int64{}, parents: map[string]string{}}
	maps.Copy(w.parents, parentOf)
	return w
}

func (w *world) put(g given) given {
	w.lock.Lock()
	defer w.lock.Unlock()
	if g.ID == uuid.Nil {
		g.ID = uuid.New()
	}
	w.epoch++
	w.grants[g.ID], w.changed[g.ID] = g, w.epoch
	return g
}

func (w *world) move(unit, parent string) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.epoch++
	w.units = w.epoch
	w.parents[unit] = parent
}

// define defines or changes one of a tenant's own roles; without permissions it
// is retired.
func (w *world) define(tenant string, role Role, permissions ...Permission) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.epoch++
	id := place("tenant " + tenant)
	list := slices.DeleteFunc(slices.Clone(w.own[id]), func(r OwnRole) bool { return r.Role == role })
	if len(permissions) > 0 {
		list = append(list, OwnRole{Role: role, Zh: "自定", Permissions: permissions, Epoch: w.epoch})
	}
	w.own[id], w.roles[id] = list, w.epoch
}

func (w *world) ChangedSince(_ context.Context, epoch int64) (News, error) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.asked++
	news := News{Epoch: w.epoch, Units: w.units}
	seen := map[uuid.UUID]bool{}
	for id, g := range w.grants {
		if w.changed[id] > epoch {
			seen[g.Tenant] = true
		}
	}
	for id, changed := range w.roles {
		if changed > epoch {
			seen[id] = true
		}
	}
	news.Tenants = slices.Collect(maps.Keys(seen))
	return news, w.err
}

func (w *world) OwnRoles(ctx context.Context) ([]OwnRole, error) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.asked++
	return w.own[tenantOf(ctx)], w.err
}

func (w *world) GrantsSince(ctx context.Context, epoch int64) (Changes, error) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.asked++
	users, changes := map[uuid.UUID]bool{}, Changes{}
	for id, g := range w.grants {
		if g.Tenant == tenantOf(ctx) && w.changed[id] > epoch {
			users[g.User] = true
		}
	}
	for _, g := range w.grants {
		if g.Tenant == tenantOf(ctx) && users[g.User] && !g.Revoked {
			changes.Grants = append(changes.Grants, g.Grant)
		}
	}
	changes.Users = slices.Collect(maps.Keys(users))
	return changes, w.err
}

func tenantOf(ctx context.Context) uuid.UUID {
	v, _ := viewer.From(ctx)
	return v.Tenant
}

func (w *world) UnitsBelow(_ context.Context, root uuid.UUID) (Units, error) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.asked++
	var below Units
	for unit := range w.parents {
		for at, steps := unit, 0; at != "" && steps < 10; at, steps = w.parents[at], steps+1 {
			if place(at) == root {
				below.IDs, below.Parents = append(below.IDs, place(unit)), append(below.Parents, place(w.parents[unit]))
				break
			}
		}
	}
	return below, w.err
}

func (w *world) OpenDrafts(context.Context) error {
	w.opened++
	return w.err
}

// noon is when the tests take place.
var noon = time.Date(2023, 4, 28, 12, 0, 0, 0, time.UTC)

func newAuthz(t testing.TB) *Authz {
	t.Helper()
	a, err := New(func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func kindOf(name string) string {
	if name == "other township" {
		return "township"
	}
	return name
}

// as gives a context in which the user works in a tenant, brought up to date as
// a request is.
func (w *world) as(t testing.TB, a *Authz, user, tenant string, change ...func(*viewer.Viewer)) context.Context {
	t.Helper()
	w.lock.Lock()
	epoch := w.epoch
	w.lock.Unlock()
	v := &viewer.Viewer{User: place(user), Tenant: place("tenant " + tenant), TenantUnit: place(tenant), TenantKind: kindOf(tenant), Epoch: epoch}
	for _, f := range change {
		f(v)
	}
	ctx := viewer.With(context.Background(), v)
	if err := a.Refresh(ctx, w); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// gives is a grant without end from the day before the tests.
func gives(user string, role Role, unit, tenant string) given {
	return given{Tenant: place("tenant " + tenant), Grant: Grant{User: place(user), Role: role, Unit: place(unit), From: noon.Add(-24 * time.Hour)}}
}

// table reads a CSV of the tests as rows by column name.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var named []map[string]string
	for _, row := range rows[1:] {
		fields := map[string]string{}
		for i, column := range rows[0] {
			fields[column] = row[i]
		}
		named = append(named, fields)
	}
	return named
}

func expected(t *testing.T, text string) bool {
	t.Helper()
	if !slices.Contains([]string{"yes", "no"}, text) {
		t.Fatalf("expected is yes or no, not %q", text)
	}
	return text == "yes"
}
