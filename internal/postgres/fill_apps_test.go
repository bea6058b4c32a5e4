package postgres

import "testing"

// fillApps puts one row into every table of apps: an app that ended, and a
// consent that was withdrawn. The order of publications fills itself.
func (w *world) fillApps(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	in("app_registration", "name, maker, contact, purpose, scopes, handle, secret_hash, secret_at, registered_by, registered_at, ended_by, ended_at",
		"'大屏', '某公司', '8888', '看板', '{publication:read}', 'h', $4, now(), $5, now(), $5, now()", append(h.tenant[:], h.user[:]...), h.user)
	in("app_consent", "app_id, app_name, app_maker, name_key, scopes, account_id, token_id, consented_by, consented_at, until, withdrawn_by, withdrawn_at, reason",
		"$4, '大屏', '某公司', '431226216', '{publication:read}', $5, $6, $7, now(), now() + interval '1 day', $7, now(), '换用'",
		h.id("app_registration"), h.id("service_account"), h.id("api_token"), h.user)
}
