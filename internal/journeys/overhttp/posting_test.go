package overhttp_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// TestFirstSecretarysYearOverHTTP follows a first secretary of the county from
// the village that asks for one to the inspection of a half-year, each step by
// whom it falls to, and is refused on the way what must not be done.
// covers D01, D03, D04, D05, D06, D08, D09, D10, D11, D12, D13, D14, D20, D21, D24, D25, D26, D27, D28, D29, D30, D31, D37, D38, D39, D40, Q22, Q23, G7, G12
func TestFirstSecretarysYearOverHTTP(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	y.day("2023-04-26")
	y.planned(t)
	y.selected(t)
	y.filed(t)
	y.day("2023-08-02")
	y.stated(t)
	y.day("2024-01-10")
	y.followed(t)
	y.inspected(t)
	y.seenByOthers(t)
	y.recalled(t)
}

// year is the county's desk with the people this scheme adds to it.
type year struct {
	*desk
	kit               *graphtest.Kit
	competition, unit string
	demand, posting   string
	revision          int
}

func (y *year) day(date string) { y.kit.Clock.Set(calendar.MustDate(date), "09:00") }

// county people, by pseudonym: post, organisation and role of their login.
var countyPeople = []struct{ pseudonym, post, organisation, role string }{
	{"CP1", "department-head", "县委组织部", "township-approver"},
	{"F1", "department-staff", "县农业农村局", "first-secretary"},
	{"F2", "department-staff", "县农业农村局", ""},
	{"F3", "department-staff", "县农业农村局", "first-secretary"},
	{"M1", "mentor", "县委组织部", ""},
	{"U1", "unit-liaison", "县农业农村局", "unit-liaison"},
}

// newYear opens the desk, enters people and activates the preset.
func newYear(t *testing.T) *year {
	t.Helper()
	k := graphtest.New(t)
	y := &year{desk: newDesk(t, k), kit: k}
	y.tokens["CA1"] = k.Token("CA1")
	y.must2(t, `mutation($i: OrganisationCreateInput!) { organisationCreate(input: $i) { organisation { id } userErrors { code field } } }`,
		vars{"kind": "department", "name": "县委组织部", "validFrom": "2020-01-01"})
	y.unit = y.must2(t, `mutation($i: OrganisationCreateInput!) { organisationCreate(input: $i) { organisation { id } userErrors { code field } } }`,
		vars{"kind": "sending-unit", "name": "县农业农村局", "validFrom": "2020-01-01"}).Text(t, "organisationCreate", "organisation", "id")
	var rows []vars
	for i, p := range countyPeople {
		rows = append(rows, vars{"name": fmt.Sprintf("人员%d", i+1), "pseudonym": p.pseudonym, "post": p.post, "organisation": p.organisation, "from": "2020-01-01"})
	}
	y.must2(t, `mutation($i: RosterImportInput!) { rosterImport(input: $i) { userErrors { code field message row } } }`, vars{"rows": rows})
	for _, p := range y.sent(t, "CA1", `{ people(first: 100) { nodes { id pseudonym } } }`, nil).List(t, "people", "nodes") {
		person, _ := p.(map[string]any)
		pseudonym, _ := person["pseudonym"].(string)
		y.people[pseudonym], _ = person["id"].(string)
	}
	for _, p := range countyPeople {
		if p.role != "" {
			y.enrol(t, p.pseudonym, p.role)
		}
	}
	y.activate(t)
	return y
}

// sent sends a query of the test's own, which must be answered without error.
func (y *year) sent(t *testing.T, who, query string, v vars) *graphtest.Result {
	t.Helper()
	r, err := post(t, y.url, y.tokens[who], query, v)
	if err != nil {
		t.Fatal(err)
	}
	if codes := r.Codes(); len(codes) > 0 {
		t.Fatalf("%s: %v\n%s", query, codes, r.Body)
	}
	return r
}

// must2 sends a mutation with one input as the county's administrator.
func (y *year) must2(t *testing.T, query string, input vars) *graphtest.Result {
	t.Helper()
	return y.sent(t, "CA1", query, vars{"i": input})
}

// enrol gives a person a login, a role at the county, and a token that writes.
func (y *year) enrol(t *testing.T, who, role string) {
	t.Helper()
	const password = "Journey-2023-04"
	login := strings.ToLower(who) + "@county"
	y.must2(t, `mutation($i: UserCreateInput!) { userCreate(input: $i) { userErrors { code field } } }`,
		vars{"login": login, "password": password, "person": y.people[who]})
	y.must2(t, `mutation($i: GrantCreateInput!) { grantCreate(input: $i) { userErrors { code field message } } }`,
		vars{"login": login, "role": role, "unitCode": sample.CountyCode})
	r := y.inSession(t, y.signIn(t, login, password), `mutation($i: TokenCreateInput!) { tokenCreate(input: $i) { secret token { id } userErrors { code field } } }`,
		vars{"name": "journey", "days": 30, "write": true})
	y.tokens[who] = r.Text(t, "tokenCreate", "secret")
	admin := y.kit.World.Person("CA1")
	y.inSession(t, y.signIn(t, admin.Login, admin.Password), `mutation($i: TokenApproveInput!) { tokenApprove(input: $i) { userErrors { code field } } }`,
		vars{"token": r.Text(t, "tokenCreate", "token", "id")})
}

// inSession sends a mutation with one input as somebody who signed in.
func (y *year) inSession(t *testing.T, cookie *http.Cookie, query string, input vars) *graphtest.Result {
	t.Helper()
	body, err := json.Marshal(vars{"query": query, "variables": vars{"i": input}})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, y.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.AddCookie(cookie)
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var text bytes.Buffer
	if _, err := text.ReadFrom(answer.Body); err != nil {
		t.Fatal(err)
	}
	r := &graphtest.Result{Body: text.String()}
	if err := json.Unmarshal(text.Bytes(), r); err != nil || len(r.Codes()) > 0 {
		t.Fatalf("%s: %v\n%s", query, err, r.Body)
	}
	return r
}

func (y *year) signIn(t *testing.T, login, password string) *http.Cookie {
	t.Helper()
	body, err := json.Marshal(map[string]string{"login": login, "password": password})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, y.url+"/auth/login", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	for _, c := range answer.Cookies() {
		if c.Value != "" {
			return c
		}
	}
	t.Fatalf("%s cannot sign in: %d", login, answer.StatusCode)
	return nil
}

// activate takes the preset as it stands in the library.
func (y *year) activate(t *testing.T) {
	t.Helper()
	preset, err := os.ReadFile("../../../examples/templates/first-secretary-term.yaml")
	if err != nil {
		t.Fatal(err)
	}
	made := y.must(t, "CA1", "template-create", vars{"document": string(preset)})
	y.must(t, "CA1", "template-activate", vars{"template": made.Text(t, "templateCreate", "template", "id"),
		"revision": made.Int(t, "templateCreate", "template", "revision"), "confirm": made.List(t, "templateCreate", "template", "toConfirm")})
	y.competition = y.must(t, "CP1", "competition-create", vars{"input": vars{"name": "第一书记和工作队（2023—2025）", "template": made.Text(t, "templateCreate", "template", "id"),
		"fromPeriod": "2023", "filingNumber": "岚考备〔2023〕9号", "notice": vars{"number": "岚组发〔2023〕3号", "issuer": "县委组织部", "date": "2023-03-20",
			"title": "关于选派第一书记和工作队的通知", "distribution": []string{"各乡镇", "县直各单位"}},
		"leadingGroup": vars{"members": []vars{{"seat": "head", "title": "县委组织部部长"}}, "offices": []string{"组织部组织科"}, "officeHead": "组织科科长"}}}).Text(t, "competitionCreate", "competition", "id")
}

// planned plans the village first (D01, D09).
func (y *year) planned(t *testing.T) {
	t.Helper()
	plan := vars{"competition": y.competition, "unitCode": code(0), "byNeed": true, "bound": y.unit, "cluster": "沿河三村", "funds": "按人口和需求调节"}
	y.refused(t, "U1", "posting-plan", vars{"input": plan}, "FORBIDDEN")
	y.refused(t, "CA1", "posting-plan", vars{"input": vars{"competition": y.competition, "unitCode": "999999999999"}}, "NOT_FOUND")
	y.demand = y.must(t, "CA1", "posting-plan", vars{"input": plan}).Text(t, "postingPlan", "demand", "id")
	y.refused(t, "CA1", "posting-plan", vars{"input": plan}, "ALREADY_EXISTS")
}

func (y *year) nominate(person, role string) vars {
	return vars{"input": vars{"demand": y.demand, "person": y.people[person], "role": role, "sender": y.unit,
		"selectedOn": "2023-04-10", "by": "县农业农村局人事股", "on": "2023-04-10"}}
}

// selected checks two people on the selection date: one is barred, and stays so
// through all steps.
func (y *year) selected(t *testing.T) {
	t.Helper()
	facts := func(person, full string) vars {
		return vars{"input": vars{"person": y.people[person], "born": "1990-05-01", "fullMemberSince": full, "workSince": "2012-07-01"}}
	}
	y.refused(t, "CA1", "posting-nominate", y.nominate("F1", "FIRST_SECRETARY"), "POSTING_FACTS_MISSING")
	y.refused(t, "CA1", "posting-facts", facts("F1", "2030-01-01"), "POSTING_FACT_DATE")
	y.must(t, "CA1", "posting-facts", facts("F1", "2022-04-10"))
	y.must(t, "CA1", "posting-facts", facts("F2", "2022-04-11"))
	y.must(t, "CA1", "posting-facts", facts("F3", "2012-06-01"))
	y.refused(t, "CA1", "posting-nominate", y.nominate("F1", "TEAM_MEMBER"), "POSTING_NOT_ASKED")
	barred := y.must(t, "CA1", "posting-nominate", y.nominate("F2", "FIRST_SECRETARY"))
	if got := fmt.Sprint(barred.List(t, "postingNominate", "check", "reasons")); got != "[PARTY_YEARS]" {
		t.Errorf("one day short of a year as a full member: %s", got)
	}
	fit := y.must(t, "CA1", "posting-nominate", y.nominate("F1", "FIRST_SECRETARY"))
	if got := fit.List(t, "postingNominate", "check", "reasons"); len(got) != 0 {
		t.Errorf("a full member for a year on the day: %v", got)
	}
	y.refused(t, "CA1", "posting-nominate", y.nominate("F1", "FIRST_SECRETARY"), "ALREADY_EXISTS")
	other := barred.Text(t, "postingNominate", "posting", "id")
	for i, to := range []string{"CONSULTED", "DECIDED"} {
		y.must(t, "CA1", "posting-advance", step(other, i+1, to, "2023-04-12", nil))
	}
	r := y.refused(t, "CA1", "posting-advance", step(other, 3, "FILED", "2023-04-13", nil), "POSTING_BARRED")
	if n := len(r.List(t, "postingAdvance", "userErrors")); n != 3 { // both declarations are missing, too
		t.Errorf("%d reasons are told at once", n)
	}
	y.posting, y.revision = fit.Text(t, "postingNominate", "posting", "id"), 1
}

func step(posting string, revision int, to, on string, more vars) vars {
	in := vars{"posting": posting, "revision": revision, "to": to, "by": "县委组织部", "on": on, "record": "岚组〔2023〕1号"}
	for k, v := range more {
		in[k] = v
	}
	return vars{"input": in}
}

// filed takes the fit one to the village.
func (y *year) filed(t *testing.T) {
	t.Helper()
	advance := func(to, on string, more vars) *graphtest.Result {
		r := y.must(t, "CA1", "posting-advance", step(y.posting, y.revision, to, on, more))
		y.revision = r.Int(t, "postingAdvance", "posting", "revision")
		return r
	}
	y.refused(t, "CA1", "posting-advance", step(y.posting, 1, "FILED", "2023-04-12", nil), "POSTING_STAGE")
	advance("CONSULTED", "2023-04-12", nil)
	y.refused(t, "CA1", "posting-advance", step(y.posting, 1, "DECIDED", "2023-04-13", nil), "STALE_REVISION")
	advance("DECIDED", "2023-04-13", nil)
	y.refused(t, "CA1", "posting-advance", step(y.posting, y.revision, "FILED", "2023-04-14", nil), "POSTING_DECLARATION")
	y.must(t, "CA1", "posting-facts", vars{"input": vars{"person": y.people["F1"], "born": "1990-05-01", "fullMemberSince": "2022-04-10",
		"workSince": "2012-07-01", "political": true, "health": true, "revision": 1}})
	advance("FILED", "2023-04-14", nil)
	y.refused(t, "CA1", "posting-advance", step(y.posting, y.revision, "POSTED", "2023-05-01", vars{"from": "2023-05-01"}), "POSTING_STEP_FUTURE")
	y.day("2023-05-12")
	if got := advance("POSTED", "2023-05-01", vars{"from": "2023-05-01"}).Text(t, "postingAdvance", "posting", "lastDay"); got != "2025-04-30" {
		t.Errorf("a term of two years ends on %s", got)
	}
	arrange := vars{"posting": y.posting, "revision": y.revision, "mentor": y.people["M1"], "liaison": y.people["U1"],
		"detached": true, "partyMovedOn": "2023-05-02", "outsideHeadcount": true, "recordedOn": "2023-05-10"}
	wrong := vars{"input": vars{"posting": y.posting, "revision": y.revision, "mentor": y.people["U1"], "liaison": y.people["M1"], "detached": true, "outsideHeadcount": true}}
	if r := y.refused(t, "CA1", "posting-arrange", wrong, "POSTING_MENTOR"); len(r.Codes()) != 2 {
		t.Errorf("a mentor and a liaison who are none: %v", r.Codes())
	}
	r := y.must(t, "CA1", "posting-arrange", vars{"input": arrange})
	y.revision = r.Int(t, "postingArrange", "posting", "revision")
}
