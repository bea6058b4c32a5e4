package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Reviewed is a round after its accepted objections were applied, and what that
// changed.
type Reviewed struct {
	Round   *Round
	Applied []*Objection
	Changes []PreviewChange
}

// ApplyObjections applies every accepted objection of an announced round as one
// set: the corrected marks supersede the old ones, the round is computed once,
// and the difference is shown. No objection may be open, and whoever decided one
// cannot be the second person who applies it. The announcement goes on.
func (s *Service) ApplyObjections(ctx context.Context, in Step) (*Reviewed, error) {
	out := &Reviewed{}
	_, err := s.step(ctx, authz.RoundCompute, in, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) (fault.List, error) {
		if err := inState(r, Provisional); err != nil {
			return nil, err
		}
		all, err := st.ObjectionsOf(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		accepted, err := applicable(all, who.Person)
		if err != nil {
			return nil, err
		}
		was, err := st.ComputationOf(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		if err := s.correct(ctx, st, r, accepted, who); err != nil {
			return nil, err
		}
		c, err := compute(ctx, st, r)
		if err != nil {
			return nil, err
		}
		err = st.SaveComputation(ctx, &Computation{
			Round: r.ID, Rules: c.result.Rules, Input: c.canonical, Result: c.result, ComputedBy: who.Person, ComputedAt: s.now(),
		})
		out.Round, out.Applied = r, accepted
		var before *contest.Result
		if was != nil {
			before = was.Result
		}
		out.Changes = changes(before, c.result, c.roster)
		return nil, err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// applicable gives the accepted objections, or says why they cannot be applied
// by this person.
func applicable(all []*Objection, who uuid.UUID) ([]*Objection, error) {
	var accepted []*Objection
	for _, o := range all {
		switch {
		case o.State == ObjectionFiled:
			return nil, blocked(objectionsIn(all, ObjectionFiled, fault.ObjectionsOpen))
		case o.State == ObjectionAccepted && o.decidedBy(who):
			return nil, fault.New(fault.ObjectionOwnSet)
		case o.State == ObjectionAccepted:
			accepted = append(accepted, o)
		}
	}
	if accepted == nil {
		return nil, fault.New(fault.NoObjections).At("round")
	}
	return accepted, nil
}

func (o *Objection) decidedBy(who uuid.UUID) bool {
	for _, m := range o.Members {
		if m == who {
			return true
		}
	}
	return o.DecidedBy != nil && *o.DecidedBy == who
}

// correct lets the corrected marks supersede the old ones. The round is open for
// that moment only, inside this transaction: the database takes no mark in any
// other state.
func (s *Service) correct(ctx context.Context, st Store, r *Round, accepted []*Objection, who *viewer.Viewer) error {
	var marks []*Mark
	at := s.now()
	for _, o := range accepted {
		for _, c := range o.Corrections {
			found, err := st.MarksByID(ctx, []uuid.UUID{c.Mark})
			if err != nil {
				return err
			}
			if len(found) == 0 || found[0].State == MarkSuperseded {
				return fault.New(fault.MarkReplaced).At("objections[%d]", o.Number)
			}
			m := *found[0]
			m.Supersedes, m.ID, m.Value, m.Detail, m.Reason = &c.Mark, c.ID, c.Value, c.Detail, o.Decision
			m.EnteredBy, m.EnteredAt, m.State, m.ReviewedBy, m.ReviewedAt, m.Rejection = *o.DecidedBy, at, MarkConfirmed, &who.Person, &at, ""
			marks = append(marks, &m)
		}
		o.State, o.AppliedBy, o.AppliedAt = ObjectionApplied, &who.Person, &at
		if err := st.UpdateObjection(ctx, o); err != nil {
			return err
		}
		if err := audit.Record(ctx, "objection:apply", "objection", o.ID, map[string]any{"round": r.ID, "corrections": o.Corrections}); err != nil {
			return err
		}
	}
	r.State = Open
	if err := st.UpdateRound(ctx, r); err != nil {
		return err
	}
	if _, err := st.InsertMarks(ctx, marks); err != nil {
		return err
	}
	if err := st.InsertReviews(ctx, r.ID, marks); err != nil {
		return err
	}
	r.State = Provisional
	return nil
}

// objectionsIn lists the objections of a state as one blocker with the subjects
// they are about.
func objectionsIn(all []*Objection, state ObjectionState, code fault.Code) fault.List {
	var names []string
	count := 0
	for _, o := range all {
		if o.State == state {
			count++
			names = append(names, o.SubjectName)
		}
	}
	if count == 0 {
		return nil
	}
	return fault.List{fault.New(code, "count", itoa(count)).About(names...)}
}

// contested lists what objections keep a round from being published.
func contested(ctx context.Context, st Store, r *Round) (fault.List, error) {
	all, err := st.ObjectionsOf(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	return append(objectionsIn(all, ObjectionFiled, fault.ObjectionsOpen), objectionsIn(all, ObjectionAccepted, fault.ObjectionsUnapplied)...), nil
}
