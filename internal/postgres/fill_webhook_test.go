package postgres

import "testing"

// fillWebhooks puts one row into every table of webhooks and the inbox. The
// cursor is of a reader far ahead, so that nobody works in the tenant.
func (w *world) fillWebhooks(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	in("event_cursor", "reader, seq", "'inbox', 7")
	in("webhook_endpoint", "name, format, shown, address, secret, kinds, owner_id, since, created_at",
		"'数据中心', 'standard', 'https://hooks.example/in', '\\x01', '\\x02', '{round.opened}', $4, 0, now()", h.user)
	in("webhook_delivery", "endpoint_id, kind, sequence, state, due_at, created_at, settled_at", "$4, 'webhook.ping', 0, 'delivered', now(), now(), now()", h.id("webhook_endpoint"))
	in("webhook_attempt", "delivery_id, at, status, millis, answer, error", "$4, now(), 204, 12, '', ''", h.id("webhook_delivery"))
	in("inbox_item", "user_id, source_id, kind, permission, about_unit, object_kind, object_id, created_at", "$4, $5, 'round.opened', 'mark:write', $6, 'round', $5, now()",
		h.user, h.id("round"), h.village)
	in("inbox_setting", "user_id, muted", "$4, '{round.closed}'", h.user)
}
