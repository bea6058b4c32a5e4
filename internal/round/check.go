package round

import (
	"slices"

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

// checkAll adds everything that is wrong with the new marks of a batch.
func (c *checker) checkAll(b *batch) {
	inBatch := map[filing][]uuid.UUID{} // judges
	for i, m := range b.marks {
		if !b.fresh[m.ID] {
			continue
		}
		b.refuse(i, c.check(m)...)
		if m.Subject == uuid.Nil {
			continue // an unknown subject has no place to be free or taken
		}
		at := filing{m.Subject, m.Item, m.Channel}
		if slices.Contains(inBatch[at], m.Judge) {
			b.refuse(i, fault.New(fault.MarkTwice).At("id"))
		}
		inBatch[at] = append(inBatch[at], m.Judge)
		b.refuse(i, c.place(m, inBatch[at])...)
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
// current mark it replaces. Judges are those of the batch who mark the same.
func (c *checker) place(m *Mark, judges []uuid.UUID) fault.List {
	others := c.of(m.Subject, m.Item, m.Channel)
	var standing *Mark
	if at := slices.IndexFunc(others, func(given *Mark) bool { return given.Judge == m.Judge }); at >= 0 {
		standing = others[at]
	}
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
	if len(others) > 0 || slices.ContainsFunc(judges, func(judge uuid.UUID) bool { return judge != m.Judge }) {
		return fault.List{fault.New(fault.MarkOneJudge).At("judge")}
	}
	return nil
}
