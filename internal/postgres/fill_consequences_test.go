package postgres

import (
	"testing"

	"github.com/google/uuid"
)

// fillConsequences puts one row into every table of units by class and of what
// follows from results.
func (w *world) fillConsequences(t testing.TB, h home) {
	t.Helper()
	in := func(table, columns, values string, args ...any) {
		t.Helper()
		w.put(t, `INSERT INTO `+table+` (id, tenant_id, region, `+columns+`) VALUES ($1, $2, $3, `+values+`)`,
			append([]any{h.id(table), h.tenant, h.region}, args...)...)
	}
	at := func(kind string) uuid.UUID { return h.id(kind) }
	in("group_set", "key, name_zh, classes", `'village-class', '村级分类', '[]'`)
	in("group_member", "group_set, class, unit_id, valid_from", "'village-class', 'base', $4, '2023-01-01'", h.village)
	in("unit_proposal", "kind, units, since, basis, proposed_by, proposed_at", "'split', ARRAY[$4::uuid], '2024-01-01', '批复', $5, now()", h.village, h.person)
	in("finding", "competition_id, kind, unit_id, reason, proposed_by, proposed_at", "$4, 'commendation', $5, '突出', $6, now()", at("competition"), h.village, h.person)
	in("task", "competition_id, finding_id, action, unit_id, due, created_at", "$4, $5, 'commendation', $6, '2023-05-15', now()", at("competition"), at("finding"), h.village)
	in("pair", "competition_id, lead_unit, follow_unit, lead_subject, follow_subject, per_month, valid_from, reason, confirmed_by, confirmed_at",
		"$4, $5, $6, $5, $6, 2, '2023-05-01', '结对', $7, now()", at("competition"), h.village, h.unit, h.person)
	in("exchange", "pair_id, held_on, content, offline, recorded_by, recorded_at", "$4, '2023-05-05', '座谈', true, $5, now()", at("pair"), h.person)
	in("submission", "competition_id, period, document, unit_id, subject_id, number, handed_on, due, recorded_by, recorded_at",
		"$4, '2023', 'duty-report', $5, $5, 1, '2023-01-10', '2023-01-14', $6, now()", at("competition"), h.village, h.person)
	in("feed_value", "from_competition, from_key, into_key, round_id, source_key, period, source_revision, unit_id, subject_id, value, weight, fed_at",
		"$4, 'arena', 'duty-list', $5, 'rounds', '2023-04', 1, $6, $6, 90, 20, now()", at("competition"), at("round"), h.village)
	in("rollup_part", "competition_id, key, period, part, unit_id, subject_id, value, reason, entered_by, entered_at",
		"$4, 'year', '2023-01/2023-12', 'duty', $5, $5, 90, '职责清单', $6, now()", at("competition"), h.village, h.person)
	in("past_result", "competition_id, period, unit_id, subject_id, rank, source, entered_by, entered_at", "$4, '2022-12', $5, $5, 1, '通报', $6, now()",
		at("competition"), h.village, h.person)
	in("account_opening", "competition_id, unit_id, from_unit, from_competition, from_name, period, since, points, deductions, posted_by, posted_at",
		"$4, $5, $5, $4, '原乡镇', '2024-01', '2024-01-01', 5, -1, $6, now()", at("competition"), h.village, h.person)
	w.put(t, `INSERT INTO person (id, tenant_id, region, pseudonym, created_at) VALUES ($1, $2, $3, 'P-successor', now())`, at("successor"), h.tenant, h.region)
	in("handover", "from_person, to_person, handed_on, items, recorded_by, recorded_at", "$4, $5, '2023-05-01', '[]', $4, now()", h.person, at("successor"))
}
