package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// desk is an opened round with everything marks are held against.
type desk struct {
	*prepared
	roster    []*Entry
	received  map[uuid.UUID]bool
	decisions []*MissingDecision
	marks     []*Mark // current ones
}

// sit loads what an opened round holds.
func sit(ctx context.Context, st Store, r *Round) (*desk, error) {
	p, err := prepare(ctx, st, r)
	if err != nil {
		return nil, err
	}
	if p.plan == nil {
		return nil, p.faulty.Err()
	}
	d := &desk{prepared: p, received: map[uuid.UUID]bool{}}
	if d.roster, err = st.RosterOf(ctx, r.ID); err != nil {
		return nil, err
	}
	receptions, err := st.ReceptionsOf(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	for _, reception := range receptions {
		d.received[reception.Unit] = true
	}
	if d.decisions, err = st.DecisionsOf(ctx, r.ID); err != nil {
		return nil, err
	}
	d.marks, err = st.MarksOf(ctx, r.ID, false)
	return d, err
}

// entry finds a subject by its code.
func (d *desk) entry(code string) (*Entry, error) {
	for _, e := range d.roster {
		if e.Code == code {
			return e, nil
		}
	}
	return nil, fault.New(fault.SubjectUnknown, "value", code).At("unitCode")
}

func (d *desk) entryOf(unit uuid.UUID) *Entry {
	for _, e := range d.roster {
		if e.Unit == unit {
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
