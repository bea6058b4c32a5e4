package round

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/exact"
	"leitai/internal/template"
)

// FigureKind is what a figure is.
type FigureKind string

// The kinds of figure.
const (
	MetricFigure FigureKind = "metric" // a number a formula reads
	ExamFigure   FigureKind = "exam"   // one sitter's score, 0 to 100 (A13)
	PartFigure   FigureKind = "part"   // a part of the total that people enter
)

// Figure is one number that a round is computed from beside its marks. It is
// never changed, only superseded with a reason, and counts once a second person
// confirmed it.
type Figure struct {
	ID          uuid.UUID
	Round       uuid.UUID
	Kind        FigureKind
	Key         string // of the metric, of the exam's item, or of the part
	Subject     uuid.UUID
	SubjectKind template.SubjectKind
	Unit        uuid.UUID     // the subject's place
	Sitter      *uuid.UUID    // exam
	Value       *exact.Number // nil: the sitter was absent
	Source      string        // metric: where it was taken from
	Reason      string
	EnteredBy   uuid.UUID
	EnteredAt   time.Time
	Supersedes  *uuid.UUID
	State       MarkState // superseded ones are not listed
	Rejection   string
	ReviewedBy  *uuid.UUID
	ReviewedAt  *time.Time
}

// GradeDecision is what a committee decided about one grade: who gets a seat
// for which several are tied, or a seat beyond a soft cap (Q17, Q18).
type GradeDecision struct {
	ID          uuid.UUID
	Round       uuid.UUID
	Scale       string
	Subject     uuid.UUID
	SubjectKind template.SubjectKind
	Unit        uuid.UUID
	Grade       string
	Reason      string
	DecidedBy   uuid.UUID
	DecidedAt   time.Time
	Supersedes  *uuid.UUID
	ApprovedBy  *uuid.UUID // the second approver, another person
}

// BallotScore is what a closed ballot of the round came to for one subject.
type BallotScore struct {
	Ballot                                string
	Subject                               uuid.UUID
	Scored                                bool // false: too few valid ballots for a score
	Score                                 exact.Number
	Due, Present, Issued, Returned, Valid int
}

// Fact is a figure that only breaks ties (Q19), or counts persons (Q20).
type Fact struct {
	Subject uuid.UUID
	Key     string
	Value   exact.Number
}

// StageRecord says that a step of the round was taken, for one subject or for
// all (a zero subject), or that it was left out and why (C07).
type StageRecord struct {
	Stage   string
	Subject uuid.UUID
	Skipped bool
	Note    string
}
