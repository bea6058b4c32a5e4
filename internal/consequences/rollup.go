package consequences

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/outcome"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Span names a roll-up: its key in the template and the first and last month.
type Span struct {
	Key      string
	From, To string
}

func (s Span) period() string { return s.From + "/" + s.To }

// summary is a roll-up as computed, with what it was computed from.
type summary struct {
	doc    *template.Document
	rule   template.Rollup
	index  int
	first  calendar.Period // of the competition's rounds
	result outcome.RollupResult
	rows   []RollupRow
	inputs []RollupInput
	known  map[string]Known // by code
}

// PreviewRollup computes a summary without keeping it (A31, A35, Q16).
func (s *Service) PreviewRollup(ctx context.Context, competition uuid.UUID, span Span) ([]RollupRow, error) {
	if err := s.gate.Require(ctx, authz.RoundCompute, uuid.Nil); err != nil {
		return nil, err
	}
	var rows []RollupRow
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		sum, err := summarise(ctx, st, competition, span)
		if err != nil {
			return err
		}
		rows = sum.rows
		return nil
	})
	return rows, err
}

// PublishRollup keeps a summary with the outcomes its rules call for. Every
// round of the span must be published or cancelled. Publishing again while the
// rounds are unchanged gives the same roll-up; after a correction of a round it
// makes the next revision and takes back the outcomes of the one before.
func (s *Service) PublishRollup(ctx context.Context, competition uuid.UUID, span Span) (*Rollup, error) {
	if err := s.gate.Require(ctx, authz.RollupPublish, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	var published *Rollup
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		sum, err := summarise(ctx, st, competition, span)
		if err != nil {
			return err
		}
		if err := s.over(ctx, st, competition, span, who); err != nil {
			return err
		}
		last, err := st.LatestRollup(ctx, competition, span.Key, span.period())
		if err != nil {
			return err
		}
		if last != nil && slices.Equal(last.Inputs, sum.inputs) && sameRows(last.Rows, sum.rows) {
			published = last
			return nil
		}
		published, err = s.keep(ctx, st, competition, span, sum, last, who)
		return err
	})
	return published, err
}

func (s *Service) keep(ctx context.Context, st Store, competition uuid.UUID, span Span, sum *summary, last *Rollup, who *viewer.Viewer) (*Rollup, error) {
	trial, err := st.CompetitionTrial(ctx, competition)
	if err != nil {
		return nil, err
	}
	r := &Rollup{ID: newID(), Tenant: who.Tenant, Competition: competition, Trial: trial, Key: span.Key, Period: span.period(), Revision: 1,
		Inputs: sum.inputs, Rows: sum.rows, ApprovedBy: who.Person, PublishedAt: s.now()}
	if last != nil {
		r.Revision = last.Revision + 1
		old, err := st.OutcomesOfRollup(ctx, last.ID)
		if err != nil {
			return nil, err
		}
		for _, o := range old {
			if err := s.reverse(ctx, st, o, Settlement{Revision: r.Revision, ApprovedBy: who.Person, At: r.PublishedAt}); err != nil {
				return nil, err
			}
		}
	}
	if err := st.InsertRollup(ctx, r); err != nil {
		return nil, err
	}
	if all := sum.outcomes(r); len(all) > 0 && !trial { // a trial never counts
		if err := st.InsertOutcomes(ctx, all); err != nil {
			return nil, err
		}
	}
	if err := s.feedRollup(ctx, st, sum.doc, r); err != nil {
		return nil, err
	}
	return r, audit.Record(ctx, string(authz.RollupPublish), "rollup", r.ID, map[string]any{"key": r.Key, "period": r.Period, "revision": r.Revision})
}

// outcomes makes the outcomes of a kept roll-up.
func (sum *summary) outcomes(r *Rollup) []*Outcome {
	var all []*Outcome
	for _, p := range sum.result.Proposals {
		o := fromProposal(p, sum.rule.Outcomes[p.Rule], entriesOf(p, sum.result.Entries))
		o.ID, o.Competition, o.Rollup, o.Revision = newID(), r.Competition, &r.ID, r.Revision
		o.Period, o.Unit, o.Subject = r.Period, sum.known[p.Subject].Unit, sum.known[p.Subject].Subject
		o.Rule = fmt.Sprintf("rollups[%d].outcomes[%d]", sum.index, p.Rule)
		o.Penalty = worst(sum.rule.Bands, p.When)
		all = append(all, o)
	}
	return all
}

// Rollups lists a competition's newest roll-ups, each as the viewer is shown it.
func (s *Service) Rollups(ctx context.Context, competition uuid.UUID) ([]*Rollup, error) {
	if err := s.gate.Require(ctx, authz.PublicationRead, uuid.Nil); err != nil {
		return nil, err
	}
	var all []*Rollup
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		found, err := st.RollupsOf(ctx, competition)
		for _, r := range found {
			switch hidden := s.show(ctx, st, r); {
			case hidden == nil:
				all = append(all, r)
			case fault.CodeOf(hidden) != fault.NotFound:
				return hidden
			}
		}
		return err
	})
	return all, err
}

// RollupOutcomes lists what follows from a roll-up.
func (s *Service) RollupOutcomes(ctx context.Context, id uuid.UUID) ([]*Outcome, error) {
	if err := s.gate.Require(ctx, authz.OutcomeRead, uuid.Nil); err != nil {
		return nil, err
	}
	var all []*Outcome
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		all, err = st.OutcomesOfRollup(ctx, id)
		return err
	})
	return all, err
}

// RollupByID reads one roll-up, as the viewer is shown it.
func (s *Service) RollupByID(ctx context.Context, id uuid.UUID) (*Rollup, error) {
	if err := s.gate.Require(ctx, authz.PublicationRead, uuid.Nil); err != nil {
		return nil, err
	}
	var found *Rollup
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		r, err := st.RollupByID(ctx, id)
		if err != nil {
			return err
		}
		found = r
		return s.show(ctx, st, r)
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}
