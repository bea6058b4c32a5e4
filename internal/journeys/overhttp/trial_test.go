package overhttp_test

import (
	"strings"
	"testing"

	"leitai/examples/templates"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// TestTrialOverHTTP takes a template from its check to a dated trial, and wipes
// the trial.
// covers A01, A02, A04, A17, A18, A41, Q4, Q9
func TestTrialOverHTTP(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	d := newDesk(t, k)
	preset, _ := templates.Source("monthly-arena")
	document := string(preset)
	check := d.must(t, sample.Clerk, "template-check", vars{"document": document})
	if errors := check.List(t, "templateCheck", "errors"); len(errors) != 0 {
		t.Errorf("the preset has errors: %v", errors)
	}
	weights := strings.Replace(document, "weight: 40", "weight: 30", 1)
	if errors := d.must(t, sample.Clerk, "template-check", vars{"document": weights}).List(t, "templateCheck", "errors"); len(errors) == 0 {
		t.Error("weights that do not sum pass the check")
	}
	if codes := d.ask(t, sample.Clerk, "template-create", vars{"document": weights}).Codes(); len(codes) == 0 {
		t.Error("weights that do not sum are stored")
	}
	d.refused(t, "S1", "template-create", vars{"document": document}, "FORBIDDEN")
	draft := d.must(t, sample.Clerk, "template-create", vars{"document": document})
	activate := vars{"template": draft.At(t, "templateCreate", "template", "id"), "revision": 1, "confirm": []string{"outcomes"}}
	d.refused(t, sample.Approver, "template-activate", activate, "TEMPLATE_CONFIRMATION_MISSING")
	activate["confirm"] = []string{"outcomes", "streaks"}
	d.refused(t, sample.Clerk, "template-activate", activate, "FORBIDDEN")
	d.must(t, sample.Approver, "template-activate", activate)
	trial := d.trial(t, activate["template"])
	plan := d.must(t, sample.Clerk, "rounds-plan", vars{"competition": trial, "from": "2024-01", "to": "2024-06"})
	if days := plan.List(t, "roundsPlan", "entries"); len(days) != 6 {
		t.Errorf("%d rounds are dated", len(days))
	}
	d.refused(t, sample.Clerk, "rounds-plan", vars{"competition": trial, "from": "2023-12", "to": "2024-01"}, "PERIOD_BEFORE_FIRST")
	d.take(t, "2024-03")
	d.refused(t, sample.Clerk, "round-cancel", d.on(vars{"reason": ""}), "REASON_MISSING")
	d.step(t, sample.Clerk, "round-cancel", vars{"reason": "试评演练"})
	d.refused(t, sample.Clerk, "trial-wipe", vars{"competition": k.CompetitionID()}, "NOT_A_TRIAL")
	d.refused(t, "XC1", "trial-wipe", vars{"competition": trial}, "NOT_FOUND")
	d.must(t, sample.Clerk, "trial-wipe", vars{"competition": trial})
	d.nothing(t, sample.Clerk, "round", vars{"round": d.round})
	if left := d.must(t, sample.Clerk, "competitions", nil).List(t, "competitions", "nodes"); len(left) != 1 {
		t.Errorf("%d competitions are left", len(left))
	}
}

// trial opens a trial competition; what it rests on has to be named.
func (d *desk) trial(t *testing.T, template any) string {
	t.Helper()
	member := func(seat, person string) vars {
		return vars{"seat": seat, "person": d.people[person], "title": "职务"}
	}
	input := func(members ...vars) vars {
		return vars{"input": vars{"name": "试评", "template": template, "fromPeriod": "2024-01", "trial": true,
			"notice": vars{"number": "晴委发〔2024〕1号", "issuer": "中共晴禾乡委员会", "date": "2024-01-02", "title": "关于试评的通知",
				"distribution": []string{"各村（社区）", "乡直各单位"}},
			"leadingGroup": vars{"members": members, "offices": []string{"党建办"}, "officeHead": "组织委员"}}}
	}
	d.refused(t, sample.Clerk, "competition-create", input(member("deputy", "L1")), "LEADING_GROUP_HEAD")
	stranger := vars{"seat": "member", "person": graphtest.UnknownID("Person"), "title": "职务"}
	d.refused(t, sample.Clerk, "competition-create", input(member("head", sample.Approver), stranger), "NOT_FOUND")
	made := d.must(t, sample.Clerk, "competition-create", input(member("member", "L2"), member("head", sample.Approver)))
	if codes := made.List(t, "competitionCreate", "competition", "warnings"); len(codes) == 0 {
		t.Error("a trial without a filing number is opened without a warning") // G6
	}
	return made.Text(t, "competitionCreate", "competition", "id")
}
