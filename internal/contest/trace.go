package contest

import "leitai/internal/exact"

// shownDecimals is how many decimals a trace shows beside the exact values; as
// many as the scale has, if those are more.
const shownDecimals = 4

// trace lists how one ranked subject's total came about. The shown values of
// items and deductions are rounded for the eye; the rounding line takes up what
// that costs, so that a reader can add up what is printed.
func (b *board) trace(r *row) Trace {
	scale := b.plan.Scale()
	decimals := max(shownDecimals, scale.Decimals)
	t := Trace{Subject: r.subject.ID, Lines: make([]Line, 0, len(r.marks)+len(r.values)+len(r.score.Items)+3)}
	add := func(l Line) {
		if l.Shown == "" {
			l.Shown = l.Value.Fixed(decimals)
		}
		t.Lines = append(t.Lines, l)
	}
	var shown exact.Number // what the shown lines sum to
	cells := b.plan.Cells()
	for i, c := 0, 0; i < len(r.score.Items); i++ {
		item := b.plan.Items()[i].Key
		for ; c < len(cells) && cells[c].Item == item; c++ {
			if r.rules[c] == "" {
				continue
			}
			for _, f := range r.of(c) {
				add(Line{Kind: LineMark, Item: item, Channel: cells[c].Channel, Mark: f.mark.ID, Judge: f.mark.Judge, Value: f.mark.Value})
			}
			add(Line{Kind: LineChannel, Item: item, Channel: cells[c].Channel, Rule: r.rules[c], Judges: r.judges(c), Factor: cells[c].Factor.String(), Value: r.values[c]})
		}
		add(Line{Kind: LineItem, Item: item, Value: r.score.Items[i]})
		shown = shown.Add(r.score.Items[i].Round(decimals, exact.HalfUp))
	}
	for _, d := range r.deduct {
		add(Line{Kind: LineDeduct, Issue: d.Issue, Value: d.Points.Neg()})
		shown = shown.Add(d.Points.Neg().Round(decimals, exact.HalfUp))
	}
	add(Line{Kind: LineSum, Value: r.score.Exact})
	add(Line{Kind: LineRounding, Rule: string(b.plan.Rounding()), Value: r.score.Rounding, Shown: r.score.Published.Sub(shown).Fixed(decimals)})
	add(Line{Kind: LineTotal, Value: r.score.Published, Shown: r.score.Published.Fixed(scale.Decimals)})
	return t
}
