package scoring

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/template"
)

// ValueOf gives the points a detail that CheckDetail passed comes to, on the
// item's own scale from 0 to its points; a bonus from 0 to its cap, a deduction
// down to its floor, which may lie below 0. A veto comes to no points, and so
// does a checklist of which nothing applies: NotApplicable tells.
func ValueOf(item *template.Item, d Detail) exact.Number {
	switch item.Kind {
	case template.KindChecklist:
		return checklist(item, d)
	case template.KindLevels:
		i := slices.IndexFunc(item.Rule.Levels, func(l template.Level) bool { return l.Key == d.Level })
		if i >= 0 {
			return item.Rule.Levels[i].Points
		}
	case template.KindDeductions:
		value, floor := item.Points.Sub(events(item, d)), floorOf(item)
		if value.Cmp(floor) < 0 {
			return floor
		}
		return value
	case template.KindBonus:
		return capped(item, events(item, d))
	}
	return exact.Number{}
}

// floorOf is what a deductions item never falls below.
func floorOf(item *template.Item) exact.Number {
	if item.Rule.Floor == nil {
		return exact.Number{}
	}
	return *item.Rule.Floor
}

// capped bounds a bonus by its cap.
func capped(item *template.Item, value exact.Number) exact.Number {
	if item.Rule.Cap != nil && value.Cmp(*item.Rule.Cap) > 0 {
		return *item.Rule.Cap
	}
	return value
}

// events is what all events of a detail cost or earn together.
func events(item *template.Item, d Detail) exact.Number {
	var sum exact.Number
	for _, e := range d.Events {
		for _, row := range item.Rule.Table {
			if row.Key == e.Key {
				sum = sum.Add(row.Points.Mul(exact.Int(int64(e.Count))))
			}
		}
	}
	return sum
}

// checklist sums the checks that are met. What does not apply counts as met, or
// hands its points to the other checks in proportion.
func checklist(item *template.Item, d Detail) exact.Number {
	met, apply := checks(item, d)
	if apply.Sign() == 0 {
		return exact.Number{}
	}
	return item.Points.Mul(met).Quo(apply)
}

// checks gives the points of the checks that are met and of all that apply.
func checks(item *template.Item, d Detail) (met, apply exact.Number) {
	for _, c := range item.Rule.Checks {
		i := slices.IndexFunc(d.Checks, func(s CheckState) bool { return s.Key == c.Key })
		if i < 0 {
			apply = apply.Add(c.Points) // CheckDetail refuses this; it never counts as met
			continue
		}
		na := d.Checks[i].State == CheckNA
		if na && item.NA != Full {
			continue
		}
		apply = apply.Add(c.Points)
		if na || d.Checks[i].State == CheckYes {
			met = met.Add(c.Points)
		}
	}
	return met, apply
}

// NotApplicable reports whether a checklist's detail says that nothing of the
// item applies to the subject, so that its points are spread over the other
// items (B03).
func NotApplicable(item *template.Item, d Detail) bool {
	if item.Kind != template.KindChecklist {
		return false
	}
	_, apply := checks(item, d)
	return apply.Sign() == 0
}

// Bounds are the least and the most that a detail of the item can come to.
func Bounds(item *template.Item) (low, high exact.Number) {
	switch item.Kind {
	case template.KindBonus:
		if item.Rule.Cap == nil {
			return exact.Number{}, exact.Number{}
		}
		return exact.Number{}, *item.Rule.Cap
	case template.KindDeductions:
		return floorOf(item), item.Points
	case template.KindVeto:
		return exact.Number{}, exact.Int(1)
	}
	return exact.Number{}, item.Points
}
