package round

import (
	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/viewer"
)

// checker holds new marks against the round: who may mark what, and which marks
// are acceptable.
type checker struct {
	*desk
	who    *viewer.Viewer
	office bool
	seen   func(item string) bool // of the dimensions the grant is limited to
}

type place struct {
	item, channel  string
	subject, judge uuid.UUID
}

func placeOf(m *Mark) place { return place{m.Item, m.Channel, m.Subject, m.Judge} }

// checkAll adds everything that is wrong with the new marks of a batch.
func (c *checker) checkAll(b *batch) {
	given := map[place]*Mark{}
	for _, m := range c.marks {
		given[placeOf(m)] = m
	}
	inBatch := map[place]bool{}
	for i, m := range b.marks {
		if !b.fresh[m.ID] {
			continue
		}
		b.refuse(i, c.check(m)...)
		if m.Subject == uuid.Nil {
			continue // an unknown subject has no place to be free or taken
		}
		if inBatch[placeOf(m)] {
			b.refuse(i, fault.New(fault.MarkTwice).At("id"))
		}
		inBatch[placeOf(m)] = true
		b.refuse(i, c.place(m, given[placeOf(m)], inBatch)...)
	}
}

// check lists what is wrong with one mark on its own.
func (c *checker) check(m *Mark) fault.List {
	cell, err := c.plan.Find(m.Item, m.Channel)
	if err != nil {
		return fault.All(err)
	}
	channel := c.plan.Channel(cell)
	var bad fault.List
	item := c.plan.ItemOf(cell)
	if wrong := c.plan.CheckMark(cell, m.Value, m.Detail); wrong != nil {
		bad = append(bad, wrong...)
	} else if !scoring.Detailed(item.Kind) && !isDecimal(m.Value) {
		bad = append(bad, fault.New(fault.MarkNotDecimal, "value", m.Value.String()).At("value"))
	}
	e := c.entryOf(m.Subject)
	if e == nil {
		return bad // its unknown code was reported already
	}
	if e.Absent {
		bad = append(bad, fault.New(fault.SubjectAbsent, "name", e.Name).At("unitCode").About(e.Name))
	}
	if !concerns(item, e) {
		bad = append(bad, fault.New(fault.ItemNotForSubject, "item", m.Item, "name", e.Name).At("item").About(e.Name))
	}
	if channel.Reception && !c.received[m.Subject] {
		bad = append(bad, fault.New(fault.LedgerNotReceived).At("unitCode").About(e.Name))
	}
	return append(bad, c.judge(m, e)...)
}

// judge lists why a judge may not give a mark: not the caller's to type, not
// the group's to give, or recused (A09).
func (c *checker) judge(m *Mark, e *Entry) fault.List {
	if m.Judge != c.who.Person && !c.office {
		return fault.List{fault.New(fault.MarkForAnother).At("judge")}
	}
	panel, member := seatOf(c.panels, m.Judge)
	if !c.seen(m.Item) || panel == nil || member.Observer || !panel.covers(m.Item, m.Channel, m.Unit, m.Subject) {
		return fault.List{fault.New(fault.JudgeNotInPanel).At("judge").About(e.Name)}
	}
	if recuses(c.doc) && linked(e.Links, member.Pseudonym) {
		return fault.List{fault.New(fault.JudgeRecused, "name", e.Name).At("judge").About(e.Name)}
	}
	return nil
}

// place checks that a first mark finds its place free, and a correction the
// current mark it replaces.
func (c *checker) place(m, standing *Mark, inBatch map[place]bool) fault.List {
	if m.Supersedes != nil {
		if standing == nil || standing.ID != *m.Supersedes {
			return fault.List{fault.New(fault.MarkReplaced).At("mark")}
		}
		return nil
	}
	if standing != nil {
		return fault.List{fault.New(fault.MarkExists).At("id")}
	}
	cell, err := c.plan.Find(m.Item, m.Channel)
	if err != nil || c.plan.Channel(cell).Judges.Combine != scoring.Single {
		return nil //nolint:nilerr // an unknown cell was reported already
	}
	others := 0
	for _, given := range c.marks {
		if given.Item == m.Item && given.Channel == m.Channel && given.Subject == m.Subject {
			others++
		}
	}
	for p := range inBatch {
		if p.item == m.Item && p.channel == m.Channel && p.subject == m.Subject && p.judge != m.Judge {
			others++
		}
	}
	if others > 0 {
		return fault.List{fault.New(fault.MarkOneJudge).At("judge")}
	}
	return nil
}
