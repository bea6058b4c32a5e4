package round

import (
	"context"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Open opens a round for marks. It fixes the roster with the people linked on
// the day of the round (A03, A08) and pins template version and rubric; it
// refuses with everything that is not ready (A05, A06, A12, A20).
func (s *Service) Open(ctx context.Context, in Step) (*Answer, error) {
	return s.step(ctx, authz.RoundOpen, in, func(ctx context.Context, st Store, r *Round, _ *viewer.Viewer) (fault.List, error) {
		if err := inState(r, Planned, Notified); err != nil {
			return nil, err
		}
		p, err := prepare(ctx, st, r)
		if err != nil {
			return nil, err
		}
		field, err := contestants(ctx, st, p.doc, r.Held)
		if err != nil {
			return nil, err
		}
		if all := p.closedDoors(field); all != nil {
			return nil, blocked(all)
		}
		if err := st.InsertRoster(ctx, rosterOf(r, field)); err != nil {
			return nil, err
		}
		at := s.now()
		r.State, r.OpenedAt = Open, &at
		return warnMarkers(ctx, st, r, p.doc, p.panels)
	})
}

func rosterOf(r *Round, field []Contestant) []*Entry {
	entries := make([]*Entry, len(field))
	for i, c := range field {
		entries[i] = &Entry{
			ID: newID(), Round: r.ID, Subject: c.Subject, Kind: c.Kind, Unit: c.Unit, UnitCode: c.UnitCode, Place: c.Place, Code: c.Code,
			Position: i + 1, Name: c.Name, Track: c.Track, Classes: c.Classes, Links: c.Links,
		}
	}
	return entries
}

// Cancel calls a round off, with a reason: it neither breaks nor extends a
// streak (Q8). A published round cannot be cancelled, only corrected.
func (s *Service) Cancel(ctx context.Context, in Step) (*Answer, error) {
	return s.step(ctx, authz.RoundCancel, in, func(ctx context.Context, st Store, r *Round, _ *viewer.Viewer) (fault.List, error) {
		if err := reasoned(in.Reason); err != nil {
			return nil, err
		}
		if err := inState(r, Planned, Notified, Open, Closed, Computed, Provisional); err != nil {
			return nil, err
		}
		if r.PublishedRevision > 0 {
			f := fault.New(fault.WrongState, "state", string(Published), "want", "a correction").Call("want", "更正后重新通报", "a correction published anew")
			return nil, withState(f, Published).At("state")
		}
		r.State, r.CancelReason = Cancelled, in.Reason
		return nil, st.DropComputation(ctx, r.ID)
	})
}

// Reopen takes a round back to where marks are corrected, with a reason. After
// a publication this begins a correction: what was published stays readable and
// in force until the next revision (Q30).
func (s *Service) Reopen(ctx context.Context, in Step) (*Answer, error) {
	return s.step(ctx, authz.RoundReopen, in, func(ctx context.Context, st Store, r *Round, _ *viewer.Viewer) (fault.List, error) {
		if err := reasoned(in.Reason); err != nil {
			return nil, err
		}
		if err := inState(r, Closed, Computed, Provisional, Published); err != nil {
			return nil, err
		}
		r.State, r.ClosedAt = Open, nil
		r.unannounce()
		return nil, st.DropComputation(ctx, r.ID)
	})
}

// unannounce forgets an announcement that what was announced no longer bears.
func (r *Round) unannounce() { r.AnnouncedAt, r.ObjectionsUntil = nil, calendar.Date{} }
