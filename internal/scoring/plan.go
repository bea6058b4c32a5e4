// Package scoring owns the way from marks to one subject's total: whether a
// mark is acceptable, what a mark of each kind of item comes to, how several
// judges' marks combine, what an item and a part contribute, the one place where
// the total is rounded, and how severe judges are.
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
	Factor  exact.Number // points of the total that one point of the cell is worth, where everything applies

	item, channel int          // positions in the plan's items and channels
	low, high     exact.Number // the lowest and the highest value
	step          exact.Number // marks are multiples of it; 0 where there is none
	plain         bool         // marks are points, not findings
	beside        bool         // of an item beside the scale
	graded        bool         // a grade looks at the item, whether it touches the total or not
}

// Counts reports whether the cell touches the total or a grade and so needs
// marks; where an item stands beside the scale, no mark means that nothing
// happened.
func (c *Cell) Counts() bool { return (c.Factor.Sign() > 0 || c.graded) && !c.beside }

// Plan is a template's scale, channels and parts applied to a round's rubric.
// It is made once for a round and read for every subject; it never changes.
type Plan struct {
	items    []template.Item
	channels []template.Channel
	parts    []template.Part
	cells    []Cell
	first    []int // position of each item's first cell; one more than items
	index    map[[2]string]int
	scale    template.Scale
	carried  exact.Number // what part of the total the items carry: 1 without parts
	graded   []bool       // items that a grade scale looks at
	whole    *Weights     // where everything applies
	shares   []exact.Number
}

// FromItems is the part of a total that is made of the rubric's items.
const FromItems = "items"

// NewPlan works out which cells a rubric has and what each is worth (A23, Q14,
// Q31). It refuses a rubric without items unless the total comes from elsewhere,
// with a repeated item, with an item that no channel marks, or whose item points
// do not sum to the scale.
func NewPlan(doc *template.Document, items []template.Item) (*Plan, error) {
	p := &Plan{items: items, channels: doc.Channels, parts: doc.Parts, scale: doc.Scale, index: map[[2]string]int{}}
	p.carried, p.graded = carriedByItems(doc.Parts), gradedBy(doc.Grades, items)
	if err := p.check(doc); err != nil {
		return nil, err
	}
	for i := range items {
		p.first = append(p.first, len(p.cells))
		if Measured(items[i].Kind) {
			continue
		}
		for c := range doc.Channels {
			if _, named := splitWeight(&items[i], &doc.Channels[c]); named {
				p.index[[2]string{items[i].Key, doc.Channels[c].Key}] = len(p.cells)
				p.cells = append(p.cells, p.cell(i, c))
			}
		}
	}
	p.first = append(p.first, len(p.cells))
	return p, p.weigh()
}

func (p *Plan) cell(item, channel int) Cell {
	i, c := &p.items[item], &p.channels[channel]
	low, high := Range(c)
	if Detailed(i.Kind) {
		low, high = Bounds(i)
	}
	weight, _ := splitWeight(i, c)
	return Cell{Item: i.Key, Channel: c.Key, item: item, channel: channel, low: low, high: high, step: c.Step, plain: !Detailed(i.Kind),
		beside: Beside(i.Kind), graded: p.graded[item] && weight.Sign() > 0}
}

// GradedItem is how the `of` of a grade scale begins that grades one item.
const GradedItem = "items."

// gradedBy says which items a grade scale looks at.
func gradedBy(scales []template.GradeScale, items []template.Item) []bool {
	graded := make([]bool, len(items))
	for i := range items {
		graded[i] = slices.ContainsFunc(scales, func(s template.GradeScale) bool { return s.Of == GradedItem+items[i].Key })
	}
	return graded
}

func carriedByItems(parts []template.Part) exact.Number {
	if len(parts) == 0 {
		return exact.Int(1)
	}
	var weight exact.Number
	for _, part := range parts {
		if part.From == FromItems {
			weight = weight.Add(part.Weight)
		}
	}
	return weight.Quo(exact.Int(100))
}

// weigh fixes what everything is worth where everything applies.
func (p *Plan) weigh() error {
	p.whole = p.Weigh(nil, nil)
	for i := range p.items {
		if kind := p.items[i].Kind; Measured(kind) || Beside(kind) {
			continue
		}
		if !slices.ContainsFunc(p.cells[p.first[i]:p.first[i+1]], func(c Cell) bool { return p.weightOf(&c).Sign() > 0 }) {
			return fault.New(fault.RubricUnmarked, "item", p.items[i].Key).At("items[%d].split", i)
		}
	}
	for c := range p.cells {
		p.cells[c].Factor = p.whole.Cells[c]
	}
	p.share()
	return nil
}

// share works out what part of its item each cell is worth; by plain weights
// where the item is worth nothing.
func (p *Plan) share() {
	p.shares = make([]exact.Number, len(p.cells))
	for i := range p.items {
		if Beside(p.items[i].Kind) {
			continue
		}
		worth := func(c int) exact.Number { return p.cells[c].Factor.Mul(p.cells[c].high) }
		if p.whole.Items[i].Sign() == 0 {
			worth = func(c int) exact.Number { return p.weightOf(&p.cells[c]) }
		}
		var all exact.Number
		for c := p.first[i]; c < p.first[i+1]; c++ {
			all = all.Add(worth(c))
		}
		for c := p.first[i]; c < p.first[i+1] && all.Sign() > 0; c++ {
			p.shares[c] = worth(c).Quo(all)
		}
	}
}

func (p *Plan) check(doc *template.Document) error {
	if len(p.items) == 0 {
		if p.carried.Sign() == 0 || len(doc.Parts) == 0 && (doc.Postings != nil || len(doc.Grades) > 0) {
			return nil
		}
		return fault.New(fault.RubricEmpty).At("items")
	}
	var faults fault.List
	seen := map[string]bool{}
	for i := range p.items {
		item := &p.items[i]
		if seen[item.Key] {
			faults = append(faults, fault.New(fault.RubricItemTwice, "item", item.Key).At("items[%d].key", i))
		}
		seen[item.Key] = true
		if _, known := kindNames[item.Kind]; !known && item.Kind != "" {
			faults = append(faults, fault.New(fault.ItemKindUnknown, "kind", string(item.Kind)).At("items[%d].kind", i))
		}
		if !p.splitHolds(item.Split) {
			faults = append(faults, fault.New(fault.RubricSplit, "item", item.Key).At("items[%d].split", i))
		}
		if least := item.Points.Sign(); least < 0 || least == 0 && item.Kind != template.KindExam && !Beside(item.Kind) {
			faults = append(faults, fault.New(fault.RubricPoints, "item", item.Key, "value", item.Points.String()).At("items[%d].points", i))
		}
	}
	if sum := p.pointsSum(nil); p.scale.Items != MeanOfItems && !sum.Equal(p.scale.Points) {
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
