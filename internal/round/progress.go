package round

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/viewer"
)

// Progress is how far the marks of a round are.
type Progress struct {
	Round *Round
	Shown bool // whether the viewer may see how far the marks are; nothing below is set otherwise
	Cells []ProgressCell
}

// ProgressCell counts the marks of one cell of the rubric in one group.
type ProgressCell struct {
	Panel                       int // its number; 0 where no group is in charge
	PanelName                   string
	Item, Channel               string
	Entered, Confirmed, Missing int
}

// Progress counts the marks of a round that are in, confirmed and missing, by
// group and cell, in the order of the groups and of the rubric: the own ones for
// a judge, all of them for whoever sees all marks, and nothing for others, who
// still learn the state. A rejected mark is missing again.
func (s *Service) Progress(ctx context.Context, round uuid.UUID) (*Progress, error) {
	p := &Progress{}
	err := s.looking(ctx, authz.RoundRead, round, func(ctx context.Context, st Store, r *Round) error {
		p.Round = r
		who, err := viewer.From(ctx)
		if err != nil || r.OpenedAt == nil || s.gate.Require(ctx, authz.MarkDraftRead, uuid.Nil) != nil {
			return err // who may not see marks learns the state all the same
		}
		d, err := sit(ctx, st, r)
		if err != nil {
			return err
		}
		full, err := s.seesAllMarks(ctx, st, r)
		if err != nil {
			return err
		}
		seen, _ := s.sighted(ctx, authz.MarkDraftRead, d.items)
		t := tally{desk: d, at: map[ProgressCell]int{}}
		for c, cell := range d.plan.Cells() {
			if seen(cell.Item) {
				t.cell(c, who.Person, full)
			}
		}
		p.Cells, p.Shown = t.inOrder(), true
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// tally counts marks by group and cell.
type tally struct {
	*desk
	at    map[ProgressCell]int // place of a cell, by what names it
	cells []ProgressCell
}

// cell counts one cell of the rubric over the roster: everybody's marks, or a
// person's own.
func (t *tally) cell(c int, person uuid.UUID, full bool) {
	cell := t.plan.Cells()[c]
	for _, e := range t.roster {
		if e.Absent {
			continue
		}
		for _, m := range t.of(e.Subject, cell.Item, cell.Channel) {
			if m.State == MarkRejected || !full && m.Judge != person {
				continue
			}
			counted := t.count(t.inCharge(e, cell.Item, cell.Channel, m.Judge), cell.Item, cell.Channel)
			counted.Entered++
			if m.State == MarkConfirmed {
				counted.Confirmed++
			}
		}
		gap := t.toMark(e, c)
		switch {
		case gap == nil || t.decided(e, cell.Item, cell.Channel) != nil:
		case full:
			t.count(t.inCharge(e, cell.Item, cell.Channel, uuid.Nil), cell.Item, cell.Channel).Missing += gap.Need - gap.Have
		case t.mayGive(person, e, gap):
			t.count(t.inCharge(e, cell.Item, cell.Channel, person), cell.Item, cell.Channel).Missing++
		}
	}
}

// inCharge is the group that marks a cell of a subject: the judge's own one where
// it does, else the first that does; nil for none.
func (d *desk) inCharge(e *Entry, item, channel string, judge uuid.UUID) *Panel {
	if own, _ := seatOf(d.panels, judge); own != nil && own.covers(item, channel, e.Unit, e.Subject) {
		return own
	}
	for _, p := range d.panels {
		if p.covers(item, channel, e.Unit, e.Subject) {
			return p
		}
	}
	return nil
}

// count gives the counts of a group's cell.
func (t *tally) count(p *Panel, item, channel string) *ProgressCell {
	name := ProgressCell{Item: item, Channel: channel}
	if p != nil {
		name.Panel, name.PanelName = p.Number, p.Name
	}
	at, known := t.at[name]
	if !known {
		at = len(t.cells)
		t.at[name] = at
		t.cells = append(t.cells, name)
	}
	return &t.cells[at]
}

// inOrder gives the counts by group, each group's in the order of the rubric.
func (t *tally) inOrder() []ProgressCell {
	all := slices.Clone(t.cells)
	slices.SortStableFunc(all, func(a, b ProgressCell) int { return cmp.Compare(a.Panel, b.Panel) })
	return all
}
