package paperwork

import (
	"regexp"
	"slices"
	"strings"

	"leitai/internal/fault"
)

// placeholder is {{name}}, {{#list}} or {{/list}}, blanks inside allowed.
var placeholder = regexp.MustCompile(`\{\{\s*([#/]?)\s*([^{}#/\s][^{}]*?)\s*\}\}`)

// mark is one placeholder as a form uses it.
type mark struct {
	text string // as written: {{#行}}
	sign string // "", # or /
	name string
	list string // of the row it stands in; "" outside
	bad  string // what its pair would be, where there is none in the row
}

// marks lists the placeholders of a part in their order.
func (n *node) marks() []mark {
	var all []mark
	n.each("w:tr", func(row *node) bool {
		name := row.listName()
		if name == "" {
			return true // rows of a table inside
		}
		for _, m := range row.plainMarks() {
			m.list = name
			all = append(all, m)
		}
		return false
	})
	n.outside(func(p *node) {
		for _, m := range marksOf(p) {
			if m.sign != "" {
				m.bad = map[string]string{"#": "{{/", "/": "{{#"}[m.sign] + m.name + "}}"
			}
			all = append(all, m)
		}
	})
	return all
}

// outside visits the paragraphs that stand in no repeated row.
func (n *node) outside(visit func(p *node)) {
	for _, m := range n.inner {
		if m.name == "w:tr" && m.listName() != "" {
			continue
		}
		if m.name == "w:p" {
			visit(m)
		}
		m.outside(visit)
	}
}

func (n *node) plainMarks() []mark {
	var all []mark
	n.each("w:p", func(p *node) bool { all = append(all, marksOf(p)...); return true })
	return all
}

func marksOf(p *node) []mark {
	var all []mark
	for _, m := range placeholder.FindAllStringSubmatch(wordsOfRuns(p.runs()), -1) {
		all = append(all, mark{text: m[0], sign: m[1], name: m[2]})
	}
	return all
}

func wordsOfRuns(runs []*node) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.words())
	}
	return b.String()
}

// listName is the list a row is repeated for: it begins and ends in the row. ""
// for any other row.
func (n *node) listName() string {
	marks := n.plainMarks()
	for i, m := range marks {
		if m.sign == "#" && slices.ContainsFunc(marks[i:], func(e mark) bool { return e.sign == "/" && e.name == m.name }) {
			return m.name
		}
	}
	return ""
}

// fill puts data in: rows are repeated first, each with its own values.
func (n *node) fill(data FormData) {
	var inner []*node
	for _, m := range n.inner {
		list := ""
		if m.name == "w:tr" {
			list = m.listName()
		}
		if list == "" {
			m.fill(data)
			inner = append(inner, m)
			continue
		}
		for _, values := range data.Lists[list] {
			row := m.clone()
			row.each("w:p", func(p *node) bool { replace(p, data.Values, values); return true })
			inner = append(inner, row)
		}
		if len(data.Lists[list]) == 0 { // a table keeps a row, and says that there is nothing
			m.each("w:p", func(p *node) bool { replace(p, nil, nil); return true })
			inner = append(inner, m)
		}
	}
	n.inner = inner
	if n.name == "w:p" {
		replace(n, data.Values, nil)
	}
}

// replace puts values into one paragraph. A placeholder may be split over runs:
// its value goes to the run in which it begins, with that run's looks.
func replace(p *node, outer, inner map[string]string) {
	runs := p.runs()
	whole := wordsOfRuns(runs)
	found := placeholder.FindAllStringSubmatchIndex(whole, -1)
	if len(found) == 0 {
		return
	}
	texts, at := make([]strings.Builder, len(runs)), 0
	end := func(i int) int { return at + len(runs[i].words()) }
	next := 0
	for i := range runs {
		text := runs[i].words()
		for offset := 0; offset < len(text); {
			for next < len(found) && found[next][1] <= at+offset {
				next++
			}
			if next == len(found) || found[next][0] >= end(i) {
				texts[i].WriteString(text[offset:])
				break
			}
			from, until := found[next][0], found[next][1]
			if from > at+offset {
				texts[i].WriteString(text[offset : from-at])
			}
			if from >= at {
				texts[i].WriteString(valueOf(whole, found[next], outer, inner))
			}
			offset = min(until-at, len(text))
		}
		at += len(text)
	}
	for i, r := range runs {
		if text := texts[i].String(); text != r.words() {
			r.inner, r.fresh = []*node{{isTxt: true, text: text}}, true
		}
	}
}

func valueOf(whole string, m []int, outer, inner map[string]string) string {
	if m[2] < m[3] { // the sign of a list
		return ""
	}
	name := whole[m[4]:m[5]]
	if value, own := inner[name]; own {
		return value
	}
	return outer[name]
}

// check refuses a placeholder that data of the kind do not have.
func (k FormKind) check(m mark) *fault.Fault {
	if m.bad != "" {
		return fault.New(fault.FormRow, "value", m.text, "other", m.bad)
	}
	known := names(k.Values)
	for _, l := range k.Lists {
		if m.sign != "" && l.Name == m.name {
			return nil
		}
		if m.list == l.Name {
			known = append(names(l.Values), known...)
		}
	}
	if m.sign == "" && slices.Contains(known, m.name) {
		return nil
	}
	if m.sign != "" {
		known = nil
		for _, l := range k.Lists {
			known = append(known, l.Name)
		}
	}
	return fault.New(fault.FormPlaceholder, "value", m.text, "want", strings.Join(known, "、"))
}

func names(all []Placeholder) []string {
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = p.Name
	}
	return out
}
