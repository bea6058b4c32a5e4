package evidence

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Add enters a piece of evidence: an inspector for any village, a village, if it
// wants to, for itself (G3). A ledger that was seen on paper needs no file.
func (s *Service) Add(ctx context.Context, in Piece) (*Item, error) {
	if err := s.gate.Anywhere(ctx, authz.EvidenceWrite); err != nil {
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
	var added *Item
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		unit, err := s.place(ctx, st, in.UnitCode, authz.EvidenceWrite)
		if err != nil {
			return err
		}
		ground, err := st.EvidenceGround(ctx, in.Competition, in.Round)
		if err != nil {
			return err
		}
		if err := ground.Rules.takes(in.Item, in.Check, in.Kind); err != nil {
			return err
		}
		i := &Item{ID: newID(), Competition: in.Competition, Round: in.Round, Unit: unit, Subject: unit, Item: in.Item, Check: in.Check, Kind: in.Kind,
			TakenOn: in.TakenOn, Note: strings.TrimSpace(in.Note), AskedRole: strings.TrimSpace(in.AskedRole), Answer: in.Answer,
			Trial: ground.Trial, EnteredBy: who.Person, EnteredAt: s.now()}
		if in.Subject != nil {
			i.Subject = *in.Subject
		}
		if in.File != nil {
			if err := s.room.AdmitPiece(ctx, in.Round); err != nil {
				return err
			}
			if i.File, err = s.attach(ctx, st, who, *in.File, in.Kind); err != nil {
				return err
			}
		}
		added = i
		return s.enter(ctx, st, i, "evidence:add")
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

func (in Piece) check(today calendar.Date) error {
	var faults fault.List
	if in.TakenOn.After(today) {
		faults = append(faults, fault.New(fault.EvidenceFuture, "value", in.TakenOn.String(), "today", today.String()).At("takenOn"))
	}
	if in.Kind == Photo && in.File == nil {
		faults = append(faults, fault.New(fault.EvidenceNoFile).At("file"))
	}
	asked := in.Answer != "" && strings.TrimSpace(in.AskedRole) != ""
	if in.Kind == Interview && !asked || in.Kind != Interview && (in.Answer != "" || in.AskedRole != "") {
		faults = append(faults, fault.New(fault.EvidenceAnswer).At("answer"))
	}
	return faults.Err()
}

// place finds a village that the viewer may act for; any other is as if it were
// not there.
func (s *Service) place(ctx context.Context, st Store, code string, p authz.Permission) (uuid.UUID, error) {
	unit, err := st.VillageByCode(ctx, code)
	if err == nil && !s.gate.May(ctx, p, unit) {
		err = fault.New(fault.NotFound).At("unitCode")
	}
	return unit, err
}

// attach finds the file of a piece: one of the own tenant that the viewer sent
// or may read.
func (s *Service) attach(ctx context.Context, st Store, who *viewer.Viewer, id uuid.UUID, kind Kind) (*File, error) {
	f, units, err := st.FileByID(ctx, id)
	if fault.CodeOf(err) == fault.NotFound || err == nil && (f.Tenant != who.Tenant || !slices.Contains(f.Senders, who.User) &&
		!slices.ContainsFunc(units, func(unit uuid.UUID) bool { return s.gate.May(ctx, authz.EvidenceRead, unit) })) {
		return nil, fault.New(fault.NotFound).At("file")
	}
	if err != nil {
		return nil, err
	}
	if kind == Photo && !strings.HasPrefix(f.MediaType, "image/") && !strings.HasPrefix(f.MediaType, "video/") {
		return nil, fault.New(fault.EvidenceNoPicture).At("file")
	}
	return f, nil
}

// enter writes a piece and lets what was asked for point to it.
func (s *Service) enter(ctx context.Context, st Store, i *Item, action string) error {
	if err := st.InsertEvidence(ctx, i); err != nil {
		return err
	}
	if left, err := s.seen(ctx, st, authz.EvidenceWrite, []*Item{i}); err != nil {
		return err
	} else if len(left) == 0 {
		return fault.New(fault.Forbidden, "permission", string(authz.EvidenceWrite))
	}
	if err := st.AnswerRequests(ctx, i); err != nil {
		return err
	}
	return audit.Record(ctx, action, "evidence", i.ID, map[string]any{"item": i.Item, "check": i.Check, "kind": i.Kind, "reuses": i.Reuses})
}

// Reuse takes an earlier piece over into a round, for the same village: nobody
// has to give it twice (G4). Item and check are those of the earlier piece
// where none are given.
func (s *Service) Reuse(ctx context.Context, id, round uuid.UUID, item, check string) (*Item, error) {
	if err := s.gate.Anywhere(ctx, authz.EvidenceWrite); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	var added *Item
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		old, err := s.mine(ctx, st, id, authz.EvidenceWrite)
		if err != nil {
			return err
		}
		if old.WithdrawnAt != nil {
			return fault.New(fault.EvidenceWithdrawn).At("evidence")
		}
		competition, err := st.CompetitionOfRound(ctx, round)
		if err != nil {
			return fault.NotFoundAt(err, "round")
		}
		ground, err := st.EvidenceGround(ctx, competition, &round)
		if err != nil {
			return err
		}
		if old.Trial && old.Competition != competition {
			return fault.New(fault.EvidenceOfTrial).At("evidence")
		}
		if item == "" {
			item, check = old.Item, old.Check
		}
		if err := ground.Rules.takes(item, check, old.Kind); err != nil {
			return err
		}
		added = again(old, competition, &round, item, check, ground.Trial)
		added.EnteredBy, added.EnteredAt = who.Person, s.now()
		return s.enter(ctx, st, added, "evidence:reuse")
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

// again is an earlier piece as one of another round.
func again(old *Item, competition uuid.UUID, round *uuid.UUID, item, check string, trial bool) *Item {
	i := *old
	i.ID, i.Competition, i.Round, i.Item, i.Check, i.Trial, i.Reuses = newID(), competition, round, item, check, trial, &old.ID
	return &i
}

// mine reads a piece of a village that the viewer may act for.
func (s *Service) mine(ctx context.Context, st Store, id uuid.UUID, p authz.Permission) (*Item, error) {
	i, err := st.EvidenceByID(ctx, id)
	if err == nil {
		err = s.reachable(ctx, st, p, i)
	}
	return i, fault.NotFoundAt(err, "evidence")
}

// Withdraw takes a piece back with the reason; it stays on record and counts no
// more. A village withdraws what it entered itself, the township any.
func (s *Service) Withdraw(ctx context.Context, id uuid.UUID, reason string) (*Item, error) {
	if err := s.gate.Anywhere(ctx, authz.EvidenceWrite); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return nil, fault.New(fault.ReasonMissing).At("reason")
	}
	var withdrawn *Item
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		i, err := s.mine(ctx, st, id, authz.EvidenceWrite)
		if err != nil {
			return err
		}
		if i.EnteredBy != who.Person && !s.gate.May(ctx, authz.EvidenceWrite, uuid.Nil) {
			return fault.New(fault.Forbidden, "permission", string(authz.EvidenceWrite))
		}
		if i.WithdrawnAt != nil {
			return fault.New(fault.EvidenceWithdrawn).At("evidence")
		}
		now := s.now()
		i.WithdrawnBy, i.WithdrawnAt, i.Reason = &who.Person, &now, reason
		if err := st.WithdrawEvidence(ctx, i); err != nil {
			return err
		}
		withdrawn = i
		return audit.Record(ctx, "evidence:withdraw", "evidence", i.ID, nil, audit.At(i.Unit), audit.Because(reason))
	})
	if err != nil {
		return nil, err
	}
	return withdrawn, nil
}
