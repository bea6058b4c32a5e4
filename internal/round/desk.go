package round

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// desk is an opened round with everything marks are held against.
type desk struct {
	*prepared
	roster    []*Entry
	received  map[uuid.UUID]bool
	decisions []*MissingDecision
	marks     []*Mark            // current ones
	filed     map[filing][]*Mark // the same by what they are of
	lacking   []contest.Gap      // of figures: see measure; nil before it
}

// filing is what a mark is of.
type filing struct {
	subject       uuid.UUID
	item, channel string
}

// of gives the marks of a subject in a cell.
func (d *desk) of(subject uuid.UUID, item, channel string) []*Mark {
	return d.filed[filing{subject, item, channel}]
}

// sitToMark loads what new marks are held against, but for the marks that are
// there.
func sitToMark(ctx context.Context, st Store, r *Round) (*desk, error) {
	p, err := prepare(ctx, st, r)
	if err != nil {
		return nil, err
	}
	if p.plan == nil {
		return nil, p.faulty.Err()
	}
	d := &desk{prepared: p, received: map[uuid.UUID]bool{}, filed: map[filing][]*Mark{}}
	if d.roster, err = st.RosterOf(ctx, r.ID); err != nil {
		return nil, err
	}
	receptions, err := st.ReceptionsOf(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	for _, reception := range receptions {
		d.received[reception.Subject] = true
	}
	return d, nil
}

// sit loads what an opened round holds.
func sit(ctx context.Context, st Store, r *Round) (*desk, error) {
	d, err := sitToMark(ctx, st, r)
	if err != nil {
		return nil, err
	}
	if d.decisions, err = st.DecisionsOf(ctx, r.ID); err != nil {
		return nil, err
	}
	if d.marks, err = st.MarksOf(ctx, r.ID, false); err != nil {
		return nil, err
	}
	for _, m := range d.marks {
		d.appraise(m)
		at := filing{m.Subject, m.Item, m.Channel}
		d.filed[at] = append(d.filed[at], m)
	}
	return d, nil
}

// appraise gives a mark that says what was found the points this comes to, exactly:
// what is stored beside the finding is rounded for those who only read.
func (d *desk) appraise(m *Mark) {
	if m.Detail == nil {
		return
	}
	if cell, err := d.plan.Find(m.Item, m.Channel); err == nil && scoring.CheckDetail(d.plan.ItemOf(cell), m.Detail) == nil {
		m.Value = scoring.ValueOf(d.plan.ItemOf(cell), *m.Detail)
	}
}

// concerns reports whether an item is for a subject: for everybody, or for one
// of the classes it had on the day (B03).
func concerns(item *template.Item, e *Entry) bool {
	return len(item.For) == 0 || slices.ContainsFunc(item.For, func(class string) bool { return slices.Contains(e.Classes, class) })
}

// entry finds a subject as somebody named it.
func (d *desk) entry(who SubjectRef) (*Entry, error) {
	for _, e := range d.roster {
		if who.ID != uuid.Nil && e.Subject == who.ID || who.ID == uuid.Nil && e.Code == who.Code {
			return e, nil
		}
	}
	return nil, fault.New(fault.SubjectUnknown, "value", who.Code).At("%s", who.field())
}

// field is the name under which a subject was sent.
func (r SubjectRef) field() string {
	if r.ID != uuid.Nil {
		return "subject"
	}
	return "unitCode"
}

func (d *desk) entryOf(subject uuid.UUID) *Entry {
	for _, e := range d.roster {
		if e.Subject == subject {
			return e
		}
	}
	return nil
}

// entryAt finds the contestant whose place is a unit; of several, the first on
// the roster.
func (d *desk) entryAt(unit uuid.UUID) *Entry {
	for _, e := range d.roster {
		if e.Unit == unit && e.Kind != template.Organisation {
			return e
		}
	}
	return nil
}

// opened refuses what can be done in an open round only.
func opened(r *Round) error {
	if r.State == Open {
		return nil
	}
	return withState(fault.New(fault.RoundNotOpen, "state", string(r.State)), r.State).At("round")
}
