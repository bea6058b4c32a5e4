package authz

import (
	"context"
	"encoding/csv"
	"os"
	"slices"
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

// world is a store in memory that counts what it is asked.
type world struct {
	epoch, units int64
	grants       map[uuid.UUID]Grant
	changed      map[uuid.UUID]int64
	parents      map[string]string
	asked        int
	err          error
}

func newWorld() *world {
	parents := map[string]string{}
	for unit, parent := range parentOf {
		parents[unit] = parent
	}
	return &world{epoch: 1, units: 1, grants: map[uuid.UUID]Grant{}, changed: map[uuid.UUID]int64{}, parents: parents}
}

func (w *world) put(g Grant) Grant {
	if g.ID == uuid.Nil {
		g.ID = uuid.New()
	}
	w.epoch++
	w.grants[g.ID], w.changed[g.ID] = g, w.epoch
	return g
}

func (w *world) move(unit, parent string) {
	w.epoch++
	w.units = w.epoch
	w.parents[unit] = parent
}

func (w *world) GrantsSince(_ context.Context, epoch int64) (Changes, error) {
	w.asked++
	changes := Changes{Epoch: w.epoch, Units: w.units}
	for id, g := range w.grants {
		if w.changed[id] > epoch {
			changes.Grants = append(changes.Grants, g)
		}
	}
	return changes, w.err
}

func (w *world) UnitsBelow(_ context.Context, root uuid.UUID) (map[uuid.UUID]uuid.UUID, error) {
	w.asked++
	below := map[uuid.UUID]uuid.UUID{}
	for unit := range w.parents {
		for at := unit; at != ""; at = w.parents[at] {
			if place(at) == root {
				below[place(unit)] = place(w.parents[unit])
			}
		}
	}
	return below, w.err
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
	v := &viewer.Viewer{User: place(user), Tenant: place("tenant " + tenant), TenantUnit: place(tenant), TenantKind: kindOf(tenant), Epoch: w.epoch}
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
func gives(user string, role Role, unit, tenant string) Grant {
	return Grant{User: place(user), Role: role, Unit: place(unit), Tenant: place("tenant " + tenant), From: noon.Add(-24 * time.Hour)}
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
