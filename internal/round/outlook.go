package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Outlook is what comes next in a round.
type Outlook struct {
	Known    bool       // whether the viewer may know what blocks the step
	Blockers fault.List // of the next step, when Known
	ToGive   int        // cells that the viewer is to mark and has not
}

// NextState is the state that follows; "" for a round that is over.
func NextState(of State) State {
	return map[State]State{Planned: Notified, Notified: Open, Open: Closed, Closed: Computed, Computed: Provisional, Provisional: Published}[of]
}

// Outlooks looks ahead in rounds of the viewer's own tenant: what blocks the next
// step, for whoever may know (see Blockers), and what the viewer is still to mark.
// Those that are not there or may not be known are left out.
func (s *Service) Outlooks(ctx context.Context, rounds []uuid.UUID) (map[uuid.UUID]Outlook, error) {
	if err := s.gate.Require(ctx, authz.RoundRead, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	var all map[uuid.UUID]Outlook
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all = map[uuid.UUID]Outlook{}
		found, err := st.RoundsByID(ctx, rounds)
		if err != nil {
			return err
		}
		for _, r := range found {
			if r.Tenant != who.Tenant {
				continue
			}
			if all[r.ID], err = s.outlook(ctx, st, r, who); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

func (s *Service) outlook(ctx context.Context, st Store, r *Round, who *viewer.Viewer) (o Outlook, err error) {
	o.Known = s.mayKnowBlockers(ctx) == nil
	if r.State == Open && s.gate.May(ctx, authz.MarkDraftRead, uuid.Nil) {
		d, err := sit(ctx, st, r)
		if err != nil {
			return o, err
		}
		if seen, _ := s.sighted(ctx, authz.MarkDraftRead, d.items); who.Person != uuid.Nil {
			o.ToGive = d.toGive(who.Person, seen)
		}
		if o.Known {
			o.Blockers = d.unfinished()
		}
	} else if next := NextState(r.State); o.Known && next != "" {
		if o.Blockers, err = s.between(ctx, st, r, next); err != nil {
			return o, err
		}
	}
	tell(ctx, st, r, o.Blockers)
	return o, nil
}

// toGive counts the cells of items that are seen in which a person could give a
// mark that lacks, and has not.
func (d *desk) toGive(person uuid.UUID, seen func(item string) bool) int {
	n := 0
	for _, e := range d.roster {
		for c := range d.plan.Cells() {
			if g := d.toMark(e, c); g != nil && seen(g.Item) && d.decided(e, g.Item, g.Channel) == nil && d.mayGive(person, e, g) {
				n++
			}
		}
	}
	return n
}
