package imports

import (
	"encoding/json"
	"slices"
	"strings"

	"leitai/internal/bulletin"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/sheet"
	"leitai/internal/template"
)

// take reads one cell by the kind of its item.
func (f *fill) take(row sheet.Row, column string, c bulletin.Column) {
	if scoring.Detailed(f.item.Kind) && f.detail == nil {
		f.detail = &scoring.Detail{}
	}
	switch f.item.Kind {
	case template.KindChecklist:
		f.check(row, column, c.Line)
	case template.KindDeductions, template.KindBonus:
		n, ok := row.Whole(column)
		f.bad = f.bad || !ok
		if n > 0 {
			f.detail.Events = append(f.detail.Events, scoring.EventCount{Key: c.Line, Count: n})
		}
	case template.KindLevels:
		f.level(row, column)
	case template.KindVeto:
		yes, ok := row.Yes(column)
		f.bad = f.bad || !ok
		f.detail.Veto = yes
	default:
		n, ok := row.Number(column)
		f.bad = f.bad || !ok
		f.value = n
	}
}

func (f *fill) check(row sheet.Row, column, key string) {
	state := scoring.CheckNA
	if !slices.Contains([]string{"不适用", "不涉及", "na", "n/a"}, strings.ToLower(row.Text(column))) {
		yes, ok := row.Yes(column)
		if !ok {
			f.bad = true
			return
		}
		state = scoring.CheckNo
		if yes {
			state = scoring.CheckYes
		}
	}
	f.detail.Checks = append(f.detail.Checks, scoring.CheckState{Key: key, State: state})
}

func (f *fill) level(row sheet.Row, column string) {
	text := row.Text(column)
	var names []string
	for _, l := range f.item.Rule.Levels {
		name := l.Name.Or(l.Key, false)
		if text == name || strings.EqualFold(text, l.Key) {
			f.detail.Level = l.Key
			return
		}
		names = append(names, name)
	}
	f.bad = true
	row.Refuse(column, fault.New(fault.SheetChoice, "cell", row.Cell(column), "value", text, "want", strings.Join(names, "、")))
}

// says is what a mark says, for its id.
func (f *fill) says() string {
	if f.detail == nil {
		return f.value.String()
	}
	text, err := json.Marshal(f.detail)
	if err != nil {
		panic("imports: a detail of texts and numbers does not encode: " + err.Error())
	}
	return string(text)
}
