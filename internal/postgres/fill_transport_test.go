package postgres

import "testing"

// fillTransport puts a key under way, a registered operation and a mode.
func (w *world) fillTransport(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	in("idempotency_key", "user_id, key, request, attempt, claimed_at, leased_until, expires_at, answer",
		"$4, 'k-1', decode(repeat('05', 32), 'hex'), gen_random_uuid(), now(), now(), now() + interval '1 day', '\\x7b7d'", h.user)
	in("trusted_document", "hash, name, body, added_by, added_at", "sha256('{ viewer { today } }'), '今日', '{ viewer { today } }', $4, now()", h.user)
	in("trusted_mode", "token_id, set_by, set_at", "$4, $5, now()", h.id("api_token"), h.user)
}
