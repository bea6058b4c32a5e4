package postgres

import "testing"

// fillComparison puts a row into every table of the county's comparison.
func (w *world) fillComparison(t testing.TB, h home, in func(table, columns, values string, args ...any)) {
	t.Helper()
	in("round_total", "publication_id, round_id, competition_id, revision, audience, subject, template_key, opened, published, contestants, sources, weights, denominators, scores, digest",
		"$4, $5, $6, 1, 'township', 'village', 'arena', '2023-04-28', '2023-05-04', 1, '{total,dimension:party-building}', '{0,100}', '{100,1}', '{9350,93}', E'village\\tarena\\t\\t1\\t0\\t0\\t\\t\\ttotal,dimension:party-building;0,100|1,1|9350,93|100,1|9350,9350'",
		h.id("publication"), h.id("round"), h.id("competition"))
	in("comparison_rule", "year, number, dimensions, weights, min_coverage, within_days, reason, set_by, set_at",
		"2023, 1, '{party-building}', '{1}', 0.5, 15, '县委常委会议定', $4, now()", h.person)
	in("crosswalk", "township_id, source, dimension, from_day, reason, number, mapped_by, mapped_at",
		"$4, 'item:tidy', 'habitat', '2023-01-01', '即人居环境', 1, $5, now()", h.id("below"), h.person)
	in("comparison_publication", "from_day, to_day, revision, audience, body, published_by, published_at",
		"'2023-04-01', '2023-06-30', 1, 'prefecture', '{}', $4, now()", h.person)
	in("comparison_total", "publication_id, month, townships, due, published, on_time, contestants, sources, weights, denominators, scores",
		"$4, '2023-04-01', 1, 1, 1, 1, 1, '{dimension:party-building}', '{1}', '{1}', '{93}'", h.id("comparison_publication"))
}
