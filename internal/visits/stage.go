package visits

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// StageInput is what is entered about a step. UnitCode empty means the step of
// all contestants.
type StageInput struct {
	Round    uuid.UUID
	UnitCode string
	Subject  *uuid.UUID // nil: the unit
	Stage    string
	DoneOn   calendar.Date
	Skipped  bool
	Note     string
}

// RecordStage records that a step was taken, or left out and why (C07).
func (s *Service) RecordStage(ctx context.Context, in StageInput) (*StageRecord, error) {
	who, today, err := s.act(ctx, authz.VisitWrite)
	if err != nil {
		return nil, err
	}
	in.Note = strings.TrimSpace(in.Note)
	if in.Skipped && in.Note == "" {
		return nil, fault.New(fault.StageReason).At("note")
	}
	if err := past(in.DoneOn, today, "doneOn"); err != nil {
		return nil, err
	}
	var saved *StageRecord
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		r, err := open(ctx, st, in.Round)
		if err != nil {
			return err
		}
		if !slices.Contains(r.Stages, in.Stage) {
			return fault.New(fault.StageUnknown, "value", in.Stage, "want", strings.Join(r.Stages, ", ")).At("stage")
		}
		record := &StageRecord{ID: newID(), Round: in.Round, Stage: in.Stage, DoneOn: in.DoneOn, Skipped: in.Skipped, Note: in.Note,
			RecordedBy: who.Person, RecordedAt: s.now()}
		if in.UnitCode != "" {
			subject, err := r.subject(ctx, st, in.UnitCode, in.Subject)
			if err != nil {
				return err
			}
			record.Unit, record.Subject = &subject.Unit, &subject.Subject
		}
		saved = record
		if err := st.SaveStage(ctx, record); err != nil {
			return err
		}
		return audit.Record(ctx, "visit:stage", "round", in.Round, map[string]any{"stage": in.Stage, "subject": record.Subject, "skipped": in.Skipped, "note": in.Note})
	})
	if err != nil {
		return nil, err
	}
	return saved, nil
}

// subject finds a contestant of the round by its village, and by its own id
// where it is no unit.
func (r *Round) subject(ctx context.Context, st Store, code string, id *uuid.UUID) (Subject, error) {
	unit, err := st.VillageByCode(ctx, code)
	if err != nil {
		return Subject{}, err
	}
	for _, s := range r.Subjects {
		if s.Unit == unit && (id == nil && (s.Subject == unit || r.only(unit)) || id != nil && s.Subject == *id) {
			return s, nil
		}
	}
	return Subject{}, fault.New(fault.SubjectUnknown, "value", code).At("unitCode")
}

// only says whether a village has one contestant.
func (r *Round) only(unit uuid.UUID) bool {
	n := 0
	for _, s := range r.Subjects {
		if s.Unit == unit {
			n++
		}
	}
	return n == 1
}

// StageState is how one step stands: for how many contestants it was taken or
// left out, and for whom it was passed over without a word although a later
// step was taken (C07).
type StageState struct {
	Stage      string
	Done       int
	Skipped    int
	PassedOver []Subject
	Records    []StageRecord
}

// StagesOf compares the steps of a template with what was recorded. A record of
// all counts for every contestant; one of a contestant replaces it for that one.
func StagesOf(stages []string, subjects []Subject, records []StageRecord) []StageState {
	of := func(stage string, subject uuid.UUID) *StageRecord {
		var all *StageRecord
		for i, r := range records {
			switch {
			case r.Stage != stage:
			case r.Subject == nil:
				all = &records[i]
			case *r.Subject == subject:
				return &records[i]
			}
		}
		return all
	}
	states := make([]StageState, len(stages))
	for n, stage := range stages {
		states[n].Stage = stage
		for _, r := range records {
			if r.Stage == stage {
				states[n].Records = append(states[n].Records, r)
			}
		}
		for _, s := range subjects {
			switch r := of(stage, s.Subject); {
			case r == nil:
				if slices.ContainsFunc(stages[n+1:], func(later string) bool { return of(later, s.Subject) != nil }) {
					states[n].PassedOver = append(states[n].PassedOver, s)
				}
			case r.Skipped:
				states[n].Skipped++
			default:
				states[n].Done++
			}
		}
	}
	return states
}

// CommentInput is what is entered as a comment. By nil means the viewer.
type CommentInput struct {
	Round    uuid.UUID
	UnitCode string
	Subject  *uuid.UUID
	By       *uuid.UUID
	Text     string
	On       calendar.Date
}

// Comment records what somebody said about one contestant (B10: the secretary on
// each village; E18: superiors one by one). Saying it again replaces it.
func (s *Service) Comment(ctx context.Context, in CommentInput) (*Comment, error) {
	who, today, err := s.act(ctx, authz.VisitWrite)
	if err != nil {
		return nil, err
	}
	in.Text = strings.TrimSpace(in.Text)
	if in.Text == "" {
		return nil, fault.New(fault.CommentEmpty).At("text")
	}
	if err := past(in.On, today, "on"); err != nil {
		return nil, err
	}
	var saved *Comment
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		r, err := open(ctx, st, in.Round)
		if err != nil {
			return err
		}
		subject, err := r.subject(ctx, st, in.UnitCode, in.Subject)
		if err != nil {
			return err
		}
		if err := known(ctx, st, in.By, "by"); err != nil {
			return err
		}
		c := &Comment{ID: newID(), Round: in.Round, Unit: subject.Unit, Subject: subject.Subject, By: who.Person, Text: in.Text, On: in.On,
			RecordedBy: who.Person, RecordedAt: s.now()}
		if in.By != nil {
			c.By = *in.By
		}
		if c.Role, err = st.PostOn(ctx, c.By, in.On); err != nil {
			return err
		}
		saved = c
		if err := st.SaveComment(ctx, c); err != nil {
			return err
		}
		return audit.Record(ctx, "visit:comment", "round", in.Round, map[string]any{"subject": c.Subject, "by": c.By, "text": c.Text})
	})
	if err != nil {
		return nil, err
	}
	return saved, nil
}

// MeetingInput is what is entered about a review meeting.
type MeetingInput struct {
	Round         uuid.UUID
	HeldOn        calendar.Date
	Place         string
	Chair         uuid.UUID
	Minutes       string
	MinutesNumber string
}

// HoldMeeting records the review meeting of a round (点评会, B08); recording it
// again corrects it.
func (s *Service) HoldMeeting(ctx context.Context, in MeetingInput) (*Meeting, error) {
	who, today, err := s.act(ctx, authz.VisitWrite)
	if err != nil {
		return nil, err
	}
	if err := past(in.HeldOn, today, "heldOn"); err != nil {
		return nil, err
	}
	var saved *Meeting
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if _, err := open(ctx, st, in.Round); err != nil {
			return err
		}
		if err := known(ctx, st, &in.Chair, "chair"); err != nil {
			return err
		}
		saved = &Meeting{ID: newID(), Round: in.Round, HeldOn: in.HeldOn, Place: strings.TrimSpace(in.Place), Chair: in.Chair,
			Minutes: strings.TrimSpace(in.Minutes), MinutesNumber: strings.TrimSpace(in.MinutesNumber), RecordedBy: who.Person, RecordedAt: s.now()}
		if err := st.SaveMeeting(ctx, saved); err != nil {
			return err
		}
		return audit.Record(ctx, "visit:meeting", "round", in.Round, map[string]any{"held": in.HeldOn.String(), "minutes": saved.MinutesNumber})
	})
	if err != nil {
		return nil, err
	}
	return saved, nil
}
