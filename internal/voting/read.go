package voting

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/ballot"
	"leitai/internal/fault"
)

// Poll gives an evaluation: its subjects and counts, nothing of its result.
func (s *Service) Poll(ctx context.Context, id uuid.UUID) (p *Poll, err error) {
	if err := s.gate.Require(ctx, authz.BallotRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		p, err = st.PollByID(ctx, id)
		return err
	})
	return p, err
}

// Polls gives the evaluations of a competition, or of one of its rounds.
func (s *Service) Polls(ctx context.Context, competition uuid.UUID, round *uuid.UUID) (all []*Poll, err error) {
	if err := s.gate.Require(ctx, authz.BallotRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all, err = st.PollsOf(ctx, competition, round)
		return err
	})
	return all, err
}

// Turnout is the number of sheets returned so far, of all groups together: the
// one number that exists before the close.
func (s *Service) Turnout(ctx context.Context, poll uuid.UUID) (n int, err error) {
	if err := s.gate.Require(ctx, authz.BallotRead, uuid.Nil); err != nil {
		return 0, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		n, err = st.Turnout(ctx, poll)
		return err
	})
	return n, err
}

// Results gives everything that is ever said about the subjects of a closed
// evaluation, in their order.
func (s *Service) Results(ctx context.Context, poll uuid.UUID) (all []ballot.Result, err error) {
	if err := s.gate.Require(ctx, authz.BallotRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		p, err := st.PollByID(ctx, poll)
		if err != nil {
			return err
		}
		if p.State != Closed {
			return fault.New(fault.BallotNotClosed)
		}
		all, err = st.BallotScores(ctx, poll)
		return err
	})
	return all, err
}

// Lights counts the lights of a closed evaluation per branch, never by name
// (B22); none where the template has no legend.
func (s *Service) Lights(ctx context.Context, poll uuid.UUID) ([]ballot.BranchLights, error) {
	p, err := s.Poll(ctx, poll)
	if err != nil || len(p.Legend) == 0 || p.State != Closed {
		return nil, err
	}
	results, err := s.Results(ctx, poll)
	if err != nil {
		return nil, err
	}
	branch := map[string]string{}
	for _, subject := range p.Subjects {
		branch[subject.ID.String()] = subject.Branch
	}
	return ballot.LightsByBranch(p.Legend, p.Rule.Threshold, results, func(subject string) string { return branch[subject] }), nil
}

// Warnings names what an official should put right before codes are drawn.
func (p *Poll) Warnings() fault.List {
	due := map[string]int{}
	for _, g := range p.Groups {
		due[g.Key] = g.Due
	}
	if f := ballot.Guessable(p.Rule, due); f != nil && p.State == Open {
		return fault.List{f}
	}
	return nil
}
