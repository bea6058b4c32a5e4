package overhttp_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/graphtest"
	"leitai/internal/httpserver"
	"leitai/internal/sample"
	"leitai/internal/wiring/edge"
)

// signedInAt is a browser of somebody of the county.
func signedInAt(t *testing.T, url string, who *sample.Person) *caller {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &caller{url: url, client: &http.Client{Jar: jar, Timeout: time.Minute}}
	if r := c.send(t, http.MethodPost, "/auth/login", vars{"login": who.Login, "password": who.Password}); r.Status != http.StatusOK {
		t.Fatalf("%s cannot sign in: %d %s", who.Pseudonym, r.Status, r.Body)
	}
	return c
}

// hosted is a county that plays, with the platform beside it.
func hosted(t *testing.T) (*graphtest.Kit, *service) {
	t.Helper()
	k := graphtest.New(t)
	s := &service{app: k.App, maint: k.DB.Maint(t)}
	s.platform(t)
	// Readings live in real time; the county's clock stands just ahead of it.
	soon := time.Now().Add(2 * time.Minute).In(time.FixedZone("", 8*60*60))
	k.Clock.Set(calendar.FromTime(soon, soon.Location()), soon.Format("15:04"))
	options := httpserver.Defaults()
	options.SecureCookies = false
	server := httptest.NewServer(edge.New(k.App, options).Handler())
	t.Cleanup(server.Close)
	s.url = server.URL
	return k, s
}

// call sends a generated operation.
func (c *caller) call(t *testing.T, query string) *graphtest.Result {
	t.Helper()
	return c.send(t, http.MethodPost, "/graphql", vars{"query": query})
}

// theirs gives ids of the township where there are any.
func theirs(k *graphtest.Kit) graphtest.IDs {
	known := map[string]string{"Round": k.RoundID("2023-04"), "Competition": k.CompetitionID(), "Person": k.PersonID("S1"),
		"User": graphtest.ID("User", k.World.Person("S1").User)}
	return func(kind, path string) string {
		if id := known[kind]; id != "" {
			return id
		}
		return graphtest.Unknown(kind, path)
	}
}

// The platform's operator reads nothing of a tenant and changes nothing in it,
// whatever is asked. By break glass, on record in both audits, everything can be
// read but ballots, nothing can be written, and the tenant sees it and ends it.
func TestTheOperatorReadsOnRecordOnly(t *testing.T) {
	t.Parallel()
	k, s := hosted(t)
	operator := s.signedIn(t, oneOperator)
	township := k.TenantOf(t, sample.TownshipCode)
	canaries := k.Strings(t, `SELECT name FROM person_name WHERE tenant_id = $1 UNION SELECT name FROM competition WHERE tenant_id = $1
		UNION SELECT pseudonym FROM person WHERE tenant_id = $1 AND length(pseudonym) > 4`, township)
	before := k.Fingerprint(t, township)
	for _, root := range graphtest.Roots() {
		body := operator.call(t, root.Call(2, theirs(k))).Body
		for _, canary := range canaries {
			if strings.Contains(body, `"`+canary+`"`) {
				t.Errorf("%s shows the operator %q", root.Name, canary)
			}
		}
	}
	if r := operator.send(t, http.MethodPost, "/auth/tenant", vars{"tenant": township}); r.Status == http.StatusNoContent {
		t.Error("the operator moves to the township without a record")
	}
	if k.Fingerprint(t, township) != before {
		t.Error("the operator changed rows of the township")
	}
	record := s.opened(t, operator)
	s.reads(t, k, operator, township)
	s.endedByTheTownship(t, k, operator, record)
	for _, tenant := range []string{township.String(), k.Strings(t, `SELECT id FROM tenant WHERE kind = 'platform'`)[0]} {
		acts := k.Strings(t, `SELECT action FROM audit_entry WHERE tenant_id = $1 AND action LIKE 'glass:%' ORDER BY seq`, tenant)
		if !slices.Equal(acts, []string{"glass:ask", "glass:end"}) {
			t.Errorf("the audit of %s tells %v", tenant, acts)
		}
	}
}

// opened asks for two hours; there is no second operator to ask.
func (s *service) opened(t *testing.T, operator *caller) (record string) {
	t.Helper()
	wish := func(reason string, hours int) vars {
		return vars{"unitCode": sample.TownshipCode, "reason": reason, "hours": hours}
	}
	operator.refused(t, "break-glass", wish("看看", 2), "GLASS_REASON")
	operator.refused(t, "break-glass", wish("核对四月成绩计算异常", 9), "GLASS_HOURS")
	r := operator.must(t, "break-glass", wish("核对四月成绩计算异常", 2))
	if r.Text(t, "breakGlass", "record", "state") != "OPEN" {
		t.Errorf("the only operator waits: %s", r.Body)
	}
	record = r.Text(t, "breakGlass", "record", "id")
	operator.refused(t, "break-glass-approve", vars{"record": record}, "GLASS_NOT_WAITING")
	return record
}

// reads moves to the township and reads there; no mutation changes anything, and
// no field of ballots answers.
func (s *service) reads(t *testing.T, k *graphtest.Kit, operator *caller, township uuid.UUID) {
	t.Helper()
	if r := operator.send(t, http.MethodPost, "/auth/tenant", vars{"tenant": township}); r.Status != http.StatusNoContent && r.Status != http.StatusOK {
		t.Fatalf("the operator cannot move: %d %s", r.Status, r.Body)
	}
	if n := len(operator.must(t, "people", nil).List(t, "people", "nodes")); n < 20 {
		t.Errorf("by break glass %d people are read", n)
	}
	before := k.Fingerprint(t, township)
	for _, root := range graphtest.Roots() {
		if root.Mutation || root.Permission == "ballot:read" {
			r := operator.call(t, root.Call(1, theirs(k)))
			if root.Permission == "ballot:read" && !slices.Contains(r.Codes(), "FORBIDDEN") {
				t.Errorf("%s by break glass: %s", root.Name, r.Body)
			}
		}
	}
	if k.Fingerprint(t, township) != before {
		t.Error("something was written by break glass")
	}
}

// endedByTheTownship: its approver sees who reads and why, and ends it.
func (s *service) endedByTheTownship(t *testing.T, k *graphtest.Kit, operator *caller, record string) {
	t.Helper()
	approver := signedInAt(t, s.url, k.World.Person(sample.Approver))
	list := approver.must(t, "break-glasses", nil)
	if list.Text(t, "breakGlasses", 0, "operatorLogin") != oneOperator || list.Text(t, "breakGlasses", 0, "id") != record {
		t.Errorf("the township sees %s", list.Body)
	}
	sibling := signedInAt(t, s.url, k.World.Person("XA1"))
	if n := len(sibling.must(t, "break-glasses", nil).List(t, "breakGlasses")); n != 0 {
		t.Errorf("another township sees %d records", n)
	}
	sibling.refused(t, "break-glass-end", vars{"record": record}, "NOT_FOUND")
	signedInAt(t, s.url, k.World.Person(sample.Clerk)).refused(t, "break-glass-end", vars{"record": record}, "FORBIDDEN")
	approver.must(t, "break-glass-end", vars{"record": record})
	approver.refused(t, "break-glass-end", vars{"record": record}, "GLASS_OVER")
	operator.refused(t, "people", nil, "FORBIDDEN")
}

// With two operators one asks and the other opens it; the second one is invited
// by the first, and needs a second factor, too.
func TestTwoOperatorsOpenAReading(t *testing.T) {
	t.Parallel()
	s := newService(t)
	first := s.signedIn(t, oneOperator)
	s.apply(t, sample.TownshipCode, "qinghe-admin")
	if r := first.decide(t, "qinghe-admin", vars{"approve": true}); len(r.Codes()) > 0 {
		t.Fatal(r.Body)
	}
	first.refused(t, "invitation-create", vars{"role": "county-admin", "unitCode": "", "name": "某人"}, "ROLE_NOT_HERE")
	sent := first.must(t, "invitation-create", vars{"role": "platform-operator", "unitCode": "", "name": "运维乙"})
	accepted := s.caller(t).send(t, http.MethodPost, "/auth/invitations/accept",
		vars{"secret": sent.Text(t, "invitationCreate", "secret"), "login": "operator-2", "password": firstPassword})
	if accepted.Status != http.StatusOK {
		t.Fatalf("%d %s", accepted.Status, accepted.Body)
	}
	second := s.signedIn(t, "operator-2")
	asked := first.must(t, "break-glass", vars{"unitCode": sample.TownshipCode, "reason": "核对四月成绩计算异常", "hours": 1})
	record := vars{"record": asked.Text(t, "breakGlass", "record", "id")}
	township := s.signedIn(t, "qinghe-admin")
	if township.must(t, "break-glasses", nil).Text(t, "breakGlasses", 0, "state") != "WAITING" {
		t.Error("the township does not see the wish")
	}
	first.refused(t, "break-glass-approve", record, "GLASS_NOT_WAITING")
	if second.must(t, "break-glass-approve", record).Text(t, "breakGlassApprove", "record", "state") != "OPEN" {
		t.Error("the second operator opened nothing")
	}
	township.refused(t, "break-glass", vars{"unitCode": sample.TownshipCode, "reason": "核对四月成绩计算异常", "hours": 1}, "FORBIDDEN")
	second.must(t, "break-glass-end", record)
}

// A suspended township reads and changes nothing, a closed one is out, and both
// see at their next request; it is told why, and so is its audit.
func TestSuspensionIsInForceAtOnce(t *testing.T) {
	t.Parallel()
	k, s := hosted(t)
	operator := s.signedIn(t, oneOperator)
	d := openDesk(t, s.url, k.World.Manifest())
	at := func(v vars) vars { v["unitCode"] = sample.TownshipCode; return v }
	approver := signedInAt(t, s.url, k.World.Person(sample.Approver))
	change := func() *graphtest.Result { return approver.ask(t, "villages-confirm", vars{"leaveOut": []string{}}) }
	if r := change(); len(r.Codes()) > 0 {
		t.Fatal(r.Body)
	}
	operator.must(t, "tenant-suspend", at(vars{"close": false, "reason": "账号异常，核查期间只读"}))
	if r := change(); !slices.Contains(r.Codes(), "FORBIDDEN") {
		t.Errorf("a suspended township changes: %s", r.Body)
	}
	if approver.must(t, "usage", nil).Text(t, "usage", "access") != "READ_ONLY" {
		t.Error("it does not read that it is suspended")
	}
	if !strings.Contains(approver.must(t, "holds", nil).Text(t, "holds", 0, "reason"), "核查") {
		t.Error("it does not read why")
	}
	operator.refused(t, "tenant-suspend", at(vars{"close": true, "reason": "核查"}), "TENANT_HELD")
	operator.must(t, "tenant-restore", at(vars{"reason": "核查完毕"}))
	operator.must(t, "tenant-suspend", at(vars{"close": true, "reason": "撤乡并镇"}))
	for who, r := range map[string]*graphtest.Result{"a session": approver.ask(t, "rounds", nil), "a token": d.ask(t, sample.Clerk, "rounds", nil)} {
		if r.Status != http.StatusUnauthorized {
			t.Errorf("%s of a closed township: %d %s", who, r.Status, r.Body)
		}
	}
	list := operator.must(t, "hosted-tenants", vars{"search": sample.TownshipCode})
	if list.Text(t, "hostedTenants", "nodes", 0, "access") != "CLOSED" || len(list.List(t, "hostedTenants", "nodes")) != 1 {
		t.Errorf("the platform reads %s", list.Body)
	}
	operator.must(t, "tenant-restore", at(vars{"reason": "恢复"}))
	if r := change(); len(r.Codes()) > 0 {
		t.Errorf("restored: %s", r.Body)
	}
	s.plans(t, operator, approver)
}

// plans: the operator offers one and gives it; the township sees it; whole lists
// are read page by page.
func (s *service) plans(t *testing.T, operator, approver *caller) {
	t.Helper()
	operator.must(t, "plan-put", vars{"key": "small", "name": "小乡镇", "villages": 20, "storageMegabytes": 100, "requests": 1000})
	operator.refused(t, "plan-assign", vars{"unitCode": sample.TownshipCode, "plan": "gold"}, "PLAN_UNKNOWN")
	operator.refused(t, "plan-assign", vars{"unitCode": "000000000", "plan": "small"}, "TENANT_UNKNOWN")
	operator.must(t, "plan-assign", vars{"unitCode": sample.TownshipCode, "plan": "small"})
	if approver.must(t, "usage", nil).Int(t, "usage", "plan", "storageMegabytes") != 100 || len(approver.must(t, "plans", nil).List(t, "plans")) < 4 {
		t.Error("the township does not read its plan")
	}
	approver.refused(t, "hosted-tenants", nil, "FORBIDDEN")
	var seen []any
	after := any(nil)
	for {
		page := operator.must(t, "hosted-tenants", vars{"first": 1, "after": after})
		seen = append(seen, page.At(t, "hostedTenants", "nodes", 0, "unitCode"))
		if page.At(t, "hostedTenants", "pageInfo", "hasNextPage") != true {
			break
		}
		after = page.At(t, "hostedTenants", "pageInfo", "endCursor")
	}
	if !slices.Equal(seen, []any{sample.CountyCode, sample.TownshipCode, sample.SiblingCode}) {
		t.Errorf("the pages have %v", seen)
	}
	if err := s.app.Hosting.Meter.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	month := time.Now().In(time.FixedZone("", 8*60*60)).Format("2006-01")
	if lines := operator.must(t, "statement", vars{"month": month, "scope": "ALL"}).List(t, "statement"); len(lines) != 4 {
		t.Errorf("the platform's statement has %d lines", len(lines))
	}
	own := approver.send(t, http.MethodGet, "/statement.csv?month="+month, nil)
	if own.Status != http.StatusOK || strings.Count(own.Body, "\n") != 2 || !strings.Contains(own.Body, sample.TownshipCode+",") {
		t.Errorf("the statement as a file: %d %q", own.Status, own.Body)
	}
	if r := approver.send(t, http.MethodGet, "/statement.csv?scope=all&month="+month, nil); r.Status != http.StatusForbidden {
		t.Errorf("everybody's statement: %d", r.Status)
	}
}
