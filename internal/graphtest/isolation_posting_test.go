package graphtest_test

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
)

// somePostings are what a township of its own would have sent to a village: a
// sending unit, a demand, somebody who serves, and a visit of the unit.
var somePostings = []struct{ kind, table, insert string }{
	{"Organisation", "organisation", `INSERT INTO organisation (id, tenant_id, region, kind, name, valid_from)
		SELECT gen_random_uuid(), c.tenant_id, c.region, 'sending-unit', '派出单位甲', '2020-01-01'::date`},
	{"PostingDemand", "posting_demand", `INSERT INTO posting_demand (id, tenant_id, region, competition_id, unit_id, classes, first_secretary, team, planned_on)
		SELECT gen_random_uuid(), c.tenant_id, c.region, c.id, u.id, '{}', true, false, '2023-04-24'::date`},
	{"Posting", "posting", `INSERT INTO posting (id, tenant_id, region, competition_id, demand_id, unit_id, person_id, pseudonym, role, stage, sender_id, selected_on, min_days, valid_from, last_day)
		SELECT gen_random_uuid(), c.tenant_id, c.region, c.id, (SELECT d.id FROM posting_demand d WHERE d.tenant_id = c.tenant_id LIMIT 1), u.id, p.id, p.pseudonym,
		'first-secretary', 'POSTED', (SELECT o.id FROM organisation o WHERE o.tenant_id = c.tenant_id LIMIT 1), '2023-04-24'::date, 20, '2023-05-01'::date, '2025-04-30'::date`},
	{"PostingEvent", "posting_event", `INSERT INTO posting_event (id, tenant_id, region, competition_id, posting_id, kind, held_on, recorded_by, recorded_at)
		SELECT gen_random_uuid(), c.tenant_id, c.region, c.id, (SELECT q.id FROM posting q WHERE q.tenant_id = c.tenant_id LIMIT 1), 'unit-visit', '2023-06-01'::date, p.id, now()`},
}

// aPosting gives a tenant one of each kind where it has none, and names them.
func aPosting(t *testing.T, k *graphtest.Kit, tenant uuid.UUID, known map[string]string) {
	t.Helper()
	for _, one := range somePostings {
		if all := k.Strings(t, `SELECT id FROM `+one.table+` WHERE tenant_id = $1 LIMIT 1`, tenant); len(all) > 0 {
			known[one.kind] = graphtest.ID(one.kind, uuid.MustParse(all[0]))
			continue
		}
		known[one.kind] = graphtest.ID(one.kind, k.Key(t, one.insert+` FROM competition c JOIN unit u ON u.code = $2 JOIN person p ON p.tenant_id = c.tenant_id
			WHERE c.tenant_id = $1 ORDER BY c.id, p.id LIMIT 1 RETURNING id`, tenant, graphtest.VillageCode(1)))
	}
}
