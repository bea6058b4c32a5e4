package postgres

import "testing"

// fillJobs puts a job that waits.
func (w *world) fillJobs(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	in("job", "kind, input, asked_by, asked_at, due_at", `'export', '{"kind": "issues"}', $4, now(), now()`, h.user)
}
