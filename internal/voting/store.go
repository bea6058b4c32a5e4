package voting

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/ballot"
	"leitai/internal/template"
)

// Store is what the use cases of officials need of one open transaction.
type Store interface {
	// PollFrame gives the template and the subjects of a round, or the template
	// in force of a competition when round is nil; NOT_FOUND for one that is not
	// the tenant's.
	PollFrame(ctx context.Context, competition uuid.UUID, round *uuid.UUID) (*Frame, error)
	// PollPlaces gives the village of units, persons and organisations; the ids
	// that name none are missing from the answer.
	PollPlaces(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*uuid.UUID, error)
	// UnitsByCodes gives the current units of codes at or below the tenant's own.
	PollUnits(ctx context.Context, codes []string) (map[string]uuid.UUID, error)
	InsertPoll(ctx context.Context, p *Poll) error
	// PollByID gives an evaluation with subjects and groups.
	PollByID(ctx context.Context, id uuid.UUID) (*Poll, error)
	// PollsOf gives those of a competition, or of one of its rounds.
	PollsOf(ctx context.Context, competition uuid.UUID, round *uuid.UUID) ([]*Poll, error)
	// ReplaceRoster replaces voters and groups; refused once anything was issued.
	ReplaceRoster(ctx context.Context, poll uuid.UUID, voters []Voter, groups []Group) error
	PollVoters(ctx context.Context, poll uuid.UUID) ([]Voter, error)
	// IssueCodes keeps hashes, one per group entry; anew deletes all earlier codes
	// first, which is refused once one was used.
	IssueCodes(ctx context.Context, poll uuid.UUID, anew bool, groups []string, hashes [][]byte) error
	SetAttendance(ctx context.Context, poll uuid.UUID, group string, present, papers int) error
	// EnterPaper keeps the person's count and tells whether nobody else has
	// counted the group, and where the counts differ.
	EnterPaper(ctx context.Context, poll uuid.UUID, person uuid.UUID, count ballot.PaperCount, rule template.Ballot) (alone bool, differs []Difference, err error)
	Turnout(ctx context.Context, poll uuid.UUID) (int, error)
	// ClosePoll notes that the person closes and tells whether it is closed now.
	ClosePoll(ctx context.Context, poll, person uuid.UUID) (bool, error)
	// BallotCounts is answered once, between the close and the scores.
	BallotCounts(ctx context.Context, poll uuid.UUID) ([]ballot.SubjectCount, error)
	InsertScores(ctx context.Context, p *Poll, results []ballot.Result) error
	BallotScores(ctx context.Context, poll uuid.UUID) ([]ballot.Result, error)
}

// Box is what a voter reaches: a transaction without a tenant, a viewer or a
// trace.
type Box interface {
	// BallotForm gives what the holder of a live code may fill in, nil for a code
	// that is unknown, used or closed.
	BallotForm(ctx context.Context, hash []byte) (*Form, error)
	// CastBallot uses the code and puts the sheet in; false for a code that
	// BallotForm does not know.
	CastBallot(ctx context.Context, hash []byte, subjects []uuid.UUID, choices []string) (bool, error)
}
