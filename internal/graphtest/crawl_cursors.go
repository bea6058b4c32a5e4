package graphtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// Connection is one list that is read in pages.
type Connection struct {
	Name  string // for example Query.rounds or Round.marks
	write func(args, owner string) string
	Owner string // the type whose objects have the list; "" for a list of the tenant
	At    []string
}

// Connections lists every field of the contract that takes a cursor.
func Connections() []Connection {
	var all []Connection
	schema := Schema()
	for _, d := range schema.Types {
		for _, f := range d.Fields {
			if d.Kind != ast.Object || f.Arguments.ForName("after") == nil || f.Arguments.ForName("first") == nil {
				continue
			}
			page := f.Name + "(%s) { edges { cursor } nodes { __typename } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"
			c := Connection{Name: d.Name + "." + f.Name}
			if d == schema.Query {
				c.At = []string{f.Name}
				c.write = func(args, _ string) string { return "query { " + fmt.Sprintf(page, args) + " }" }
			} else {
				c.Owner, c.At = d.Name, []string{"node", f.Name}
				c.write = func(args, owner string) string {
					return fmt.Sprintf("query { node(id: %q) { ... on %s { %s } } }", owner, d.Name, fmt.Sprintf(page, args))
				}
			}
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b Connection) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Page reads a page of a list; owner is the id of the object that has it.
func (k *Kit) Page(t testing.TB, token string, c Connection, args, owner string) *Result {
	t.Helper()
	return k.Post(t, token, c.write(args, owner), nil)
}

// EndCursor is the cursor of a page's last row; "" for an empty page and for
// none.
func (c Connection) EndCursor(r *Result) string {
	here := r.Data
	for _, step := range append(slices.Clone(c.At), "pageInfo") {
		here, _ = here[step].(map[string]any)
	}
	cursor, _ := here["endCursor"].(string)
	return cursor
}

// ofPlatform are lists that no tenant's people read, with the reason.
var ofPlatform = map[string]string{"Query.hostedTenants": "whoever runs the platform reads it, and no tenant"}

// Cursors uses the neighbour's cursors, and changed ones of the township's own,
// in every list: none is taken.
func (c *Crawl) Cursors(t testing.TB, own, theirs string) (lists int) {
	t.Helper()
	for _, list := range Connections() {
		if ofPlatform[list.Name] != "" {
			lists++
			continue
		}
		mine, other := "", ""
		if list.Owner != "" {
			key := c.Own[list.Owner][0]
			if mine, other = ID(list.Owner, key), ID(list.Owner, Theirs(key)); list.Owner == "Unit" {
				mine, other = c.Township, c.Township
			}
		}
		first := list.EndCursor(c.Kit.Page(t, own, list, "first: 1", mine))
		if first == "" {
			c.leak("%s has no page to take a cursor of", list.Name)
			continue
		}
		lists++
		taken := func(token, cursor, owner string) bool {
			c.Calls++
			r := c.Kit.Page(t, token, list, "first: 1, after: "+quoted(cursor), owner)
			c.Inspect(list.Name, r.Body, r.Header)
			return !slices.Contains(r.Codes(), "INVALID_CURSOR")
		}
		if !taken(own, first, mine) {
			c.leak("%s does not take its own cursor", list.Name)
		}
		for i := range first {
			if list.Name == "Query.rounds" || i%9 == 0 { // every byte of one list, every ninth of the others
				if changed := first[:i] + string(rune('A'+(first[i]+1)%26)) + first[i+1:]; changed != first && taken(own, changed, mine) {
					c.leak("%s takes a cursor whose byte %d was changed", list.Name, i)
				}
			}
		}
		if list.Owner != "Unit" && list.Name != "Query.units" { // the public tree
			c.foreign(t, list, own, theirs, mine, other, taken)
		}
	}
	return lists
}

// foreign exchanges cursors between the township and its neighbour.
func (c *Crawl) foreign(t testing.TB, list Connection, own, theirs, mine, other string, taken func(token, cursor, owner string) bool) {
	t.Helper()
	cursor := list.EndCursor(c.Kit.Page(t, theirs, list, "first: 1", other))
	switch {
	case cursor == "":
		c.leak("the neighbour has no page of %s", list.Name)
	case taken(own, cursor, mine):
		c.leak("%s takes the neighbour's cursor", list.Name)
	case taken(theirs, list.EndCursor(c.Kit.Page(t, own, list, "first: 1", mine)), other):
		c.leak("%s of the neighbour takes the township's cursor", list.Name)
	}
}
