package round

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/template"
)

// Simulation is what other channel weights would have changed on the published
// rounds of a competition.
type Simulation struct {
	Difference *contest.Difference
	Names      map[string]string // shown names by subject
}

// ChannelWeight is a weight, in percent, to try.
type ChannelWeight struct {
	Channel string
	Weight  exact.Number
}

// Settings are other settings to try on published rounds; what is left out stays as
// it is.
type Settings struct {
	Weights  []ChannelWeight
	TieBreak *[]string // channel, item or part keys, "heaviest-item"; empty: ties stand (Q6)
	RankOn   *string   // published | exact (Q11)
	Scope    *string   // all | track (Q24)
	Bands    []BandSetting
	Streaks  []StreakSetting
}

// BandSetting is other settings of a band (Q6, Q7, Q12).
type BandSetting struct {
	Band string
	Size *int    // how many
	Ties *string // inclusive | exclusive | tie-break | capped
	Cap  *int
}

// StreakSetting is other settings of a streak (Q9).
type StreakSetting struct {
	Streak string
	Length *int
	After  *string // continue | reset
}

// Simulate computes the published rounds of a competition anew with other
// settings, from their public bundles, and says which ranks and bands would
// differ (J10). The weights of all channels must sum to 100.
func (s *Service) Simulate(ctx context.Context, competition uuid.UUID, try Settings) (*Simulation, error) {
	for _, p := range []authz.Permission{authz.TemplateRead, authz.PublicationRead} {
		if err := s.gate.Require(ctx, p, uuid.Nil); err != nil {
			return nil, err
		}
	}
	var sim *Simulation
	if err := s.unlimited(ctx, authz.PublicationRead); err != nil {
		return nil, err // what other weights would change tells of every item
	}
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		inputs, names, err := s.publishedInputs(ctx, st, competition)
		if err != nil {
			return err
		}
		table, err := weightsFor(inputs, try.Weights)
		if err != nil {
			return err
		}
		if bad := try.check(inputs); bad != nil {
			return bad
		}
		difference, err := contest.WhatIf(inputs, func(doc *template.Document) {
			contest.WithWeights(table)(doc)
			try.apply(doc)
		})
		sim = &Simulation{Difference: difference, Names: names}
		return err
	})
	if err != nil {
		return nil, err
	}
	return sim, nil
}

// publishedInputs reads the public inputs of what the viewer sees of a
// competition in full.
func (s *Service) publishedInputs(ctx context.Context, st Store, competition uuid.UUID) ([]contest.Input, map[string]string, error) {
	rounds, err := st.RoundsOf(ctx, competition)
	if err != nil {
		return nil, nil, err
	}
	var inputs []contest.Input
	names := map[string]string{}
	for _, r := range rounds {
		if r.PublishedRevision == 0 {
			continue
		}
		b, err := st.BoardOf(ctx, r.ID, 0)
		if err != nil {
			return nil, nil, err
		}
		if b == nil || !s.unhidden(ctx, b) {
			continue
		}
		report, err := s.bundleOf(ctx, st, b, false)
		if err != nil {
			return nil, nil, err
		}
		inputs = append(inputs, report.Input)
		for _, row := range b.Rows {
			names[row.UnitCode] = row.Name
		}
	}
	if len(inputs) == 0 {
		return nil, nil, fault.New(fault.RoundUnpublished).At("competition")
	}
	return inputs, names, nil
}

// whole reports whether neither a board nor its items are hidden from the viewer.
func (s *Service) whole(ctx context.Context, b *Board) bool {
	return s.gate.Sight(ctx, authz.PublicationRead).All && s.unhidden(ctx, b)
}

// unhidden reports whether a board hides nothing from the viewer.
func (s *Service) unhidden(ctx context.Context, b *Board) bool {
	have := len(b.Rows)
	if s.show(ctx, b) != nil || len(b.Rows) != have || b.masked {
		return false
	}
	for _, row := range b.Rows {
		if row.Rank == nil && row.Unranked == "" {
			return false
		}
	}
	return true
}

// weightsFor checks weights against the channels of the rounds.
func weightsFor(inputs []contest.Input, weights []ChannelWeight) (map[string]exact.Number, error) {
	table := map[string]exact.Number{}
	for i, w := range weights {
		if w.Weight.Sign() < 0 {
			return nil, fault.New(fault.Invalid, "value", w.Weight.String(), "want", "0–100").At("weights[%d].weight", i)
		}
		table[w.Channel] = w.Weight
	}
	for i := range inputs {
		var sum exact.Number
		known := 0
		for _, c := range inputs[i].Template.Channels {
			weight, changed := table[c.Key]
			if !changed {
				weight = c.Weight
			} else {
				known++
			}
			sum = sum.Add(weight)
		}
		if known != len(table) {
			return nil, fault.New(fault.NotFound).At("weights")
		}
		if !sum.Equal(exact.Int(100)) {
			return nil, fault.New(fault.TemplateWeights, "have", sum.String()).At("weights")
		}
	}
	return table, nil
}
