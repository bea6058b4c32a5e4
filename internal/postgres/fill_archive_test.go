package postgres

import "testing"

// fillLeaving puts the wish to end the tenant, which nobody has confirmed.
func (w *world) fillLeaving(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	in("tenant_leaving", "reason, grace_days, requested_by, requested_at", "'合并', 30, $4, now()", h.user)
}
