package scoring

import (
	"slices"
	"strconv"
	"strings"

	"leitai/internal/fault"
	"leitai/internal/template"
)

// mostEvents bounds how often one row may have happened: more is a slip.
const mostEvents = 1000

// CheckDetail names everything that is wrong with a detail as a mark of the
// item, each at its place inside the detail (checks[2].key): a field that is not
// for the kind, a key the item does not have or that stands there twice, a check
// without an answer, a count below 1, a level that is unknown. A kind that says
// what was found needs a detail, the others take none.
func CheckDetail(item *template.Item, d *Detail) fault.List {
	if d == nil {
		if Detailed(item.Kind) {
			return fault.List{kindFault(fault.DetailMissing, item)}
		}
		return nil
	}
	if !Detailed(item.Kind) {
		return fault.List{kindFault(fault.DetailKind, item)}
	}
	faults := foreign(item, d)
	switch item.Kind {
	case template.KindChecklist:
		faults = append(faults, checkStates(item, d)...)
	case template.KindDeductions, template.KindBonus:
		faults = append(faults, checkEvents(item, d)...)
	case template.KindLevels:
		keys := keysOf(item.Rule.Levels, func(l template.Level) string { return l.Key })
		if !slices.Contains(keys, d.Level) {
			faults = append(faults, unknownKey(item, d.Level, keys).At("level"))
		}
	}
	return faults
}

func kindFault(code fault.Code, item *template.Item) *fault.Fault {
	kind := kindNames[item.Kind]
	return fault.New(code, "item", item.Key, "kind", string(item.Kind)).
		Call("item", item.Name.Or(item.Key, false), item.Name.Or(item.Key, true)).Call("kind", kind[0], kind[1])
}

// foreign names the fields that are for other kinds.
func foreign(item *template.Item, d *Detail) fault.List {
	var faults fault.List
	eventful := item.Kind == template.KindDeductions || item.Kind == template.KindBonus
	for _, f := range []struct {
		field string
		wrong bool
	}{
		{"checks", len(d.Checks) > 0 && item.Kind != template.KindChecklist},
		{"events", len(d.Events) > 0 && !eventful},
		{"level", d.Level != "" && item.Kind != template.KindLevels},
		{"veto", d.Veto && item.Kind != template.KindVeto},
	} {
		if f.wrong {
			faults = append(faults, kindFault(fault.DetailKind, item).At("%s", f.field))
		}
	}
	return faults
}

func checkStates(item *template.Item, d *Detail) fault.List {
	var faults fault.List
	keys := keysOf(item.Rule.Checks, func(c template.Check) string { return c.Key })
	seen := map[string]bool{}
	for i, c := range d.Checks {
		if !slices.Contains(keys, c.Key) {
			faults = append(faults, unknownKey(item, c.Key, keys).At("checks[%d].key", i))
		} else if seen[c.Key] {
			faults = append(faults, fault.New(fault.DetailKeyTwice, "value", c.Key).At("checks[%d].key", i))
		}
		seen[c.Key] = true
		if c.State != CheckYes && c.State != CheckNo && c.State != CheckNA {
			faults = append(faults, fault.New(fault.DetailState, "value", c.State).At("checks[%d].state", i))
		}
	}
	for _, c := range item.Rule.Checks {
		if !seen[c.Key] {
			faults = append(faults, fault.New(fault.DetailUnanswered, "value", c.Key).Call("value", c.Name.Or(c.Key, false), c.Name.Or(c.Key, true)).At("checks"))
		}
	}
	return faults
}

func checkEvents(item *template.Item, d *Detail) fault.List {
	var faults fault.List
	keys := keysOf(item.Rule.Table, func(r template.TableRow) string { return r.Key })
	seen := map[string]bool{}
	for i, e := range d.Events {
		if !slices.Contains(keys, e.Key) {
			faults = append(faults, unknownKey(item, e.Key, keys).At("events[%d].key", i))
		} else if seen[e.Key] {
			faults = append(faults, fault.New(fault.DetailKeyTwice, "value", e.Key).At("events[%d].key", i))
		}
		seen[e.Key] = true
		if e.Count < 1 || e.Count > mostEvents {
			faults = append(faults, fault.New(fault.DetailCount, "value", strconv.Itoa(e.Count), "most", strconv.Itoa(mostEvents)).At("events[%d].count", i))
		}
	}
	return faults
}

func unknownKey(item *template.Item, key string, want []string) *fault.Fault {
	return fault.New(fault.DetailKeyUnknown, "item", item.Key, "value", key, "want", strings.Join(want, ", ")).Call("item", item.Name.Or(item.Key, false), item.Name.Or(item.Key, true))
}

func keysOf[T any](all []T, key func(T) string) []string {
	keys := make([]string, len(all))
	for i, v := range all {
		keys[i] = key(v)
	}
	return keys
}
