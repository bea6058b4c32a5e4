package contest

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// value gives every subject its values and its score, or the reason why it has
// none (Q13). It refuses decisions where nothing was missing.
func (b *board) value() error {
	faults := fault.List(gather(len(b.rows), func(from, to int) (all []*fault.Fault) {
		cells := len(b.plan.Cells())
		values, rules := make([]exact.Number, (to-from)*cells), make([]string, (to-from)*cells)
		for i := from; i < to; i++ {
			at := (i - from) * cells
			b.rows[i].values, b.rows[i].rules = values[at:at+cells:at+cells], rules[at:at+cells:at+cells]
			all = append(all, b.valueRow(&b.rows[i])...)
		}
		return all
	}))
	if err := faults.Err(); err != nil {
		return err
	}
	b.rankItems(func(r *row) *valued { return &r.valued })
	share(len(b.rows), func(_, from, to int) {
		items := len(b.plan.Items())
		all := make([]exact.Number, (to-from)*items)
		for i := from; i < to; i++ {
			if r := &b.rows[i]; r.state == "" {
				reading, at := r.reading(&r.valued), (i-from)*items
				reading.Room = all[at : at+items : at+items]
				r.score = b.plan.Total(reading, b.weigh(&r.valued))
			}
		}
	})
	return nil
}

// valueRow gives one subject its values.
func (b *board) valueRow(r *row) (faults fault.List) {
	if r.subject.Absent {
		b.valueAbsent(r)
	} else {
		b.apply(r)
		b.valueCells(r)
		faults = b.measure(r)
		b.valueParts(r)
		b.veto(r)
	}
	if r.unsound || r.decision != "" && !r.needed {
		faults = append(faults, fault.New(fault.InputDecision, "value", r.subject.ID).At("decisions"))
	}
	return faults
}

// Values of missing.absent and missing.mark that count what is missing as 0.
const missingZero = "zero"

// room makes the lists of what a subject's values are, but for those of its
// cells, which are of one list for many subjects.
func (b *board) room(r *row, rule string) {
	items, parts := len(b.plan.Items()), len(b.plan.Parts())
	if b.special {
		r.items, r.itemRules, r.ranks = make([]exact.Number, items), make([]string, items), make([]int, items)
	}
	if parts > 0 {
		r.parts, r.partRules = make([]exact.Number, parts), make([]string, parts)
	}
	for _, rules := range [][]string{r.rules, r.itemRules, r.partRules} {
		for i := range rules {
			rules[i] = rule
		}
	}
}

// valueAbsent leaves an absent subject out, or counts it as 0 where a decision
// or the template says so.
func (b *board) valueAbsent(r *row) {
	z := r.zeroed
	r.unsound = len(z.cells)+len(z.items)+len(z.parts) > 0
	r.needed = r.decision != ""
	switch {
	case r.decision == DecideZero:
		b.room(r, RuleZeroDecided)
	case r.decision == "" && b.in.Template.Missing.Absent == missingZero:
		b.room(r, RuleZeroTemplate)
	default:
		r.state = ReasonAbsent
	}
}

// apply says which items concern a subject (B03).
func (b *board) apply(r *row) {
	b.room(r, "")
	for i := range b.plan.Items() {
		item := &b.plan.Items()[i]
		if len(item.For) == 0 || slices.ContainsFunc(r.subject.Classes, func(c string) bool { return slices.Contains(item.For, c) }) {
			continue
		}
		if r.applies == nil {
			r.applies = make([]scoring.Applies, len(b.plan.Items()))
		}
		r.applies[i] = scoring.SpreadOut
		if item.NA == scoring.Full {
			r.applies[i] = scoring.AsFull
		}
	}
}

// concerns reports whether the item at a position applies to the subject.
func (v *valued) concerns(item int) bool {
	return v.applies == nil || v.applies[item] == scoring.Applied
}

// valueCells values the cells of a subject that took part.
func (b *board) valueCells(r *row) {
	cells := b.plan.Cells()
	for item := range b.plan.Items() {
		first, last := b.plan.CellsOf(item)
		for c := first; c < last; c++ {
			if !r.concerns(item) {
				r.unsound = r.unsound || r.zeroed.cells[c]
				continue
			}
			value, na, gap := b.cell(r, c)
			if gap != "" && !b.plan.Blocks(c, gap) {
				gap = "" // recorded only, or nothing happened: nothing is missing
			} else {
				r.values[c], r.rules[c] = value, b.plan.Channel(c).Judges.Combine
			}
			if na {
				r.values[c] = exact.Number{}
				r.hush(c, len(cells))
			}
			rule, open := r.settle(gap != "", r.zeroed.cells[c], b.in.Template.Missing.Mark == missingZero)
			if rule != "" {
				r.values[c], r.rules[c] = exact.Number{}, rule
			}
			if open {
				r.gaps = append(r.gaps, Gap{
					Subject: r.subject.ID, Item: cells[c].Item, Channel: cells[c].Channel, Kind: gap,
					Have: r.judges(c), Need: b.plan.Need(c),
				})
			}
		}
	}
	if b.weigh(&r.valued).Empty {
		r.state = ReasonUnmarked
		r.gaps = append(r.gaps, Gap{Subject: r.subject.ID, Kind: scoring.NothingApplies})
	}
}

// hush notes that a cell's marks say that it does not apply.
func (v *valued) hush(cell, cells int) {
	if v.silent == nil {
		v.silent = make([]bool, cells)
	}
	v.silent[cell] = true
}

// cell is the value of one cell from marks, or from means in the public form;
// na when all marks say that it does not apply.
func (b *board) cell(r *row, c int) (value exact.Number, na bool, gap scoring.Gap) {
	if b.in.Public {
		if r.counts == nil || r.counts[c] == 0 {
			return exact.Number{}, false, scoring.Missing
		}
		return r.means[c], r.meansNA[c], ""
	}
	marks := r.of(c)
	kind := b.plan.ItemOf(c).Kind
	if !scoring.Beside(kind) {
		var room [few]exact.Number
		value, gap = scoring.Value(b.plan.Channel(c).Judges, numbers(room[:0], marks))
		if gap == "" && kind == template.KindChecklist {
			value, na = b.combine(c, marks)
		}
		return value, na, gap
	}
	if gap = b.plan.Lacks(c, len(marks)); gap == "" {
		value, _ = b.combine(c, marks)
	}
	return value, false, gap
}

// combine values a cell from some of its marks, whatever the minimum of judges.
// Marks that say that nothing of a checklist applies are left out; a veto is 1
// as soon as one mark says so.
func (b *board) combine(c int, marks []filed) (value exact.Number, na bool) {
	item := b.plan.ItemOf(c)
	switch item.Kind {
	case template.KindChecklist:
		marks = slices.DeleteFunc(slices.Clone(marks), func(f filed) bool { return scoring.NotApplicable(item, *f.mark.Detail) })
		if len(marks) == 0 {
			return exact.Number{}, true
		}
	case template.KindVeto:
		if slices.ContainsFunc(marks, func(f filed) bool { return f.mark.Detail.Veto }) {
			return exact.Int(1), false
		}
		return exact.Number{}, false
	}
	return scoring.Combine(b.plan.Channel(c).Judges, numbers(nil, marks)), false
}

// score adds a subject's values up, less the row's deductions where the template
// takes them off the total (Q36), and rounds.
func (b *board) score(r *row, v *valued) scoring.Score {
	return b.plan.Total(r.reading(v), b.weigh(v))
}

// reading is everything a subject's total is made of.
func (r *row) reading(v *valued) scoring.Reading {
	taken := make([]exact.Number, len(r.deduct))
	for i, d := range r.deduct {
		taken[i] = d.Points
	}
	return scoring.Reading{
		Cells: v.values, Items: v.items, Applies: v.applies, Silent: v.silent, Parts: v.parts, Deductions: taken, Void: len(r.vetoes) > 0,
	}
}

// weigh gives what everything is worth to a subject, worked out once for all
// subjects to which the same applies.
func (b *board) weigh(v *valued) *scoring.Weights {
	if v.silent == nil && v.applies == nil {
		return b.plan.Whole()
	}
	key := make([]byte, 0, len(v.silent)+len(v.applies)+1)
	for _, a := range v.applies {
		key = append(key, byte('0'+a))
	}
	key = append(key, '/')
	for _, s := range v.silent {
		if s {
			key = append(key, '1')
			continue
		}
		key = append(key, '0')
	}
	b.lock.Lock()
	defer b.lock.Unlock()
	w, known := b.weights[string(key)]
	if !known {
		w = b.plan.Weigh(v.silent, v.applies)
		b.weights[string(key)] = w
	}
	return w
}

func (b *board) gaps() []Gap {
	var out []Gap
	for i := range b.rows {
		out = append(out, b.rows[i].gaps...)
	}
	return out
}
