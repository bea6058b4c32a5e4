package graphtest_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// change is one operation of the console that changes something: who sends it,
// and what, in a county that the changes before it have changed.
type change struct {
	name, who string
	input     func(t *testing.T, k *graphtest.Kit) graphtest.Vars
}

// statementsOfWhatTheConsoleChanges sends what no journey in the browser presses,
// in the console's own words. Each is done, without an error or a refusal, in no
// more statements than testdata/console_statements.txt allows one request.
func statementsOfWhatTheConsoleChanges(t *testing.T, county *graphtest.County) {
	t.Helper()
	k, table, texts := county.Open(t, graphtest.Setting{}), graphtest.ConsoleTable(t), map[string]string{}
	for _, o := range graphtest.ConsoleOperations(t) {
		texts[o.Name] = o.Text
	}
	var measured strings.Builder
	for _, c := range consoleChanges() {
		t.Run(c.name, func(t *testing.T) {
			vars := graphtest.Vars{"input": c.input(t, k)}
			if texts[c.name] == "" {
				t.Fatal("the console does not send it")
			}
			var r *graphtest.Result
			sent := k.SentSQL(func() { r = k.As(t, c.who, texts[c.name], vars) })
			if codes := r.Codes(); len(codes) > 0 || r.Status != 200 {
				log := k.Log()
				t.Fatalf("status %d, %v: %.700s\n%s", r.Status, codes, r.Body, log[max(0, len(log)-1000):])
			}
			for field := range r.Data {
				if payload, _ := r.At(t, field).(map[string]any); len(payload) < 2 || slices.Contains(slices.Collect(maps.Values(payload)), nil) {
					t.Errorf("nothing comes back: %s", r.Body)
				}
			}
			if most := table[c.name].Most; len(sent) > most {
				t.Errorf("%d statements, and testdata/console_statements.txt allows %d:\n%s", len(sent), most, strings.Join(sent, "\n"))
			}
			measured.WriteString(c.name + " - " + strconv.Itoa(len(sent)+8) + "\n")
		})
	}
	t.Logf("measured and eight more:\n%s", measured.String())
}

// revised adds the revision that a row has to what is sent about it.
func revised(t *testing.T, k *graphtest.Kit, table, where string, vars graphtest.Vars) graphtest.Vars {
	t.Helper()
	read := k.Strings(t, `SELECT revision::text FROM `+table+` WHERE `+where)
	if len(read) != 1 {
		t.Fatalf("%d rows of %s where %s", len(read), table, where)
	}
	n, err := strconv.Atoi(read[0])
	if err != nil {
		t.Fatal(err)
	}
	vars["revision"] = n
	return vars
}

// sends is an input that nothing has to be looked up for.
func sends(vars graphtest.Vars) func(*testing.T, *graphtest.Kit) graphtest.Vars {
	return func(*testing.T, *graphtest.Kit) graphtest.Vars { return vars }
}

// consoleChanges are the changes in the order in which they are made.
func consoleChanges() []change {
	var all []change
	for _, some := range [][]change{changesOfOrganisations(), changesOfPeople(), changesOfProgrammes(), changesOfEvidence(), changesOfIssues(), changesOfRounds(), changesOfFigures()} {
		all = append(all, some...)
	}
	return all
}

func changesOfOrganisations() []change {
	const named = "项目建设专班"
	of := func(t *testing.T, k *graphtest.Kit, name string) string {
		t.Helper()
		return graphtest.ID("Organisation", k.Key(t, `SELECT id FROM organisation WHERE name = $1 AND tenant_id = $2`, name, k.TenantOf(t, sample.TownshipCode)))
	}
	return []change{
		{"OrganisationAdd", sample.Clerk, sends(graphtest.Vars{"kind": "office", "name": named, "validFrom": "2023-09-01"})},
		{"OrganisationChange", sample.Clerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return graphtest.Vars{"organisation": of(t, k, named), "name": named + "办公室"}
		}},
		{"OrganisationEnd", sample.Clerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return graphtest.Vars{"organisation": of(t, k, named+"办公室"), "on": "2023-10-31"}
		}},
		{"CalendarDayChange", sample.Approver, sends(graphtest.Vars{"day": "2023-11-20", "workday": false, "name": "乡庆"})},
		{"ReadInbox", sample.Clerk, sends(graphtest.Vars{"all": true})},
		{"FactsCancel", sample.Clerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return graphtest.Vars{"job": k.Must(t, sample.Clerk, exportRequest, graphtest.Vars{"kind": "ISSUES", "format": "CSV"}).Text(t, "exportRequest", "job", "id")}
		}},
		{"AdminWebhookRedeliver", sample.Approver, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return graphtest.Vars{"delivery": graphtest.ID("WebhookDelivery", k.Key(t, `SELECT id FROM webhook_delivery ORDER BY sequence LIMIT 1`))}
		}},
	}
}

func changesOfPeople() []change {
	return []change{
		{"RosterAdd", sample.Clerk, sends(graphtest.Vars{"rows": []graphtest.Vars{
			{"name": "新任干部一", "pseudonym": "N1", "post": "township-cadre", "unitCode": sample.TownshipCode, "from": "2023-10-01"},
			{"name": "新任干部二", "pseudonym": "N2", "post": "township-cadre", "unitCode": sample.TownshipCode, "from": "2023-10-01"}}})},
		{"PersonName", sample.Clerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return graphtest.Vars{"person": k.PersonID("J6"), "name": "评比小组成员十二"}
		}},
		{"PostFinish", sample.Clerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			id := k.Key(t, `SELECT o.id FROM post o JOIN person p ON p.id = o.person_id WHERE p.pseudonym = 'N1' AND p.tenant_id = $1`, k.TenantOf(t, sample.TownshipCode))
			return graphtest.Vars{"post": graphtest.ID("Post", id), "on": "2023-10-31"}
		}},
		{"PersonLogin", sample.Approver, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			k.Must(t, sample.Approver, `mutation ($i: PersonLinkInput!) { personLink(input: $i) { userErrors { code } } }`, graphtest.Vars{"i": graphtest.Vars{"person": k.PersonID("J6")}})
			return graphtest.Vars{"person": k.PersonID("J6"), "login": k.World.Person("J6").Login}
		}},
		{"WorkHandOver", sample.Approver, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			serious(t, k, "办事大厅无人值守", 2)
			return graphtest.Vars{"from": k.PersonID("S2"), "to": k.PersonID("J5"), "note": "换届"}
		}},
	}
}

// activeTemplate is the template that the township's months go by.
func activeTemplate(t *testing.T, k *graphtest.Kit) string {
	t.Helper()
	return graphtest.ID("TemplateVersion", k.Key(t, `SELECT template_version_id FROM round WHERE id = $1`, k.World.Rounds["2023-09"]))
}

func changesOfProgrammes() []change {
	return []change{
		{"TemplateBranch", sample.Clerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return graphtest.Vars{"parent": activeTemplate(t, k), "key": "own-arena", "name": "本乡月评比"}
		}},
		{"CompetitionChange", sample.Clerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return revised(t, k, "competition", `id = '`+k.World.Competition.String()+`'`, graphtest.Vars{"competition": k.CompetitionID(), "filingNumber": "晴备〔2023〕8号"})
		}},
		{"CompetitionVersionAdd", sample.Clerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			return graphtest.Vars{"competition": k.CompetitionID(), "template": activeTemplate(t, k), "fromPeriod": "2024-01"}
		}},
		{"CompetitionEnd", sample.ObservedClerk, func(t *testing.T, k *graphtest.Kit) graphtest.Vars {
			t.Helper()
			id := k.World.Observed.Competition
			return revised(t, k, "competition", `id = '`+id.String()+`'`, graphtest.Vars{"competition": graphtest.ID("Competition", id)})
		}},
	}
}
