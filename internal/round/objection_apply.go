package round

import (
	"context"
	"slices"
	"time"

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
	return slices.Contains(o.Members, who) || o.DecidedBy != nil && *o.DecidedBy == who
}

// correct lets the corrected marks supersede the old ones. The round is open for
// that moment only, inside this transaction: the database takes no mark in any
// other state.
func (s *Service) correct(ctx context.Context, st Store, r *Round, accepted []*Objection, who *viewer.Viewer) error {
	var ids []uuid.UUID
	for _, o := range accepted {
		for _, c := range o.Corrections {
			ids = append(ids, c.Mark)
		}
	}
	found, err := st.MarksByID(ctx, ids)
	if err != nil {
		return err
	}
	standing := map[uuid.UUID]*Mark{}
	for _, m := range found {
		standing[m.ID] = m
	}
	var marks []*Mark
	at := s.now()
	for _, o := range accepted {
		for _, c := range o.Corrections {
			old := standing[c.Mark]
			if old == nil || old.State == MarkSuperseded {
				return fault.New(fault.MarkReplaced).At("objections[%d]", o.Number)
			}
			old.State = MarkSuperseded // a second correction of the same mark has nothing to correct
			marks = append(marks, corrected(old, c, o, who.Person, at))
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
	taken, err := st.InsertMarks(ctx, marks)
	if err == nil && taken {
		err = fault.New(fault.MarkIDReused).At("objections")
	}
	if err != nil {
		return err
	}
	if err := st.InsertReviews(ctx, r.ID, marks); err != nil {
		return err
	}
	r.State = Provisional
	return marked(ctx, r, len(marks))
}

// corrected is the mark that supersedes one by an accepted objection: entered by
// whoever decided, confirmed by whoever applies.
func corrected(old *Mark, c Correction, o *Objection, by uuid.UUID, at time.Time) *Mark {
	m := *old
	m.Supersedes, m.ID, m.Value, m.Detail, m.Reason = &old.ID, c.ID, c.Value, c.Detail, o.Decision
	m.EnteredBy, m.EnteredAt, m.State, m.ReviewedBy, m.ReviewedAt, m.Rejection = *o.DecidedBy, at, MarkConfirmed, &by, &at, ""
	return &m
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
