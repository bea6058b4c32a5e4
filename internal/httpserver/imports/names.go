package imports

import (
	"strings"

	"github.com/google/uuid"

	"leitai/internal/bulletin"
	"leitai/internal/fault"
	"leitai/internal/sheet"
)

// names is what the words of a sheet mean in one round.
type names struct {
	grid     *bulletin.Grid
	codes    map[string]bulletin.GridSubject
	called   map[string][]bulletin.GridSubject // by name and by place
	channels map[string]string                 // key by key and by name
	judges   map[string]uuid.UUID
	items    []string // names of items, for messages
	spoken   []string // names of channels
}

func namesOf(g *bulletin.Grid) *names {
	n := &names{grid: g, codes: map[string]bulletin.GridSubject{}, called: map[string][]bulletin.GridSubject{}, channels: map[string]string{}, judges: map[string]uuid.UUID{}}
	for _, s := range g.Subjects {
		n.codes[s.Code] = s
		n.called[s.Name] = append(n.called[s.Name], s)
		if s.Place != s.Name {
			n.called[s.Place] = append(n.called[s.Place], s)
		}
	}
	for _, c := range g.Template.Channels {
		name := c.Name.Or(c.Key, false)
		n.channels[c.Key], n.channels[name] = c.Key, c.Key
		n.spoken = append(n.spoken, name)
	}
	for _, p := range g.Panels {
		for _, j := range p.Judges {
			n.judges[j.Pseudonym] = j.Person
		}
	}
	for _, c := range g.Columns() {
		n.items = append(n.items, c.Head)
	}
	return n
}

// subject finds a contestant by code or, where a row has none, by name; both
// must agree where both are given.
func (n *names) subject(row sheet.Row, code, name string) (bulletin.GridSubject, bool) {
	text, column := row.Text(code), code
	if text == "" {
		text, column = row.Text(name), name
	}
	if text == "" {
		return bulletin.GridSubject{}, row.Required(code, bulletin.HeadCode) != ""
	}
	found, known := n.codes[text]
	if !known {
		switch all := n.called[text]; len(all) {
		case 0:
			row.Refuse(column, fault.New(fault.ImportSubject, "cell", row.Cell(column), "value", text))
			return found, false
		case 1:
			found = all[0]
		default:
			row.Refuse(column, fault.New(fault.ImportSame, "cell", row.Cell(column), "value", text))
			return found, false
		}
	}
	if other := row.Text(name); other != "" && other != found.Name && other != found.Place && other != found.Code {
		row.Refuse(name, fault.New(fault.ImportSubject, "cell", row.Cell(name), "value", other))
		return found, false
	}
	return found, true
}

// channel finds a channel by key or name; a round with one channel needs none.
func (n *names) channel(row sheet.Row) (string, bool) {
	text := row.Text("channel")
	if text == "" && len(n.grid.Template.Channels) == 1 {
		return n.grid.Template.Channels[0].Key, true
	}
	if text == "" {
		return "", row.Required("channel", bulletin.HeadChannel) != ""
	}
	key, known := n.channels[text]
	if !known {
		row.Refuse("channel", fault.New(fault.ImportChannel, "cell", row.Cell("channel"), "value", text, "want", strings.Join(n.spoken, "、")))
	}
	return key, known
}

// judge finds a judge by pseudonym; nil, for the one who imports, where the row
// names none.
func (n *names) judge(row sheet.Row) (*uuid.UUID, bool) {
	text := row.Text("judge")
	if text == "" {
		return nil, true
	}
	person, known := n.judges[text]
	if !known {
		row.Refuse("judge", fault.New(fault.ImportJudge, "cell", row.Cell("judge"), "value", text))
		return nil, false
	}
	return &person, true
}
