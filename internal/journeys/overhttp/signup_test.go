package overhttp_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// TestSignUpToTheFirstNotice goes the whole way over HTTP in one sequence, on a
// database with nothing in it but the division table and the platform.
func TestSignUpToTheFirstNotice(t *testing.T) {
	t.Parallel()
	s := newService(t)
	visitor := s.caller(t)
	unit := ""
	for _, under := range []string{"", "99", "9901", sample.CountyCode} { // province, prefecture, county, township
		answer := read[struct {
			Units []struct{ Code, Name string }
		}](t, visitor.send(t, http.MethodGet, "/signup/units?under="+under, nil))
		for _, u := range answer.Units {
			if strings.HasPrefix(sample.TownshipCode, u.Code) {
				unit = u.Code
			}
		}
	}
	if unit != sample.TownshipCode {
		t.Fatalf("the table leads to %q", unit)
	}
	receipt := s.apply(t, unit, "qinghe-admin")
	state := func() map[string]any {
		return read[map[string]any](t, visitor.send(t, http.MethodPost, "/signup/state", vars{"receipt": receipt}))
	}
	if got := state(); got["state"] != "waiting" || got["unitName"] == "" {
		t.Errorf("the receipt tells %v", got)
	}
	if r := visitor.send(t, http.MethodPost, "/auth/login", vars{"login": "qinghe-admin", "password": firstPassword}); r.Status != http.StatusUnauthorized {
		t.Errorf("somebody who waits signs in: %d", r.Status)
	}
	operator := s.signedIn(t, oneOperator)
	if r := operator.decide(t, "qinghe-admin", vars{"approve": true}); len(r.Codes()) > 0 {
		t.Fatalf("approve: %s", r.Body)
	}
	if got := state(); got["state"] != "approved" || got["login"] != "qinghe-admin" {
		t.Errorf("the receipt tells %v", got)
	}
	var left int
	if err := s.maint.QueryRowContext(t.Context(), `SELECT count(*) FROM signup WHERE password_hash IS NOT NULL`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d hashes of passwords are kept after the decision, %v", left, err)
	}
	admin := s.signedIn(t, "qinghe-admin")
	plan := admin.must(t, "setup", nil)
	if plan.Text(t, "setup", "plan", "key") != "trial" || plan.At(t, "setup", "planUntil") == nil {
		t.Errorf("the plan is %v", plan.At(t, "setup", "plan"))
	}
	round, revision := s.untilTheRound(t, admin)
	clerk := s.peopled(t, admin)
	clerk.expect(t, "NOTICE")
	s.notified(t, clerk, round, revision)
	clerk.expect(t, "")
	if strings.Contains(s.log.String(), firstPassword) || strings.Contains(s.log.String(), receipt) {
		t.Error("a password or a receipt stands in the log")
	}
}

// untilTheRound confirms the villages, chooses and activates a scheme, opens the
// competition and dates its first round.
func (s *service) untilTheRound(t *testing.T, admin *caller) (round string, revision int) {
	t.Helper()
	admin.expect(t, "VILLAGES")
	villages := admin.must(t, "setup", nil).List(t, "setup", "villages")
	out, _ := villages[len(villages)-1].(map[string]any)["unit"].(map[string]any)
	admin.refused(t, "villages-confirm", vars{"leaveOut": []string{graphtest.UnknownID("Unit")}}, "NOT_FOUND")
	confirmed := admin.must(t, "villages-confirm", vars{"leaveOut": []any{out["id"]}})
	if n := len(confirmed.List(t, "villagesConfirm", "setup", "villages")); n != len(villages) || n < 5 {
		t.Errorf("%d villages are told", n)
	}
	admin.expect(t, "TEMPLATE")
	draft := admin.must(t, "template-from-preset", vars{"preset": "town-observation"})
	admin.expect(t, "ACTIVATE")
	template := draft.Text(t, "templateFromPreset", "template", "id")
	admin.must(t, "template-activate", vars{"template": template, "revision": draft.Int(t, "templateFromPreset", "template", "revision"),
		"confirm": draft.At(t, "templateFromPreset", "template", "toConfirm")})
	admin.expect(t, "COMPETITION")
	year, quarter := time.Now().Year(), (int(time.Now().Month())+2)/3
	period := fmt.Sprintf("%d-Q%d", year, quarter)
	made := admin.must(t, "competition-create", vars{"input": vars{"name": "逐村观摩", "template": template, "fromPeriod": period, "filingNumber": "备〔1〕号",
		"notice":       vars{"number": "晴委发〔1〕号", "issuer": "中共晴禾乡委员会", "date": fmt.Sprintf("%d-01-02", year), "title": "关于开展逐村观摩的通知"},
		"leadingGroup": vars{"members": []vars{{"seat": "head", "title": "乡党委书记"}}, "offices": []string{"党建办"}, "officeHead": "组织委员"}}})
	admin.expect(t, "CALENDAR")
	plan := admin.must(t, "rounds-plan", vars{"competition": made.Text(t, "competitionCreate", "competition", "id"), "from": period, "to": period})
	admin.expect(t, "PEOPLE")
	round = plan.Text(t, "roundsPlan", "entries", 0, "round", "id")
	return round, admin.must(t, "round", vars{"round": round}).Int(t, "round", "revision")
}

// peopled invites a clerk and two judges, who accept in their own browsers; it
// gives the clerk.
func (s *service) peopled(t *testing.T, admin *caller) *caller {
	t.Helper()
	for login, role := range map[string]string{"qinghe-clerk": "township-clerk", "judge-1": "judge", "judge-2": "judge"} {
		sent := admin.must(t, "invitation-create", vars{"role": role, "unitCode": sample.TownshipCode, "name": "某" + login})
		accepted := s.caller(t).send(t, http.MethodPost, "/auth/invitations/accept",
			vars{"secret": sent.Text(t, "invitationCreate", "secret"), "login": login, "password": firstPassword})
		if accepted.Status != http.StatusOK {
			t.Fatalf("%s accepts: %d %s", login, accepted.Status, accepted.Body)
		}
	}
	return s.signedIn(t, "qinghe-clerk")
}

// notified forms the group, publishes the rubric and issues the notice.
func (s *service) notified(t *testing.T, clerk *caller, round string, revision int) {
	t.Helper()
	var judges []any
	for _, n := range clerk.must(t, "people", nil).List(t, "people", "nodes") {
		if one, ok := n.(map[string]any); ok && strings.HasPrefix(fmt.Sprint(one["name"]), "某judge") {
			judges = append(judges, one["id"])
		}
	}
	set := clerk.must(t, "panels-set", vars{"round": round, "revision": revision, "panels": []vars{{"name": "观摩组", "members": judges}}, "seconded": vars{"assigned": []vars{}}})
	revision = set.Int(t, "panelsSet", "round", "revision")
	published := clerk.must(t, "rubric-publish", vars{"round": round, "revision": revision})
	revision = published.Int(t, "rubricPublish", "round", "revision")
	done := clerk.must(t, "round-notify", vars{"round": round, "revision": revision, "number": "晴观〔1〕号", "venue": "乡政府"})
	if done.Text(t, "roundNotify", "round", "state") != "NOTIFIED" {
		t.Errorf("the round is %s", done.Body)
	}
}
