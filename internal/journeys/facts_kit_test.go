package journeys

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	"leitai/internal/graphtest"
)

// factsFile is what GET /export/facts.json answers.
type factsFile struct {
	FactsVersion int
	Demo         bool
	Since        string
	Columns      []string
	Facts        []map[string]any
}

// load asks for facts as JSON, as somebody.
func (b *browser) load(t testing.TB, token, query string, headers ...string) (factsFile, answer) {
	t.Helper()
	a := b.send(t, http.MethodGet, "/export/facts.json"+query, "", append([]string{"Authorization", "Bearer " + token}, headers...)...)
	var f factsFile
	if a.Code == http.StatusOK {
		if err := json.Unmarshal(a.Body.Bytes(), &f); err != nil {
			t.Fatalf("%v in %s", err, a.text)
		}
	}
	return f, a
}

// factTable reads a CSV of facts into rows by column.
func factTable(t testing.TB, body []byte) (columns []string, rows []map[string]string) {
	t.Helper()
	text, marked := strings.CutPrefix(string(body), "\ufeff")
	if !marked {
		t.Error("the file has no mark of UTF-8")
	}
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(all) == 0 {
		t.Fatalf("%v in %.200q", err, body)
	}
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return all[0], rows
}

// only leaves the rows with these values.
func only(rows []map[string]any, want map[string]any) (out []map[string]any) {
	for _, row := range rows {
		there := true
		for k, v := range want {
			there = there && row[k] == v
		}
		if there {
			out = append(out, row)
		}
	}
	return out
}

// mutate sends a mutation of the browser's session and gives its payload, which
// has to be without errors.
func (b *browser) mutate(t testing.TB, query, field string, vars graphtest.Vars) map[string]any {
	t.Helper()
	made := b.ask(t, query, vars, field)
	if code := firstCode(made); code != "" {
		t.Fatalf("%s: %s", field, code)
	}
	return made
}

// app registers an app as the county's administrator; more are further fields.
func (b *browser) app(t testing.TB, name string, more graphtest.Vars) (id, secret string) {
	t.Helper()
	input := graphtest.Vars{"name": name, "maker": "某软件公司", "contact": "0739-0000000", "purpose": "大屏展示"}
	maps.Copy(input, more)
	made := b.mutate(t, `mutation($i: AppRegisterInput!) { appRegister(input: $i) { app { id } secret userErrors { code } } }`, "appRegister", graphtest.Vars{"i": input})
	one, _ := made["app"].(map[string]any)
	id, _ = one["id"].(string)
	secret, _ = made["secret"].(string)
	if id == "" || !strings.HasPrefix(secret, "leitai_app_") {
		t.Fatalf("%v", made)
	}
	return id, secret
}

// consent lets an app read the tenant of the browser's session.
func (b *browser) consent(t testing.TB, app string, days int) (id, key string) {
	t.Helper()
	made := b.mutate(t, `mutation($a: ID!, $d: Int!) { appConsent(input: {app: $a, days: $d}) { consent { id tenantKey live } userErrors { code } } }`, "appConsent",
		graphtest.Vars{"a": app, "d": days})
	one, _ := made["consent"].(map[string]any)
	id, _ = one["id"].(string)
	key, _ = one["tenantKey"].(string)
	if id == "" || one["live"] != true {
		t.Fatalf("%v", made)
	}
	return id, key
}

// twoMonths plays two months of the township, the second one corrected later.
func twoMonths(t testing.TB) *stage {
	t.Helper()
	s := newStage(t)
	s.publish(t, "2023-04", totals{"V3": "91.5"})
	s.publish(t, "2023-05", nil)
	return s
}
