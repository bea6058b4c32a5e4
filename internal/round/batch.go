package round

import (
	"context"
	"reflect"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// batch is marks on their way in, with everything that is wrong with each: one
// bad mark must not hide the others from whoever typed a sheet.
type batch struct {
	marks []*Mark // in the order sent; no subject where it is unknown
	fresh map[uuid.UUID]bool
	bad   []fault.List // by mark
}

func newBatch(n int) *batch {
	return &batch{marks: make([]*Mark, n), fresh: map[uuid.UUID]bool{}, bad: make([]fault.List, n)}
}

func (b *batch) refuse(i int, faults ...*fault.Fault) { b.bad[i] = append(b.bad[i], faults...) }

// err gives the faults of all marks in the order sent, each with its place.
func (b *batch) err() error {
	var all fault.List
	for i, list := range b.bad {
		all = append(all, placed(list.Err(), i)...)
	}
	return all.Err()
}

// known finds the ids that are not stored yet. An id stored with the same
// content is a resend; with another content it is MARK_ID_REUSED.
func (b *batch) known(ctx context.Context, st Store) error {
	ids := make([]uuid.UUID, len(b.marks))
	for i, m := range b.marks {
		ids[i] = m.ID
	}
	stored, err := st.MarksByID(ctx, ids)
	if err != nil {
		return err
	}
	have := map[uuid.UUID]*Mark{}
	for _, m := range stored {
		have[m.ID] = m
	}
	for i, m := range b.marks {
		old := have[m.ID]
		switch {
		case m.ID == uuid.Nil || b.fresh[m.ID] || old != nil && !sameMark(old, m):
			b.refuse(i, fault.New(fault.MarkIDReused).At("id"))
		case old == nil:
			b.fresh[m.ID] = true
		}
	}
	return nil
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
