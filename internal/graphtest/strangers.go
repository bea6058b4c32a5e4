package graphtest

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/identity"
	"leitai/internal/sample"
)

// Operator makes somebody who runs the platform, working in the county's tenant,
// and gives the token.
func (k *Kit) Operator(t testing.TB) string {
	t.Helper()
	token, handle := identity.NewToken()
	cred, _, err := identity.Credential("", token, "")
	if err != nil {
		t.Fatal(err)
	}
	county := k.TenantOf(t, sample.CountyCode)
	user := k.Key(t, `INSERT INTO app_user (id, login, password_hash, created_at) VALUES (gen_random_uuid(), 'operator-' || gen_random_uuid(), '', now()) RETURNING id`)
	k.Put(t, `INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
		SELECT gen_random_uuid(), id, region, $1, unit_id, 'platform-operator', $1, '2000-01-01', (SELECT max(epoch) FROM authz_epoch) FROM tenant WHERE id = $2`, user, county)
	k.Put(t, `INSERT INTO api_token (id, tenant_id, region, user_id, name, handle, secret_hash, read_only, created_at, expires_at)
		SELECT gen_random_uuid(), id, region, $1, 'operator', $2, $3, false, now(), now() + interval '1 day' FROM tenant WHERE id = $4`, user, handle, cred.Hash[:], county)
	return token
}

// Adopt lets a county adopt a tenant without its unpublished work; both agree.
func (k *Kit) Adopt(t testing.TB, upper, lower uuid.UUID) {
	t.Helper()
	for _, side := range []struct {
		own, other uuid.UUID
		name       string
	}{{upper, lower, "upper"}, {lower, upper, "lower"}} {
		k.Put(t, `INSERT INTO adoption (id, tenant_id, region, other_id, side, drafts, agreed_by, agreed_at)
			SELECT gen_random_uuid(), t.id, t.region, $2, $3, false, (SELECT user_id FROM role_grant WHERE tenant_id = $1 LIMIT 1), now() FROM tenant t WHERE t.id = $1`,
			side.own, side.other, side.name)
	}
}
