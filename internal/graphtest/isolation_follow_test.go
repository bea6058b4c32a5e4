package graphtest_test

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
)

// followUps makes one of each of what follows from results and of changes of
// units; the months that are played have none.
var followUps = []struct{ kind, table, insert string }{
	{"Finding", "finding", `INSERT INTO finding (id, tenant_id, region, competition_id, kind, unit_id, reason, proposed_by, proposed_at)
		SELECT gen_random_uuid(), c.tenant_id, c.region, c.id, 'commendation', u.id, '抢险突出', p.id, now()`},
	{"Task", "task", `INSERT INTO task (id, tenant_id, region, competition_id, finding_id, action, unit_id, due, created_at)
		SELECT gen_random_uuid(), c.tenant_id, c.region, c.id, (SELECT f.id FROM finding f WHERE f.tenant_id = c.tenant_id LIMIT 1), 'commendation', u.id, '2023-06-01', now()`},
	{"Pair", "pair", `INSERT INTO pair (id, tenant_id, region, competition_id, lead_unit, follow_unit, lead_subject, follow_subject, per_month, valid_from, reason, confirmed_by, confirmed_at)
		SELECT gen_random_uuid(), c.tenant_id, c.region, c.id, u.id AS led_by, u.parent_id AS led, u.id AS leader, u.parent_id, 2, '2023-05-01', '先进带后进', p.id, now()`},
	{"Exchange", "exchange", `INSERT INTO exchange (id, tenant_id, region, pair_id, held_on, content, offline, recorded_by, recorded_at)
		SELECT gen_random_uuid(), c.tenant_id, c.region, (SELECT x.id FROM pair x WHERE x.tenant_id = c.tenant_id LIMIT 1), '2023-05-05', '交流', true, p.id, now()`},
	{"Submission", "submission", `INSERT INTO submission (id, tenant_id, region, competition_id, period, document, unit_id, subject_id, number, handed_on, due, recorded_by, recorded_at, note)
		SELECT gen_random_uuid(), c.tenant_id, c.region, c.id, '2023', 'duty-report', u.id, u.id AS subject, 1, '2023-01-10', '2023-01-14', p.id, now(), '存党建办'`},
	{"UnitProposal", "unit_proposal", `INSERT INTO unit_proposal (id, tenant_id, region, kind, units, since, basis, proposed_by, proposed_at)
		SELECT gen_random_uuid(), c.tenant_id, c.region, 'split', ARRAY[u.id], '2024-01-01', '批复', p.id, now()`},
}

// someFollowUps makes those that a tenant has none of yet, and names them.
func someFollowUps(t *testing.T, k *graphtest.Kit, tenant uuid.UUID, known map[string]string) {
	t.Helper()
	for _, one := range followUps {
		if all := k.Strings(t, `SELECT id FROM `+one.table+` WHERE tenant_id = $1 LIMIT 1`, tenant); len(all) > 0 {
			known[one.kind] = graphtest.ID(one.kind, uuid.MustParse(all[0]))
			continue
		}
		known[one.kind] = graphtest.ID(one.kind, k.Key(t, one.insert+` FROM competition c JOIN unit u ON u.code = $2 JOIN person p ON p.tenant_id = c.tenant_id
			WHERE c.tenant_id = $1 ORDER BY c.id, p.id LIMIT 1 RETURNING id`, tenant, graphtest.VillageCode(1)))
	}
}
