package sample_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"leitai/internal/calendar"
	"leitai/internal/dbtest"
	"leitai/internal/embedded"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
)

// demo prepares a folder as a program would at a moment of the machine's clock.
func demo(t *testing.T, dir, admin string, machine time.Time, today calendar.Date) *sample.Demo {
	t.Helper()
	d, err := sample.Prepare(t.Context(), sample.Options{
		Dir: dir, AdminDSN: admin, Metrics: telemetry.NewMetrics("test"), Real: func() time.Time { return machine }, Today: today,
		Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func readManifest(t *testing.T, dir string) (m map[string]any, typed sample.Manifest) {
	t.Helper()
	path := filepath.Join(dir, "demo.json")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("demo.json may be read by others: %s", info.Mode())
	}
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &typed); err != nil {
		t.Fatal(err)
	}
	return m, typed
}

// A folder is made once, served again as it is, taken up after a start that was
// broken off, and never made on a database that holds anything real.
func TestPrepare(t *testing.T) {
	t.Parallel()
	server, err := embedded.Start(t.Context(), embedded.Options{Dir: t.TempDir(), Ephemeral: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(context.WithoutCancel(t.Context())) })
	admin, dir := server.AdminDSN("postgres"), t.TempDir()
	machine := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

	first := demo(t, dir, admin, machine, calendar.Date{})
	if err := first.Announce("http://127.0.0.1:8080/"); err != nil {
		t.Fatal(err)
	}
	raw, m := readManifest(t, dir)
	checkContract(t, raw, m)
	if m.Today != "2023-10-12" || m.URL != "http://127.0.0.1:8080" || m.GraphQL != "http://127.0.0.1:8080/graphql" {
		t.Errorf("the manifest says %s %s %s", m.Today, m.URL, m.GraphQL)
	}
	if !strings.HasPrefix(first.Bulletin, "/documents/bulletin/") {
		t.Errorf("the last bulletin is at %q", first.Bulletin)
	}
	_ = first.Close()

	again := demo(t, dir, admin, machine.Add(49*time.Hour), calendar.Date{})
	if err := again.Announce("http://127.0.0.1:9090"); err != nil {
		t.Fatal(err)
	}
	_, second := readManifest(t, dir)
	same(t, "the logins on a second start", second.Roles, m.Roles)
	if second.Today != "2023-10-14" || again.Bulletin != first.Bulletin {
		t.Errorf("two days later it is %s, and the last bulletin %s", second.Today, again.Bulletin)
	}
	signIn(t, again, second)
	_ = again.Close()

	later := demo(t, dir, admin, machine.Add(50*time.Hour), calendar.MustDate("2023-11-05"))
	if today := later.Clock.Today().String(); today != "2023-11-05" {
		t.Errorf("set forward, it is %s", today)
	}
	_ = later.Close()

	if err := os.Remove(filepath.Join(dir, "demo.json")); err != nil {
		t.Fatal(err)
	}
	anew := demo(t, dir, admin, machine, calendar.Date{})
	if anew.Manifest.Roles[0].Token == m.Roles[0].Token {
		t.Error("a folder whose making was broken off was taken up half made")
	}
	_ = anew.Close()

	db := dbtest.Open(t, server.AdminDSN("leitai_demo"))
	if _, err := db.ExecContext(t.Context(), `UPDATE tenant SET demo = false WHERE kind = 'county'`); err != nil {
		t.Fatal(err)
	}
	_, err = sample.Prepare(t.Context(), sample.Options{Dir: t.TempDir(), AdminDSN: admin, Metrics: telemetry.NewMetrics("test")})
	if fault.CodeOf(err) != fault.DemoDatabaseInUse {
		t.Errorf("on a database that holds something real: %v", err)
	}
}

// checkContract holds demo.json against what is promised about it.
func checkContract(t *testing.T, raw map[string]any, m sample.Manifest) {
	t.Helper()
	keys := func(of map[string]any) []string {
		var all []string
		for key := range of {
			all = append(all, key)
		}
		slices.Sort(all)
		return all
	}
	same(t, "keys", keys(raw), []string{"graphql", "roles", "today", "url"})
	roles, _ := raw["roles"].([]any)
	for _, r := range roles {
		row, _ := r.(map[string]any)
		same(t, "keys of a role", keys(row), []string{"login", "password", "person", "role", "scopes", "token", "unit"})
		if scopes, isList := row["scopes"].([]any); !isList || len(scopes) == 0 && row["role"] == "dashboard" {
			t.Errorf("%s has the scopes %v", row["role"], row["scopes"])
		}
	}
	have := map[string]int{}
	for _, l := range m.Roles {
		have[l.Role]++
		if l.Login == "" || l.Password == "" || l.Unit == "" || !strings.HasPrefix(l.Token, identity.TokenPrefix) {
			t.Errorf("the %s %s lacks something", l.Role, l.Person)
		}
	}
	for role, least := range map[string]int{
		"county-admin": 1, "county-analyst": 1, "department-analyst": 1, "township-approver": 2, "township-clerk": 1, "item-owner": 2,
		"judge": 6, "confirmer": 2, "village-secretary": 2, "linked-leader": 1, "resident-cadre": 1, "dashboard": 1,
	} {
		if have[role] < least {
			t.Errorf("%d of role %s, at least %d are promised", have[role], role, least)
		}
	}
}

// signIn proves that what the manifest says of a person opens the door.
func signIn(t *testing.T, d *sample.Demo, m sample.Manifest) {
	t.Helper()
	for _, l := range m.Roles[:3] {
		session, err := d.App.Identity.Login(t.Context(), identity.LoginInput{Login: l.Login, Password: l.Password})
		if err != nil {
			t.Fatalf("%s cannot sign in: %v", l.Login, err)
		}
		if len(session.Tenants) != 1 {
			t.Errorf("%s works in %d tenants", l.Login, len(session.Tenants))
		}
		cred, _, err := identity.Credential("", l.Token, "")
		if err != nil {
			t.Fatal(err)
		}
		_, request, v, err := d.App.DB.Begin(t.Context(), cred)
		if err != nil {
			t.Fatalf("the token of %s: %v", l.Login, err)
		}
		if !v.Demo || v.ReadOnly != (l.Role == "county-analyst" || l.Role == "department-analyst") {
			t.Errorf("the token of %s: demo %t, read-only %t", l.Login, v.Demo, v.ReadOnly)
		}
		if err := request.End(); err != nil {
			t.Error(err)
		}
	}
}
