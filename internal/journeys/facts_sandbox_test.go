package journeys

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/facts"
	"leitai/internal/fault"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// A token of the sandbox reads the fictional county, whose answers say that it is
// one, and can be used for no real tenant; nor is an app of a real county for
// the fictional one.
func TestASandboxIsFictional(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.publish(t, "2023-04", nil)
	if err := sample.OpenSandbox(t.Context(), s.App, s.Clock, s.DB.MaintDSN); fault.CodeOf(err) != fault.SandboxExists {
		t.Errorf("a second county: %v", err)
	}
	secret, tenants, err := sample.SandboxToken(t.Context(), s.App, s.DB.MaintDSN, facts.AppInput{Name: "试用应用", Maker: "某软件公司", Contact: "0739", Purpose: "对接"}, 90)
	if err != nil || !slices.Equal(tenants, []string{sample.CountyCode, sample.TownshipCode, sample.SiblingCode}) {
		t.Fatalf("%v, %v", tenants, err)
	}
	b := newBrowser(s)
	for _, tenant := range tenants {
		file, a := b.load(t, secret, "?measures=TOTAL", "Leitai-Tenant", tenant)
		if a.Code != 200 || !file.Demo || a.Header().Get("Leitai-Demo") != "true" || len(only(file.Facts, map[string]any{"demo": true})) != len(file.Facts) {
			t.Errorf("%s: %d, %+v", tenant, a.Code, file.Facts[:min(len(file.Facts), 1)])
		}
	}
	if _, err := s.DB.Maint(t).ExecContext(t.Context(), `UPDATE tenant SET demo = false WHERE id = $1`, s.TenantOf(t, sample.SiblingCode)); err != nil {
		t.Fatal(err)
	}
	real := s.in(t, "XA1")
	if offered := real.post(t, "/graphql", map[string]any{"query": `{ apps { name } }`}); strings.Contains(offered.text, "试用应用") {
		t.Errorf("a real township is offered an app of the sandbox: %s", offered.text)
	}
	app := graphtest.ID("App", uuid.MustParse(s.Strings(t, `SELECT id::text FROM app_registration`)[0]))
	if code := firstCode(real.ask(t, `mutation($a: ID!) { appConsent(input: {app: $a, days: 3}) { userErrors { code } } }`, graphtest.Vars{"a": app}, "appConsent")); code != "NOT_FOUND" {
		t.Errorf("a real township consents to an app of the sandbox: %s", code)
	}
}
