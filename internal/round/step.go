package round

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/phrase"
	"leitai/internal/viewer"
)

// Step is one step with a round: which, on which revision it was decided, and
// why, where a reason is asked for.
type Step struct {
	Round    uuid.UUID
	Revision int
	Reason   string
}

// act is what a step does to a locked round. Warnings stop nothing.
type act func(ctx context.Context, s Store, r *Round, who *viewer.Viewer) (warnings fault.List, err error)

// step runs one change of a round: the permission, a person who acts, the lock,
// the revision, the change, the audit. Nothing is changed when any of them fails.
func (s *Service) step(ctx context.Context, p authz.Permission, in Step, do act) (*Answer, error) {
	answer := &Answer{}
	err := s.change(ctx, p, in.Round, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) error {
		if r.Revision != in.Revision {
			return fault.New(fault.StaleRevision, "have", strconv.Itoa(r.Revision)).At("revision")
		}
		before, from := noted(r), r.State
		warnings, err := do(ctx, st, r, who)
		if err != nil {
			return err
		}
		if err := st.UpdateRound(ctx, r); err != nil {
			return err
		}
		tell(ctx, st, r, warnings)
		answer.Round, answer.Warnings = r, warnings
		if err := stepped(ctx, r, from); err != nil {
			return err
		}
		return audit.Record(ctx, string(p), "round", r.ID, nil, audit.Because(in.Reason), audit.Changed(before, noted(r)))
	})
	if err != nil {
		return nil, err
	}
	return answer, nil
}

// noted is what the audit compares of a round.
func noted(r *Round) map[string]any {
	fields := map[string]any{"state": r.State, "held": r.Held.String(), "venue": r.Venue, "rubricPublishedAt": r.RubricPublishedAt, "openedAt": r.OpenedAt,
		"closedAt": r.ClosedAt, "announcedAt": r.AnnouncedAt, "objectionsUntil": r.ObjectionsUntil.String(), "publishedRevision": r.PublishedRevision,
		"cancelReason": r.CancelReason, "revision": r.Revision}
	if r.Notice != nil {
		fields["notice"] = r.Notice.Number
	}
	return fields
}

// deed is what happens inside a locked round.
type deed func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) error

// change runs a change inside a round that leaves the round itself as it is.
func (s *Service) change(ctx context.Context, p authz.Permission, round uuid.UUID, do deed) error {
	return s.changeAt(ctx, p, func(context.Context, Store) (uuid.UUID, error) { return round, nil }, do)
}

// changeAt is change for a round that has to be found first.
func (s *Service) changeAt(ctx context.Context, p authz.Permission, find func(context.Context, Store) (uuid.UUID, error), do deed) error {
	if err := s.gate.Require(ctx, p, uuid.Nil); err != nil {
		return err
	}
	if err := s.unlimited(ctx, p); err != nil {
		return err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		round, err := find(ctx, st)
		if err != nil {
			return err
		}
		r, err := st.LockRound(ctx, round)
		if err != nil {
			return err
		}
		return told(ctx, st, r, do(ctx, st, r, who))
	})
}

// inState refuses a step that a round's state does not allow.
func inState(r *Round, allowed ...State) error {
	if slices.Contains(allowed, r.State) {
		return nil
	}
	zh, en := make([]string, len(allowed)), make([]string, len(allowed))
	for i, state := range allowed {
		zh[i], en[i] = phrase.Round(string(state), fault.Chinese), phrase.Round(string(state), fault.English)
	}
	want := strings.Join(en, ", ")
	return withState(fault.New(fault.WrongState, "state", string(r.State), "want", want).Call("want", strings.Join(zh, "、"), want), r.State).At("state")
}

// withState calls the state of a refusal by its name.
func withState(f *fault.Fault, state State) *fault.Fault {
	return f.Call("state", phrase.Round(string(state), fault.Chinese), phrase.Round(string(state), fault.English))
}

// today is the date in the tenant's business time zone.
func (s *Service) today(who *viewer.Viewer) (calendar.Date, error) { return who.DateOf(s.now()) }

// officeWorks reports whether the viewer runs rounds (the office or the
// approver), and may therefore act for others where that is allowed.
func (s *Service) officeWorks(ctx context.Context) bool {
	return s.gate.May(ctx, authz.RoundClose, uuid.Nil)
}

func reasoned(reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.New(fault.ReasonMissing).At("reason")
	}
	return nil
}
