package overhttp_test

import (
	"testing"

	"github.com/google/uuid"

	"leitai/internal/exact"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// month is the month that is driven over HTTP.
const month = "2023-04"

// code is the statistical code of a village of the data.
func code(n int) string { return graphtest.VillageCode(n + 1) }

// panels are the review groups as the clerk enters them: two on site, one for
// the ledgers, two of the office and one or two seconded cadres each. The second
// group's own members are named by the caller.
func (d *desk) panels(second ...string) vars {
	group := func(name string, items, channels []string, members ...string) vars {
		return vars{"name": name, "items": items, "channels": channels, "members": d.ids(members...)}
	}
	seat := func(person string, panel int) vars { return vars{"person": d.people[person], "panel": panel} }
	return vars{
		"panels": []vars{
			group("现场督查一组", []string{"party"}, []string{"onsite"}, "J1", "J2"),
			group("现场督查二组", []string{"rural", "habitat"}, []string{"onsite"}, second...),
			group("台账评审组", nil, []string{"ledger"}, "J5", "J6"),
		},
		"seconded": vars{"assigned": []vars{seat("K1", 1), seat("K2", 2), seat("K3", 2), seat("K4", 3)}},
	}
}

// mark is one mark as a client sends it.
func mark(village int, item, channel, value string) vars {
	return vars{"id": uuid.NewString(), "unitCode": code(village), "item": item, "channel": channel, "value": value}
}

// batches deals out the marks of the month: the seconded cadres take the second
// half of the villages from a colleague, none of which is their own.
func batches(t *testing.T) map[string][]vars {
	t.Helper()
	m, err := sample.LoadMonths()
	if err != nil {
		t.Fatal(err)
	}
	onsite := map[string][3]string{"party": {"J1", "J2", "K1"}, "rural": {"J3", "J4", "K2"}, "habitat": {"J3", "J4", "K3"}}
	ledger := map[string][2]string{"party": {"J5", "J5"}, "rural": {"J6", "J6"}, "habitat": {"J6", "K4"}}
	all := map[string][]vars{}
	for v, village := range m.Villages {
		half := v / 6
		for item, cell := range m.Marks[month][village] {
			give := func(judge, channel string, n exact.Number) {
				all[judge] = append(all[judge], mark(v, item, channel, n.String()))
			}
			give(onsite[item][0], "onsite", cell.Onsite[0])
			give(onsite[item][1+half], "onsite", cell.Onsite[1])
			give(ledger[item][half], "ledger", cell.Ledger)
		}
	}
	return all
}
