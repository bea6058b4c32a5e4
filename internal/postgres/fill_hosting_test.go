package postgres

import "testing"

// fillHosting puts one row into every table of a tenant's life as a service:
// its suspension is over, its reading by break glass has ended.
func (w *world) fillHosting(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	in("tenant_plan", "plan, since, set_by", "'county', '2023-01-01', $4", h.user)
	in("tenant_hold", "access, reason, placed_by, placed_at, lifted_by, lifted_at", "'closed', '核查', $4, '2023-01-01', $4, '2023-01-02'", h.user)
	in("usage_day", "day, kind, requests", "'2023-04-01', 'token', 7")
	in("break_glass", "operator, reason, hours, asked_at, ended_by, ended_at", "$4, '核对四月成绩计算异常', 2, '2023-05-01', $4, '2023-05-01'", h.user)
	in("tenant_village", "unit_id, takes_part, confirmed_by, confirmed_at", "$4, true, $5, now()", h.village, h.user)
}
