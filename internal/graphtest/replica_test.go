package graphtest_test

import (
	"log/slog"
	"slices"
	"testing"

	"leitai/internal/config"
	"leitai/internal/graphtest"
	"leitai/internal/identity"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
)

// replica starts a second program on the kit's database: one more memory of
// rights, one more pool, one more edge.
func replica(t *testing.T, k *graphtest.Kit) *graphtest.Kit {
	t.Helper()
	folder := t.TempDir()
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	keys, err := config.LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	app, err := wiring.New(t.Context(), wiring.Options{DSN: k.DB.AppDSN, Keys: keys, Now: k.Clock.Now,
		Logger: slog.New(slog.DiscardHandler), Metrics: telemetry.NewMetrics("replica"), Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	return k.Beside(app)
}

const (
	giveRole = `mutation($login: String!, $role: String!, $unit: String!) {
		grantCreate(input: {login: $login, role: $role, unitCode: $unit}) { grant { id } userErrors { code field } } }`
	takeRole = `mutation($id: ID!) { grantRevoke(input: {grant: $id}) { grant { id } userErrors { code field } } }`
	// mayAsk needs grant:read, which an approver has and a confirmer has not.
	mayAsk = `{ permissions { permission } }`
)

// unitID is the global id of the unit of a code.
func unitID(t *testing.T, k *graphtest.Kit, code string) string {
	t.Helper()
	return graphtest.ID("Unit", k.Key(t, `SELECT id FROM unit WHERE code = $1`, code))
}

// A revoke that one program commits is known to the other at the very next
// request, every time.
// covers T15
func TestARevokeIsKnownToTheOtherReplicaAtOnce(t *testing.T) {
	t.Parallel()
	one := graphtest.New(t)
	two := replica(t, one)
	login := one.World.Person("R2").Login
	if codes := two.As(t, "R2", mayAsk, nil).Codes(); !slices.Equal(codes, []string{"FORBIDDEN"}) {
		t.Fatalf("before anything was given: %v", codes)
	}
	const times = 1000
	denied := 0
	for i := range times {
		given := one.Must(t, "A1", giveRole, graphtest.Vars{"login": login, "role": "township-approver", "unit": sample.TownshipCode})
		two.Must(t, "R2", mayAsk, nil)
		one.Must(t, "A1", takeRole, graphtest.Vars{"id": given.Text(t, "grantCreate", "grant", "id")})
		if codes := two.As(t, "R2", mayAsk, nil).Codes(); slices.Equal(codes, []string{"FORBIDDEN"}) {
			denied++
		} else {
			t.Errorf("revoke %d: the other replica answers %v", i, codes)
		}
		// So that revoked rows do not pile up in the list that every giving reads.
		if i%100 == 99 {
			one.Put(t, `DELETE FROM role_grant WHERE revoked_at IS NOT NULL AND role = 'township-approver'`)
		}
	}
	t.Logf("denied at the next request on the other replica: %d of %d", denied, times)
}

// A unit that moves takes every right of its old township with it, on both
// replicas at once, and gives them to the new one.
// covers T16
func TestAMovedUnitIsItsNewTownshipsAtOnce(t *testing.T) {
	t.Parallel()
	one := graphtest.New(t)
	two := replica(t, one)
	code := graphtest.VillageCode(1)
	village := unitID(t, one, code)
	const ask = `query($unit: ID!) { whoCan(permission: "issue:read", unit: $unit) { complete } }`
	vars := graphtest.Vars{"unit": village}
	homes := []string{sample.SiblingCode, sample.TownshipCode}
	for i := range 20 {
		one.Put(t, `UPDATE unit SET parent_id = (SELECT id FROM unit WHERE code = $1) WHERE code = $2`, homes[i%2], code)
		owner, other := "XA1", "A1"
		if i%2 == 1 {
			owner, other = other, owner
		}
		for name, k := range map[string]*graphtest.Kit{"one": one, "two": two} {
			if codes := k.As(t, other, ask, vars).Codes(); !slices.Equal(codes, []string{"NOT_FOUND"}) {
				t.Errorf("move %d: replica %s lets %s ask about the unit that is no longer theirs: %v", i, name, other, codes)
			}
			k.Must(t, owner, ask, vars)
		}
	}
	// Below a unit of its own nothing moves.
	group := one.Must(t, "A1", `mutation($village: ID!) { unitPropose(input: {kind: PROVISIONAL, target: $village, made: [{level: GROUP, shownName: "一组"}],
		since: "2023-05-01", basis: "测试文件"}) { proposal { id } userErrors { code field } } }`, graphtest.Vars{"village": village})
	one.Must(t, "CA1", `mutation($id: ID!) { unitDecide(input: {proposal: $id, accept: true}) { userErrors { code field } } }`,
		graphtest.Vars{"id": group.Text(t, "unitPropose", "proposal", "id")})
	below := graphtest.ID("Unit", one.Key(t, `SELECT g.id FROM unit g JOIN unit v ON v.id = g.parent_id WHERE v.code = $1`, code))
	refused := one.As(t, "A1", `mutation($village: ID!, $below: ID!) { unitPropose(input: {kind: MOVE, units: [$village], target: $below, made: [{shownName: "一村"}],
		since: "2023-06-01", basis: "测试文件"}) { proposal { id } userErrors { code field } } }`, graphtest.Vars{"village": village, "below": below})
	if codes := refused.Codes(); !slices.Equal(codes, []string{"UNIT_CHANGE_SHAPE"}) {
		t.Errorf("a village below its own group: %v", codes)
	}
}

// A tenant's own role, from its definition to its end, over HTTP and on both
// replicas; nobody of another tenant learns of it.
// covers T14
func TestARoleOfATenantsOwn(t *testing.T) {
	t.Parallel()
	one := graphtest.New(t)
	two := replica(t, one)
	const define = `mutation($key: String!, $permissions: [String!]!) { roleDefine(input: {key: $key, nameZh: "资料员", permissions: $permissions}) {
		role { key name builtIn standing grantable revision permissions { permission description delegable } } userErrors { code field } } }`
	const change = `mutation($revision: Int!, $permissions: [String!]!) { roleChange(input: {key: "own-archivist", revision: $revision, nameZh: "资料员",
		permissions: $permissions}) { role { revision } userErrors { code field } } }`
	const retire = `mutation($revision: Int!) { roleRetire(input: {key: "own-archivist", revision: $revision}) { role { retiredAt } userErrors { code field } } }`
	for name, c := range map[string]struct {
		who, key    string
		permissions []string
		want        string
	}{
		"a clerk":                       {"C1", "own-archivist", []string{"round:read"}, "FORBIDDEN"},
		"a key like a built-in one":     {"A1", "township-approver", []string{"round:read"}, "OWN_ROLE_KEY_INVALID"},
		"giving rights":                 {"A1", "own-archivist", []string{"round:read", "grant:write"}, "OWN_ROLE_RESERVED"},
		"publishing":                    {"A1", "own-archivist", []string{"round:publish"}, "OWN_ROLE_RESERVED"},
		"what is no permission":         {"A1", "own-archivist", []string{"round:destroy"}, "OWN_ROLE_NO_PERMISSION"},
		"nothing":                       {"A1", "own-archivist", nil, "REQUIRED"},
		"what a county's admin has not": {"CA1", "own-archivist", []string{"mark:write"}, "OWN_ROLE_BEYOND_YOURS"},
	} {
		if c.permissions == nil {
			c.permissions = []string{}
		}
		r := one.As(t, c.who, define, graphtest.Vars{"key": c.key, "permissions": c.permissions})
		if codes := r.Codes(); !slices.Equal(codes, []string{c.want}) {
			t.Errorf("%s: %v", name, codes)
		}
	}
	made := one.Must(t, "A1", define, graphtest.Vars{"key": "own-archivist", "permissions": []string{"submission:read", "issue:read"}})
	if made.Text(t, "roleDefine", "role", "name") != "资料员" || made.Text(t, "roleDefine", "role", "permissions", 1, "permission") != "issue:read" {
		t.Errorf("made %s", made.Body)
	}
	login := one.World.Person("R2").Login
	one.Must(t, "A1", giveRole, graphtest.Vars{"login": login, "role": "own-archivist", "unit": sample.TownshipCode})
	holds := func(k *graphtest.Kit) bool {
		r := k.Must(t, "R2", `{ viewer { roles { role label } } }`, nil)
		return slices.ContainsFunc(r.List(t, "viewer", "roles"), func(item any) bool {
			held, _ := item.(map[string]any)
			return held["role"] == "own-archivist" && held["label"] == "资料员"
		})
	}
	if !holds(one) || !holds(two) {
		t.Error("the role is not held on both replicas")
	}
	// The other township knows nothing of it, and the county neither.
	for _, who := range []string{"XA1", "CA1"} {
		if r := two.As(t, who, `{ roles { key } }`, nil); len(r.Codes()) > 0 || slices.ContainsFunc(r.List(t, "roles"), func(item any) bool {
			role, _ := item.(map[string]any)
			return role["key"] == "own-archivist"
		}) {
			t.Errorf("%s sees another tenant's role: %s", who, r.Body)
		}
		r := two.As(t, who, giveRole, graphtest.Vars{"login": two.World.Person(who).Login, "role": "own-archivist", "unit": map[string]string{"XA1": sample.SiblingCode, "CA1": sample.CountyCode}[who]})
		if codes := r.Codes(); !slices.Equal(codes, []string{"ROLE_UNKNOWN"}) {
			t.Errorf("%s gives another tenant's role: %v", who, codes)
		}
	}
	whoCan := func(permission string) []any {
		unit := unitID(t, two, sample.TownshipCode)
		return two.Must(t, "A1", `query($unit: ID!, $p: String!) { whoCan(permission: $p, unit: $unit) { complete reasons { login role label unit { code } wide } } }`,
			graphtest.Vars{"unit": unit, "p": permission}).List(t, "whoCan", "reasons")
	}
	named := func(list []any) bool {
		return slices.ContainsFunc(list, func(item any) bool {
			reason, _ := item.(map[string]any)
			return reason["login"] == login && reason["role"] == "own-archivist"
		})
	}
	if !named(whoCan("issue:read")) || named(whoCan("submission:write")) {
		t.Error("who may read issues is explained differently")
	}
	// Widened, it gives more at the next request; a revision that was changed meanwhile is refused.
	one.Must(t, "A1", change, graphtest.Vars{"revision": 1, "permissions": []string{"submission:read", "submission:write"}})
	if named(whoCan("issue:read")) || !named(whoCan("submission:write")) {
		t.Error("the change is not known to the other replica")
	}
	if codes := two.As(t, "A1", change, graphtest.Vars{"revision": 1, "permissions": []string{"round:read"}}).Codes(); !slices.Equal(codes, []string{"STALE_REVISION"}) {
		t.Errorf("an old revision: %v", codes)
	}
	if codes := two.As(t, "A1", retire, graphtest.Vars{"revision": 2}).Codes(); !slices.Equal(codes, []string{"OWN_ROLE_USED"}) {
		t.Errorf("retired while it is held: %v", codes)
	}
	one.Put(t, `WITH e AS (UPDATE authz_epoch SET epoch = epoch + 1 RETURNING epoch)
		UPDATE role_grant SET revoked_at = now(), epoch = e.epoch FROM e WHERE role = 'own-archivist'`)
	two.Must(t, "A1", retire, graphtest.Vars{"revision": 2})
	if codes := one.As(t, "A1", giveRole, graphtest.Vars{"login": login, "role": "own-archivist", "unit": sample.TownshipCode}).Codes(); !slices.Equal(codes, []string{"ROLE_UNKNOWN"}) {
		t.Errorf("a retired role is given: %v", codes)
	}
	if codes := one.As(t, "A1", define, graphtest.Vars{"key": "own-archivist", "permissions": []string{"round:read"}}).Codes(); !slices.Equal(codes, []string{"ALREADY_EXISTS"}) {
		t.Errorf("the key of a retired role is used again: %v", codes)
	}
}
