package postgres

import "testing"

// fillFigures puts a row into every table of what a round is computed from
// beside marks.
func (w *world) fillFigures(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	in("figure", "round_id, kind, key, unit_id, subject_id, sitter_id, value, entered_by, entered_at", "$4, 'exam', 'test', $5, $5, $6, 88, $6, now()",
		h.id("round"), h.village, h.person)
	in("figure_review", "figure_id, decision, reviewed_by, reviewed_at", "$4, 'confirmed', $5, now()", h.id("figure"), h.person)
	in("grade_decision", "round_id, scale, unit_id, subject_id, grade, reason, decided_by, decided_at", "$4, 'annual', $5, $5, 'excellent', '集体研究', $6, now()",
		h.id("round"), h.village, h.person)
	in("grade_approval", "decision_id, approved_by, approved_at", "$4, $5, now()", h.id("grade_decision"), h.person)
}
