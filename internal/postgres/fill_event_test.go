package postgres

import "testing"

// fillEvent puts one event into a tenant; the trigger notes its number as the
// tenant's last.
func (w *world) fillEvent(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	in("event", "kind, reach, unit_id, object_kind, object_id, round_id, persons, at", "'marks.submitted', 'drafts', $4, 'round', $5, $5, ARRAY[$6::uuid], now()",
		h.unit, h.id("round"), h.person)
}
