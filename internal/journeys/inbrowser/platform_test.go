package inbrowser

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/graphtest"
	"leitai/internal/postgres"
	"leitai/internal/sample"
	"leitai/internal/tenancy"
)

// operator opens the platform as the operator's command does, and gives the
// login of the first operator. Whoever else runs it is invited in the console.
func operator(t *testing.T, k *graphtest.Kit) sample.Login {
	t.Helper()
	login := sample.Login{Role: string(authz.PlatformOperator), Person: "OP1", Login: "op1@demo", Password: "Dm-operates-9-places"}
	made, err := k.App.Identity.Prepare(t.Context(), login.Login, login.Password)
	if err != nil {
		t.Fatal(err)
	}
	ctx, request, _, err := k.App.DB.AsTenant(t.Context(), postgres.Service{Tenant: uuid.Must(uuid.NewV7()), Region: tenancy.PlatformRegion, User: made.ID})
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.App.Tenancy.FoundPlatform(ctx, "", tenancy.FirstAdmin{User: made.ID, Login: made.Login, Hash: made.Hash, Name: "平台运维一"})
	if end := request.End(); err == nil {
		err = end
	}
	if err != nil {
		t.Fatal(err)
	}
	return login
}
