package rectify

import "leitai/internal/fault"

// Stage is how far the work on an issue has come.
type Stage string

// The stages: assigned → answered → closed, or returned → answered again.
const (
	Assigned Stage = "ASSIGNED"
	Answered Stage = "ANSWERED"
	Returned Stage = "RETURNED"
	Closed   Stage = "CLOSED"
)

// Work is the state of the work on an issue. Persons are ids or pseudonyms.
type Work struct {
	Stage      Stage
	Measure    string // what was done, by the last answer
	AnsweredBy string
	Reason     string // of the last return
	VerifiedBy string // who closed or returned it
}

// Answer reports what was done about an assigned or returned issue.
func (w Work) Answer(by, measure string) (Work, error) {
	if w.Stage != Assigned && w.Stage != Returned {
		return w, wrong(w.Stage, "ASSIGNED, RETURNED")
	}
	if by == "" {
		return w, fault.New(fault.IssuePersonMissing).At("by")
	}
	if measure == "" {
		return w, fault.New(fault.IssueMeasureMissing).At("measure")
	}
	w.Stage, w.Measure, w.AnsweredBy = Answered, measure, by
	return w, nil
}

// Close verifies an answer; another person than the one who answered does it.
func (w Work) Close(by string) (Work, error) {
	if err := w.verify(by); err != nil {
		return w, err
	}
	w.Stage, w.VerifiedBy = Closed, by
	return w, nil
}

// Return sends an answer back to its sender with the reason.
func (w Work) Return(by, reason string) (Work, error) {
	if err := w.verify(by); err != nil {
		return w, err
	}
	if reason == "" {
		return w, fault.New(fault.IssueReasonMissing).At("reason")
	}
	w.Stage, w.Reason, w.VerifiedBy = Returned, reason, by
	return w, nil
}

func (w Work) verify(by string) error {
	switch {
	case w.Stage != Answered:
		return wrong(w.Stage, string(Answered))
	case by == "":
		return fault.New(fault.IssuePersonMissing).At("by")
	case by == w.AnsweredBy:
		return fault.New(fault.IssueSamePerson).At("by")
	}
	return nil
}

func wrong(stage Stage, want string) error {
	return fault.New(fault.WrongState, "state", string(stage), "want", want).At("stage")
}
