package graphtest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// Route is an address of the edge beside the contract; its blanks are in braces.
type Route struct{ Method, Path string }

var routePattern = regexp.MustCompile(`route\("(GET|POST) (/[^"]*)"`)

// Routes reads the edge's addresses that have blanks from its source, so that a
// new one is crawled without anybody's doing. They are relative to this folder.
func Routes(t testing.TB) []Route {
	t.Helper()
	var all []Route
	for _, text := range sources(t, "../httpserver/*.go") {
		for _, found := range routePattern.FindAllStringSubmatch(text, -1) {
			if strings.Contains(strings.ReplaceAll(found[2], "{$}", ""), "{") {
				all = append(all, Route{found[1], found[2]})
			}
		}
	}
	return all
}

func sources(t testing.TB, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %d files, %v", pattern, len(names), err)
	}
	var all []string
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(text))
	}
	return all
}

// PaperKinds reads the kinds of papers from the sources of those who draw them.
func PaperKinds(t testing.TB) []string {
	t.Helper()
	kind := regexp.MustCompile(`Kind[A-Z]\w*\s*= "([a-z-]+)"`)
	var all []string
	for _, text := range append(sources(t, "../bulletin/doc.go"), sources(t, "../voting/papers.go")...) {
		for _, found := range kind.FindAllStringSubmatch(text, -1) {
			all = append(all, found[1])
		}
	}
	return all
}

// ImportKinds reads the kinds of imports likewise.
func ImportKinds(t testing.TB) []string {
	t.Helper()
	table := regexp.MustCompile(`(?s)func \(s \*Service\) kinds\(\).*?\n}`)
	kind := regexp.MustCompile(`"([a-z-]+)":`)
	var all []string
	for _, text := range sources(t, "../httpserver/imports/*.go") {
		for _, found := range kind.FindAllStringSubmatch(table.FindString(text), -1) {
			all = append(all, found[1])
		}
	}
	return all
}

// Blanks are what goes into the blanks of an address, by the blank's name; a
// value of "*" stands for the id of every kind of object in turn.
type Blanks map[string][]string

// Routes asks every address with the neighbour's ids and codes: it is answered
// like for ids that name nothing. In the place of "*" go the ids of the kinds for
// which the address says something about an own object.
func (c *Crawl) Routes(t testing.TB, owner string, callers []string, blanks map[string]Blanks) (addresses int) {
	t.Helper()
	for _, route := range Routes(t) {
		values, known := blanks[route.Method+" "+route.Path]
		if !known {
			c.leak("nobody says what goes into %s %s", route.Method, route.Path)
			continue
		}
		said := 0
		for _, address := range fill(route.Path, values) {
			addresses++
			told := c.told(t, owner, route.Method, address)
			for _, kind := range values["quiet"] { // an own one says nothing either, here
				told[kind] = c.Own[kind]
			}
			for kind, ids := range told {
				said++
				for _, token := range callers {
					none, theirs := uuid.Must(uuid.NewV7()), Theirs(ids[0])
					c.address(t, token, route.Method, strings.ReplaceAll(address, "*", ID(kind, none)), strings.ReplaceAll(address, "*", ID(kind, theirs)))
					c.address(t, token, route.Method, strings.ReplaceAll(address, "*", none.String()), strings.ReplaceAll(address, "*", theirs.String()))
				}
			}
		}
		if said == 0 && values["quiet"] == nil {
			c.leak("%s %s says nothing about any own object either", route.Method, route.Path)
		}
	}
	return addresses
}

// told are the kinds of which an own id is answered otherwise than one that
// names nothing.
func (c *Crawl) told(t testing.TB, owner, method, address string) map[string][]uuid.UUID {
	t.Helper()
	all := map[string][]uuid.UUID{}
	if !strings.Contains(address, "*") {
		return map[string][]uuid.UUID{"Round": c.Own["Round"]} // once, as it is
	}
	for kind, own := range c.Own {
		if kind == "Unit" || kind == "User" {
			continue
		}
		for _, id := range own {
			none := c.reach(t, owner, method, strings.ReplaceAll(address, "*", UnknownID(kind)))
			if c.reach(t, owner, method, strings.ReplaceAll(address, "*", ID(kind, id))) != none {
				all[kind] = []uuid.UUID{id}
				break
			}
		}
	}
	return all
}

// fill writes every address that blanks make.
func fill(path string, blanks Blanks) []string {
	open, end := strings.Index(path, "{"), strings.Index(path, "}")
	if open < 0 {
		return append([]string{path}, suffixed(path, blanks["?"])...)
	}
	var all []string
	for _, value := range blanks[path[open+1:end]] {
		all = append(all, fill(path[:open]+value+path[end+1:], blanks)...)
	}
	return all
}

func suffixed(path string, queries []string) []string {
	var all []string
	for _, query := range queries {
		all = append(all, path+"?"+query)
	}
	return all
}

// address asks two addresses and expects one answer.
func (c *Crawl) address(t testing.TB, token, method, none, theirs string) {
	t.Helper()
	if a, b := c.reach(t, token, method, none), c.reach(t, token, method, theirs); a != b {
		c.leak("%s %s tells that the neighbour exists:\n%s\n%s", method, theirs, a, b)
	}
}

// reach asks an address; what is posted is a table that says nothing.
func (c *Crawl) reach(t testing.TB, token, method, address string) string {
	t.Helper()
	c.Calls++
	request := httptest.NewRequestWithContext(t.Context(), method, address, nil)
	if method == http.MethodPost {
		request = httptest.NewRequestWithContext(t.Context(), method, address, strings.NewReader("a,b\n1,2\n"))
		request.Header.Set("Content-Type", "text/csv")
	}
	answer := c.Kit.send(request, token)
	return http.StatusText(answer.Code) + " " + c.Inspect(method+" "+address, answer.Body.String(), answer.Header())
}
