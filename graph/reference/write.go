package main

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// writer writes one page.
type writer struct {
	text strings.Builder
	at   map[string]string // page of every type
	here string
}

func (p *writer) line(format string, args ...any) { fmt.Fprintf(&p.text, format+"\n", args...) }

// operation writes a field of a root type.
func (p *writer) operation(f *ast.FieldDefinition) {
	p.line("### `%s`\n", f.Name)
	p.line("%s%s\n", cell(f.Description), deprecated(f.Directives))
	answers := "答复 answers " + p.link(f.Type)
	switch asked := permission(f.Directives); asked {
	case "":
	case "–":
		answers += " · 登录即可 anybody who is signed in"
	default:
		answers += " · 权限 permission " + asked
	}
	p.line("%s\n", answers)
	p.arguments(f.Arguments)
}

// arguments writes a table; nothing when there are none.
func (p *writer) arguments(list ast.ArgumentDefinitionList) {
	if len(list) == 0 {
		return
	}
	p.line("| 参数 argument | | 说明 |\n|---|---|---|")
	for _, a := range list {
		p.line("| `%s` | %s%s | %s%s |", a.Name, p.link(a.Type), otherwise(a.DefaultValue), cell(a.Description), deprecated(a.Directives))
	}
	p.line("")
}

// definition writes a type.
func (p *writer) definition(t *ast.Definition) {
	p.line("### `%s`\n", t.Name)
	p.line("%s\n", cell(t.Description))
	if t.Directives.ForName("oneOf") != nil {
		p.line("恰好填一项 Exactly one field is given.\n")
	}
	if len(t.Interfaces) > 0 {
		p.line("implements `%s`\n", strings.Join(t.Interfaces, "`, `"))
	}
	if by := t.Directives.ForName("specifiedBy"); by != nil {
		p.line("<%s>\n", by.Arguments.ForName("url").Value.Raw)
	}
	switch {
	case len(t.EnumValues) > 0:
		p.line("| 值 value | 说明 |\n|---|---|")
		for _, v := range t.EnumValues {
			p.line("| `%s` | %s%s |", v.Name, cell(v.Description), deprecated(v.Directives))
		}
		p.line("")
	case len(t.Types) > 0:
		for _, name := range t.Types {
			p.line("- %s", p.link(ast.NamedType(name, nil)))
		}
		p.line("")
	case len(t.Fields) > 0:
		p.fields(t)
	}
}

// fields writes the fields of an object or an input; arguments stand below
// their field.
func (p *writer) fields(t *ast.Definition) {
	p.line("| 字段 field | | 说明 |\n|---|---|---|")
	for _, f := range t.Fields {
		needs := ""
		if asked := permission(f.Directives); asked != "" && asked != "–" {
			needs = " · " + asked
		}
		p.line("| `%s` | %s%s | %s%s%s |", f.Name, p.link(f.Type), otherwise(f.DefaultValue), cell(f.Description), needs, deprecated(f.Directives))
		for _, a := range f.Arguments {
			p.line("| &nbsp;&nbsp;↳ `%s` | %s%s | %s%s |", a.Name, p.link(a.Type), otherwise(a.DefaultValue), cell(a.Description), deprecated(a.Directives))
		}
	}
	p.line("")
}

// link writes a type, leading to where it is described.
func (p *writer) link(t *ast.Type) string {
	page, known := p.at[t.Name()]
	switch {
	case !known:
		return "`" + t.String() + "`"
	case page == p.here:
		page = ""
	default:
		page += ".md"
	}
	return fmt.Sprintf("[`%s`](%s#%s)", t.String(), page, strings.ToLower(t.Name()))
}

// otherwise tells a default.
func otherwise(v *ast.Value) string {
	if v == nil {
		return ""
	}
	return " = `" + v.String() + "`"
}
