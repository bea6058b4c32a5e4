package graphtest_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// connection is a list of the contract, found by walking the schema.
type connection struct {
	name   string // Type.field
	owner  string // "" for a field of Query
	field  *ast.FieldDefinition
	node   *ast.Definition
	orders []string // values of its order argument, as arguments; "" for none given
}

// connections lists every field that answers a connection.
func connections() []connection {
	schema := graphtest.Schema()
	var all []connection
	for _, d := range schema.Types {
		for _, f := range d.Fields {
			if d.Kind != ast.Object || !strings.HasSuffix(f.Type.Name(), "Connection") {
				continue
			}
			c := connection{name: d.Name + "." + f.Name, field: f, orders: []string{""}}
			if d != schema.Query {
				c.owner = d.Name
			}
			c.node = schema.Types[schema.Types[f.Type.Name()].Fields.ForName("nodes").Type.Name()]
			for _, a := range f.Arguments {
				if values := schema.Types[a.Type.Name()].EnumValues; strings.Contains(strings.ToLower(a.Name), "order") {
					for _, v := range values {
						c.orders = append(c.orders, a.Name+": "+v.Name+", ")
					}
				}
			}
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b connection) int { return strings.Compare(a.name, b.name) })
	return all
}

// few are lists that stay as short as they are in the county, with the reason.
var few = map[string]string{
	"Query.hostedTenants": "one row a tenant",
}

// keptIn are the tables of nodes that have none by their name. Facts are of what
// was published, of which nothing changes: what comes in is another publication.
var keptIn = map[string]string{"Fact": "publication"}

// mine makes rows the reader's own ($1 is the user), where a list shows no
// others.
var mine = map[string]string{
	"Query.jobs":             `UPDATE job SET asked_by = $1`,
	"Query.inbox":            `UPDATE inbox_item SET user_id = $1, permission = 'round:read', unit_id = NULL, about_unit = NULL, created_at = now()`,
	"Query.trustedDocuments": `UPDATE trusted_document SET added_by = $1, retired_by = NULL, retired_at = NULL`,
}

// asPlatform are lists that no tenant's people read.
var asPlatform = map[string]bool{"Query.hostedTenants": true}

// Pages make up the whole list, whatever their size, forwards and backwards, in
// every order: for each list of the contract, over rows that are alike in all
// they are ordered by but their ids. It holds as well while rows are inserted
// between two pages: nothing comes twice, and nothing that was there all along
// is missed.
func pagesOfEveryList(t *testing.T, county *graphtest.County) {
	t.Helper()
	county = county.Copy(t)
	county.Fill(t)
	k := county.Grow(t).Open(t, graphtest.Setting{Around: graphtest.OpenGate})
	k.Put(t, `DELETE FROM trusted_mode`) // what the test asks is not registered
	all := connections()
	if len(all) < 19 {
		t.Errorf("only %d lists were found", len(all))
	}
	moved := 0
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			p := &pager{kit: k, list: c, token: k.Token(sample.Approver)}
			if asPlatform[c.name] {
				p.token = tokenOf(t, k, platform)
			}
			if statement := mine[c.name]; statement != "" {
				p.own(t, statement)
			}
			p.owner = p.ownerOf(t)
			p.enough(t)
			for _, order := range c.orders {
				p.order = order
				p.wholeByPages(t)
				if p.whileInserting(t) {
					moved++
				}
			}
		})
	}
	if 3*moved < 2*len(all) {
		t.Errorf("rows inserted meanwhile showed in %d of %d lists only", moved, len(all))
	}
}

// pager reads one list.
type pager struct {
	kit          *graphtest.Kit
	list         connection
	token, owner string
	order        string
}

// ownerOf finds, among some of the township's objects of the owner's kind, the
// one with the longest list.
func (p *pager) ownerOf(t *testing.T) string {
	t.Helper()
	var candidates []string
	switch kind := p.list.owner; kind {
	case "":
		return ""
	case "Unit":
		candidates = append(candidates, graphtest.ID(kind, p.kit.Key(t, `SELECT id FROM unit WHERE code = $1`, sample.TownshipCode)))
	case "Round":
		candidates = append(candidates, p.kit.RoundID("2023-04"))
	default:
		for _, id := range p.kit.Strings(t, `SELECT id::text FROM `+graphtest.Table(kind)+` WHERE tenant_id = $1 ORDER BY id LIMIT 6`, p.kit.TenantOf(t, sample.TownshipCode)) {
			candidates = append(candidates, graphtest.ID(kind, uuid.MustParse(id)))
		}
	}
	best, most := "", -1
	for _, id := range candidates {
		p.owner = id
		if n := len(p.page(t, "first: 100").rows); n > most {
			best, most = id, n
		}
	}
	return best
}

// row is one edge: its cursor, and the id of its node where it has one.
type row struct{ cursor, id string }

type pageOf struct {
	rows              []row
	more, before      bool
	startAt, finishAt string
}

// page reads a page.
func (p *pager) page(t *testing.T, args string) pageOf {
	t.Helper()
	id := "__typename"
	if p.list.node.Fields.ForName("id") != nil {
		id = "id"
	}
	list := fmt.Sprintf("%s(%s%s%s) { edges { cursor node { %s } } nodes { %s } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }",
		p.list.field.Name, p.required(t), p.order, args, id, id)
	at := []any{p.list.field.Name}
	query := "query { " + list + " }"
	if p.list.owner != "" {
		query = fmt.Sprintf("query { node(id: %q) { ... on %s { %s } } }", p.owner, p.list.owner, list)
		at = []any{"node", p.list.field.Name}
	}
	r := p.kit.Post(t, p.token, query, nil)
	if codes := r.Codes(); len(codes) > 0 {
		t.Fatalf("%s: %v %s", query, codes, r.Body)
	}
	to := func(more ...any) []any { return append(slices.Clone(at), more...) }
	var out pageOf
	for i := range r.List(t, to("edges")...) {
		each := row{cursor: r.Text(t, to("edges", i, "cursor")...)}
		if id == "id" {
			if each.id = r.Text(t, to("edges", i, "node", "id")...); each.id != r.Text(t, to("nodes", i, "id")...) {
				t.Fatal("nodes and edges differ")
			}
		}
		out.rows = append(out.rows, each)
	}
	if len(out.rows) > 0 {
		out.startAt, out.finishAt = r.Text(t, to("pageInfo", "startCursor")...), r.Text(t, to("pageInfo", "endCursor")...)
		if out.startAt != out.rows[0].cursor || out.finishAt != out.rows[len(out.rows)-1].cursor {
			t.Error("the page's cursors are not those of its ends")
		}
	}
	out.more, out.before = r.At(t, to("pageInfo", "hasNextPage")...) == true, r.At(t, to("pageInfo", "hasPreviousPage")...) == true
	return out
}

// required fills the arguments without which the list cannot be asked for.
func (p *pager) required(t *testing.T) string {
	t.Helper()
	text := ""
	for _, a := range p.list.field.Arguments {
		if !a.Type.NonNull || a.DefaultValue != nil {
			continue
		}
		value, known := required[p.list.name+"."+a.Name]
		if !known {
			t.Fatalf("with what is the argument %s to be filled? Say it in required", a.Name)
		}
		text += a.Name + ": " + value + ", "
	}
	return text
}

// required are values of arguments that a list cannot do without, by
// Type.field.argument.
var required = map[string]string{}

// walk reads the list page by page from one end; between is called after each
// page.
func (p *pager) walk(t *testing.T, size, bound string, n int, between func()) []row {
	t.Helper()
	var all []row
	cursor := ""
	for range 600 {
		args := fmt.Sprintf("%s: %d", size, n)
		if cursor != "" {
			args += fmt.Sprintf(", %s: %q", bound, cursor)
		}
		page := p.page(t, args)
		more := page.more
		cursor = page.finishAt
		if size == "last" {
			all, more, cursor = append(slices.Clone(page.rows), all...), page.before, page.startAt
		} else {
			all = append(all, page.rows...)
		}
		if !more {
			return all
		}
		between()
	}
	t.Fatal("the list has no end")
	return nil
}

// wholeByPages compares pages of several sizes, from both ends, with the list.
func (p *pager) wholeByPages(t *testing.T) {
	t.Helper()
	whole := p.walk(t, "first", "after", 100, func() {})
	if len(whole) < 8 && few[p.list.name] == "" {
		t.Errorf("%d rows prove little: where do more of them come from?", len(whole))
	}
	p.once(t, whole)
	for _, n := range []int{1, 3, 7} {
		if n == 1 && len(whole) > 40 || n == 3 && len(whole) > 120 {
			continue // many pages prove no more than few
		}
		for size, bound := range map[string]string{"first": "after", "last": "before"} {
			if got := p.walk(t, size, bound, n, func() {}); !slices.Equal(got, whole) {
				t.Errorf("%s%s: %d gives %d rows in pages, and the list has %d", p.order, size, n, len(got), len(whole))
			}
		}
	}
}

// once fails when a row comes twice.
func (p *pager) once(t *testing.T, rows []row) {
	t.Helper()
	cursors, ids := map[string]bool{}, map[string]bool{}
	for _, r := range rows {
		if cursors[r.cursor] || r.id != "" && ids[r.id] {
			t.Errorf("%sa row comes twice among %d", p.order, len(rows))
			return
		}
		cursors[r.cursor], ids[r.id] = true, true
	}
}

// whileInserting pages while rows come in, from both ends; it reports whether
// any of them showed.
func (p *pager) whileInserting(t *testing.T) (showed bool) {
	t.Helper()
	for size, bound := range map[string]string{"first": "after", "last": "before"} {
		before := p.walk(t, "first", "after", 100, func() {})
		n := min(100, max(1, len(before)/6))
		seen := p.walk(t, size, bound, n, func() { p.insert(t) })
		p.once(t, seen)
		at := map[string]bool{}
		for _, r := range seen {
			at[r.cursor] = true
		}
		for _, r := range before {
			if !at[r.cursor] {
				t.Errorf("%s%s: a row that was there all along is missed", p.order, size)
				break
			}
		}
		showed = showed || len(seen) > len(before)
	}
	return showed
}

// insert repeats three rows of the list's table under new ids: they are alike
// the old ones in what the list is ordered by, and come before or after them.
func (p *pager) insert(t *testing.T) {
	t.Helper()
	if few[p.list.name] == "" {
		p.kit.Repeat(t, p.table(), p.kit.TenantOf(t, sample.TownshipCode), 3)
	}
}

func (p *pager) table() string {
	return cmp.Or(keptIn[p.list.node.Name], graphtest.Table(p.list.node.Name))
}

// enough repeats rows until there are some to page through.
func (p *pager) enough(t *testing.T) {
	t.Helper()
	for range 30 { // which rows are repeated is left to chance, and a list may hold those of one owner alone
		if few[p.list.name] != "" || len(p.page(t, "first: 12").rows) == 12 {
			return
		}
		p.kit.Repeat(t, p.table(), p.kit.TenantOf(t, sample.TownshipCode), 12)
	}
}

// own makes rows those of the reader.
func (p *pager) own(t *testing.T, statement string) {
	t.Helper()
	db := p.kit.DB.Admin(t)
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(t.Context(), `SET session_replication_role = replica`); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), statement, p.kit.World.Person(sample.Approver).User); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
