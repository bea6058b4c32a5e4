package postgres

import "testing"

// fillForms puts one row into the table of an office's own forms.
func (w *world) fillForms(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	in("office_form", "kind, name, sha256, body, uploaded_by, uploaded_at", "'bulletin', '通报', repeat('a', 64), '\\x00', $4, now()", h.person)
}
