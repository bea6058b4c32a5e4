package graphtest_test

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
	"leitai/internal/identity"
	"leitai/internal/postgres"
	"leitai/internal/sample"
	"leitai/internal/tenancy"
)

// What is said of every list and every documented query is looked at in one
// county, as it is and grown: playing it is what takes the time.
func TestTheContractOnACounty(t *testing.T) { //nolint:tparallel // one after the other: each copies the county
	t.Parallel()
	county := graphtest.Rest(t)
	hosted := county.Changed(t, func(k *graphtest.Kit) { foundPlatform(t, k) })
	t.Run("pages of every list", func(t *testing.T) { pagesOfEveryList(t, hosted) })
	t.Run("statements of every query", func(t *testing.T) { statementsOfEveryQuery(t, hosted) })
	t.Run("statements of the console", func(t *testing.T) {
		shown := consoleCounty(t, hosted)
		t.Run("what it reads", func(t *testing.T) { statementsOfTheConsole(t, shown) })
		t.Run("what it changes", func(t *testing.T) { statementsOfWhatTheConsoleChanges(t, shown) })
	})
	t.Run("example clients", func(t *testing.T) { exampleClients(t, county) })
}

// platform stands for whoever runs the service.
const (
	platform      = "platform"
	platformLogin = "operator-1"
)

// foundPlatform does what founding the platform does.
func foundPlatform(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	made, err := k.App.Identity.Prepare(t.Context(), platformLogin, "Qinghe-2026-first")
	if err != nil {
		t.Fatal(err)
	}
	ctx, request, _, err := k.App.DB.AsTenant(t.Context(), postgres.Service{Tenant: uuid.Must(uuid.NewV7()), Region: tenancy.PlatformRegion, User: made.ID})
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.App.Tenancy.FoundPlatform(ctx, "", tenancy.FirstAdmin{User: made.ID, Login: made.Login, Hash: made.Hash, Name: "运维甲"})
	if err := errors.Join(err, request.End()); err != nil {
		t.Fatal(err)
	}
}

// prefecture stands for the administrator of the prefecture above the county.
const (
	prefecture      = "prefecture"
	prefectureCode  = "9901"
	prefectureLogin = "prefecture-1"
)

// foundPrefecture founds the tenant above the county, which both agree to, and
// lets it say what it compares by.
func foundPrefecture(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	made, err := k.App.Identity.Prepare(t.Context(), prefectureLogin, "Qinghe-2026-first")
	if err != nil {
		t.Fatal(err)
	}
	ctx, request, _, err := k.App.DB.AsTenant(t.Context(), postgres.Service{Tenant: uuid.Must(uuid.NewV7()), Region: prefectureCode, User: made.ID})
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.App.Tenancy.Found(ctx, tenancy.Opened{UnitCode: prefectureCode, Demo: true, Admin: tenancy.FirstAdmin{User: made.ID, Login: made.Login, Hash: made.Hash, Name: "市级管理员一"}})
	if err := errors.Join(err, request.End()); err != nil {
		t.Fatal(err)
	}
	k.Adopt(t, k.TenantOf(t, prefectureCode), k.TenantOf(t, sample.CountyCode))
	rule := graphtest.Vars{"year": 2023, "weights": []graphtest.Vars{{"dimension": "party-building", "weight": "1"}}, "minCoverage": "0.2", "withinDays": 15, "reason": "市委研究"}
	r := k.Post(t, tokenOf(t, k, prefecture), `mutation ($i: ComparisonRuleSetInput!) { comparisonRuleSet(input: $i) { userErrors { code field } } }`, graphtest.Vars{"i": rule})
	if codes := r.Codes(); len(codes) != 0 {
		t.Fatalf("%v: %s", codes, r.Body)
	}
	r = k.Post(t, tokenOf(t, k, prefecture), `{ prefectureComparison(from: "2023-05", to: "2023-06") { lines { code rounds { villages } } } }`, nil)
	if r.Text(t, "prefectureComparison", "lines", 0, "code") != sample.CountyCode || len(r.List(t, "prefectureComparison", "lines", 0, "rounds")) == 0 {
		t.Errorf("the prefecture has nothing to compare: %s", r.Body)
	}
}

// tokenOf is the token of somebody of the county, of the platform's operator, or
// of who administers the prefecture.
func tokenOf(t *testing.T, k *graphtest.Kit, who string) string {
	t.Helper()
	login := map[string]string{platform: platformLogin, prefecture: prefectureLogin}[who]
	if login == "" {
		return k.Token(who)
	}
	token, handle := identity.NewToken()
	cred, _, err := identity.Credential("", token, "")
	if err != nil {
		t.Fatal(err)
	}
	k.Put(t, `INSERT INTO api_token (id, tenant_id, region, user_id, name, handle, secret_hash, read_only, created_at, expires_at)
		SELECT gen_random_uuid(), t.id, t.region, u.id, 'operator', $1, $2, false, now(), now() + interval '1 day'
		FROM tenant t, app_user u WHERE t.kind = $4 AND u.login = $3`, handle, cred.Hash[:], login, who)
	return token
}
