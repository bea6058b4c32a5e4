package graphtest_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// list is one connection of the contract; at is the way to it.
type list struct {
	as, query string
	vars      graphtest.Vars
	at        []any
	least     int
}

// lists are the connections with the operation that reads a page of each; %s
// takes the page's arguments.
func lists(t *testing.T, k *graphtest.Kit) map[string]list {
	t.Helper()
	page := `{ edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`
	county := graphtest.ID("Unit", k.Key(t, `SELECT id FROM unit WHERE code = $1`, sample.CountyCode))
	township := graphtest.ID("Unit", k.Key(t, `SELECT id FROM unit WHERE code = $1`, sample.TownshipCode))
	return map[string]list{
		"rounds":       {"C1", `query { rounds%s ` + page + ` }`, nil, []any{"rounds"}, 9},
		"competitions": {"C1", `query { competitions%s ` + page + ` }`, nil, []any{"competitions"}, 1},
		"templates":    {"C1", `query { templates%s ` + page + ` }`, nil, []any{"templates"}, 1},
		"people":       {"C1", `query { people%s ` + page + ` }`, nil, []any{"people"}, 30},
		"issues":       {"C1", `query { issues%s ` + page + ` }`, nil, []any{"issues"}, 4},
		"outcomes":     {"C1", `query { outcomes%s ` + page + ` }`, nil, []any{"outcomes"}, 30},
		"units":        {"C1", `query { units%s ` + page + ` }`, nil, []any{"units"}, 15},
		"children":     {"C1", `query { unitByCode(code: "` + sample.TownshipCode + `") { children%s ` + page + ` } }`, nil, []any{"unitByCode", "children"}, 12},
		"units below":  {"C1", `query { units(parent: "` + county + `" ` + inside + page + ` }`, nil, []any{"units"}, 2},
		"villages":     {"C1", `query { units(parent: "` + township + `", level: VILLAGE ` + inside + page + ` }`, nil, []any{"units"}, 12},
		"marks":        {"C1", `query($r: ID!) { round(id: $r) { marks%s ` + page + ` } }`, graphtest.Vars{"r": k.RoundID("2023-04")}, []any{"round", "marks"}, 100},
		"competition's rounds": {"C1", `query($c: ID!) { node(id: $c) { ... on Competition { rounds%s ` + page + ` } } }`,
			graphtest.Vars{"c": k.CompetitionID()}, []any{"node", "rounds"}, 9},
	}
}

// inside marks where page arguments go between other arguments.
const inside = "%s)"

// with puts page arguments into a list's operation.
func (l list) with(args string) string {
	if strings.Contains(l.query, inside) {
		return fmt.Sprintf(l.query, ", "+args)
	}
	return fmt.Sprintf(l.query, "("+args+")")
}

// Pages forwards and backwards, of every size, make up the whole list in its
// order, without gaps or doubles.
func pagesAreTheWholeList(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	for name, l := range lists(t, k) {
		t.Run(name, func(t *testing.T) {
			whole := walk(t, k, l, "first", "after", 100)
			if len(whole) < l.least {
				t.Fatalf("only %d of at least %d", len(whole), l.least)
			}
			if sorted := slices.Compact(slices.Sorted(slices.Values(whole))); len(sorted) != len(whole) {
				t.Fatal("an object stands twice")
			}
			for _, size := range []int{1, 3, 7} {
				if len(whole) > 60 && size == 1 {
					continue // many pages prove no more than few
				}
				if got := walk(t, k, l, "first", "after", size); !slices.Equal(got, whole) {
					t.Errorf("forwards by %d: %d of %d", size, len(got), len(whole))
				}
				back := walk(t, k, l, "last", "before", size)
				if !slices.Equal(back, whole) {
					t.Errorf("backwards by %d: %d of %d", size, len(back), len(whole))
				}
			}
		})
	}
}

// walk pages through a list from one end and gives the ids in list order.
func walk(t *testing.T, k *graphtest.Kit, l list, size, bound string, n int) []string {
	t.Helper()
	var all []string
	cursor := ""
	for range 300 {
		args := fmt.Sprintf("%s: %d", size, n)
		if cursor != "" {
			args += fmt.Sprintf(", %s: %q", bound, cursor)
		}
		r := k.Must(t, l.as, l.with(args), l.vars)
		at := func(more ...any) []any { return append(slices.Clone(l.at), more...) }
		var ids []string
		for i := range r.List(t, at("edges")...) {
			ids = append(ids, r.Text(t, at("edges", i, "node", "id")...))
			if r.Text(t, at("nodes", i, "id")...) != ids[i] {
				t.Fatal("nodes and edges differ")
			}
		}
		more, end := "hasNextPage", "endCursor"
		if size == "last" {
			more, end = "hasPreviousPage", "startCursor"
			all = append(ids, all...)
		} else {
			all = append(all, ids...)
		}
		if r.At(t, at("pageInfo", more)...) != true {
			return all
		}
		cursor = r.Text(t, at("pageInfo", end)...)
	}
	t.Fatal("the list has no end")
	return nil
}

// A cursor is good for the list, the filter and the tenant it was made for.
// Any changed character and any other list refuse it.
//
// covers T8
func cursorsAreBoundAndSigned(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	cursors := map[string]string{}
	all := lists(t, k)
	for name, l := range all {
		r := k.Must(t, l.as, l.with("first: 1"), l.vars)
		cursors[name] = r.Text(t, append(slices.Clone(l.at), "pageInfo", "endCursor")...)
	}
	refuses := func(l list, who, cursor string) bool {
		r := k.As(t, who, l.with(fmt.Sprintf("first: 1, after: %q", cursor)), l.vars)
		return slices.Equal(r.Codes(), []string{"INVALID_CURSOR"})
	}
	for name, l := range all {
		for other, cursor := range cursors {
			if ok := !refuses(l, l.as, cursor); ok != (other == name) {
				t.Errorf("a cursor of %s in %s: taken %v", other, name, ok)
			}
		}
	}
	for _, name := range []string{"rounds", "issues", "outcomes", "people"} {
		if !refuses(all[name], "XC1", cursors[name]) {
			t.Errorf("another township takes a cursor of %s", name)
		}
	}
	if !refuses(list{query: `query { rounds(state: PLANNED ` + inside + `{ nodes { id } } }`}, "C1", cursors["rounds"]) {
		t.Error("another filter takes a cursor")
	}
	whole := cursors["rounds"]
	for i := range whole {
		changed := whole[:i] + string(rune('A'+(whole[i]+1)%26)) + whole[i+1:]
		if changed != whole && !refuses(all["rounds"], "C1", changed) {
			t.Errorf("character %d may be changed", i)
		}
	}
}

// Sizes beyond the limits and both directions at once are refused with the
// argument that is wrong.
func TestPageArgumentsAreChecked(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	for args, want := range map[string]string{
		"first: 101": "PAGE_SIZE_INVALID", "last: -1": "PAGE_SIZE_INVALID", "first: 1, last: 1": "PAGE_DIRECTION_INVALID",
		`after: "x"`: "INVALID_CURSOR", `before: ""`: "INVALID_CURSOR",
	} {
		r := k.As(t, "C1", `query { rounds(`+args+`) { nodes { id } } }`, nil)
		if !slices.Equal(r.Codes(), []string{want}) || r.Errors[0].Extensions["field"] != strings.SplitN(args, ":", 2)[0] && want != "PAGE_DIRECTION_INVALID" {
			t.Errorf("%s: %s", args, r.Body)
		}
	}
	r := k.Must(t, "C1", `query { people { nodes { id } pageInfo { hasNextPage } } }`, nil)
	if n := len(r.List(t, "people", "nodes")); n != 50 && r.At(t, "people", "pageInfo", "hasNextPage") == true {
		t.Errorf("a page without a size is %d long", n)
	}
}

// Whoever is given a role elsewhere between two pages reads on where the first
// one ended: a cursor holds the tenant, the list and its filter, not the rights.
//
// covers T8
func grantElsewhereKeepsPaging(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	l := lists(t, k)["people"]
	first := k.Must(t, "C1", l.with("first: 3"), nil)
	whole := k.Must(t, "C1", l.with("first: 6"), nil).List(t, "people", "nodes")
	k.Put(t, `INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, epoch)
		SELECT gen_random_uuid(), t.id, t.region, $1, t.unit_id, 'township-clerk', $1, '2000-01-01', (SELECT max(epoch) + 1 FROM authz_epoch)
		FROM tenant t JOIN unit u ON u.id = t.unit_id WHERE u.code = $2`, k.World.Person("C1").User, sample.SiblingCode)
	k.Put(t, `UPDATE authz_epoch SET epoch = epoch + 1`)
	cursor := first.Text(t, "people", "pageInfo", "endCursor")
	next := k.Must(t, "C1", l.with(fmt.Sprintf("first: 3, after: %q", cursor)), nil).List(t, "people", "nodes")
	if !reflect.DeepEqual(next, whole[3:]) {
		t.Errorf("the next page is %v, want %v", next, whole[3:])
	}
}
