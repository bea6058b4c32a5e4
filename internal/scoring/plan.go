// Package scoring owns the way from marks to one subject's total: whether a
// mark is acceptable, how several judges' marks combine, what an item
// contributes, and the one place where the total is rounded.
//
// It does not own who is ranked where (ranking), what a missing mark leads to
// (it only names the gap), or how marks are entered and stored.
package scoring

import (
	"slices"
	"strings"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// Cell is one channel of one item: the smallest thing that takes marks. A cell
// of weight 0 is recorded only: it needs no marks and has the factor 0 (Q29).
type Cell struct {
	Item    string
	Channel string
	Factor  exact.Number // points of the total that one point of the channel is worth

	item, channel int // positions in the plan's items and channels
}

// Counts reports whether the cell touches the total, and so needs marks.
func (c *Cell) Counts() bool { return c.Factor.Sign() > 0 }

// Plan is a template's scale and channels applied to a round's rubric. It is
// made once for a round and read for every subject; it never changes.
type Plan struct {
	items    []template.Item
	channels []template.Channel
	cells    []Cell
	index    map[[2]string]int
	scale    template.Scale
}

// NewPlan works out which cells a rubric has and what each is worth (A23, Q14,
// Q31). It refuses a rubric without items, with a repeated item, with an item
// that no channel marks, or whose item points do not sum to the scale.
func NewPlan(doc *template.Document, items []template.Item) (*Plan, error) {
	p := &Plan{items: items, channels: doc.Channels, scale: doc.Scale, index: map[[2]string]int{}}
	if err := p.check(); err != nil {
		return nil, err
	}
	for i := range items {
		for c := range doc.Channels {
			if _, named := splitWeight(&items[i], &doc.Channels[c]); named {
				p.index[[2]string{items[i].Key, doc.Channels[c].Key}] = len(p.cells)
				p.cells = append(p.cells, Cell{Item: items[i].Key, Channel: doc.Channels[c].Key, item: i, channel: c})
			}
		}
	}
	return p, p.weigh()
}

func (p *Plan) check() error {
	if len(p.items) == 0 {
		return fault.New(fault.RubricEmpty).At("items")
	}
	var faults fault.List
	seen := map[string]bool{}
	for i, item := range p.items {
		if seen[item.Key] {
			faults = append(faults, fault.New(fault.RubricItemTwice, "item", item.Key).At("items[%d].key", i))
		}
		seen[item.Key] = true
		if item.Kind != template.KindPoints && item.Kind != "" {
			faults = append(faults, fault.New(fault.ItemKindLater, "kind", string(item.Kind)).At("items[%d].kind", i))
		}
		if !p.splitHolds(item.Split) {
			faults = append(faults, fault.New(fault.RubricSplit, "item", item.Key).At("items[%d].split", i))
		}
		if item.Points.Sign() <= 0 {
			faults = append(faults, fault.New(fault.RubricPoints, "item", item.Key, "value", item.Points.String()).At("items[%d].points", i))
		}
	}
	if sum := p.pointsSum(); p.scale.Items != MeanOfItems && !sum.Equal(p.scale.Points) {
		faults = append(faults, fault.New(fault.RubricSum, "value", sum.String(), "want", p.scale.Points.String()).At("items"))
	}
	return faults.Err()
}

// splitHolds reports whether an item's own split names channels of the template,
// each once, and sums to 100; an item without one takes the channels' weights.
func (p *Plan) splitHolds(split []template.ChannelSplit) bool {
	var sum exact.Number
	for i, s := range split {
		known := slices.ContainsFunc(p.channels, func(c template.Channel) bool { return c.Key == s.Channel })
		twice := slices.ContainsFunc(split[:i], func(o template.ChannelSplit) bool { return o.Channel == s.Channel })
		if !known || twice || s.Weight.Sign() < 0 {
			return false
		}
		sum = sum.Add(s.Weight)
	}
	return len(split) == 0 || sum.Equal(exact.Int(100))
}

// MeanOfItems is the value of scale.items by which every item is out of the
// whole scale and the total is their mean, weighted by their points (Q31).
const MeanOfItems = "mean"

// PerTotal is the value of scale.split by which channels are summed over all
// items first and weighted against each other afterwards (Q14).
const PerTotal = "per-total"

func (p *Plan) pointsSum() exact.Number {
	points := make([]exact.Number, len(p.items))
	for i := range p.items {
		points[i] = p.items[i].Points
	}
	return exact.Sum(points...)
}

// weigh sets the factor of every cell: under "per item" the item's points times
// the channel's share of the item; under "per total" the scale times the
// channel's share of the total times the item's share of the channel.
func (p *Plan) weigh() error {
	perItem := make([]exact.Number, len(p.items))
	perChannel := make([]exact.Number, len(p.channels))
	for _, c := range p.cells {
		if weight, _ := splitWeight(&p.items[c.item], &p.channels[c.channel]); weight.Sign() > 0 {
			perItem[c.item] = perItem[c.item].Add(weight)
			perChannel[c.channel] = perChannel[c.channel].Add(p.items[c.item].Points)
		}
	}
	for i, sum := range perItem {
		if sum.Sign() == 0 {
			return fault.New(fault.RubricUnmarked, "item", p.items[i].Key).At("items[%d].split", i)
		}
	}
	points := p.pointsSum() // equal to the scale unless items are averaged
	used := p.usedWeight(perChannel)
	for i := range p.cells {
		c := &p.cells[i]
		item, channel := &p.items[c.item], &p.channels[c.channel]
		weight, _ := splitWeight(item, channel)
		if weight.Sign() == 0 {
			continue // recorded only
		}
		share := item.Points.Quo(points).Mul(weight).Quo(perItem[c.item])
		if p.scale.Split == PerTotal {
			share = channel.Weight.Quo(used).Mul(item.Points).Quo(perChannel[c.channel])
		}
		_, high := Range(channel)
		c.Factor = p.scale.Points.Mul(share).Quo(high)
	}
	return nil
}

func (p *Plan) usedWeight(perChannel []exact.Number) exact.Number {
	var used exact.Number
	for c := range p.channels {
		if perChannel[c].Sign() > 0 {
			used = used.Add(p.channels[c].Weight)
		}
	}
	return used
}

// splitWeight is the weight of a channel for an item: the item's own split
// where it has one, else the channel's weight; false for a channel that the
// item's split leaves out, which takes no marks for it.
func splitWeight(item *template.Item, channel *template.Channel) (exact.Number, bool) {
	if len(item.Split) == 0 {
		return channel.Weight, true
	}
	for _, s := range item.Split {
		if s.Channel == channel.Key {
			return s.Weight, true
		}
	}
	return exact.Number{}, false
}

// Cells lists what takes marks, in the order of items and then of channels.
func (p *Plan) Cells() []Cell { return p.cells }

// Items lists the rubric's items in their order.
func (p *Plan) Items() []template.Item { return p.items }

// Channel gives the channel of a cell.
func (p *Plan) Channel(cell int) *template.Channel { return &p.channels[p.cells[cell].channel] }

// Need is the least number of marks a cell must have: 0 for one that is
// recorded only.
func (p *Plan) Need(cell int) int {
	if !p.cells[cell].Counts() {
		return 0
	}
	return Need(p.Channel(cell).Judges)
}

// Gap says what a cell lacks with these marks; nothing, whatever they are, for
// one that is recorded only (Q13, Q29).
func (p *Plan) Gap(cell int, marks []exact.Number) Gap {
	if !p.cells[cell].Counts() {
		return ""
	}
	_, gap := Value(p.Channel(cell).Judges, marks)
	return gap
}

// Share is what part of its item a cell is worth: 2/5 for 40 %. The shares of an
// item sum to 1.
func (p *Plan) Share(cell int) exact.Number {
	var all exact.Number
	for i := range p.cells {
		if p.cells[i].item == p.cells[cell].item {
			all = all.Add(p.worth(i))
		}
	}
	return p.worth(cell).Quo(all)
}

// worth is what a cell contributes at its highest mark.
func (p *Plan) worth(cell int) exact.Number {
	_, high := Range(p.Channel(cell))
	return p.cells[cell].Factor.Mul(high)
}

// Scale gives the scale totals live on.
func (p *Plan) Scale() template.Scale { return p.scale }

// Find gives the position of a cell, or the fault that says which items or
// channels there are.
func (p *Plan) Find(item, channel string) (int, error) {
	if i, ok := p.index[[2]string{item, channel}]; ok {
		return i, nil
	}
	var items, channels []string
	for _, c := range p.cells {
		if c.Item == item {
			channels = append(channels, c.Channel)
		}
		if len(items) == 0 || items[len(items)-1] != c.Item {
			items = append(items, c.Item)
		}
	}
	if len(channels) == 0 {
		return 0, fault.New(fault.MarkItemUnknown, "item", item, "want", strings.Join(items, ", ")).At("item")
	}
	return 0, fault.New(fault.MarkChannelUnknown, "item", item, "channel", channel, "want", strings.Join(channels, ", ")).At("channel")
}
