package round

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/paging"
	"leitai/internal/template"
)

// Store is what the use cases need of one open transaction. Reads see what the
// viewer may read; writes go to the viewer's own tenant. An id that is unknown
// or may not be known is NOT_FOUND.
type Store interface {
	KeptRounds
	KeptRubric
	KeptPanels
	KeptRoster
	KeptMarks
	KeptFigures
	KeptResults
	KeptBoards
	KeptObjections
	KeptSupervision
}

// Filter narrows a list of rounds.
type Filter struct {
	Competition *uuid.UUID
	State       *State
}

// KeptRounds are the rounds.
type KeptRounds interface {
	RoundByID(ctx context.Context, id uuid.UUID) (*Round, error)
	// RoundsByID gives those of the rounds that may be known, in no order.
	RoundsByID(ctx context.Context, ids []uuid.UUID) ([]*Round, error)
	// LockRound reads a round of the viewer's own tenant and keeps others from
	// changing it, or from putting marks into it, until the transaction ends.
	LockRound(ctx context.Context, id uuid.UUID) (*Round, error)
	// UpdateRound writes the round whose stored revision is r.Revision and
	// counts it up; STALE_REVISION otherwise.
	UpdateRound(ctx context.Context, r *Round) error
	RoundPage(ctx context.Context, f Filter, w paging.Window) ([]*Round, error)
	// RoundsOf lists a competition's rounds by period.
	RoundsOf(ctx context.Context, competition uuid.UUID) ([]*Round, error)
	// RoundTemplate is the template version a round stands under.
	RoundTemplate(ctx context.Context, r *Round) (*template.Document, int, error)
}

// KeptRubric are the items of a round.
type KeptRubric interface {
	RubricOf(ctx context.Context, round uuid.UUID) ([]*RubricItem, error)
	SaveRubricItem(ctx context.Context, item *RubricItem) error // by round and key; counts its revision up
	RemoveRubricItem(ctx context.Context, round uuid.UUID, key string) error
}

// Served is how often and when a person was last seconded.
type Served struct {
	Person uuid.UUID
	Times  int
	Last   calendar.Date
}

// KeptPanels are the review groups of a round.
type KeptPanels interface {
	PanelsOf(ctx context.Context, round uuid.UUID) ([]*Panel, error)
	ReplacePanels(ctx context.Context, round uuid.UUID, panels []*Panel) error
	// Pseudonyms gives those of the ids that are persons of the tenant.
	Pseudonyms(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]string, error)
	// HoldersOn lists who held a post of a kind on a date.
	HoldersOn(ctx context.Context, kind string, date calendar.Date) ([]uuid.UUID, error)
	// ServedIn counts secondments in the competition's rounds before a date.
	ServedIn(ctx context.Context, competition uuid.UUID, before calendar.Date) ([]Served, error)
}

// Contestant is who may contest on a date, with the people linked on it.
type Contestant struct {
	Subject  uuid.UUID
	Kind     template.SubjectKind
	Unit     uuid.UUID // the place
	UnitCode string
	Place    string
	Code     string // in bundles
	Name     string // of what is no person; a person has none here
	Track    string
	Classes  []string
	Links    []outcome.Link
}

// KeptRoster is who contests, and whose ledgers came in.
type KeptRoster interface {
	// ContestantsOn lists who may contest under a template on a date: the units
	// of its level below the tenant's unit, the holders of its post, the tenant's
	// organisations of its kind, or its teams. They come by the code of the place
	// and then their own, each with the people who held posts there.
	ContestantsOn(ctx context.Context, doc *template.Document, date calendar.Date) ([]Contestant, error)
	// LinkedOn reports whether a person held a post at a unit on a date.
	LinkedOn(ctx context.Context, person, unit uuid.UUID, date calendar.Date) (bool, error)
	RosterOf(ctx context.Context, round uuid.UUID) ([]*Entry, error)
	InsertRoster(ctx context.Context, entries []*Entry) error
	SaveAbsence(ctx context.Context, e *Entry) error
	ReceptionsOf(ctx context.Context, round uuid.UUID) ([]*Reception, error)
	InsertReception(ctx context.Context, r *Reception) error
	DecisionsOf(ctx context.Context, round uuid.UUID) ([]*MissingDecision, error)
	SaveDecision(ctx context.Context, d *MissingDecision) error // by round, subject, item and channel
	RemoveDecisions(ctx context.Context, round, subject uuid.UUID) error
}

// MarkFilter narrows a list of marks; OnlyBy leaves those which a person judged
// or entered.
type MarkFilter struct {
	Round  uuid.UUID
	OnlyBy *uuid.UUID
	Items  []string // nil: of every item
}

// KeptMarks are marks and what their second person said.
type KeptMarks interface {
	// MarksOf lists the current marks of a round; all lists the superseded, too.
	MarksOf(ctx context.Context, round uuid.UUID, all bool) ([]*Mark, error)
	MarksByID(ctx context.Context, ids []uuid.UUID) ([]*Mark, error)
	// StandingMarks lists the current marks of some subjects: which marks they are
	// and what they are of and by whom, and nothing else.
	StandingMarks(ctx context.Context, round uuid.UUID, subjects []uuid.UUID) ([]*Mark, error)
	MarkPage(ctx context.Context, f MarkFilter, w paging.Window) ([]*Mark, error)
	// InsertMarks inserts all, or none when an id is taken, by whichever tenant.
	// They are of one round, entered by one person at one moment.
	InsertMarks(ctx context.Context, marks []*Mark) (taken bool, err error)
	InsertReviews(ctx context.Context, round uuid.UUID, marks []*Mark) error // State, Rejection, ReviewedBy, ReviewedAt of each
}

// KeptFigures are what a round is computed from beside marks.
type KeptFigures interface {
	// FiguresOf lists the current figures, in the order of entering.
	FiguresOf(ctx context.Context, round uuid.UUID) ([]*Figure, error)
	InsertFigures(ctx context.Context, all []*Figure) error
	InsertFigureReviews(ctx context.Context, all []*Figure) error // State, Rejection, ReviewedBy, ReviewedAt of each
	// GradeDecisionsOf lists the decisions in force, each with its second approver.
	GradeDecisionsOf(ctx context.Context, round uuid.UUID) ([]*GradeDecision, error)
	InsertGradeDecision(ctx context.Context, d *GradeDecision) error
	InsertGradeApproval(ctx context.Context, d *GradeDecision, at time.Time) error
	// BallotScoresOf reads what the round's closed ballots came to.
	BallotScoresOf(ctx context.Context, round uuid.UUID) ([]BallotScore, error)
	// TieFactsOf reads what else is known of the round's contestants on its day:
	// days in the village, persons of a team.
	TieFactsOf(ctx context.Context, r *Round) ([]Fact, error)
	// VisitedBy says which places of a round were visited, and when first.
	VisitedBy(ctx context.Context, round uuid.UUID) (map[uuid.UUID]calendar.Date, error)
	// PhotosOf counts a round's photographs by contestant and item; "" counts all
	// of a contestant.
	PhotosOf(ctx context.Context, round uuid.UUID) (map[uuid.UUID]map[string]int, error)
	StepsTaken(ctx context.Context, round uuid.UUID) ([]StageRecord, error)
	// FedParts reads what published roll-ups and other schemes' published results
	// bring into the parts of a round's total, in its period (B13–B15, C09).
	FedParts(ctx context.Context, r *Round, parts []template.Part, key string) ([]FedPart, error)
}

// FedPart is what one source brings into a part of the total, for a contestant
// or, where the source judges others, for its place.
type FedPart struct {
	Part    string
	Subject uuid.UUID
	Unit    uuid.UUID
	Value   exact.Number
	Weight  exact.Number // against the other sources of the part
	Source  string       // what it comes from
}

// Deducted is an issue that may cost points.
type Deducted struct {
	Issue  uuid.UUID
	Unit   uuid.UUID
	Base   exact.Number
	Due    calendar.Date
	Closed calendar.Date
}

// KeptResults are computations and publications.
type KeptResults interface {
	ComputationOf(ctx context.Context, round uuid.UUID) (*Computation, error) // nil when there is none
	SaveComputation(ctx context.Context, c *Computation) error
	DropComputation(ctx context.Context, round uuid.UUID) error
	InsertPublication(ctx context.Context, p *Publication, sealed string, rows []Standing) error
	PublicationsOf(ctx context.Context, round uuid.UUID) ([]*Publication, error) // newest first
	// PublicationsOfRounds is PublicationsOf of several rounds, round after round.
	PublicationsOfRounds(ctx context.Context, rounds []uuid.UUID) ([]*Publication, error)
	PublicationByID(ctx context.Context, id uuid.UUID) (*Publication, error)
	SealedOf(ctx context.Context, publication uuid.UUID) (string, error)
	BundleOf(ctx context.Context, publication uuid.UUID) (string, error) // the public one
	// HistoryOf gives the competition's earlier rounds, cancelled ones
	// included, as published in their newest revision; subjects are named as
	// in the roster of today.
	HistoryOf(ctx context.Context, r *Round) ([]contest.Held, error)
	// IssuesCosting lists what issues opened before a round was held cost, where
	// the template takes them off a total (Q36), and were not taken off before.
	IssuesCosting(ctx context.Context, r *Round) ([]Deducted, error)
	// PersonsBy gives the ids behind pseudonyms of the tenant.
	PersonsBy(ctx context.Context, pseudonyms []string) (map[string]uuid.UUID, error)
	WipeTrial(ctx context.Context, competition uuid.UUID) error
}

// KeptBoards are the read models.
type KeptBoards interface {
	// OwnResult reads the result by which the viewer's tenant is explained in the
	// contest of the tenant above it; nil when it took part in none such.
	OwnResult(ctx context.Context, round uuid.UUID, revision int) (*OwnResult, error)
	// BoardOf reads a revision, or the latest for 0, in one statement; nil when
	// there is none that the viewer may see.
	BoardOf(ctx context.Context, round uuid.UUID, revision int) (*Board, error)
}
