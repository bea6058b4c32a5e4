package rectify

import (
	"strings"

	"leitai/internal/fault"
)

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
		return w, wrong(w.Stage, Assigned, Returned)
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
		return wrong(w.Stage, Answered)
	case by == "":
		return fault.New(fault.IssuePersonMissing).At("by")
	case by == w.AnsweredBy:
		return fault.New(fault.IssueSamePerson).At("by")
	}
	return nil
}

// stageNames is what people call the stages.
var stageNames = map[Stage][2]string{
	Assigned: {"已交办", "assigned"},
	Answered: {"已反馈", "answered"},
	Returned: {"已退回", "returned"},
	Closed:   {"已销号", "closed"},
}

// wrong names the stage and those that the step starts from, for programs by
// their keys and for people in words.
func wrong(stage Stage, want ...Stage) error {
	var keys, zh, en []string
	for _, w := range want {
		keys, zh, en = append(keys, string(w)), append(zh, stageNames[w][0]), append(en, stageNames[w][1])
	}
	return fault.New(fault.WrongState, "state", string(stage), "want", strings.Join(keys, ", ")).At("stage").
		Call("state", stageNames[stage][0], stageNames[stage][1]).Call("want", strings.Join(zh, "、"), strings.Join(en, ", "))
}

// StillOpen refuses what only an issue that is not closed takes.
func StillOpen(stage Stage) error {
	if stage == Closed {
		return wrong(stage, Assigned, Answered, Returned)
	}
	return nil
}

// IsClosed refuses what only a closed issue takes.
func IsClosed(stage Stage) error {
	if stage != Closed {
		return wrong(stage, Closed)
	}
	return nil
}
