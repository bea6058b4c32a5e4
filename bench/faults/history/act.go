// Package history owns what clients remember of a run under faults, and the
// judgement: whether a database holds everything that was acknowledged, once, and
// nothing that nobody asked for.
//
// It does not own how acts are sent (crew) nor how a database is read (look).
package history

import (
	"sync"
	"time"
)

// Kind of an act.
type Kind string

// The kinds of acts.
const (
	Submit  Kind = "submit"
	Confirm Kind = "confirm"
	Correct Kind = "correct"
	Step    Kind = "step" // of a round, that does not publish it
	Publish Kind = "publish"
	Export  Kind = "export"
)

// Mark is one that was sent, or one that is stored. Marks that correct nothing
// are the first of their cell.
type Mark struct {
	ID, Round, Cell, Value string
	Corrects               string // "" for the first
}

// Act is one mutation that a client brings through, however often it takes.
type Act struct {
	Kind        Kind
	Town        string
	Round       string
	Key         string        // "": sent without one
	Marks       []Mark        // of a submission or a correction
	Confirms    []string      // ids of marks
	Revision    int           // of the round, as the answer told; 0: it told none
	Publication string        // as the answer told
	Hash        string        // of its bundle
	Job         string        // as the answer told
	Begun       time.Duration // since the run began
	Acked       time.Duration // since the run began; 0: never
	Tries       int
	Last        string // what the last try met that was no answer
	LookedUp    bool   // the answer was lost, and told so; the result was looked up
	Refused     string // code of a refusal, which no act of a run should meet
	Replay      string // of an act sent once more after its answer: "", "same", "lost" or what was wrong
}

// Log is the history of a run; it is safe for concurrent use.
type Log struct {
	mu    sync.Mutex
	acts  []*Act
	begun time.Time
}

// NewLog begins a history.
func NewLog() *Log { return &Log{begun: time.Now()} }

// Now is the time since the run began, never 0.
func (l *Log) Now() time.Duration { return time.Since(l.begun) + 1 }

// Begin notes an act before it is sent for the first time.
func (l *Log) Begin(a Act) *Act {
	l.mu.Lock()
	defer l.mu.Unlock()
	a.Begun = l.Now()
	l.acts = append(l.acts, &a)
	return &a
}

// Note changes what is known of an act.
func (l *Log) Note(a *Act, change func(*Act)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change(a)
}

// Ack notes that an act was acknowledged, now.
func (l *Log) Ack(a *Act, change func(*Act)) {
	l.Note(a, func(a *Act) {
		change(a)
		a.Acked = l.Now()
	})
}

// Acts copies the history as it is at this moment.
func (l *Log) Acts() []Act {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := make([]Act, len(l.acts))
	for i, a := range l.acts {
		all[i] = *a
	}
	return all
}
