package round

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/event"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/phrase"
	"leitai/internal/scoring"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// ObjectionState is where an objection stands.
type ObjectionState string

// The states: filed → accepted → applied, or rejected, or withdrawn.
const (
	ObjectionFiled     ObjectionState = "filed"
	ObjectionWithdrawn ObjectionState = "withdrawn"
	ObjectionAccepted  ObjectionState = "accepted" // waits to be applied together with the others
	ObjectionRejected  ObjectionState = "rejected"
	ObjectionApplied   ObjectionState = "applied"
)

// Objection is what a village objects to in an announced result (异议).
type Objection struct {
	ID          uuid.UUID
	Round       uuid.UUID
	Number      int // inside the round, from 1
	Unit        uuid.UUID
	Subject     uuid.UUID
	SubjectKind template.SubjectKind
	SubjectName string
	Item        string
	Channel     string // empty: the whole item
	Reason      string
	Evidence    []uuid.UUID
	State       ObjectionState
	FiledBy     uuid.UUID
	FiledAt     time.Time
	DecidedBy   *uuid.UUID
	Members     []uuid.UUID // who decided together with that person
	DecidedAt   *time.Time
	Decision    string // the reason told to the village
	Corrections []Correction
	AppliedBy   *uuid.UUID
	AppliedAt   *time.Time
	Revision    int // grows with every change; a stale one is refused
}

// Correction is what a mark becomes when an accepted objection is applied.
type Correction struct {
	Mark   uuid.UUID       `json:"mark"`
	ID     uuid.UUID       `json:"id"` // of the new mark
	Value  exact.Number    `json:"value"`
	Detail *scoring.Detail `json:"detail,omitempty"`
}

// ObjectionInput is what a village files.
type ObjectionInput struct {
	ID       uuid.UUID // made by the client; uuid.Nil: made here
	Round    uuid.UUID
	Subject  uuid.UUID
	Item     string
	Channel  string
	Reason   string
	Evidence []uuid.UUID
}

// KeptObjections are the objections to a round.
type KeptObjections interface {
	InsertObjection(ctx context.Context, o *Objection) error
	ObjectionByID(ctx context.Context, id uuid.UUID) (*Objection, error)
	// UpdateObjection writes the objection whose stored revision is o.Revision
	// and counts it up; STALE_REVISION otherwise.
	UpdateObjection(ctx context.Context, o *Objection) error
	ObjectionsOf(ctx context.Context, round uuid.UUID) ([]*Objection, error) // by number
	// EvidenceOf reports whether all pieces belong to the unit.
	EvidenceOf(ctx context.Context, unit uuid.UUID, pieces []uuid.UUID) (bool, error)
}

// FileObjection files an objection to one item of an announced result: by the
// subject's own village, inside the period, with a reason. Filing the same id
// again changes nothing.
func (s *Service) FileObjection(ctx context.Context, in ObjectionInput) (*Objection, error) {
	if err := reasoned(in.Reason); err != nil {
		return nil, err
	}
	if in.ID == uuid.Nil {
		in.ID = newID()
	}
	var filed *Objection
	err := s.announced(ctx, in.Round, func(ctx context.Context, st Store, r *Round, who *viewer.Viewer) error {
		d, err := sit(ctx, st, r)
		if err != nil {
			return err
		}
		e := d.entryOf(in.Subject)
		if e == nil {
			return fault.New(fault.NotFound).At("subject")
		}
		if speaks, err := s.speaksFor(ctx, st, e.Unit, r.Held); err != nil {
			return err
		} else if !speaks {
			return fault.New(fault.NotFound).At("subject")
		}
		all, err := st.ObjectionsOf(ctx, r.ID)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(all, func(o *Objection) bool { return o.ID == in.ID }); i >= 0 {
			filed = all[i]
			return nil
		}
		if err := s.fileable(ctx, st, d, e, in, all, who); err != nil {
			return err
		}
		filed = &Objection{ID: in.ID, Round: r.ID, Number: len(all) + 1, Unit: e.Unit, Subject: e.Subject, SubjectKind: e.Kind, SubjectName: e.Name, Item: in.Item,
			Channel: in.Channel, Reason: strings.TrimSpace(in.Reason), Evidence: in.Evidence, State: ObjectionFiled, FiledBy: who.Person,
			FiledAt: s.now(), Revision: 1}
		if err := st.InsertObjection(ctx, filed); err != nil {
			return err
		}
		if err := objected(ctx, event.ObjectionFiled, filed); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.ObjectionFile), "objection", filed.ID, map[string]any{"round": r.ID, "subject": e.Code, "item": in.Item})
	}, authz.ObjectionFile)
	return filed, err
}

// announced runs a deed about an announced round, by somebody who holds the
// permission at any unit of the tenant.
func (s *Service) announced(ctx context.Context, round uuid.UUID, do deed, p authz.Permission) error {
	if err := s.gate.Anywhere(ctx, p); err != nil {
		return err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return err
	}
	return s.write(ctx, func(ctx context.Context, st Store) error {
		r, err := st.LockRound(ctx, round)
		if err != nil {
			return err
		}
		if r.State != Provisional {
			return withState(fault.New(fault.NotProvisional, "state", string(r.State)), r.State).At("round")
		}
		return told(ctx, st, r, do(ctx, st, r, who))
	})
}

// speaksFor reports whether the viewer is of the village itself, and was on the
// day of the round: the approver holds the right too, to hand it on, but does
// not object to own results.
func (s *Service) speaksFor(ctx context.Context, st Store, unit uuid.UUID, on calendar.Date) (bool, error) {
	roles := s.gate.Roles(ctx, unit)
	if !slices.Contains(roles, authz.VillageSecretary) && !slices.Contains(roles, authz.VillageClerk) {
		return false, nil
	}
	return s.there(ctx, st, authz.ObjectionFile, unit, on)
}

// fileable refuses what cannot be objected to.
func (s *Service) fileable(ctx context.Context, st Store, d *desk, e *Entry, in ObjectionInput, all []*Objection, who *viewer.Viewer) error {
	today, err := s.today(who)
	if err != nil {
		return err
	}
	if today.After(d.round.ObjectionsUntil) {
		return fault.New(fault.ObjectionLate, "date", d.round.ObjectionsUntil.String()).At("round")
	}
	if f := d.objectable(in.Item, in.Channel); f != nil {
		return f
	}
	for _, o := range all {
		if o.State == ObjectionFiled && o.Subject == e.Subject && o.Item == in.Item && o.Channel == in.Channel {
			return fault.New(fault.ObjectionTwice).At("item")
		}
	}
	fits, err := st.EvidenceOf(ctx, e.Unit, in.Evidence)
	if err == nil && !fits {
		err = fault.New(fault.NotFound).At("evidence")
	}
	return err
}

// objectable checks the item and, where one is named, the channel.
func (d *desk) objectable(item, channel string) *fault.Fault {
	var names []string
	for i := range d.items {
		names = append(names, phrase.Text(d.items[i].Name, d.items[i].Key, fault.Chinese))
		if d.items[i].Key != item {
			continue
		}
		known := channel == ""
		for c := range d.doc.Channels {
			known = known || d.doc.Channels[c].Key == channel
		}
		if !known {
			return fault.New(fault.NotFound).At("channel")
		}
		return nil
	}
	return fault.New(fault.ObjectionItem, "value", item, "want", strings.Join(names, "、")).At("item")
}

// WithdrawObjection takes an open objection back; only its own village may.
func (s *Service) WithdrawObjection(ctx context.Context, id uuid.UUID, revision int) (*Objection, error) {
	return s.objection(ctx, authz.ObjectionFile, id, revision, func(ctx context.Context, st Store, r *Round, o *Objection, _ *viewer.Viewer) error {
		if speaks, err := s.speaksFor(ctx, st, o.Unit, r.Held); err != nil {
			return err
		} else if !speaks {
			return fault.New(fault.NotFound).At("objection")
		}
		if o.State != ObjectionFiled {
			return fault.New(fault.ObjectionDecided).At("objection")
		}
		o.State = ObjectionWithdrawn
		return nil
	})
}

// objection runs one change of an objection that is not settled: filed, or
// accepted and not applied yet.
func (s *Service) objection(ctx context.Context, p authz.Permission, id uuid.UUID, revision int,
	do func(ctx context.Context, st Store, r *Round, o *Objection, who *viewer.Viewer) error,
) (*Objection, error) {
	if err := s.gate.Anywhere(ctx, p); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	var o *Objection
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if o, err = st.ObjectionByID(ctx, id); err != nil {
			return err
		}
		r, err := st.LockRound(ctx, o.Round)
		if err != nil {
			return err
		}
		switch {
		case o.Revision != revision:
			return fault.New(fault.StaleRevision, "have", itoa(o.Revision)).At("revision")
		case o.State != ObjectionFiled && o.State != ObjectionAccepted:
			return fault.New(fault.ObjectionDecided).At("objection")
		case r.State != Provisional:
			return withState(fault.New(fault.NotProvisional, "state", string(r.State)), r.State).At("objection")
		}
		was := o.State
		if seen, _, err := s.itemsSeen(ctx, st, r, p); err != nil {
			return err
		} else if !seen(o.Item) && !s.gate.Sight(ctx, p).Sees(o.Unit, "") {
			return fault.New(fault.NotFound).At("objection") // of another dimension than the viewer's
		}
		if err := do(ctx, st, r, o, who); err != nil {
			return told(ctx, st, r, err)
		}
		if err := st.UpdateObjection(ctx, o); err != nil {
			return err
		}
		if err := objected(ctx, event.ObjectionDecided, o); err != nil {
			return err
		}
		return audit.Record(ctx, string(p), "objection", o.ID, map[string]any{"round": o.Round}, audit.At(o.Unit),
			audit.Because(o.Decision), audit.Changed(map[string]any{"state": was}, map[string]any{"state": o.State}))
	})
	if err != nil {
		return nil, err
	}
	return o, nil
}
