package consequences

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Kinds of finding.
const (
	Commendation = "commendation" // timely commendation of outstanding work (A37)
	Perfunctory  = "perfunctory"  // perfunctory work, handled under the target management rules (A38)
)

// Finding is what people found about conduct, with the reason: no rule draws it
// from marks. One proposes, another confirms.
type Finding struct {
	ID           uuid.UUID
	Competition  uuid.UUID
	Round        *uuid.UUID
	Kind         string
	Unit         uuid.UUID
	UnitName     string
	Person       *uuid.UUID // whom it concerns, where it is a person
	Reason       string
	Measure      string // what the rules call for
	Basis        string // the target management rules, for perfunctory work
	State        string // proposed | confirmed | rejected
	ProposedBy   uuid.UUID
	ProposedAt   time.Time
	DecidedBy    *uuid.UUID
	DecidedAt    *time.Time
	Note         string
	LockRevision int
}

// FindingInput is what a finding is proposed with.
type FindingInput struct {
	Competition uuid.UUID
	Round       *uuid.UUID
	Kind        string
	Unit        uuid.UUID
	Person      *uuid.UUID
	Reason      string
	Measure     string
	Basis       string
}

// longestText bounds what is written about a finding, an exchange or a record.
const longestText = 2000

// Find proposes a finding. Perfunctory work needs the rules it is handled under
// and what they call for (A38).
func (s *Service) Find(ctx context.Context, in FindingInput) (*Finding, error) {
	if err := s.gate.Require(ctx, authz.FindingWrite, in.Unit); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	made := &Finding{ID: newID(), Competition: in.Competition, Round: in.Round, Kind: in.Kind, Unit: in.Unit, Person: in.Person, Reason: in.Reason,
		Measure: in.Measure, Basis: in.Basis, State: string(Proposed), ProposedBy: who.Person, ProposedAt: s.now(), LockRevision: 1}
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if _, err := st.CompetitionTrial(ctx, in.Competition); err != nil {
			return err
		}
		if err := st.InsertFinding(ctx, made); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.FindingWrite), "finding", made.ID, map[string]any{"kind": made.Kind}, audit.At(made.Unit), audit.Because(made.Reason))
	})
	if err != nil {
		return nil, err
	}
	return s.Finding(ctx, made.ID)
}

func (in *FindingInput) check() error {
	var bad fault.List
	for _, text := range []struct {
		field  string
		value  *string
		needed bool
	}{{"reason", &in.Reason, true}, {"measure", &in.Measure, in.Kind == Perfunctory}, {"basis", &in.Basis, in.Kind == Perfunctory}} {
		*text.value = strings.TrimSpace(*text.value)
		switch n := utf8.RuneCountInString(*text.value); {
		case text.needed && n == 0:
			bad = append(bad, fault.New(fault.FindingIncomplete).At("%s", text.field))
		case n > longestText:
			bad = append(bad, tooLong(n, longestText).At("%s", text.field))
		}
	}
	if in.Kind != Commendation && in.Kind != Perfunctory {
		bad = append(bad, fault.New(fault.Invalid, "value", in.Kind, "want", Commendation+", "+Perfunctory).At("kind"))
	}
	return bad.Err()
}

func tooLong(have, most int) *fault.Fault {
	return fault.New(fault.ReportTooLong, "have", strconv.Itoa(have), "most", strconv.Itoa(most))
}

// DecideFinding confirms or rejects a finding, as another person than the one
// who proposed it; a confirmed one becomes a task.
func (s *Service) DecideFinding(ctx context.Context, id uuid.UUID, revision int, accept bool, note string) (*Finding, error) {
	if err := s.gate.Require(ctx, authz.OutcomeConfirm, uuid.Nil); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		f, err := st.FindingByID(ctx, id)
		if err != nil {
			return err
		}
		switch {
		case f.State != string(Proposed):
			return fault.New(fault.FindingDecided).At("finding")
		case f.ProposedBy == who.Person:
			return fault.New(fault.FindingOwn).At("finding")
		case f.LockRevision != revision:
			return fault.New(fault.StaleRevision, "have", strconv.Itoa(f.LockRevision)).At("revision")
		case !accept && strings.TrimSpace(note) == "":
			return fault.New(fault.FindingIncomplete).At("note")
		}
		now := s.now()
		f.DecidedBy, f.DecidedAt, f.Note, f.State = &who.Person, &now, note, "rejected"
		if accept {
			f.State = string(Confirmed)
		}
		if err := st.UpdateFinding(ctx, f); err != nil {
			return err
		}
		if accept {
			if err := s.taskOfFinding(ctx, st, f, who); err != nil {
				return err
			}
		}
		return audit.Record(ctx, "finding:decide", "finding", id, nil, audit.At(f.Unit), audit.Because(note),
			audit.Changed(map[string]any{"state": Proposed}, map[string]any{"state": f.State}))
	})
	if err != nil {
		return nil, err
	}
	return s.Finding(ctx, id)
}

// taskOfFinding makes the task of a confirmed finding; a trial never counts.
func (s *Service) taskOfFinding(ctx context.Context, st Store, f *Finding, who *viewer.Viewer) error {
	if trial, err := st.CompetitionTrial(ctx, f.Competition); err != nil || trial {
		return err
	}
	today, err := s.today(who)
	if err != nil {
		return err
	}
	t := &Task{ID: newID(), Competition: f.Competition, Finding: &f.ID, Action: f.Kind, Unit: f.Unit, Title: f.UnitName,
		Due: today.AddDays(daysToAct), State: TaskOpen, CreatedAt: s.now(), LockRevision: 1}
	if err := t.assign(ctx, st, f.Unit, today); err != nil {
		return err
	}
	return put(ctx, st, t)
}

// Finding reads one finding; another village's is as if it were not there.
func (s *Service) Finding(ctx context.Context, id uuid.UUID) (*Finding, error) {
	if err := s.gate.Anywhere(ctx, authz.OutcomeRead); err != nil {
		return nil, err
	}
	var found *Finding
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		f, err := st.FindingByID(ctx, id)
		if err != nil {
			return err
		}
		if !s.gate.May(ctx, authz.OutcomeRead, f.Unit) {
			return fault.New(fault.NotFound)
		}
		found = f
		return nil
	})
	return found, err
}

// Findings lists what was found in a competition, newest first; a village sees
// what was confirmed of its own.
func (s *Service) Findings(ctx context.Context, competition uuid.UUID) ([]*Finding, error) {
	if err := s.gate.Anywhere(ctx, authz.OutcomeRead); err != nil {
		return nil, err
	}
	var all []*Finding
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		all, err = st.FindingsOf(ctx, competition)
		return err
	})
	if !s.gate.May(ctx, authz.OutcomeRead, uuid.Nil) {
		all = slices.DeleteFunc(all, func(f *Finding) bool {
			return f.State != string(Confirmed) || !s.gate.May(ctx, authz.OutcomeRead, f.Unit)
		})
	}
	return all, err
}
