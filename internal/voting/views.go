package voting

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/ballot"
	"leitai/internal/template"
)

// State of an evaluation.
type State string

// The two states.
const (
	Open   State = "open"
	Closed State = "closed"
)

// Frame is what an evaluation is opened in.
type Frame struct {
	Competition uuid.UUID
	Round       *uuid.UUID
	Name        string // of the competition, with the period of the round
	Document    *template.Document
	Subjects    []Subject // of the round's roster
}

// Poll is one democratic evaluation.
type Poll struct {
	ID          uuid.UUID
	Competition uuid.UUID
	Round       *uuid.UUID // nil for one that stands alone
	Key         string     // of the template's ballot
	Title       string
	Rule        template.Ballot       // pinned when it was opened
	Legend      []template.LegendStep // as pinned; empty where the template has no lights
	State       State
	Subjects    []Subject
	Groups      []Group
	OpenedBy    uuid.UUID // a person
	OpenedAt    time.Time
	FirstCloser *uuid.UUID // the official who closed first, once one has
	ClosedAt    *time.Time
}

// Subject is what is put to an evaluation.
type Subject struct {
	ID     uuid.UUID  // a unit, person, organisation or team
	Unit   *uuid.UUID // its village
	Name   string     // as printed on the form
	Branch string     // whose lights it is counted with (B22); may be empty
}

// Group is the counts of one rater group. Used and PapersReturned are nil before
// the close.
type Group struct {
	Key            string
	Due            int
	Present        int
	Codes          int // issued
	Papers         int // paper forms issued
	Used           *int
	PapersReturned *int
	Recusal        ballot.Recusal
}

// Voter is one person of the roster, under a pseudonym or roster number.
type Voter struct {
	Person string
	Group  string
	Unit   *uuid.UUID
	Also   []string
}

// Slip is a code on the only occasion on which it is shown.
type Slip struct {
	Group string
	Code  string // 26 characters, in groups of four
}

// Difference is a count in which two persons disagree.
type Difference struct{ Subject, What string }

// PaperState is how a group's paper stands after an entry.
type PaperState string

// The states of a group's paper.
const (
	PaperFirst  PaperState = "first"  // a second person has to count
	PaperAgreed PaperState = "agreed" // two persons counted the same
)

// Form is what a voter sees.
type Form struct {
	Host     string // the tenant's name
	Title    string
	Rule     template.Ballot
	Group    template.BallotGroup
	Recusal  ballot.Recusal
	Subjects []Subject
}

// subjects gives the subjects as the rules know them.
func subjects(all []Subject) []ballot.Subject {
	out := make([]ballot.Subject, len(all))
	for i, s := range all {
		out[i] = ballot.Subject{ID: s.ID.String()}
		if s.Unit != nil {
			out[i].Unit = s.Unit.String()
		}
	}
	return out
}
