package postgres

import "testing"

// fillVoting puts a row into every table of evaluations.
func (w *world) fillVoting(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	in("poll", "competition_id, round_id, ballot_key, title, rule, choices, opened_by, opened_at", "$4, $5, 'assembly', '民主测评', '{}', '{good}', $6, now()",
		h.id("competition"), h.id("round"), h.person)
	in("poll_subject", "poll_id, position, subject_id, unit_id, name", "$4, 1, $5, $5, '沈庄村'", h.id("poll"), h.village)
	in("poll_voter", "poll_id, person, group_key", "$4, 'R1', 'leaders'", h.id("poll"))
	in("poll_group", "poll_id, group_key, due, present, codes, papers, used, papers_returned", "$4, 'leaders', 9, 9, 8, 0, 8, 0", h.id("poll"))
	other := h.id("second official")
	w.put(t, `INSERT INTO person (id, tenant_id, region, pseudonym, created_at) VALUES ($1, $2, $3, 'P2', now())`, other, h.tenant, h.region)
	w.put(t, `UPDATE poll SET state = 'closed', first_closer = $1, second_closer = $2, closed_at = now() WHERE id = $3`, h.person, other, h.id("poll"))
	in("ballot_score", "poll_id, round_id, ballot_key, subject_id, scored, score, due, present, issued, returned, valid, result",
		"$4, $5, 'assembly', $6, true, '92.5', 9, 9, 8, 8, 8, '{}'", h.id("poll"), h.id("round"), h.village)
	// Those that are reached by functions only have keys to other tables, too.
	in("ballot", "poll_id, group_key, subject_id, choice", "$4, 'leaders', $5, 'good'", h.id("poll"), h.village)
	in("ballot_code", "poll_id, group_key, hash", "$4, 'leaders', $5", h.id("poll"), append(h.tenant[:], h.tenant[:]...))
	in("paper_tally", "poll_id, group_key, counted_by, returned, counts", "$4, 'leaders', $5, 0, '{}'", h.id("poll"), h.person)
}
