package paperwork

import (
	"strconv"
	"strings"
	"unicode"

	"leitai/internal/fault"
)

// Form is a form of one unit or person: the registration forms of an annual
// assessment (E05), and the overall evaluation (E20). What the data know is
// printed, everything else is left blank to be written.
type Form struct {
	Paper
	Attachment int
	Title      string      // for example 村（社区）年度考核登记表
	Fields     []FormField // two stand beside each other
	Texts      []FormText
	Opinions   []FormOpinion
	Note       string
}

// FormField is a name with its value; "" is a blank to be filled.
type FormField struct{ Name, Value string }

// FormText is a longer text with its limit in characters; 0: no limit.
type FormText struct {
	Name  string
	Text  string
	Limit int
	Lines int // height of the blank when there is no text
}

// FormOpinion is the box of somebody who decides, with room for seal and date.
type FormOpinion struct{ Name, Text string }

// Document lays the form out. A text over its limit is refused (E04).
func (f Form) Document() (Document, error) {
	m := missing{document: or(f.Title, "登记表")}
	m.need(f.Title != "", "title", "表名（title）")
	m.need(len(f.Fields)+len(f.Texts) > 0, "fields", "至少一栏（fields）")
	for i, t := range f.Texts {
		if have := Characters(t.Text); t.Limit > 0 && have > t.Limit {
			m.found = append(m.found, tooLong(t.Name, have, t.Limit).At("texts[%d].text", i))
		}
	}
	if err := m.found.Err(); err != nil {
		return Document{}, err
	}
	g := grid{shares: []int{20, 30, 20, 30}, note: f.Note}
	for i := 0; i < len(f.Fields); i += 2 {
		a := f.Fields[i]
		row := gridRow{cells: []gridCell{{text: a.Name, name: true}, {text: a.Value, span: 3}}}
		if i+1 < len(f.Fields) {
			b := f.Fields[i+1]
			row.cells = []gridCell{{text: a.Name, name: true}, {text: a.Value}, {text: b.Name, name: true}, {text: b.Value}}
		}
		g.rows = append(g.rows, row)
	}
	for _, t := range f.Texts {
		name := t.Name
		if t.Limit > 0 {
			name += "\n（" + strconv.Itoa(t.Limit) + "字以内）"
		}
		g.rows = append(g.rows, gridRow{lines: max(t.Lines, 4), cells: []gridCell{{text: name, name: true}, {text: t.Text, span: 3, left: true}}})
	}
	for _, o := range f.Opinions {
		text := or(o.Text, "") + "\n\n　　　　　　　　　　　　　（盖章）　　　　年　　月　　日"
		g.rows = append(g.rows, gridRow{lines: 4, cells: []gridCell{{text: o.Name, name: true}, {text: text, span: 3, left: true}}})
	}
	d := Document{paper: Paper{Demo: f.Demo, Trial: f.Trial}, title: []string{f.Title}, opening: []block{g}}
	return d.attachedAs(f.Attachment), nil
}

// Characters counts the characters of a text as an office counts them: blanks
// and line ends are none, and a run of digits or Latin letters is one.
func Characters(text string) int {
	n, inside := 0, false
	for _, c := range text {
		word := c < unicode.MaxLatin1 && (unicode.IsLetter(c) || unicode.IsDigit(c) || inside && strings.ContainsRune(".,'%-", c))
		if !unicode.IsSpace(c) && (!word || !inside) {
			n++
		}
		inside = word
	}
	return n
}

func tooLong(name string, have, most int) *fault.Fault {
	return fault.New(fault.PaperTooLong, "document", name, "have", strconv.Itoa(have), "most", strconv.Itoa(most))
}
