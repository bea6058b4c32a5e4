package round

import (
	"context"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Announce announces a computed result (公示): every village sees its own trace,
// and the objection period of the template runs, in calendar days after the day
// of the announcement.
func (s *Service) Announce(ctx context.Context, in Step) (*Answer, error) {
	return s.step(ctx, authz.RoundAnnounce, in, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) (fault.List, error) {
		if err := inState(r, Computed); err != nil {
			return nil, err
		}
		today, err := s.today(who)
		if err != nil {
			return nil, err
		}
		all, err := unannounceable(ctx, st, r, today)
		if err != nil {
			return nil, err
		}
		if all != nil {
			return nil, blocked(all)
		}
		doc, _, err := st.RoundTemplate(ctx, r)
		if err != nil {
			return nil, err
		}
		end, err := calendar.AfterDays(today, doc.Announce.ObjectionDays, calendar.RollNone, calendar.OfficialWorkdays, calendar.Official())
		if err != nil {
			return nil, err
		}
		at := s.now()
		r.State, r.AnnouncedAt, r.ObjectionsUntil = Provisional, &at, end.Due
		d, err := sit(ctx, st, r)
		if err != nil {
			return nil, err
		}
		return d.skipped(ctx, st)
	})
}

// unannounceable lists what keeps a round from being announced. The day of the
// contest must have come: what is done in the villages during the month may be
// marked before it, but there is no result before the day of the notice (A19).
func unannounceable(ctx context.Context, st Store, r *Round, today calendar.Date) (fault.List, error) {
	_, all, err := unsettled(ctx, st, r)
	if err == nil && today.Before(r.Held) {
		all = append(all, fault.New(fault.RoundNotHeld, "date", r.Held.String()))
	}
	return all, err
}

// unsettled lists what keeps a kept computation from being announced or
// published, beside the announcement itself. It computes anew, and a result
// that no longer is what was kept is stale.
func unsettled(ctx context.Context, st Store, r *Round) (*computed, fault.List, error) {
	var all fault.List
	c, err := compute(ctx, st, r)
	if err != nil {
		return nil, nil, err
	}
	kept, err := st.ComputationOf(ctx, r.ID)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case kept == nil:
		all = append(all, fault.New(fault.NotComputed))
	case kept.Input != c.canonical || kept.Rules != contest.RulesVersion:
		all = append(all, fault.New(fault.ComputationStale))
	}
	if names := c.undecided(); names != nil {
		all = append(all, fault.New(fault.MissingUndecided).About(names...))
	}
	inputs, err := c.unsettledInputs(ctx, st)
	if err != nil {
		return nil, nil, err
	}
	all = append(all, inputs...)
	earlier, err := earlierOpen(ctx, st, r)
	return c, append(all, earlier...), err
}

// undecided names the subjects of which something is missing that nobody
// decided about (Q13): gaps of the result, and the absent.
func (c *computed) undecided() []string {
	names := map[string]bool{}
	for _, g := range c.result.Gaps {
		if g.Channel == "" {
			continue // named one by one
		}
		if e, err := c.entry(SubjectRef{Code: g.Subject}); err == nil {
			names[e.Name] = true
		}
	}
	for _, e := range c.roster {
		if e.Absent && c.decided(e, "", "") == nil && c.doc.Missing.Absent != DecideZero {
			names[e.Name] = true
		}
	}
	var out []string
	for name := range names {
		out = append(out, name)
	}
	return out
}

// earlierOpen names earlier rounds of the competition that were opened and not
// published: streaks and rank changes would be computed without them (Q8).
func earlierOpen(ctx context.Context, st Store, r *Round) (fault.List, error) {
	rounds, err := st.RoundsOf(ctx, r.Competition)
	if err != nil {
		return nil, err
	}
	var all fault.List
	for _, other := range rounds {
		if before(other.Period, r.Period) && other.OpenedAt != nil && other.PublishedRevision == 0 && other.State != Cancelled {
			all = append(all, fault.New(fault.EarlierRoundOpen, "period", other.Period))
		}
	}
	return all, nil
}
