package visits

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Observation is how far a round's observation has come.
type Observation struct {
	Round      *Round
	Route      []*Visit
	Unplanned  []Subject // contestants whose village stands on no route
	Unvisited  []Subject // and those that nobody visited yet (B01)
	Visited    int       // contestants visited, by the route or unannounced
	Commented  int
	Uncomment  []Subject // those nobody commented on yet (B10)
	Stages     []StageState
	Comments   []*Comment
	Meeting    *Meeting // nil: not held yet
	LastPlan   calendar.Date
	LastVisit  calendar.Date
	WholeRound bool // the viewer sees all of it; a village sees its own
}

// Observe reads the observation of a round; a village sees its own visits and
// comments, and no unannounced visit before it took place.
func (s *Service) Observe(ctx context.Context, round uuid.UUID) (*Observation, error) {
	if err := s.gate.Anywhere(ctx, authz.VisitRead); err != nil {
		return nil, err
	}
	var o *Observation
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		r, err := st.ObservedRound(ctx, round)
		if err != nil {
			return err
		}
		o = &Observation{Round: r, WholeRound: s.gate.May(ctx, authz.VisitRead, uuid.Nil)}
		if !o.WholeRound {
			r.Subjects = slices.DeleteFunc(r.Subjects, func(x Subject) bool { return !s.gate.May(ctx, authz.VisitRead, x.Unit) })
		}
		return o.fill(ctx, st, s.gate.May(ctx, authz.VisitWrite, uuid.Nil), func(unit uuid.UUID) bool { return o.WholeRound || s.gate.May(ctx, authz.VisitRead, unit) })
	})
	if err != nil {
		return nil, err
	}
	return o, nil
}

func (o *Observation) fill(ctx context.Context, st Store, writes bool, mine func(uuid.UUID) bool) error {
	route, err := st.RouteStops(ctx, o.Round.ID)
	if err != nil {
		return err
	}
	o.Route = slices.DeleteFunc(route, func(v *Visit) bool {
		return !mine(v.Unit) || !writes && v.Unannounced && v.VisitedOn.IsZero()
	})
	if o.Comments, err = st.VisitComments(ctx, o.Round.ID); err != nil {
		return err
	}
	o.Comments = slices.DeleteFunc(o.Comments, func(c *Comment) bool { return !mine(c.Unit) })
	records, err := st.StageRecordsOf(ctx, o.Round.ID)
	if err != nil {
		return err
	}
	o.Stages = StagesOf(o.Round.Stages, o.Round.Subjects, records)
	o.Meeting, err = st.ReviewMeeting(ctx, o.Round.ID)
	o.count()
	return err
}

// count compares the contestants with what was planned, visited and said.
func (o *Observation) count() {
	planned, visited, commented := map[uuid.UUID]bool{}, map[uuid.UUID]bool{}, map[uuid.UUID]bool{}
	for _, v := range o.Route {
		planned[v.Unit] = planned[v.Unit] || !v.Unannounced
		visited[v.Unit] = visited[v.Unit] || !v.VisitedOn.IsZero()
		if v.PlannedOn.After(o.LastPlan) && !v.Unannounced {
			o.LastPlan = v.PlannedOn
		}
		if v.VisitedOn.After(o.LastVisit) {
			o.LastVisit = v.VisitedOn
		}
	}
	for _, c := range o.Comments {
		commented[c.Subject] = true
	}
	for _, s := range o.Round.Subjects {
		if !planned[s.Unit] {
			o.Unplanned = append(o.Unplanned, s)
		}
		if visited[s.Unit] {
			o.Visited++
		} else {
			o.Unvisited = append(o.Unvisited, s)
		}
		if commented[s.Subject] {
			o.Commented++
		} else {
			o.Uncomment = append(o.Uncomment, s)
		}
	}
}

// VisitByID reads one visit by the same rule as Observe.
func (s *Service) VisitByID(ctx context.Context, id uuid.UUID) (*Visit, error) {
	if err := s.gate.Anywhere(ctx, authz.VisitRead); err != nil {
		return nil, err
	}
	if _, err := viewer.From(ctx); err != nil {
		return nil, err
	}
	var found *Visit
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		v, err := st.VisitByID(ctx, id)
		if err == nil && (!s.gate.May(ctx, authz.VisitRead, v.Unit) ||
			v.Unannounced && v.VisitedOn.IsZero() && !s.gate.May(ctx, authz.VisitWrite, uuid.Nil)) {
			err = fault.New(fault.NotFound)
		}
		found = v
		return err
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}
