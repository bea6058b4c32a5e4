package postgres

import "testing"

// fillPostings puts one row into every table of first secretaries and teams.
func (w *world) fillPostings(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	at := h.id
	in("posting_demand", "competition_id, unit_id, first_secretary, team, min_members, planned_on", "$4, $5, true, 't', 2, '2023-04-01'",
		at("competition"), h.village)
	in("posting_fact", "person_id, born", "$4, '1990-05-01'", h.person)
	in("posting", "competition_id, demand_id, unit_id, person_id, pseudonym, role, stage, sender_id, selected_on, min_days, valid_from, last_day",
		"$4, $5, $6, $7, 'P1', 'first-secretary', 'POSTED', $8, '2023-04-01', 20, '2023-05-01', '2025-04-30'",
		at("competition"), at("posting_demand"), h.village, h.person, at("organisation"))
	in("posting_check", "posting_id, checked_on, reasons, flags, checked_by, checked_at", "$4, '2023-04-01', '{}', '{}', $5, now()", at("posting"), h.person)
	in("posting_step", "posting_id, stage, body, taken_on, recorded_by, recorded_at", "$4, 'PROPOSED', '派出单位', '2023-04-01', $5, now()", at("posting"), h.person)
	in("posting_statement", "competition_id, posting_id, unit_id, month, days, excused, stated_by, stated_at", "$4, $5, $6, '2023-05', 21, 0, $7, now()",
		at("competition"), at("posting"), h.village, h.person)
	in("posting_leave", "competition_id, posting_id, unit_id, first_day, last_day, approved_by, approved_at", "$4, $5, $6, '2023-05-08', '2023-05-09', $7, now()",
		at("competition"), at("posting"), h.village, h.person)
	in("posting_figure", "posting_id, milestone, label, figures, source, entered_by, entered_at", "$4, 'income', '2023', '{}', '年报', $5, now()",
		at("posting"), h.person)
	in("posting_event", "competition_id, kind, held_on, recorded_by, recorded_at", "$4, 'symposium', '2023-06-01', $5, now()", at("competition"), h.person)
	in("posting_inspection", "posting_id, label, held_on, conduct, service, discipline, results, bars, record, recorded_by, recorded_at",
		"$4, '2023-H2', '2023-07-01', true, 't', true, 't', false, '考察〔2023〕1号', $5, now()", at("posting"), h.person)
	in("posting_support", "posting_id, period, allowance, insurance, recorded_by, recorded_at", "$4, '2023', true, 't', $5, now()", at("posting"), h.person)
}
