package tenancy_test

import (
	"bytes"
	"context"
	"database/sql"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/dbtest"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/tenancy"
	"leitai/internal/viewer"
)

// Units of the tests; 99 is no province.
const (
	prefecture = "9901"
	county     = "990101"
	township   = "990101101"
	neighbour  = "990101102"
	village1   = "990101101201"
	village2   = "990101101202"
	elsewhere  = "990101102201"
)

// town is the whole stack below the API: a database, who may what, who asks,
// and the use cases under test.
type town struct {
	t     *testing.T
	db    *postgres.DB
	maint *sql.DB
	authz *authz.Authz
	who   *identity.Service
	use   *tenancy.Service
	ids   map[string]uuid.UUID // tenants by unit code
}

// password of every user of the tests.
const password = "Correct-Horse-1"

// newTown founds a county with an administrator "county" and provisions two
// townships below it, administered by "approver" and "neighbour".
func newTown(t *testing.T) *town {
	t.Helper()
	base := dbtest.New(t)
	a, err := authz.New(time.Now)
	must(t, err)
	db, err := postgres.Open(t.Context(), base.AppDSN, postgres.Options{DraftRoles: a.DraftRoles(), MaxOpen: 40})
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	db.OnOpen(a.Refresh)
	cursors := paging.Codec{Keys: [][]byte{bytes.Repeat([]byte{7}, 32)}}
	who := identity.New(identity.Config{
		Write: postgres.Write[identity.Store](db), Read: postgres.Read[identity.Store](db), Outside: postgres.Outside[identity.Directory](db), Within: postgres.Within(db),
		Admit: postgres.Invited(db), Cursors: cursors, Gate: a, Now: time.Now, Hasher: identity.NewArgon2(identity.Argon2Options{MemoryKiB: 64, Iterations: 1}),
	})
	w := &town{t: t, db: db, maint: base.Maint(t), authz: a, who: who, ids: map[string]uuid.UUID{}}
	w.use = tenancy.New(tenancy.Config{Write: postgres.Write[tenancy.Store](db), Read: postgres.Read[tenancy.Store](db), Gate: a, Now: time.Now, Cursors: cursors})
	w.plant()
	w.found(county, "county")
	w.provision(township, "approver")
	w.provision(neighbour, "neighbour")
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// plant puts the tree of units in.
func (w *town) plant() {
	ids := map[string]uuid.UUID{}
	for _, u := range []struct{ code, level, name, parent string }{
		{"99", "province", "九省", ""}, {prefecture, "prefecture", "一市", "99"}, {county, "county", "甲县", prefecture},
		{township, "township", "东乡", county}, {neighbour, "township", "西乡", county},
		{village1, "village", "一村", township}, {village2, "village", "二村", township}, {elsewhere, "village", "三村", neighbour},
	} {
		ids[u.code] = uuid.Must(uuid.NewV7())
		var parent *uuid.UUID
		if u.parent != "" {
			above := ids[u.parent]
			parent = &above
		}
		w.put(`INSERT INTO unit (id, code, level, legal_name, shown_name, parent_id, region) VALUES ($1, $2, $3, $4, $4, $5, '')`,
			ids[u.code], u.code, u.level, u.name, parent)
	}
}

func (w *town) put(query string, args ...any) {
	w.t.Helper()
	if _, err := w.maint.ExecContext(w.t.Context(), query, args...); err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
}

func (w *town) count(query string, args ...any) int {
	w.t.Helper()
	n := 0
	if err := w.maint.QueryRowContext(w.t.Context(), query, args...).Scan(&n); err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
	return n
}

func (w *town) admin(login string) tenancy.FirstAdmin {
	w.t.Helper()
	made, err := w.who.Prepare(w.t.Context(), login, password)
	must(w.t, err)
	return tenancy.FirstAdmin{User: made.ID, Login: made.Login, Hash: made.Hash, Name: "某" + login}
}

// found opens a tenant as the operator does.
func (w *town) found(code, login string) {
	w.t.Helper()
	admin := w.admin(login)
	w.ids[code] = uuid.Must(uuid.NewV7())
	ctx, request, _, err := w.db.AsTenant(w.t.Context(), postgres.Service{Tenant: w.ids[code], Region: county, User: admin.User})
	must(w.t, err)
	defer func() { _ = request.End() }()
	_, err = w.use.Found(ctx, tenancy.Opened{UnitCode: code, Admin: admin})
	must(w.t, err)
}

func (w *town) provision(code, login string) {
	w.t.Helper()
	made, err := w.use.Provision(w.as("county"), tenancy.Opened{UnitCode: code, Admin: w.admin(login)})
	must(w.t, err)
	w.ids[code] = made.ID
}

// as signs a user in and begins a request.
func (w *town) as(login string) context.Context {
	w.t.Helper()
	in, err := w.who.Login(w.t.Context(), identity.LoginInput{Login: login, Password: password, Address: "192.0.2.1"})
	must(w.t, err)
	cred, err := identity.SessionCredential(in.Secret)
	must(w.t, err)
	ctx, request, _, err := w.db.Begin(w.t.Context(), cred)
	must(w.t, err)
	w.t.Cleanup(func() { _ = request.End() })
	return ctx
}

// viewer is who a login acts as.
func (w *town) viewer(login string) *viewer.Viewer {
	w.t.Helper()
	v, err := viewer.From(w.as(login))
	must(w.t, err)
	return v
}

// user makes a user with a role in the township.
func (w *town) user(login string, role authz.Role, code string) *tenancy.Grant {
	w.t.Helper()
	_, err := w.who.CreateUser(w.as("approver"), identity.NewUser{Login: login, Password: password})
	must(w.t, err)
	g, err := w.use.GiveRole(w.as("approver"), tenancy.GrantInput{Login: login, Role: role, UnitCode: code})
	must(w.t, err)
	return g
}

// unit gives a unit's id by code.
func (w *town) unit(code string) uuid.UUID {
	w.t.Helper()
	var id uuid.UUID
	must(w.t, w.maint.QueryRowContext(w.t.Context(), `SELECT id FROM unit WHERE code = $1`, code).Scan(&id))
	return id
}

// refused expects a fault of a code at a field.
func refused(t *testing.T, err error, code fault.Code, field string) {
	t.Helper()
	all := fault.All(err)
	if len(all) == 0 {
		t.Fatalf("want %s at %q, got %v", code, field, err)
	}
	if all[0].Code != code || all[0].Field != field {
		t.Fatalf("want %s at %q, got %s at %q", code, field, all[0].Code, all[0].Field)
	}
	for _, lang := range []fault.Language{fault.Chinese, fault.English} {
		if text := all[0].Message(lang); bytes.ContainsAny([]byte(text), "{}") {
			t.Errorf("a hole in the message of %s: %s", code, text)
		}
	}
}

func day(text string) calendar.Date { return calendar.MustDate(text) }
