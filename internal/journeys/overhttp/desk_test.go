package overhttp_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"leitai/internal/graphtest"
	"leitai/internal/httpserver"
	"leitai/internal/sample"
	"leitai/internal/wiring/edge"
)

type vars = graphtest.Vars

// desk is a client of one service: it knows its address and the tokens of
// demo.json, and sends the documented queries.
type desk struct {
	url    string
	tokens map[string]string // by pseudonym; the dashboard's under its role
	people map[string]string // ids, as the roster tells them
	round  string            // the round at hand, and its revision as read last
	rev    int
}

// newDesk serves a county and opens its manifest.
func newDesk(t *testing.T, k *graphtest.Kit) *desk {
	t.Helper()
	server := httptest.NewServer(edge.New(k.App, httpserver.Defaults()).Handler())
	t.Cleanup(server.Close)
	return openDesk(t, server.URL, k.World.Manifest())
}

// openDesk reads the manifest and the roster.
func openDesk(t *testing.T, url string, m sample.Manifest) *desk {
	t.Helper()
	d := &desk{url: url, tokens: map[string]string{}, people: map[string]string{}}
	for _, l := range m.Roles {
		who := l.Person
		if who == "" {
			who = l.Role
		}
		d.tokens[who] = l.Token
	}
	for _, p := range d.must(t, sample.Clerk, "people", nil).List(t, "people", "nodes") {
		person, _ := p.(map[string]any)
		pseudonym, _ := person["pseudonym"].(string)
		d.people[pseudonym], _ = person["id"].(string)
	}
	return d
}

// ask sends one of the documented queries as somebody.
func (d *desk) ask(t *testing.T, who, name string, v vars) *graphtest.Result {
	t.Helper()
	token := d.tokens[who]
	if token == "" {
		t.Fatalf("the manifest has no token of %s", who)
	}
	r, err := post(t, d.url, token, d.document(t, name), v)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// document reads one of the documented queries.
func (d *desk) document(t *testing.T, name string) string {
	t.Helper()
	query, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "queries", name+".graphql"))
	if err != nil {
		t.Error(err)
	}
	return string(query)
}

// client gives a server that has died up soon.
var client = &http.Client{Timeout: time.Minute}

// post sends an operation over the network.
func post(t *testing.T, url, token, query string, v vars) (*graphtest.Result, error) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": v})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	answer, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	var text bytes.Buffer
	if _, err := text.ReadFrom(answer.Body); err != nil {
		return nil, err
	}
	r := &graphtest.Result{Status: answer.StatusCode, Header: answer.Header, Body: text.String()}
	return r, json.Unmarshal(text.Bytes(), r)
}

// must asks for what has to be answered without any error.
func (d *desk) must(t *testing.T, who, name string, v vars) *graphtest.Result {
	t.Helper()
	r := d.ask(t, who, name, v)
	if codes := r.Codes(); len(codes) > 0 || r.Status != http.StatusOK {
		t.Fatalf("%s as %s: status %d, codes %v\n%s", name, who, r.Status, codes, r.Body)
	}
	return r
}

// refused asks for what has to be refused with a code.
func (d *desk) refused(t *testing.T, who, name string, v vars, code string) *graphtest.Result {
	t.Helper()
	r := d.ask(t, who, name, v)
	if !slices.Contains(r.Codes(), code) {
		t.Errorf("%s as %s: the codes are %v, want %s\n%s", name, who, r.Codes(), code, r.Body)
	}
	return r
}

// nothing asks for what the asker must not even know of: the answer is that of
// what is not there.
func (d *desk) nothing(t *testing.T, who, name string, v vars) {
	t.Helper()
	r := d.must(t, who, name, v)
	for field, value := range r.Data {
		if value != nil {
			t.Errorf("%s as %s: %s is %v", name, who, field, value)
		}
	}
}

// step takes a step with the round at hand, on the revision read last.
func (d *desk) step(t *testing.T, who, name string, v vars) *graphtest.Result {
	t.Helper()
	r := d.must(t, who, name, d.on(v))
	for _, payload := range r.Data {
		if p, ok := payload.(map[string]any); ok {
			if round, ok := p["round"].(map[string]any); ok {
				revision, _ := round["revision"].(float64)
				d.rev = int(revision)
			}
		}
	}
	return r
}

// on adds the round at hand and its revision to variables.
func (d *desk) on(v vars) vars {
	all := vars{"round": d.round, "revision": d.rev}
	for key, value := range v {
		all[key] = value
	}
	return all
}

// take finds the round of a period.
func (d *desk) take(t *testing.T, period string) {
	t.Helper()
	for _, n := range d.must(t, sample.Clerk, "rounds", nil).List(t, "rounds", "nodes") {
		node, _ := n.(map[string]any)
		if node["period"] == period {
			d.round, _ = node["id"].(string)
			revision, _ := node["revision"].(float64)
			d.rev = int(revision)
			return
		}
	}
	t.Fatalf("there is no round of %s", period)
}

func (d *desk) ids(people ...string) []string {
	out := make([]string, len(people))
	for i, p := range people {
		out[i] = d.people[p]
	}
	return out
}
