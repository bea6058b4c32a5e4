package programme_test

import (
	"strings"
	"testing"

	"leitai/internal/programme"
	"leitai/internal/template"
)

// A county opens a competition of its own between its townships, under its own
// template; its dictionary and its templates are read below it, and a township's
// are not read by its dictionary.
// covers B16
func TestACountyRunsACompetitionOfItsOwn(t *testing.T) {
	t.Parallel()
	w := newTownship(t)
	county, head, unit := fresh(), fresh(), fresh()
	w.put(`INSERT INTO unit (id, code, level, legal_name, shown_name) VALUES ($1, '990101', 'county', '演示县', '演示县')`, unit)
	w.put(`UPDATE unit SET parent_id = $1 WHERE level = 'township'`, unit)
	w.put(`INSERT INTO tenant (id, tenant_id, region, kind, unit_id, name, created_at) VALUES ($1, $1, '990101', 'county', $2, '演示县', now())`, county, unit)
	w.put(`INSERT INTO person (id, tenant_id, region, pseudonym, created_at) VALUES ($1, $2, '990101', 'C1', now())`, head, county)
	township := w.tenant
	w.tenant, w.person = county, head
	between := strings.NewReplacer("key: monthly-arena", "key: county-contest", "subject: village", "subject: township", "every: month, day: 30", "every: quarter, day: 25",
		"values: [5, 4, 3], to: [linked-leader, resident-cadre, village]", "values: [3, 2, 1], to: [township]").Replace(document)
	_, err := w.use.AddDimension(w.ctx(), "business", template.Text{ZH: "营商环境"})
	must(t, err)
	v := w.active(between + "items:\n  - {key: business, name: 营商环境, dimension: business, points: 100}\n")
	in := w.competition(v.ID)
	in.Name, in.FromPeriod = "县季度比武", "2023-Q2"
	c, err := w.use.CreateCompetition(w.ctx(), in)
	must(t, err)
	plan, err := w.use.PlanRounds(w.ctx(), c.ID, "2023-Q2", "2023-Q4")
	must(t, err)
	if e := plan.Entries; c.Tenant != county || len(e) != 3 || e[0].Held.String() != "2023-06-25" || e[2].Period != "2023-Q4" {
		t.Errorf("%s planned %+v", c.Tenant, e)
	}
	_, err = w.use.AddDimension(w.of(township, w.personOf(township)), "water", template.Text{ZH: "河湖"})
	must(t, err)
	own, err := w.use.Dimensions(w.ctx())
	must(t, err)
	if last := own[len(own)-1]; last.Key != "business" || len(own) != len(template.Dimensions())+1 {
		t.Errorf("the county's dictionary ends with %+v", last)
	}
	var kept *programme.Competition
	kept, err = w.use.Competition(w.ctx(), c.ID)
	must(t, err)
	if len(kept.Versions) != 1 || kept.Versions[0].FromPeriod != "2023-Q2" {
		t.Errorf("versions %+v", kept.Versions)
	}
}
