package postgres

import (
	"testing"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// id gives the id of the one row of a kind that fill makes in a tenant.
func (h home) id(kind string) uuid.UUID { return uuid.NewSHA1(h.tenant, []byte(kind)) }

// fill puts one row into every table of the tenant beside those of settle; its
// round is open, its template active.
func (w *world) fill(t testing.TB, h home) {
	t.Helper()
	in := func(table, columns, values string, args ...any) {
		t.Helper()
		w.put(t, `INSERT INTO `+table+` (id, tenant_id, region, `+columns+`) VALUES ($1, $2, $3, `+values+`)`,
			append([]any{h.id(table), h.tenant, h.region}, args...)...)
	}
	at := func(kind string) uuid.UUID { return h.id(kind) }
	in("adoption", "other_id, side, agreed_by, agreed_at", "$4, 'lower', $4, now()", at("elsewhere"))
	in("api_token", "user_id, name, handle, secret_hash, created_at, expires_at", "$4, 'screen', 'h', $5, now(), now() + interval '1 day'",
		h.user, append(h.tenant[:], h.tenant[:]...))
	in("sign_in_policy", "second_factor, idle_minutes, changed_by, changed_at", "false, 60, $4, now()", h.user)
	in("tenant_role", "key, name_zh, permissions, drafts, defined_by, defined_at, changed_at, epoch", "'own-helper', '帮办', '{submission:read}', true, $4, now(), now(), 1", h.user)
	in("organisation", "kind, name, valid_from", "'office', '党政办', '2020-01-01'")
	in("person_name", "person_id, name", "$4, '甲'", h.person)
	in("post", "person_id, kind, unit_id, valid_from", "$4, 'resident-cadre', $5, '2020-01-01'", h.person, h.village)
	in("calendar_day", "day, kind", "'2023-05-01', 'holiday'")
	in("template_version", "key, version, name_zh, state, source, created_by, created_at", "'arena', 1, '擂台', 'active', '{}', $4, now()", h.user)
	in("competition", "name, created_by, created_at", "'2023', $4, now()", h.user)
	in("dimension", "key, name_zh", "'party', '党建'")
	in("competition_version", "competition_id, template_version_id, from_period", "$4, $5, '2023-04'", at("competition"), at("template_version"))
	in("round", "competition_id, template_version_id, period, nominal, held, state", "$4, $5, '2023-04', '2023-04-30', '2023-04-28', 'open'",
		at("competition"), at("template_version"))
	in("entry", "round_id, unit_id, position, name", "$4, $5, 1, '沈庄村'", at("round"), h.village)
	in("rubric_item", "round_id, position, key, name_zh, dimension, points, owner_id", "$4, 1, 'party', '党建', 'party', 100, $5", at("round"), h.person)
	in("panel", "round_id, number, name, units", "$4, 1, '一组', ARRAY[$5::uuid]", at("round"), h.village)
	in("panel_member", "round_id, panel_id, person_id", "$4, $5, $6", at("round"), at("panel"), h.person)
	in("reception", "round_id, unit_id, delivered_by, received_by, received_at", "$4, $5, $6, $6, now()", at("round"), h.village, h.person)
	in("mark", "round_id, item_key, channel, unit_id, judge_id, value, entered_by, entered_at", "$4, 'party', 'on-site', $5, $6, 93.5, $6, now()",
		at("round"), h.village, h.person)
	in("mark_review", "round_id, mark_id, decision, reviewed_by, reviewed_at", "$4, $5, 'confirmed', $6, now()", at("round"), at("mark"), h.person)
	in("objection", "round_id, unit_id, subject_id, number, item_key, reason, filed_by, filed_at", "$4, $5, $5, 1, 'party', '台账已交', $6, now()",
		at("round"), h.village, h.person)
	in("missing_decision", "round_id, unit_id, decision, reason, decided_by, decided_at", "$4, $5, 'zero', '缺席', $6, now()", at("round"), h.village, h.person)
	in("computation", "round_id, rules, input, result, computed_by, computed_at", "$4, 1, '{}', '{}', $5, now()", at("round"), h.person)
	in("publication", "round_id, revision, audience, public_bundle, public_hash, sealed_hash, approved_by, approver_role, published_at",
		"$4, 1, 'township', '{}', 'h', 'h', $5, 'township-approver', now()", at("round"), h.person)
	in("sealed_bundle", "publication_id, body", "$4, '{}'", at("publication"))
	in("standing", "publication_id, round_id, unit_id, audience, position, name, total, rank, trace", "$4, $5, $6, 'township', 1, '沈庄村', 93.5, 1, '{}'",
		at("publication"), at("round"), h.village)
	in("rollup", "competition_id, key, period, revision, inputs, result, approved_by, published_at", "$4, 'half-year', '2023-H1', 1, '[]', '{}', $5, now()",
		at("competition"), h.person)
	in("outcome", "competition_id, round_id, publication_revision, rule, reason, action, unit_id, rank, rank_from_bottom",
		"$4, $5, 1, 'outcomes[0]', 'top', 'points', $6, 1, 1", at("competition"), at("round"), h.village)
	in("issue", "competition_id, unit_id, number, title, base, opened, due, opened_by", "$4, $5, 1, '垃圾未清运', 1, '2023-04-28', '2023-05-05', $6",
		at("competition"), h.village, h.person)
	in("issue_event", "issue_id, kind, happened_on, recorded_by, recorded_at", "$4, 'opened', '2023-04-28', $5, now()", at("issue"), h.person)
	in("account_entry", "competition_id, unit_id, period, points, rule, subject_id, outcome_id, posted_by, posted_at",
		"$4, $5, '2023', 5, 'outcomes[0]', $5, $6, $7, now()", at("competition"), h.village, at("outcome"), h.person)
	w.fillEvidence(t, h, in)
	w.fillFigures(t, h, in)
	w.fillPostings(t, h, in)
	w.fillVoting(t, h, in)
	w.fillConsequences(t, h)
	w.fillForms(t, h, in)
	w.fillHosting(t, h, in)
	w.fillPeople(t, h, in)
	w.fillApps(t, h, in)
	w.fillLeaving(t, h, in)
	w.fillComparison(t, h, in)
	w.fillWebhooks(t, h, in)
	w.fillJobs(t, h, in)
	w.fillEvent(t, h, in)
	w.fillTransport(t, h, in)
	in("audit_entry", "seq, at, actor, action, object_kind, object_id, previous, hash", "1, now(), $4, 'round:open', 'round', $5, decode(repeat('00', 32), 'hex'), decode(repeat('01', 32), 'hex')", h.user, at("round"))
}

// tenantTables lists the tables of tenants and checks that fill left none empty.
func (w *world) tenantTables(t testing.TB, filled home) []string {
	t.Helper()
	rows, err := w.maint.QueryContext(t.Context(), `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ($1) ORDER BY 1`, pq.Array(closed))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var tables []string
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, table)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if w.count(t, `SELECT count(*) FROM `+table+` WHERE tenant_id = $1`, filled.tenant) == 0 {
			t.Fatalf("fill leaves %s empty", table)
		}
	}
	return tables
}

// picture is every row of a tenant, as text.
func (w *world) picture(t testing.TB, tables []string, h home) map[string]string {
	t.Helper()
	all := make(map[string]string, len(tables))
	for _, table := range tables {
		var text string
		if err := w.maint.QueryRowContext(t.Context(), `SELECT coalesce(string_agg(x::text, '|' ORDER BY id), '') FROM `+table+` x WHERE tenant_id = $1`, h.tenant).Scan(&text); err != nil {
			t.Fatal(err)
		}
		all[table] = text
	}
	return all
}
