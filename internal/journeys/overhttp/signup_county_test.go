package overhttp_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"leitai/internal/sample"
)

const adopt = `mutation($u: String!) { adoptionAgree(input: {otherUnitCode: $u}) { adoption { agreedHere agreedThere } userErrors { code } } }`

// Where a county is a tenant, it decides and nobody else; it offers the adoption
// with its approval, its plan holds below it, and its statement tells counts of
// the townships it adopted.
func TestACountyDecidesOnItsTownships(t *testing.T) {
	t.Parallel()
	s := newService(t)
	operator := s.signedIn(t, oneOperator)
	s.apply(t, sample.CountyCode, "lanshan-admin")
	if r := operator.decide(t, "lanshan-admin", vars{"approve": true}); len(r.Codes()) > 0 {
		t.Fatal(r.Body)
	}
	county := s.signedIn(t, "lanshan-admin")
	s.apply(t, sample.TownshipCode, "lanshan-admin") // a login that is taken: nobody is told
	if waiting := operator.must(t, "signups", vars{"state": "WAITING"}).List(t, "signups"); len(waiting) != 0 {
		t.Errorf("the platform sees %d applications that are the county's", len(waiting))
	}
	if r := county.decide(t, "lanshan-admin", vars{"approve": true}); !slices.Contains(r.Codes(), "ALREADY_EXISTS") || !strings.Contains(r.Body, `"field":"login"`) {
		t.Errorf("a login that is taken: %s", r.Body)
	}
	if r := county.decide(t, "lanshan-admin", vars{"approve": true, "login": "qinghe-admin"}); len(r.Codes()) > 0 {
		t.Fatal(r.Body)
	}
	township := s.signedIn(t, "qinghe-admin")
	township.refused(t, "signups", vars{"state": "WAITING"}, "FORBIDDEN")
	township.refused(t, "plan-put", vars{"key": "free", "name": "免费"}, "FORBIDDEN")
	township.refused(t, "plan-assign", vars{"unitCode": sample.TownshipCode, "plan": "county"}, "FORBIDDEN")
	if plan := township.must(t, "usage", nil).Text(t, "usage", "plan", "key"); plan != "trial" {
		t.Errorf("below the county the plan is %q", plan)
	}
	if lines := county.must(t, "statement", vars{"month": "2026-11", "scope": "BELOW"}).List(t, "statement"); len(lines) != 0 {
		t.Errorf("before the township agreed its counts are told: %v", lines)
	}
	agreed := township.send(t, http.MethodPost, "/graphql", vars{"query": adopt, "variables": vars{"u": sample.CountyCode}})
	if agreed.At(t, "adoptionAgree", "adoption", "agreedThere") != true || agreed.At(t, "adoptionAgree", "adoption", "agreedHere") != true {
		t.Errorf("the county did not offer the adoption: %s", agreed.Body)
	}
	if lines := county.must(t, "statement", vars{"month": "2026-11", "scope": "BELOW"}).List(t, "statement"); len(lines) != 1 {
		t.Errorf("the county's statement has %d lines", len(lines))
	}
	county.refused(t, "statement", vars{"month": "2026-11", "scope": "ALL"}, "FORBIDDEN")
	s.again(t, county)
}

// A unit that is a tenant can only be refused, politely; the applicant reads why.
// Who sends too many applications waits.
func (s *service) again(t *testing.T, county *caller) {
	t.Helper()
	receipt := s.apply(t, sample.TownshipCode, "someone-else")
	if r := county.decide(t, "someone-else", vars{"approve": true}); !slices.Contains(r.Codes(), "SIGNUP_UNIT_TAKEN") {
		t.Errorf("a unit that is a tenant: %s", r.Body)
	}
	if r := county.decide(t, "someone-else", vars{"approve": false}); !slices.Contains(r.Codes(), "REQUIRED") {
		t.Errorf("without a reason: %s", r.Body)
	}
	if r := county.decide(t, "someone-else", vars{"approve": false, "reason": "贵乡已开通，请联系张书记"}); len(r.Codes()) > 0 {
		t.Error(r.Body)
	}
	visitor := s.caller(t)
	if r := visitor.send(t, http.MethodPost, "/signup/state", vars{"receipt": strings.ToLower(receipt)}); !strings.Contains(r.Body, "贵乡已开通") || !strings.Contains(r.Body, "refused") {
		t.Errorf("the receipt tells %s", r.Body)
	}
	if r := visitor.send(t, http.MethodPost, "/signup/state", vars{"receipt": "AAAAAAAAAAAAAAAAAAAAAAAAAA"}); !slices.Contains(r.Codes(), "SIGNUP_RECEIPT") {
		t.Errorf("a receipt of nobody: %s", r.Body)
	}
	wrong := form("990101", "a b")
	wrong["password"], wrong["unitCode"] = "1", "99"
	for _, bad := range []vars{wrong, {"unitCode": "x"}, form("000000", "nobody")} {
		if r := visitor.send(t, http.MethodPost, "/signup", bad); r.Status != http.StatusBadRequest && r.Status != http.StatusTooManyRequests {
			t.Errorf("%v: %d %s", bad, r.Status, r.Body)
		}
	}
	status := 0
	for range 6 {
		status = visitor.send(t, http.MethodPost, "/signup", form(sample.SiblingCode, "another-one")).Status
	}
	if status != http.StatusTooManyRequests {
		t.Errorf("many applications: %d", status)
	}
	var kept int
	if err := s.maint.QueryRowContext(t.Context(), `SELECT count(*) FROM signup WHERE login = 'another-one'`).Scan(&kept); err != nil || kept > 3 {
		t.Errorf("%d applications for one unit wait, %v", kept, err)
	}
}
