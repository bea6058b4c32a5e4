package graphtest_test

import (
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

func plain(v any) value { return func(*testing.T, *graphtest.Kit) any { return v } }

// first gives the id of the first row that a query finds.
func first(kind, query string, args ...any) value {
	return func(t *testing.T, k *graphtest.Kit) any {
		t.Helper()
		return graphtest.ID(kind, k.Key(t, query, args...))
	}
}

// newest is the round that the township works on.
func newest(_ *testing.T, k *graphtest.Kit) any { return k.RoundID("2023-09") }

const unitOf = `SELECT id FROM unit WHERE code = $1 AND valid_to IS NULL`

// consoleValues are what the variables of the console's queries name: by the
// query and the variable, by the area, by the variable and its type, or by the
// variable alone.
var consoleValues = map[string]value{
	"round": newest, "rounds.id": newest, "judge.id": newest, "PublishedRound.id": first("Publication", `SELECT id FROM publication WHERE round_id IN (SELECT r.id FROM round r JOIN tenant t ON t.id = r.tenant_id JOIN unit u ON u.id = t.unit_id WHERE u.code = $1) ORDER BY id LIMIT 1`, sample.TownshipCode),
	"competition": func(_ *testing.T, k *graphtest.Kit) any { return k.CompetitionID() }, "CompetitionPage.id": func(_ *testing.T, k *graphtest.Kit) any { return k.CompetitionID() },
	"ballots.competition": func(_ *testing.T, k *graphtest.Kit) any {
		return graphtest.ID("Competition", k.World.Observed.Competition)
	},
	"poll": func(_ *testing.T, k *graphtest.Kit) any { return graphtest.ID("Poll", k.World.Observed.Polls[0]) },
	"unit": first("Unit", unitOf, sample.TownshipCode), "township": first("Unit", unitOf, sample.TownshipCode), "parent": first("Unit", unitOf, sample.TownshipCode),
	"person":   func(_ *testing.T, k *graphtest.Kit) any { return k.PersonID("S1") },
	"user":     first("User", `SELECT p.user_id FROM person p JOIN tenant t ON t.id = p.tenant_id JOIN unit u ON u.id = t.unit_id WHERE u.code = $1 AND p.user_id IS NOT NULL ORDER BY p.pseudonym LIMIT 1`, sample.TownshipCode),
	"unitCode": plain(graphtest.VillageCode(1)), "CrosswalkItems.unitCode": plain(sample.TownshipCode),
	"from Date": plain("2023-04-01"), "to Date": plain("2023-10-31"), "from String": plain("2023-04"), "to String": plain("2023-09"),
	"year": plain(2023), "month": plain("2023-09"), "permission": plain("round:read"), "text": plain("村"), "seed": plain("种子"), "key": plain("half-year"),
	"RoundBlockers.to":       plain("PUBLISHED"),
	"IssuePage.id":           first("Issue", `SELECT i.id FROM issue i JOIN tenant t ON t.id = i.tenant_id JOIN unit u ON u.id = t.unit_id WHERE u.code = $1 ORDER BY i.id LIMIT 1`, sample.TownshipCode),
	"templates.id":           first("TemplateVersion", templateOf, sample.TownshipCode),
	"TemplateDifferences.to": first("TemplateVersion", templateOf, sample.TownshipCode), "TemplateDifferences.from": first("TemplateVersion", templateOf, sample.TownshipCode),
	"TemplateVersions.key": func(t *testing.T, k *graphtest.Kit) any {
		t.Helper()
		return templateKey(t, k)
	},
	"set": plain("village-type"), "FactsJob.id": first("Job", `SELECT id FROM job ORDER BY id LIMIT 1`),
	"ComparedPublication.id":    first("ComparisonPublication", `SELECT id FROM comparison_publication ORDER BY id LIMIT 1`),
	"webhook":                   first("WebhookEndpoint", `SELECT id FROM webhook_endpoint ORDER BY id LIMIT 1`),
	"TemplateCheckNow.document": plain("schemaVersion: 1\nkey: a\n"),
}

const templateOf = `SELECT v.id FROM template_version v JOIN tenant t ON t.id = v.tenant_id JOIN unit u ON u.id = t.unit_id WHERE u.code = $1 ORDER BY v.id LIMIT 1`

func templateKey(t *testing.T, k *graphtest.Kit) any {
	t.Helper()
	return k.Must(t, sample.Clerk, `{ templates(first: 1) { nodes { key } } }`, nil).Text(t, "templates", "nodes", 0, "key")
}
