package contest

import (
	"cmp"
	"slices"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// fileMarks checks every mark (A23: range and step) and files it.
func (b *board) fileMarks() fault.List {
	var faults fault.List
	ids := make(map[string]bool, len(b.in.Marks))
	for i := range b.in.Marks {
		m := &b.in.Marks[i]
		r, ok := b.row(m.Subject)
		if !ok {
			faults = append(faults, unknownSubject(m.Subject, "marks[%d].subject", i))
			continue
		}
		cell, err := b.plan.Find(m.Item, m.Channel)
		var wrong fault.List
		if err != nil {
			wrong = fault.All(err)
		} else {
			wrong = b.plan.CheckMark(cell, m.Value, m.Detail)
		}
		for _, f := range wrong {
			faults = append(faults, f.At("marks[%d].%s", i, f.Field))
		}
		if ids[m.ID] || m.ID == "" {
			faults = append(faults, fault.New(fault.InputMarkTwice, "value", m.ID).At("marks[%d].id", i))
		}
		ids[m.ID] = true
		r.marks = append(r.marks, filed{cell, m})
	}
	for i := range b.rows {
		marks := b.rows[i].marks
		slices.SortFunc(marks, func(x, y filed) int {
			return cmp.Or(cmp.Compare(x.cell, y.cell), cmp.Compare(x.mark.Judge, y.mark.Judge), cmp.Compare(x.mark.ID, y.mark.ID))
		})
		for k := 1; k < len(marks); k++ {
			if marks[k].cell == marks[k-1].cell && marks[k].mark.Judge == marks[k-1].mark.Judge {
				faults = append(faults, fault.New(fault.InputMarkTwice, "value", marks[k].mark.ID).At("marks"))
			}
		}
	}
	return faults
}

// fileMeans files the channel values of the public form.
func (b *board) fileMeans() fault.List {
	var faults fault.List
	if len(b.in.Means) > 0 && !b.in.Public || len(b.in.Marks) > 0 && b.in.Public {
		return fault.List{fault.New(fault.InputMarksAndMeans).At("means")}
	}
	cells := len(b.plan.Cells())
	for i := range b.in.Means {
		m := &b.in.Means[i]
		r, ok := b.row(m.Subject)
		if !ok {
			faults = append(faults, unknownSubject(m.Subject, "means[%d].subject", i))
			continue
		}
		cell, err := b.plan.Find(m.Item, m.Channel)
		for _, f := range fault.All(err) {
			faults = append(faults, f.At("means[%d].%s", i, f.Field))
		}
		if err != nil {
			continue
		}
		if r.means == nil {
			r.means, r.counts, r.meansNA = make([]exact.Number, cells), make([]int, cells), make([]bool, cells)
		}
		if r.counts[cell] > 0 || m.Judges < 1 {
			faults = append(faults, fault.New(fault.InputMarkTwice, "value", m.Subject+"/"+m.Item+"/"+m.Channel).At("means[%d]", i))
		}
		if item := b.plan.ItemOf(cell); m.NA && item.Kind != template.KindChecklist {
			faults = append(faults, fault.New(fault.DetailKind, "item", item.Key, "kind", string(item.Kind)).At("means[%d].na", i))
		}
		low, high := b.bounds(cell)
		if m.Value.Cmp(low) < 0 || m.Value.Cmp(high) > 0 {
			faults = append(faults, fault.New(fault.MarkOutOfRange, "value", m.Value.String(), "low", low.String(), "high", high.String()).At("means[%d].value", i))
		}
		r.means[cell], r.counts[cell], r.meansNA[cell] = m.Value, m.Judges, m.NA
	}
	return faults
}

// bounds are the least and the greatest value of a cell.
func (b *board) bounds(cell int) (low, high exact.Number) {
	if item := b.plan.ItemOf(cell); scoring.Detailed(item.Kind) {
		return scoring.Bounds(item)
	}
	return scoring.Range(b.plan.Channel(cell))
}
