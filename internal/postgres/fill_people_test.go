package postgres

import (
	"testing"

	"leitai/ent/mixin"
)

// fillPeople puts one row into every table of invitations and of accounts for
// systems.
func (w *world) fillPeople(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	id := mixin.NewID()
	in("invitation", "role, unit_id, person_id, invited_by, secret_hash, created_at, expires_at",
		"'judge', $4, $5, $6, sha256($7), now(), now() + interval '7 days'", h.unit, h.person, h.user, id[:])
	in("service_account", "name, department, purpose, review_on, created_by, created_at", "'大屏', '大数据中心', '展示', current_date + 300, $4, now()", h.user)
}
