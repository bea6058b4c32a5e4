package graphtest_test

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
	"leitai/internal/identity"
	"leitai/internal/postgres"
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

// tokenOf is the token of somebody of the county, or of the platform's operator.
func tokenOf(t *testing.T, k *graphtest.Kit, who string) string {
	t.Helper()
	if who != platform {
		return k.Token(who)
	}
	token, handle := identity.NewToken()
	cred, _, err := identity.Credential("", token, "")
	if err != nil {
		t.Fatal(err)
	}
	k.Put(t, `INSERT INTO api_token (id, tenant_id, region, user_id, name, handle, secret_hash, read_only, created_at, expires_at)
		SELECT gen_random_uuid(), t.id, t.region, u.id, 'operator', $1, $2, false, now(), now() + interval '1 day'
		FROM tenant t, app_user u WHERE t.kind = 'platform' AND u.login = $3`, handle, cred.Hash[:], platformLogin)
	return token
}
