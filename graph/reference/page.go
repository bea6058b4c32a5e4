package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// generated stands at the head of every page.
const generated = "<!-- Made of graph/schema by go generate ./graph; edit those files instead. -->\n"

// operations are the root types in the order of a page.
var operations = []struct{ name, title string }{
	{"Query", "查询 Queries"}, {"Mutation", "操作 Mutations"}, {"Subscription", "订阅 Subscriptions"},
}

// kinds are the types of a domain in the order of a page.
var kinds = []struct {
	title string
	of    []ast.DefinitionKind
}{
	{"类型 Types", []ast.DefinitionKind{ast.Object, ast.Interface, ast.Union}},
	{"输入 Inputs", []ast.DefinitionKind{ast.InputObject}},
	{"取值 Enums", []ast.DefinitionKind{ast.Enum}},
	{"标量 Scalars", []ast.DefinitionKind{ast.Scalar}},
}

// page renders one domain.
func page(d domain, at map[string]string) string {
	p := &writer{at: at, here: d.name}
	p.line("%s\n# %s\n", generated, d.name)
	for _, o := range operations {
		if fields := rootFields(d, o.name); len(fields) > 0 {
			p.line("## %s\n", o.title)
			for _, f := range fields {
				p.operation(f)
			}
		}
	}
	for _, k := range kinds {
		types := typesOf(d, k.of)
		if len(types) == 0 {
			continue
		}
		p.line("## %s\n", k.title)
		for _, t := range types {
			p.definition(t)
		}
	}
	if len(d.doc.Directives) > 0 {
		p.line("## 指令 Directives\n")
		for _, directive := range d.doc.Directives {
			p.line("### `@%s`\n\n%s\n", directive.Name, directive.Description)
			p.arguments(directive.Arguments)
		}
	}
	return strings.TrimRight(p.text.String(), "\n") + "\n"
}

// rootFields are what a domain adds to Query, Mutation or Subscription.
func rootFields(d domain, root string) []*ast.FieldDefinition {
	var all []*ast.FieldDefinition
	for _, list := range []ast.DefinitionList{d.doc.Definitions, d.doc.Extensions} {
		for _, t := range list {
			if t.Name == root {
				all = append(all, t.Fields...)
			}
		}
	}
	return all
}

func typesOf(d domain, of []ast.DefinitionKind) []*ast.Definition {
	var all []*ast.Definition
	for _, t := range d.doc.Definitions {
		root := slices.ContainsFunc(operations, func(o struct{ name, title string }) bool { return o.name == t.Name })
		if slices.Contains(of, t.Kind) && !root {
			all = append(all, t)
		}
	}
	slices.SortStableFunc(all, func(a, b *ast.Definition) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// index lists every operation of the contract with its page.
func index(domains []domain) string {
	p := &writer{}
	p.line("%s\n# 接口参考 Reference\n", generated)
	p.line("按领域分页，内容取自接口描述本身（含义、单位、范围、错误代码；括号内是中文术语）。写法和约定见[接口](../api.md)，各版本的变化见[接口变更](../schema-changelog.md)，可以直接粘贴的查询见 [queries](../queries/README.md)。\n")
	p.line("One page a domain, in the words of the schema itself. Conventions stand in [api.md](../api.md), what changed between releases in the [schema changelog](../schema-changelog.md).\n")
	for _, o := range operations {
		type entry struct {
			page  string
			field *ast.FieldDefinition
		}
		var all []entry
		for _, d := range domains {
			for _, f := range rootFields(d, o.name) {
				all = append(all, entry{d.name, f})
			}
		}
		if len(all) == 0 {
			continue
		}
		slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(a.field.Name, b.field.Name) })
		p.line("## %s\n\n| | 权限 permission | 说明 |\n|---|---|---|", o.title)
		for _, e := range all {
			p.line("| [`%s`](%s.md#%s) | %s | %s |", e.field.Name, e.page, strings.ToLower(e.field.Name), permission(e.field.Directives), cell(e.field.Description))
		}
		p.line("")
	}
	return strings.TrimRight(p.text.String(), "\n") + "\n"
}

// permission tells what a field asks of its caller.
func permission(of ast.DirectiveList) string {
	if can := of.ForName("can"); can != nil {
		return "`" + can.Arguments.ForName("permission").Value.Raw + "`"
	}
	if of.ForName("public") != nil {
		return "–"
	}
	return ""
}

// cell makes a description fit into a table.
func cell(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	return strings.NewReplacer("|", "\\|", "<", "&lt;", ">", "&gt;").Replace(text)
}

// deprecated tells why something is to be left, "" when it is not.
func deprecated(of ast.DirectiveList) string {
	d := of.ForName("deprecated")
	if d == nil {
		return ""
	}
	reason := ""
	if given := d.Arguments.ForName("reason"); given != nil {
		reason = ": " + given.Value.Raw
	}
	return fmt.Sprintf(" **弃用 Deprecated%s**", cell(reason))
}
