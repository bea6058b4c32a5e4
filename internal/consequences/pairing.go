package consequences

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Pair is a lead and a follower that help each other (C14).
type Pair struct {
	ID            uuid.UUID
	Competition   uuid.UUID
	Round         *uuid.UUID // whose result suggested it; nil: chosen by people
	LeadUnit      uuid.UUID
	FollowUnit    uuid.UUID
	LeadSubject   uuid.UUID
	FollowSubject uuid.UUID
	LeadName      string
	FollowName    string
	PerMonth      int // exchanges a month (C15)
	From          calendar.Date
	Until         calendar.Date // first day they are no pair any more; zero: still
	Reason        string
	ConfirmedBy   uuid.UUID
	ConfirmedAt   time.Time
	LockRevision  int
}

// PairInput is one pair to be confirmed. Without a round it needs a reason.
type PairInput struct {
	Lead, Follow uuid.UUID // subjects
	Round        *uuid.UUID
	PerMonth     *int // nil: what the template says
	From         calendar.Date
	Reason       string
}

const mostPerMonth = 31

// Suggested lists the pairs that a published round suggests: its rule pairs the
// best with the worst (C14). Nothing stands before people confirm it.
func (s *Service) Suggested(ctx context.Context, round uuid.UUID) ([]Pair, error) {
	if err := s.gate.Require(ctx, authz.OutcomeRead, uuid.Nil); err != nil {
		return nil, err
	}
	var pairs []Pair
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		pairs, err = st.SuggestedPairs(ctx, round)
		return err
	})
	return pairs, err
}

// ConfirmPairs lets pairs begin, all or none: those that a round suggested, or
// others with the reason why.
func (s *Service) ConfirmPairs(ctx context.Context, competition uuid.UUID, in []PairInput) ([]*Pair, error) {
	if err := s.gate.Require(ctx, authz.PairingWrite, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	if len(in) == 0 || len(in) > mostOutcomes {
		return nil, fault.New(fault.Invalid, "value", strconv.Itoa(len(in)), "want", "1–"+strconv.Itoa(mostOutcomes)).At("pairs")
	}
	var made []*Pair
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		made = nil
		usual, err := st.ExchangesPerMonth(ctx, competition)
		if err != nil {
			return err
		}
		var bad fault.List
		for i, one := range in {
			p, faults := s.pairOf(ctx, st, competition, one, usual, who)
			for _, f := range faults {
				bad = append(bad, f.At("pairs[%d].%s", i, f.Field))
			}
			made = append(made, p)
		}
		if err := bad.Err(); err != nil {
			return err
		}
		if err := st.InsertPairs(ctx, made); err != nil {
			return err
		}
		for _, p := range made {
			if err := audit.Record(ctx, string(authz.PairingWrite), "pair", p.ID, map[string]any{"lead": p.LeadSubject, "follow": p.FollowSubject, "reason": p.Reason}); err != nil {
				return err
			}
		}
		return nil
	})
	return made, err
}

func (s *Service) pairOf(ctx context.Context, st Store, competition uuid.UUID, in PairInput, usual int, who *viewer.Viewer) (*Pair, fault.List) {
	p := &Pair{ID: newID(), Competition: competition, Round: in.Round, LeadSubject: in.Lead, FollowSubject: in.Follow, PerMonth: usual, From: in.From,
		Reason: strings.TrimSpace(in.Reason), ConfirmedBy: who.Person, ConfirmedAt: s.now(), LockRevision: 1}
	var bad fault.List
	if in.Lead == in.Follow {
		bad = append(bad, fault.New(fault.PairSelf).At("follow"))
	}
	if in.PerMonth != nil {
		p.PerMonth = *in.PerMonth
	}
	if p.PerMonth < 0 || p.PerMonth > mostPerMonth {
		bad = append(bad, fault.New(fault.Invalid, "value", strconv.Itoa(p.PerMonth), "want", "0–31").At("exchangesPerMonth"))
	}
	if p.From.IsZero() {
		bad = append(bad, fault.New(fault.Required, "want", "2023-04-01").At("from"))
	}
	if p.Round == nil && p.Reason == "" {
		bad = append(bad, fault.New(fault.PairReasonMissing).At("reason"))
	}
	known, err := st.SubjectsIn(ctx, competition, []uuid.UUID{in.Lead, in.Follow})
	if err != nil {
		return p, append(bad, fault.New(fault.NotFound).At("lead"))
	}
	for _, side := range []struct {
		field string
		id    uuid.UUID
		unit  *uuid.UUID
		name  *string
	}{{"lead", in.Lead, &p.LeadUnit, &p.LeadName}, {"follow", in.Follow, &p.FollowUnit, &p.FollowName}} {
		at := slices.IndexFunc(known, func(k Known) bool { return k.Subject == side.id })
		if at < 0 {
			bad = append(bad, fault.New(fault.NotFound).At("%s", side.field))
			continue
		}
		*side.unit, *side.name = known[at].Unit, known[at].Name
	}
	return p, bad
}

// EndPair ends a pair on a date, the first on which it is none any more.
func (s *Service) EndPair(ctx context.Context, id uuid.UUID, revision int, on calendar.Date) (*Pair, error) {
	if err := s.gate.Require(ctx, authz.PairingWrite, uuid.Nil); err != nil {
		return nil, err
	}
	if _, err := viewer.Actor(ctx); err != nil {
		return nil, err
	}
	var ended *Pair
	err := s.write(ctx, func(ctx context.Context, st Store) error {
		p, err := st.PairByID(ctx, id)
		if err != nil {
			return err
		}
		if p.LockRevision != revision {
			return fault.New(fault.StaleRevision, "have", strconv.Itoa(p.LockRevision)).At("revision")
		}
		if !on.After(p.From) || !p.Until.IsZero() && on.After(p.Until) {
			return fault.New(fault.PostPeriodInvalid).At("on")
		}
		p.Until = on
		if err := st.UpdatePair(ctx, p); err != nil {
			return err
		}
		ended = p
		return audit.Record(ctx, string(authz.PairingWrite), "pair", id, map[string]any{"until": on})
	})
	return ended, err
}

// Pairs lists the pairs of a competition, ended ones too; a village sees its own.
func (s *Service) Pairs(ctx context.Context, competition uuid.UUID) ([]*Pair, error) {
	if err := s.gate.Anywhere(ctx, authz.OutcomeRead); err != nil {
		return nil, err
	}
	var all []*Pair
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		all, err = st.PairsOf(ctx, competition)
		return err
	})
	if !s.gate.May(ctx, authz.OutcomeRead, uuid.Nil) {
		all = slices.DeleteFunc(all, func(p *Pair) bool { return !s.sees(ctx, p) })
	}
	return all, err
}

func (s *Service) sees(ctx context.Context, p *Pair) bool {
	return s.gate.May(ctx, authz.OutcomeRead, p.LeadUnit) || s.gate.May(ctx, authz.OutcomeRead, p.FollowUnit)
}

// Pair reads one pair; one of others is as if it were not there.
func (s *Service) Pair(ctx context.Context, id uuid.UUID) (*Pair, error) {
	if err := s.gate.Anywhere(ctx, authz.OutcomeRead); err != nil {
		return nil, err
	}
	var found *Pair
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		p, err := st.PairByID(ctx, id)
		if err != nil {
			return err
		}
		if !s.sees(ctx, p) {
			return fault.New(fault.NotFound)
		}
		found = p
		return nil
	})
	return found, err
}
