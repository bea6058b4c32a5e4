package operator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// manifest is what docs promise about demo.json.
type manifest struct {
	URL, GraphQL, Today string
	Roles               []struct {
		Role, Person, Unit, Login, Password, Token string
		Scopes                                     []string
	}
}

// token gives the first token of a role.
func (m manifest) token(t *testing.T, role string) string {
	t.Helper()
	for _, r := range m.Roles {
		if r.Role == role {
			return r.Token
		}
	}
	t.Fatalf("demo.json has no %s", role)
	return ""
}

// ask sends a query with the first token of a role.
func (m manifest) ask(t *testing.T, role, query string, into any) {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	status, _, answer := fetch(t, http.MethodPost, m.GraphQL, m.token(t, role), strings.NewReader(string(body)))
	whole := struct {
		Data   any
		Errors []any
	}{Data: into}
	if err := json.Unmarshal(answer, &whole); err != nil || status != http.StatusOK || len(whole.Errors) > 0 {
		t.Fatalf("%s as %s: %d %v\n%s", query, role, status, err, answer)
	}
}

// One command gives a served county that ends with an address, logins and the
// bulletin of the last round. Every page and every document of it says that its
// data is invented. Its six bundles verify offline in both forms, and stop doing
// so when a byte of a mark, a weight or a total is another one. A signal ends
// it, database and all.
func TestDemo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := start(t, "demo", "--listen", "127.0.0.1:0", "--data", dir)
	s.await(t, "its address", func() bool { return strings.Contains(s.out.String(), "/explorer/") })
	var m manifest
	body, err := os.ReadFile(filepath.Join(dir, "demo.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &m); err != nil || m.GraphQL != m.URL+"/graphql" || !strings.Contains(s.out.String(), m.URL) {
		t.Fatalf("demo.json says %s and %s (%v); printed was\n%s", m.URL, m.GraphQL, err, s.out.String())
	}
	for _, path := range []string{"/", "/signin", "/explorer/"} {
		if status, _, page := fetch(t, http.MethodGet, m.URL+path, "", nil); status != http.StatusOK || !strings.Contains(string(page), "演示数据") {
			t.Errorf("%s answers %d and does not say 演示数据:\n%s", path, status, page)
		}
	}
	printed := regexp.MustCompile(`http\S+/documents/bulletin/\S+`).FindString(s.out.String())
	m.sayDemo(t, "the printed address", printed)
	checkPapers(t, m)
	for _, b := range bundlesOf(t, m) {
		checkBundle(t, b)
	}
	s.stop(t)
	if _, err := os.Stat(filepath.Join(dir, "postgres", "postmaster.pid")); err == nil {
		t.Error("the database was left running")
	}
}

// sayDemo reads a document as the clerk.
func (m manifest) sayDemo(t *testing.T, what, url string) {
	t.Helper()
	status, header, page := fetch(t, http.MethodGet, url, m.token(t, "township-clerk"), nil)
	if status != http.StatusOK || !strings.Contains(string(page), "演示数据") || !strings.HasPrefix(header.Get("Content-Type"), "text/html") {
		t.Errorf("%s (%s) answers %d, %s:\n%.500s", what, url, status, header.Get("Content-Type"), page)
	}
}

// checkPapers reads every kind of document of every round.
func checkPapers(t *testing.T, m manifest) {
	t.Helper()
	var seen struct {
		Rounds struct {
			Nodes []struct {
				ID, Period   string
				Competition  struct{ ID string }
				Publications []struct{ ID string }
			}
		}
		Competitions struct{ Nodes []struct{ ID string } }
		Rollups      []struct{ ID string }
	}
	m.ask(t, "township-clerk", `{ rounds(state: PUBLISHED) { nodes { id period competition { id } publications { id } } } competitions { nodes { id } } }`, &seen)
	if len(seen.Rounds.Nodes) != 6 || len(seen.Competitions.Nodes) != 2 { // the own contest, and the county's over first secretaries
		t.Fatalf("the township has %+v", seen)
	}
	c := seen.Rounds.Nodes[0].Competition.ID
	m.ask(t, "township-clerk", `{ rollups(competition: "`+c+`") { id } }`, &seen)
	at := func(kind, id string) string { return m.URL + "/documents/" + kind + "/" + id }
	for _, r := range seen.Rounds.Nodes {
		m.sayDemo(t, "the notice of "+r.Period, at("notice", r.ID))
		m.sayDemo(t, "the bulletin of "+r.Period, at("bulletin", r.Publications[0].ID))
	}
	m.sayDemo(t, "the list of the leading group", at("leading-group", c))
	if len(seen.Rollups) != 1 {
		t.Fatalf("%d roll-ups", len(seen.Rollups))
	}
	m.sayDemo(t, "the half-year's summary", at("summary", seen.Rollups[0].ID))
}

// bundle is one form of a published month.
type bundle struct {
	name string
	body []byte
}

// bundlesOf reads both forms of the six months: the public one as the
// dashboard, the sealed one as the approver.
func bundlesOf(t *testing.T, m manifest) []bundle {
	t.Helper()
	type answer struct {
		Rounds struct {
			Nodes []struct {
				Period       string
				Publications []struct{ Bundle, SealedBundle, Hash string }
			}
		}
	}
	var all []bundle
	var public, sealed answer
	m.ask(t, "dashboard", `{ rounds(state: PUBLISHED) { nodes { period publications { bundle hash } } } }`, &public)
	m.ask(t, "township-approver", `{ rounds(state: PUBLISHED) { nodes { period publications { sealedBundle } } } }`, &sealed)
	for i, r := range public.Rounds.Nodes {
		p := r.Publications[0]
		if !strings.Contains(p.Bundle, `"hash":"`+p.Hash+`"`) {
			t.Errorf("%s: the hash told is not that of the bundle", r.Period)
		}
		all = append(all, bundle{r.Period + " public", []byte(p.Bundle)}, bundle{r.Period + " sealed", []byte(sealed.Rounds.Nodes[i].Publications[0].SealedBundle)})
	}
	if len(all) != 12 {
		t.Fatal(fmt.Sprint(len(all), " bundles"))
	}
	return all
}
