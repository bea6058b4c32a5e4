package postgres

import "testing"

// fillEvidence puts one row into every table of evidence and visits.
func (w *world) fillEvidence(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	at := h.id
	in("evidence_file", "key, sha256, media_type, bytes, uploaded_by, uploaded_at",
		"'k', repeat('a', 64), 'image/jpeg', 1, $4, now()", h.user)
	in("evidence_item", "competition_id, round_id, unit_id, subject_id, kind, taken_on, file_id, entered_by, entered_at",
		"$4, $5, $6, $6, 'photo', '2023-04-28', $7, $8, now()", at("competition"), at("round"), h.village, at("evidence_file"), h.person)
	in("evidence_request", "competition_id, round_id, unit_id, kind, due, asked_by, asked_on",
		"$4, $5, $6, 'photo', '2023-05-05', $7, '2023-04-28'", at("competition"), at("round"), h.village, h.person)
	in("highlight", "competition_id, round_id, unit_id, dimension, title, entered_by, entered_on",
		"$4, $5, $6, 'party-building', '亮点', $7, '2023-04-28'", at("competition"), at("round"), h.village, h.person)
	in("highlight_evidence", "highlight_id, evidence_id, position", "$4, $5, 1", at("highlight"), at("evidence_item"))
	in("visit", "competition_id, round_id, unit_id, position, planned_on", "$4, $5, $6, 1, '2023-04-28'", at("competition"), at("round"), h.village)
	in("attendance", "round_id, visit_id, person_id, status, recorded_by, recorded_at", "$4, $5, $6, 'present', $6, now()",
		at("round"), at("visit"), h.person)
	in("stage_record", "round_id, unit_id, subject_id, stage, done_on, recorded_by, recorded_at", "$4, $5, $5, 'visit', '2023-04-28', $6, now()",
		at("round"), h.village, h.person)
	in("visit_comment", "round_id, unit_id, subject_id, by_id, body, commented_on, recorded_by, recorded_at",
		"$4, $5, $5, $6, '底数清楚', '2023-04-28', $6, now()", at("round"), h.village, h.person)
	in("review_meeting", "round_id, held_on, chair_id, recorded_by, recorded_at", "$4, '2023-04-28', $5, $5, now()", at("round"), h.person)
	in("issue_detail", "issue_id, visit_id, organisation_id", "$4, $5, $6", at("issue"), at("visit"), at("organisation"))
	in("issue_evidence", "issue_id, evidence_id, phase", "$4, $5, 'before'", at("issue"), at("evidence_item"))
	in("supervision", "competition_id, round_id, unit_id, kind, basis, happened_on, entered_by, entered_at",
		"$4, $5, $6, 'listed', '办法第七条', '2023-04-28', $7, now()", at("competition"), at("round"), h.village, h.person)
}
