package scoring

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// Cells lists what takes marks, in the order of items and then of channels.
func (p *Plan) Cells() []Cell { return p.cells }

// CellsOf gives the positions of an item's cells: from first up to, without,
// last. A measured item has none.
func (p *Plan) CellsOf(item int) (first, last int) { return p.first[item], p.first[item+1] }

// Items lists the rubric's items in their order.
func (p *Plan) Items() []template.Item { return p.items }

// ItemOf gives the item of a cell.
func (p *Plan) ItemOf(cell int) *template.Item { return &p.items[p.cells[cell].item] }

// Position gives the position of an item, or -1.
func (p *Plan) Position(item string) int {
	return slices.IndexFunc(p.items, func(i template.Item) bool { return i.Key == item })
}

// Counts reports whether an item touches the total or a grade, so that its value
// must not be missing (Q29).
func (p *Plan) Counts(item int) bool { return p.whole.Items[item].Sign() > 0 || p.graded[item] }

// Parts lists the parts of the total, in the template's order.
func (p *Plan) Parts() []template.Part { return p.parts }

// Channel gives the channel of a cell.
func (p *Plan) Channel(cell int) *template.Channel { return &p.channels[p.cells[cell].channel] }

// High is the highest value of a cell: that of its channel, or of its item where
// marks say what was found.
func (p *Plan) High(cell int) exact.Number { return p.cells[cell].high }

// Whole are the weights where everything applies.
func (p *Plan) Whole() *Weights { return p.whole }

// CheckMark refuses a mark that its cell does not take: a detail that is not
// for the item (fields below detail), a value that is not what the detail comes
// to, one that is out of range or between two steps (field value).
func (p *Plan) CheckMark(cell int, value exact.Number, d *Detail) fault.List {
	if c := &p.cells[cell]; d == nil && c.plain && value.Cmp(c.low) >= 0 && value.Cmp(c.high) <= 0 && (c.step.Sign() <= 0 || value.MultipleOf(c.step)) {
		return nil // nearly every mark; what is wrong with any other is told below
	}
	item := p.ItemOf(cell)
	if faults := CheckDetail(item, d); len(faults) > 0 {
		for _, f := range faults {
			if f.Field == "" {
				f.Field = "detail"
				continue
			}
			f.Field = "detail." + f.Field
		}
		return faults
	}
	if !Detailed(item.Kind) {
		if err := CheckMark(p.Channel(cell), value); err != nil {
			return fault.All(err)
		}
		return nil
	}
	if want := ValueOf(item, *d); !value.Equal(want) {
		return fault.List{fault.New(fault.DetailValue, "value", value.String(), "want", want.String()).At("value")}
	}
	return nil
}

// Need is the least number of marks a cell must have: 0 for one that is
// recorded only or stands beside the scale.
func (p *Plan) Need(cell int) int {
	if !p.cells[cell].Counts() {
		return 0
	}
	return Need(p.Channel(cell).Judges)
}

// Gap says what a cell lacks with these marks; nothing, whatever they are, for
// one that is recorded only (Q13, Q29).
func (p *Plan) Gap(cell int, marks []exact.Number) Gap {
	if p.cells[cell].beside {
		if gap := p.Lacks(cell, len(marks)); gap != Missing {
			return gap
		}
		return ""
	}
	_, gap := Value(p.Channel(cell).Judges, marks)
	if !p.Blocks(cell, gap) {
		return ""
	}
	return gap
}

// Lacks says why a cell beside the scale has no value with so many marks: there
// are none, or more than the one that counts.
func (p *Plan) Lacks(cell, marks int) Gap {
	switch {
	case marks == 0:
		return Missing
	case marks > 1 && p.Channel(cell).Judges.Combine == Single && p.ItemOf(cell).Kind != template.KindVeto:
		return TooMany
	}
	return ""
}

// Blocks reports whether a gap of the cell is one that must be filled or decided
// about: not where the cell is recorded only, and beside the scale only when it
// cannot be told which of several marks counts.
func (p *Plan) Blocks(cell int, gap Gap) bool {
	return p.cells[cell].Counts() || p.cells[cell].beside && gap == TooMany
}

// Share is what part of its item a cell is worth where everything applies: 2/5
// for 40 %. The shares of an item sum to 1; beside the scale there are none.
func (p *Plan) Share(cell int) exact.Number { return p.shares[cell] }

// Scale gives the scale totals live on.
func (p *Plan) Scale() template.Scale { return p.scale }
