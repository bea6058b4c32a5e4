package contest

import (
	"strconv"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
)

// Yield is what one ranked subject got out of the parts of its total, each with
// what was to be had there: for the comparison of rounds whose templates differ.
type Yield struct {
	Subject string
	Items   []Share // in the order of the rubric; what does not concern the subject, stands beside the scale or is recorded only is left out
	Parts   []Share // that are not made of items, in the template's order
}

// Share is one item or part. Got is at most Worth, which is above 0; both are
// points of the total.
type Share struct {
	Key        string
	Got, Worth exact.Number
}

// Worths are what items and parts are worth to a subject to which everything
// applies, in points of the total.
type Worths struct{ Items, Parts []Share }

// Yields takes the totals of an input apart, subject by subject in natural order
// of id. Deductions of issues and vetoes touch totals, not what was found in an
// item. An input that Compute refuses is refused.
func Yields(in Input) ([]Yield, Worths, error) {
	if _, ok := versions[in.Rules]; !ok {
		return nil, Worths{}, fault.New(fault.BundleRulesUnknown, "value", strconv.Itoa(in.Rules)).At("rules")
	}
	b, err := arrange(&in)
	if err != nil {
		return nil, Worths{}, err
	}
	if err := b.value(); err != nil {
		return nil, Worths{}, err
	}
	var all []Yield
	for i := range b.rows {
		if r := &b.rows[i]; r.state == "" {
			all = append(all, b.yield(r))
		}
	}
	return all, b.worths(), nil
}

func (b *board) yield(r *row) Yield {
	y := Yield{Subject: r.subject.ID}
	for i := range b.plan.Items() {
		item := &b.plan.Items()[i]
		worth := item.Points.Mul(r.score.Weights.Items[i])
		if scoring.Beside(item.Kind) || !r.concerns(i) || worth.Sign() <= 0 {
			continue
		}
		y.Items = append(y.Items, Share{Key: item.Key, Got: r.score.Items[i], Worth: worth})
	}
	for k, part := range b.plan.Parts() {
		worth := b.partWorth(k)
		if part.From != scoring.FromItems && worth.Sign() > 0 {
			y.Parts = append(y.Parts, Share{Key: part.Key, Got: r.score.Weighted[k], Worth: worth})
		}
	}
	return y
}

// partWorth is what a part is worth in points of the total.
func (b *board) partWorth(k int) exact.Number {
	return b.plan.Scale().Points.Mul(b.plan.Parts()[k].Weight).Quo(hundred)
}

func (b *board) worths() Worths {
	var w Worths
	for i := range b.plan.Items() {
		item := &b.plan.Items()[i]
		if worth := item.Points.Mul(b.plan.Whole().Items[i]); !scoring.Beside(item.Kind) && worth.Sign() > 0 {
			w.Items = append(w.Items, Share{Key: item.Key, Worth: worth})
		}
	}
	for k, part := range b.plan.Parts() {
		if worth := b.partWorth(k); part.From != scoring.FromItems && worth.Sign() > 0 {
			w.Parts = append(w.Parts, Share{Key: part.Key, Worth: worth})
		}
	}
	return w
}
