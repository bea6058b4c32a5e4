package graphtest

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"
)

// Crawl calls a service with the neighbour's ids and notes what should not have
// happened.
type Crawl struct {
	Kit   *Kit
	Own   map[string][]uuid.UUID // objects of the township by kind
	Kinds map[string][]string    // which kinds an id-typed value takes, by path; "" is a UUID of the client's own

	Township  string // the id of its unit
	schema    *ast.Schema
	shapes    map[string]bool // operations seen, whatever their ids
	Calls     int
	Leaks     []string          // what an answer showed, or told by being another one
	Selected  map[string]bool   // fields of types, as Type.field
	Called    map[string]bool   // fields of Query and Mutation
	Named     map[string]bool   // id-typed values that were answered NOT_FOUND for the neighbour's id and otherwise for an own one
	Refused   map[string]string // codes of what was refused for another reason, by path
	Answered  map[string]int    // answers by code; "" is one without errors
	Quick     bool              // each id-typed value is sent twice at most
	Writes    bool              // what is called is kept
	Reads     bool              // the caller may read what the neighbour published
	Published map[string]bool   // tables of which rows are published
	Seen      int               // canaries shown to who may see them
}

// NewCrawl makes one for a service.
func NewCrawl(k *Kit, own map[string][]uuid.UUID, kinds map[string][]string) *Crawl {
	return &Crawl{schema: Schema(), shapes: map[string]bool{}, Kit: k, Own: own, Kinds: kinds, Called: map[string]bool{}, Selected: map[string]bool{}, Refused: map[string]string{}, Named: map[string]bool{}, Answered: map[string]int{}}
}

// literals are what operations of one shape differ in.
var literals = regexp.MustCompile(`"[^"]*"`)

// malformed is an id of no kind.
const malformed = "none"

// LearnKinds finds out which kinds of id every value takes, by asking: an own id
// of a kind that is not taken is answered like one that is malformed. It wants a
// service that refuses nobody.
func (c *Crawl) LearnKinds(t testing.TB, token string) (unknown []string) {
	t.Helper()
	kinds := append(Kinds(), "")
	for _, root := range Roots() {
		for _, p := range root.Params() {
			if p.Type != "ID" {
				continue
			}
			none := c.one(t, token, root, p, malformed)
			for _, kind := range likeliest(p.Path, kinds) {
				if c.one(t, token, root, p, c.mine(kind)) == none {
					continue
				}
				c.Kinds[p.Path] = append(c.Kinds[p.Path], kind)
				if strings.EqualFold(kind, lastOf(p.Path)) {
					break // named for its only kind
				}
			}
			if len(c.Kinds[p.Path]) == 0 {
				unknown = append(unknown, p.Path)
			}
		}
	}
	return unknown
}

// likeliest puts the kind first for which a value is named.
func likeliest(path string, kinds []string) []string {
	all := slices.Clone(kinds)
	slices.SortStableFunc(all, func(a, b string) int {
		switch name := lastOf(path); {
		case strings.EqualFold(a, name) == strings.EqualFold(b, name):
			return 0
		case strings.EqualFold(a, name):
			return -1
		}
		return 1
	})
	return all
}

func lastOf(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// mine is an own id of a kind.
func (c *Crawl) mine(kind string) string {
	if kind == "" {
		return uuid.NewString()
	}
	return ID(kind, c.Own[kind][0])
}

// one calls a field with one id, and malformed ones wherever else an id is
// needed.
func (c *Crawl) one(t testing.TB, token string, root *Root, p Param, id string) string {
	t.Helper()
	return c.ask(t, token, root, Filling{Depth: 1, With: func(path string) bool { return Inside(path, p.Path) }, Value: func(at Param) string {
		switch {
		case at.Path == p.Path:
			return `"` + id + `"`
		case at.Type == "ID":
			return `"` + malformed + `"`
		}
		return ""
	}}, id)
}

// ask calls a field and gives the answer without what any two answers differ in:
// the request's id and the id that was sent.
func (c *Crawl) ask(t testing.TB, token string, root *Root, f Filling, sent ...string) string {
	t.Helper()
	c.Called[root.Name] = true
	return c.Ask(t, token, root.Write(f), sent...)
}

// Ask sends an operation and notes what of the neighbour comes back.
func (c *Crawl) Ask(t testing.TB, token, query string, sent ...string) string {
	t.Helper()
	c.Calls++
	if shape := literals.ReplaceAllString(query, ""); !c.shapes[shape] {
		c.shapes[shape] = true
		if err := Selected(c.schema, query, c.Selected); err != nil {
			t.Fatalf("%v in %s", err, query)
		}
	}
	r := c.Kit.Post(t, token, query, nil)
	for _, code := range r.Codes() {
		c.Answered[code]++
	}
	if len(r.Codes()) == 0 {
		c.Answered[""]++
	}
	body := c.Inspect(query, r.Body, r.Header, sent...)
	return body
}

// Inspect notes what of the neighbour an answer shows, in its body and in its
// header, and gives the body without what any two answers differ in.
func (c *Crawl) Inspect(asked, body string, header http.Header, sent ...string) string {
	body = Plain(body)
	for _, id := range sent {
		body = strings.ReplaceAll(body, id, "ID")
	}
	if shown := c.hidden(body); len(shown) > 0 {
		c.leak("%s shows %v", asked, shown)
	}
	for name, values := range header {
		if shown := Shows(strings.Join(values, "\n")); len(shown) > 0 {
			c.leak("%s shows %v in %s", asked, shown, name)
		}
	}
	return body
}
