package overhttp_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/sample"
)

// assessors are those who assess the county's first secretaries together, with
// the clerk of the round and the one who confirms (D32).
var assessors = []struct{ pseudonym, role string }{
	{"DJ1", "judge"}, {"DJ2", "judge"}, {"DJ3", "judge"}, {"DR1", "confirmer"}, {"DC1", "township-clerk"},
}

// TestFirstSecretarysAssessmentOverHTTP takes a first secretary from the selection
// to the annual grade: planned, checked, filed, days stated by the township, then
// assessed by several departments; the floor of 30 % of one is a seat, the result
// is fed back to the sending unit, and the person stands on the list.
// covers D32, D33, D36, Q19
func TestFirstSecretarysAssessmentOverHTTP(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	y.day("2023-04-26")
	y.planned(t)
	y.selected(t)
	y.filed(t)
	y.day("2023-08-02")
	y.stated(t)
	y.assembled(t)
	y.assessed(t)
	y.fedBack(t)
}

// assembled enters the assessors and dates the year's round.
func (y *year) assembled(t *testing.T) {
	t.Helper()
	var rows []vars
	for i, p := range assessors {
		rows = append(rows, vars{"name": fmt.Sprintf("考核人员%d", i+1), "pseudonym": p.pseudonym, "post": "department-staff", "organisation": "县委组织部", "from": "2020-01-01"})
	}
	r := y.must2(t, `mutation($i: RosterImportInput!) { rosterImport(input: $i) { people { id } userErrors { code field message row } } }`, vars{"rows": rows})
	for i, p := range assessors {
		y.people[p.pseudonym] = r.Text(t, "rosterImport", "people", i, "id")
		y.enrol(t, p.pseudonym, p.role)
	}
	y.day("2023-11-20")
	plan := y.must(t, "DC1", "rounds-plan", vars{"competition": y.competition, "from": "2023", "to": "2023"})
	y.round, y.rev = plan.Text(t, "roundsPlan", "entries", 0, "round", "id"), 1
	if held := plan.Text(t, "roundsPlan", "entries", 0, "held"); held != "2023-12-01" {
		t.Errorf("the window opens on %s", held)
	}
	y.step(t, "DC1", "rubric-publish", nil)
	y.step(t, "DC1", "panels-set", vars{"panels": []vars{{"name": "部门联合考核组", "members": y.ids("DJ1", "DJ2", "DJ3")}}, "seconded": vars{"assigned": []vars{}}})
	y.step(t, "DC1", "round-notify", vars{"number": "岚组考〔2023〕9号", "venue": "县委组织部"})
	y.day("2023-12-01")
	y.step(t, "DC1", "round-open", nil)
}

// assessed lets three departments mark; two are not enough to close.
func (y *year) assessed(t *testing.T) {
	t.Helper()
	for n, judge := range []string{"DJ1", "DJ2", "DJ3"} {
		var marks []vars
		for _, item := range []string{"conduct", "service", "discipline", "results"} {
			marks = append(marks, vars{"id": uuid.NewString(), "subject": y.people["F1"], "item": item, "channel": "verification", "value": fmt.Sprint(88 + 2*n)})
		}
		y.must(t, judge, "marks-submit", vars{"round": y.round, "marks": marks})
		if n == 1 {
			y.refused(t, "DC1", "round-close", y.on(nil), "MARKS_MISSING")
		}
	}
	y.must(t, "DR1", "marks-confirm", vars{"round": y.round, "marks": y.marksAs(t, "DR1")})
	for _, step := range []string{"round-close", "round-compute", "round-announce"} {
		y.step(t, "DC1", step, nil)
	}
	y.refused(t, "DC1", "round-publish", y.on(nil), "FORBIDDEN")
	y.day("2023-12-12")
	y.step(t, "CP1", "round-publish", vars{"comment": "同意，结果反馈派出单位。", "bulletinNumber": "岚组通〔2023〕6号"})
}

// fedBack: the seat, the list of outstanding cadres, and what the person, the
// liaison of the sending unit and the township read of the grade.
func (y *year) fedBack(t *testing.T) {
	t.Helper()
	grades := y.must(t, "CP1", "grades", vars{"round": y.round})
	seat := fmt.Sprint(grades.At(t, "board", "grades", 0, "seats", 0))
	if !strings.Contains(seat, "seats:1") || !strings.Contains(seat, "taken:1") || grades.Text(t, "board", "grades", 0, "lines", 0, "value") != "90" {
		t.Errorf("the floor of one: %s of %s", seat, grades.Body)
	}
	listed := y.must(t, "CA1", "outstanding-cadres", vars{"competition": y.competition}).List(t, "outstandingCadres")
	if len(listed) != 1 || !strings.Contains(fmt.Sprint(listed), "F1") || !strings.Contains(fmt.Sprint(listed), "2023") {
		t.Errorf("outstanding: %v", listed)
	}
	const own = `query($id: ID!) { posting(id: $id) { grades { year grade } } }`
	for who, want := range map[string]int{"F1": 1, "U1": 1, sample.Clerk: 0} {
		if got := y.sent(t, who, own, vars{"id": y.posting}).List(t, "posting", "grades"); len(got) != want {
			t.Errorf("%s reads the grades %v", who, got)
		}
	}
}
