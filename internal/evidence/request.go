package evidence

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// lasting is for how many days an earlier piece answers a request, where the
// request does not say.
const lasting = 365

// mostAsked bounds the villages of one request.
const mostAsked = 200

// Ask asks villages for a piece of evidence. A village that gave such a piece
// already is not asked again: the request points to it, and it is taken over
// into the round (G4).
func (s *Service) Ask(ctx context.Context, in Asking) ([]*Request, error) {
	if err := s.gate.Require(ctx, authz.EvidenceWrite, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	today, err := s.today(who)
	if err != nil {
		return nil, err
	}
	if err := in.check(today); err != nil {
		return nil, err
	}
	if in.Within == 0 {
		in.Within = lasting
	}
	var asked []*Request
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		asked = nil
		ground, err := st.EvidenceGround(ctx, in.Competition, in.Round)
		if err != nil {
			return err
		}
		if err := ground.Rules.takes(in.Item, in.Check, in.Kind); err != nil {
			return err
		}
		for n, code := range in.UnitCodes {
			unit, err := st.VillageByCode(ctx, code)
			if err != nil {
				return fault.NotFoundAt(err, fmt.Sprintf("unitCodes[%d]", n))
			}
			r := &Request{ID: newID(), Tenant: who.Tenant, Competition: in.Competition, Round: in.Round, Trial: ground.Trial, Unit: unit,
				Item: in.Item, Check: in.Check, Kind: in.Kind, Note: strings.TrimSpace(in.Note), Due: in.Due, AskedBy: who.Person, AskedOn: today}
			if err := s.point(ctx, st, r, today.AddDays(-in.Within)); err != nil {
				return err
			}
			asked = append(asked, r)
		}
		if err := st.InsertRequests(ctx, asked); err != nil {
			return err
		}
		return audit.Record(ctx, "evidence:ask", "competition", in.Competition, map[string]any{"villages": len(asked), "item": in.Item, "kind": in.Kind})
	})
	if err != nil {
		return nil, err
	}
	return asked, nil
}

func (in Asking) check(today calendar.Date) error {
	var faults fault.List
	if n := len(in.UnitCodes); n == 0 || n > mostAsked {
		faults = append(faults, fault.New(fault.Invalid, "value", fmt.Sprint(n), "want", fmt.Sprintf("1–%d", mostAsked)).At("unitCodes"))
	}
	if in.Due.Before(today) {
		faults = append(faults, fault.New(fault.IssueDuePast, "value", in.Due.String(), "today", today.String()).At("due"))
	}
	if in.Within < 0 || in.Within > 10*lasting {
		faults = append(faults, fault.New(fault.Invalid, "value", fmt.Sprint(in.Within), "want", fmt.Sprintf("1–%d", 10*lasting)).At("within"))
	}
	return faults.Err()
}

// point lets a request point to what its village gave before.
func (s *Service) point(ctx context.Context, st Store, r *Request, since calendar.Date) error {
	old, err := st.EarlierEvidence(ctx, Like{Unit: r.Unit, Item: r.Item, Check: r.Check, Kind: r.Kind, Since: since, Competition: r.Competition})
	if err != nil || old == nil {
		return err
	}
	r.Given, r.Already = &old.ID, true
	if r.Round == nil || old.Round != nil && *old.Round == *r.Round {
		return nil
	}
	taken := again(old, r.Competition, r.Round, r.Item, r.Check, r.Trial)
	taken.EnteredBy, taken.EnteredAt = r.AskedBy, s.now()
	return s.enter(ctx, st, taken, "evidence:reuse")
}

// mostDays bounds the span of a list by days.
const mostDays = 800

// Requests lists what villages were asked for between two days: a village sees
// its own, a county those of its townships (G9).
func (s *Service) Requests(ctx context.Context, from, to calendar.Date) (all []*Request, err error) {
	if err := s.gate.Anywhere(ctx, authz.RoundRead); err != nil {
		return nil, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	if to.Before(from) || to.Since(from) > mostDays {
		return nil, fault.New(fault.Invalid, "value", from.String()+"–"+to.String(), "want", fmt.Sprintf("1–%d", mostDays)).At("to")
	}
	var units []uuid.UUID
	if who.TenantKind == "township" { // who reads the plan may still be a single village
		units, _ = s.within(ctx, authz.EvidenceRead)
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all, err = st.RequestsBetween(ctx, from, to, units)
		return err
	})
	return all, err
}

// Missing lists what the template of a round wants to be shown and is not there
// yet; a village sees its own.
func (s *Service) Missing(ctx context.Context, round uuid.UUID) (all []Missing, err error) {
	if err := s.gate.Anywhere(ctx, authz.EvidenceRead); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		competition, err := st.CompetitionOfRound(ctx, round)
		if err != nil {
			return fault.NotFoundAt(err, "round")
		}
		ground, err := st.EvidenceGround(ctx, competition, &round)
		if err != nil {
			return err
		}
		var seen []Subject
		for _, subject := range ground.Subjects {
			if s.gate.May(ctx, authz.EvidenceRead, subject.Unit) {
				seen = append(seen, subject)
			}
		}
		counts, err := st.EvidenceCounts(ctx, round)
		if err != nil {
			return err
		}
		all = ground.Rules.missing(seen, counts)
		if sight := s.gate.Sight(ctx, authz.EvidenceRead); !sight.All {
			keys, err := st.KeysSeen(ctx, round, sight.Dimensions)
			all = slices.DeleteFunc(all, func(m Missing) bool { return !slices.Contains(keys, m.Item) && !slices.Contains(sight.Whole, m.Unit) })
			return err
		}
		return nil
	})
	return all, err
}
