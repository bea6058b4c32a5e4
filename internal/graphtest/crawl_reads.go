package graphtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Everything calls every field of the contract and tours every type with the
// neighbour's ids wherever an id goes: what comes back is what comes back for
// ids that name nothing.
func (c *Crawl) Everything(t testing.TB, token string) {
	t.Helper()
	c.Roots(t, token, false)
	c.Roots(t, token, true)
	for _, tour := range Tours() {
		c.alike(t, token, tour.Type, tour.Write)
	}
	for _, kind := range NodeKinds() {
		c.alike(t, token, kind, func(value func(Param) string) string {
			return `query { node(id: ` + value(Param{Path: "node.id", Type: kind}) + `) { __typename id } }`
		})
	}
}

// Roots calls every field of Query and Mutation likewise, once, with what may be
// left out or without it.
func (c *Crawl) Roots(t testing.TB, token string, optional bool) {
	t.Helper()
	for _, root := range Roots() {
		c.alike(t, token, root.Name, func(value func(Param) string) string {
			c.Called[root.Name] = true
			return root.Write(Filling{Depth: 2, Value: value, With: func(path string) bool { return optional && !slices.Contains(paging, lastOf(path)) }})
		})
	}
}

// alike sends an operation with ids that name nothing, then with the
// neighbour's.
func (c *Crawl) alike(t testing.TB, token, name string, write func(func(Param) string) string) {
	t.Helper()
	ask := func(id func(string) string) string {
		var sent []string
		return c.Ask(t, token, write(func(p Param) string {
			kind := p.Type
			if kind == "ID" {
				if len(c.Kinds[p.Path]) == 0 {
					return ""
				}
				kind = c.Kinds[p.Path][0]
			} else if !slices.Contains(Kinds(), kind) {
				return ""
			}
			if kind == "" || kind == "Unit" {
				return ""
			}
			sent = append(sent, id(kind))
			return `"` + sent[len(sent)-1] + `"`
		}), sent...)
	}
	if c.Reads || c.Writes { // published rows are there; what was written before changes the next answer
		ask(func(kind string) string { return ID(kind, Theirs(c.Own[kind][0])) })
		return
	}
	none, theirs := ask(UnknownID), ask(func(kind string) string { return ID(kind, Theirs(c.Own[kind][0])) })
	if none != theirs && unmade(none) != unmade(theirs) {
		c.leak("%s tells that the neighbour exists:\n%s\n%s", name, none, theirs)
	}
}

// unmade takes out the ids of what an operation made, which no two share. An id
// of the neighbour would have been noted before.
func unmade(text string) string {
	for _, id := range GlobalIDs(text) {
		text = strings.ReplaceAll(text, id, "ID")
	}
	return text
}

// Queries are operations that read what the township has, in every shape: each query
// with rounds of every state, with every filter left out, each one set in turn
// to every probe, and a tour of every type.
func (c *Crawl) Queries(probes map[string][]string) []string {
	var all []string
	add := func(query string) {
		if !slices.Contains(all, query) {
			all = append(all, query)
		}
	}
	for _, root := range Roots() {
		if root.Mutation {
			continue
		}
		add(root.Write(c.filling(Param{}, "", 1))) // with everything that may be left out
		for variation := 0; variation < c.variations(root); variation += 2 {
			add(root.Write(c.filling(Param{}, "", variation)))
		}
		for _, p := range root.Params() {
			if p.Type == "ID" || slices.Contains(paging, lastOf(p.Path)) {
				continue
			}
			for _, probe := range slices.Concat(probes[p.Path], probes[p.Type], root.Enum(p.Type)) {
				f := c.filling(p, "", 0)
				value := f.Value
				f.Value = func(at Param) string {
					if at.Path == p.Path {
						return probe
					}
					return value(at)
				}
				add(root.Write(f))
			}
		}
	}
	for _, tour := range Tours() {
		if !tour.Root.Mutation {
			add(tour.Write(func(p Param) string {
				kind := tour.Type
				if tour.Root.Name != "node" {
					if kind = ""; len(c.Kinds[p.Path]) > 0 {
						kind = c.Kinds[p.Path][0]
					}
				}
				if p.Type != "ID" || kind == "" {
					return ""
				}
				return `"` + ID(kind, c.Own[kind][0]) + `"`
			}))
		}
	}
	return all
}

// Probes are values for every argument that is no id and no page: what the
// neighbour's rows hold in columns of the same name, their beginnings, and the
// ends of every range.
func (k *Kit) Probes(t testing.TB, n *Neighbour) map[string][]string {
	t.Helper()
	all := map[string][]string{
		"Boolean": {"true", "false"}, "Int": {"2022", "2023", "0", "1"}, "Date": {`"2023-05-01"`, `"2000-01-01"`, `"2999-12-31"`},
		"String": {quoted(canary), quoted("99010110"), quoted("990101101001")},
	}
	for _, root := range Roots() {
		for _, p := range root.Params() {
			if p.Type == "String" && !root.Mutation {
				all[p.Path] = k.values(t, n, snake(lastOf(p.Path)))
			}
		}
	}
	return all
}

// values are what the neighbour's rows hold in columns of a name.
func (k *Kit) values(t testing.TB, n *Neighbour, name string) []string {
	t.Helper()
	var all []string
	for _, column := range k.Strings(t, `SELECT format('%I WHERE tenant_id = %L AND %I <> '''' ', c.relname, $2::text, a.attname) || '|' || quote_ident(a.attname)
		FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.atttypid = 'text'::regtype
		AND (a.attname = $1 OR a.attname LIKE $1 || '\_%' OR a.attname = 'key' AND c.relname = $1)
		AND EXISTS (SELECT FROM pg_attribute x WHERE x.attrelid = c.oid AND x.attname = 'tenant_id')`, name, n.Tenant.String()) {
		where, column, _ := strings.Cut(column, "|")
		for _, value := range k.Strings(t, fmt.Sprintf(`SELECT DISTINCT %s FROM %s LIMIT 2`, column, where)) {
			whole := []rune(value)
			all = append(all, quoted(value), quoted(string(whole[:(len(whole)+1)/2])), quoted(string(whole[:1])))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
}
