package contest

import (
	"cmp"
	"slices"
	"sync/atomic"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/ranking"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// fileMarks checks every mark (A23: range and step) and files it under its
// subject. A province's round has a million marks, so that one list holds them
// all, and neighbours, which mostly share subject, item and channel, are looked
// up once.
func (b *board) fileMarks() fault.List {
	p := placed{rows: make([]int32, len(b.in.Marks)), marks: make([]filed, len(b.in.Marks))}
	faults := fault.List(gather(len(p.rows), func(from, to int) []*fault.Fault { return b.placeMarks(&p, from, to) }))
	if p.unsorted.Load() {
		faults = append(faults, b.repeated()...)
	}
	b.deal(&p)
	cells := len(b.plan.Cells())
	starts := make([]int32, len(b.rows)*(cells+1))
	return append(faults, gather(len(b.rows), func(from, to int) (all []*fault.Fault) {
		for i := from; i < to; i++ {
			all = append(all, b.rows[i].sortMarks(starts[i*(cells+1):(i+1)*(cells+1)])...)
		}
		return all
	})...)
}

// placed are all marks with where they belong: a row, or −1 for none, and a
// cell.
type placed struct {
	rows     []int32
	marks    []filed
	unsorted atomic.Bool // whether the ids do not ascend
}

// placeMarks finds the places of a stretch of marks and says what is wrong with
// each. In a bundle ids ascend, and are therefore all different.
func (b *board) placeMarks(p *placed, from, to int) (faults []*fault.Fault) {
	look := b.lookup(from)
	ascend := true
	for i := from; i < to; i++ {
		m := &b.in.Marks[i]
		ascend = ascend && (i > 0 && b.in.Marks[i-1].ID < m.ID || i == 0 && m.ID != "")
		row := look.row(m.Subject)
		p.rows[i], p.marks[i].mark = int32(row), m
		if row < 0 {
			faults = append(faults, unknownSubject(m.Subject, "marks[%d].subject", i))
			continue
		}
		cell, err := look.cell(m.Item, m.Channel)
		var wrong fault.List
		if err != nil {
			wrong = fault.All(err)
		} else {
			wrong = b.plan.CheckMark(cell, m.Value, m.Detail)
		}
		for _, f := range wrong {
			faults = append(faults, f.At("marks[%d].%s", i, f.Field))
		}
		p.marks[i].cell = cell
	}
	if !ascend {
		p.unsorted.Store(true)
	}
	return faults
}

// repeated refuses marks without an id and ids that were there before.
func (b *board) repeated() (faults fault.List) {
	marks := b.in.Marks
	seen := make(map[string]bool, len(marks))
	for i := range marks {
		if id := marks[i].ID; id == "" || seen[id] {
			faults = append(faults, fault.New(fault.InputMarkTwice, "value", id).At("marks[%d].id", i))
		}
		seen[marks[i].ID] = true
	}
	return faults
}

// deal gives every row its part of one list of all marks: of the list as it is
// where the marks of each row stand together, in the order of the rows.
func (b *board) deal(p *placed) {
	ends := make([]int, len(b.rows)+1) // of the rows before
	together := true
	for i, row := range p.rows {
		ends[row+1]++ // those of no row come before all
		together = together && row >= 0 && (i == 0 || p.rows[i-1] <= row)
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	all := p.marks
	if !together {
		all = make([]filed, len(p.marks))
		next := slices.Clone(ends)
		for i, row := range p.rows {
			if row >= 0 {
				all[next[row]] = p.marks[i]
				next[row]++
			}
		}
	}
	for i := range b.rows {
		b.rows[i].marks = all[ends[i]:ends[i+1]:ends[i+1]]
	}
}

// sortMarks orders a row's marks by cell, judge and id, notes where the marks of
// each cell start, and refuses a second mark of one judge in a cell.
func (r *row) sortMarks(starts []int32) (faults fault.List) {
	plain := true // in order, and no judge twice in a cell
	for k := 1; k < len(r.marks) && plain; k++ {
		x, y := r.marks[k-1], r.marks[k]
		plain = x.cell < y.cell || x.cell == y.cell && x.mark.Judge < y.mark.Judge
	}
	if !plain {
		slices.SortFunc(r.marks, byCell)
	}
	at := 0
	for c := range starts {
		for at < len(r.marks) && r.marks[at].cell < c {
			at++
		}
		starts[c] = int32(at)
	}
	r.starts = starts
	for k := 1; k < len(r.marks) && !plain; k++ {
		if r.marks[k].cell == r.marks[k-1].cell && r.marks[k].mark.Judge == r.marks[k-1].mark.Judge {
			faults = append(faults, fault.New(fault.InputMarkTwice, "value", r.marks[k].mark.ID).At("marks"))
		}
	}
	return faults
}

// byCell orders marks by cell, judge and id.
func byCell(x, y filed) int {
	if c := cmp.Compare(x.cell, y.cell); c != 0 {
		return c
	}
	if c := cmp.Compare(x.mark.Judge, y.mark.Judge); c != 0 {
		return c
	}
	return cmp.Compare(x.mark.ID, y.mark.ID)
}

// lookup remembers what was looked up last.
type lookup struct {
	board *board
	at    int // position of the last subject's row; −1 for none
	found int
}

// lookup begins shortly before the row of a mark's subject.
func (b *board) lookup(mark int) lookup {
	l := lookup{board: b, at: -1}
	if mark < len(b.in.Marks) {
		at, _ := slices.BinarySearchFunc(b.rows, b.in.Marks[mark].Subject, func(r row, id string) int { return ranking.Compare(r.subject.ID, id) })
		l.at = at - 1
	}
	return l
}

// row is the position of a subject's row, −1 for none: the last one's, the next
// one's, or one that has to be looked for.
func (l *lookup) row(subject string) int {
	rows := l.board.rows
	for _, i := range [2]int{l.at, l.at + 1} {
		if i >= 0 && i < len(rows) && rows[i].subject.ID == subject {
			l.at = i
			return i
		}
	}
	l.at = -1
	if i, ok := l.board.index()[subject]; ok {
		l.at = i
	}
	return l.at
}

// cell is the position of a cell in the plan: the last one's, the next one's, or
// one that has to be looked for.
func (l *lookup) cell(item, channel string) (int, error) {
	cells := l.board.plan.Cells()
	for _, c := range [2]int{l.found, l.found + 1} {
		if c < len(cells) && cells[c].Item == item && cells[c].Channel == channel {
			l.found = c
			return c, nil
		}
	}
	found, err := l.board.plan.Find(item, channel)
	if err == nil {
		l.found = found
	}
	return found, err
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
