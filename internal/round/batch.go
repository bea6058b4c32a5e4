package round

import (
	"context"
	"reflect"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// batch is marks on their way in, with everything that is wrong with each: one
// bad mark must not hide the others from whoever typed a sheet.
type batch struct {
	marks []*Mark // in the order sent; no subject where it is unknown
	fresh map[uuid.UUID]bool
	have  map[uuid.UUID]*Mark // those that were stored before
	bad   []fault.List        // by mark
	read  bool                // the marks that stand beside it are at the desk
}

func newBatch(n int) *batch {
	return &batch{marks: make([]*Mark, n), fresh: make(map[uuid.UUID]bool, n), have: map[uuid.UUID]*Mark{}, bad: make([]fault.List, n)}
}

func (b *batch) refuse(i int, faults ...*fault.Fault) { b.bad[i] = append(b.bad[i], faults...) }

// refused says whether anything is wrong with any mark.
func (b *batch) refused() bool {
	return slices.ContainsFunc(b.bad, func(list fault.List) bool { return len(list) > 0 })
}

// err gives the faults of all marks in the order sent, each with its place.
func (b *batch) err() error {
	var all fault.List
	for i, list := range b.bad {
		all = append(all, placed(list.Err(), i)...)
	}
	return all.Err()
}

// asNew takes every mark for new; false when that cannot be right: two share an
// id, one has none, or something is wrong with one.
func (b *batch) asNew() bool {
	if b.refused() {
		return false
	}
	for _, m := range b.marks {
		if m.ID == uuid.Nil || b.fresh[m.ID] {
			return false
		}
		b.fresh[m.ID] = true
	}
	return true
}

// beside reads the marks that stand where those of the batch are to stand, once.
func (b *batch) beside(ctx context.Context, st Store, d *desk) error {
	if b.read {
		return nil
	}
	standing, err := st.StandingMarks(ctx, d.round.ID, b.subjects())
	for _, m := range standing {
		at := filing{m.Subject, m.Item, m.Channel}
		d.filed[at] = append(d.filed[at], m)
	}
	b.read = err == nil
	return err
}

// known finds the ids that are not stored yet. An id stored with the same
// content is a resend; with another content it is MARK_ID_REUSED. What was found
// wrong with a batch that was taken for new is forgotten.
func (b *batch) known(ctx context.Context, st Store) error {
	if len(b.fresh) > 0 { // it was taken for new, because nothing was wrong yet
		clear(b.fresh)
		clear(b.bad)
	}
	ids := make([]uuid.UUID, len(b.marks))
	for i, m := range b.marks {
		ids[i] = m.ID
	}
	stored, err := st.MarksByID(ctx, ids)
	if err != nil {
		return err
	}
	for _, m := range stored {
		b.have[m.ID] = m
	}
	for i, m := range b.marks {
		old := b.have[m.ID]
		switch {
		case m.ID == uuid.Nil || b.fresh[m.ID] || old != nil && !sameMark(old, m):
			b.refuse(i, fault.New(fault.MarkIDReused).At("id"))
		case old == nil:
			b.fresh[m.ID] = true
		}
	}
	return nil
}

// subjects are those of the batch, each once.
func (b *batch) subjects() []uuid.UUID {
	var all []uuid.UUID
	for _, m := range b.marks {
		if m.Subject != uuid.Nil && !slices.Contains(all, m.Subject) {
			all = append(all, m.Subject)
		}
	}
	return all
}

// stored gives the marks of an inserted batch as they are stored, in the order
// sent. What a finding comes to is stored rounded, so that new marks with one
// are read back; of all others everything is known.
func (b *batch) stored(ctx context.Context, st Store) ([]*Mark, error) {
	var findings []uuid.UUID
	for _, m := range b.marks {
		if b.fresh[m.ID] && m.Detail != nil {
			findings = append(findings, m.ID)
		}
	}
	if findings != nil {
		found, err := st.MarksByID(ctx, findings)
		if err != nil {
			return nil, err
		}
		for _, m := range found {
			b.have[m.ID] = m
		}
	}
	out := make([]*Mark, len(b.marks))
	for i, m := range b.marks {
		if out[i] = m; b.have[m.ID] != nil {
			out[i] = b.have[m.ID]
		}
	}
	return out, nil
}

// sameMark reports whether two marks say the same; who typed and when may
// differ in a resend only by the clock.
func sameMark(a, b *Mark) bool {
	supersedes := a.Supersedes == nil && b.Supersedes == nil || a.Supersedes != nil && b.Supersedes != nil && *a.Supersedes == *b.Supersedes
	return supersedes && a.Round == b.Round && a.Item == b.Item && a.Channel == b.Channel && a.Subject == b.Subject && a.Judge == b.Judge &&
		sameFinding(a, b) && a.EnteredBy == b.EnteredBy && a.Reason == b.Reason
}

// sameFinding reports whether two marks found the same: what was found, where a
// mark says it, or the points.
func sameFinding(a, b *Mark) bool {
	if a.Detail == nil || b.Detail == nil {
		return a.Detail == b.Detail && a.Value.Equal(b.Value)
	}
	return reflect.DeepEqual(a.Detail, b.Detail)
}
