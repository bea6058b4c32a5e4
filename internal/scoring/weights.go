package scoring

import (
	"leitai/internal/exact"
	"leitai/internal/template"
)

// MeanOfItems is the value of scale.items by which every item is out of the
// whole scale and the total is their mean, weighted by their points (Q31).
const MeanOfItems = "mean"

// PerTotal is the value of scale.split by which channels are summed over all
// items first and weighted against each other afterwards (Q14).
const PerTotal = "per-total"

// Applies says how an item concerns one subject.
type Applies int

// An item that is for other classes than the subject's counts as met in full,
// or hands its points to the subject's other items in proportion (B03).
const (
	Applied   Applies = iota
	AsFull            // contributes all its points
	SpreadOut         // contributes nothing; its points are spread over the other items
)

// Weights say what everything is worth to one subject: under "per item" an
// item's points times the channel's share of the item; under "per total" the
// scale times the channel's share of the total times the item's share of the
// channel. What does not apply has no weight.
type Weights struct {
	Cells []exact.Number // points of the total that one point of the cell is worth
	Items []exact.Number // points of the total that one point of the item is worth; 0 for an item without points
	Empty bool           // nothing of the rubric applies, so that the items give no value
}

// Weigh works the weights out for a subject to which some items, or single
// cells, do not apply; nil where everything does. The weight of a cell without
// effect goes to the other cells of its item, that of an item to the others.
func (p *Plan) Weigh(silent []bool, applies []Applies) *Weights {
	in := make([]bool, len(p.items))
	perItem := make([]exact.Number, len(p.items))
	perChannel := make([]exact.Number, len(p.channels))
	for i := range p.items {
		in[i] = !Beside(p.items[i].Kind) && (applies == nil || applies[i] != SpreadOut)
		for c := p.first[i]; in[i] && c < p.first[i+1]; c++ {
			if silent == nil || !silent[c] {
				perItem[i] = perItem[i].Add(p.weightOf(&p.cells[c]))
			}
		}
		in[i] = in[i] && (Measured(p.items[i].Kind) || perItem[i].Sign() > 0)
		for c := p.first[i]; in[i] && c < p.first[i+1]; c++ {
			if at := &p.cells[c]; (silent == nil || !silent[c]) && p.weightOf(at).Sign() > 0 {
				perChannel[at.channel] = perChannel[at.channel].Add(p.items[i].Points)
			}
		}
	}
	w := &Weights{Cells: make([]exact.Number, len(p.cells)), Items: make([]exact.Number, len(p.items))}
	p.fillWeights(w, silent, in, perItem, perChannel)
	return w
}

func (p *Plan) fillWeights(w *Weights, silent, in []bool, perItem, perChannel []exact.Number) {
	points := p.pointsSum(in)
	w.Empty = p.carried.Sign() > 0 && len(p.items) > 0 && points.Sign() == 0
	scale := p.scale.Points.Mul(p.carried)
	used := p.usedWeight(perChannel)
	marked := p.markedSum(in)
	for i := range p.items {
		item := &p.items[i]
		if Beside(item.Kind) {
			p.weighBeside(w, i)
			continue
		}
		if !in[i] || points.Sign() == 0 || item.Points.Sign() == 0 {
			continue
		}
		var sum exact.Number
		for c := p.first[i]; c < p.first[i+1]; c++ {
			at := &p.cells[c]
			weight := p.weightOf(at)
			if weight.Sign() == 0 || silent != nil && silent[c] {
				continue // recorded only, or says nothing
			}
			share := item.Points.Quo(points).Mul(weight).Quo(perItem[i])
			if p.scale.Split == PerTotal {
				share = marked.Quo(points).Mul(p.channels[at.channel].Weight).Quo(used).Mul(item.Points).Quo(perChannel[at.channel])
			}
			w.Cells[c] = scale.Mul(share).Quo(at.high)
			sum = sum.Add(scale.Mul(share))
		}
		if Measured(item.Kind) {
			sum = scale.Mul(item.Points).Quo(points)
		}
		w.Items[i] = sum.Quo(item.Points)
	}
}

// weighBeside gives what stands beside the scale one point for one point: an
// event counts once, whichever channel it was seen through.
func (p *Plan) weighBeside(w *Weights, item int) {
	if p.items[item].Kind != template.KindBonus {
		return
	}
	for c := p.first[item]; c < p.first[item+1]; c++ {
		w.Cells[c] = exact.Int(1)
	}
	w.Items[item] = exact.Int(1)
}

// pointsSum sums the points of the items on the scale that are in; all of them
// where in is nil.
func (p *Plan) pointsSum(in []bool) exact.Number {
	var points []exact.Number
	for i := range p.items {
		if !Beside(p.items[i].Kind) && (in == nil || in[i]) {
			points = append(points, p.items[i].Points)
		}
	}
	return exact.Sum(points...)
}

// markedSum sums the points of the items in that take marks.
func (p *Plan) markedSum(in []bool) exact.Number {
	var points []exact.Number
	for i := range p.items {
		if in[i] && !Measured(p.items[i].Kind) {
			points = append(points, p.items[i].Points)
		}
	}
	return exact.Sum(points...)
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

// weightOf is the weight of a cell's channel inside its item.
func (p *Plan) weightOf(c *Cell) exact.Number {
	weight, _ := splitWeight(&p.items[c.item], &p.channels[c.channel])
	return weight
}
