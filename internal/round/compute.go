package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// computed is one run of the rules on a round as it stands.
type computed struct {
	*desk
	input     contest.Input
	canonical string
	result    *contest.Result
}

func compute(ctx context.Context, st Store, r *Round) (*computed, error) {
	d, err := sit(ctx, st, r)
	if err != nil {
		return nil, err
	}
	c := &computed{desk: d}
	if c.input, err = inputOf(ctx, st, d); err != nil {
		return nil, err
	}
	canonical, err := contest.Canonical(c.input)
	if err != nil {
		return nil, err
	}
	c.canonical = string(canonical)
	c.result, err = contest.Compute(c.input)
	return c, err
}

// Compute computes totals, ranks, bands and proposed outcomes of a closed round
// and keeps them. Computing again after a decision or an earlier round's
// correction replaces what was kept, and takes an announcement back.
func (s *Service) Compute(ctx context.Context, in Step) (*Answer, error) {
	return s.step(ctx, authz.RoundCompute, in, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) (fault.List, error) {
		if err := inState(r, Closed, Computed, Provisional); err != nil {
			return nil, err
		}
		c, err := compute(ctx, st, r)
		if err != nil {
			return nil, err
		}
		err = st.SaveComputation(ctx, &Computation{
			Round: r.ID, Rules: c.result.Rules, Input: c.canonical, Result: c.result, ComputedBy: who.Person, ComputedAt: s.now(),
		})
		r.State = Computed
		r.unannounce()
		return nil, err
	})
}

// Preview computes a round as it stands without keeping anything, from the
// confirmed marks alone, and shows the difference to what was last computed or
// told (J3).
func (s *Service) Preview(ctx context.Context, round uuid.UUID) (*Preview, error) {
	if err := s.gate.Require(ctx, authz.RoundCompute, uuid.Nil); err != nil {
		return nil, err
	}
	if err := s.unlimited(ctx, authz.RoundCompute); err != nil {
		return nil, err
	}
	var p *Preview
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		r, err := st.RoundByID(ctx, round)
		if err != nil {
			return err
		}
		if r.OpenedAt == nil {
			return opened(r)
		}
		c, err := compute(ctx, st, r)
		if err != nil {
			return err
		}
		p = &Preview{Result: c.result, Rows: rowsOf(c.result, c.roster)}
		if r.State == Open {
			p.Blockers = c.unfinished()
			tell(ctx, st, r, p.Blockers)
		}
		return p.differ(ctx, st, r, c)
	})
	return p, err
}

// publishedResult reads the full result of a revision from its sealed bundle.
func publishedResult(ctx context.Context, st Store, round uuid.UUID, revision int) (*contest.Result, error) {
	all, err := st.PublicationsOf(ctx, round)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		if p.Revision != revision {
			continue
		}
		body, err := st.SealedOf(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		report, err := contest.Verify([]byte(body), contest.Trust{})
		if err != nil {
			return nil, err
		}
		return &report.Result, nil
	}
	return nil, fault.New(fault.NotFound)
}
