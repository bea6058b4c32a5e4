package consequences

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/paging"
	"leitai/internal/template"
)

// Store is what the use cases need of one open transaction. An id that is
// unknown or may not be known is NOT_FOUND; an update of another revision than
// the stored one is STALE_REVISION.
type Store interface {
	KeptOutcomes
	KeptRollups
	KeptTasks
	KeptPairs
	KeptPapers
	KeptYears
}

// KeptOutcomes are outcomes and the accounts they post to.
type KeptOutcomes interface {
	InsertOutcomes(ctx context.Context, all []*Outcome) error
	OutcomesByID(ctx context.Context, ids []uuid.UUID) ([]*Outcome, error)
	OutcomesOfRound(ctx context.Context, round uuid.UUID) ([]*Outcome, error)
	OutcomesOfRollup(ctx context.Context, rollup uuid.UUID) ([]*Outcome, error)
	// UpdateOutcome writes the outcome whose stored revision is o.LockRevision
	// and counts it up.
	UpdateOutcome(ctx context.Context, o *Outcome) error
	OutcomePage(ctx context.Context, f OutcomeFilter, w paging.Window) ([]*Outcome, error)
	// OutcomesTrial reports whether the outcome's competition is a trial.
	CompetitionTrial(ctx context.Context, competition uuid.UUID) (bool, error)

	InsertEntries(ctx context.Context, entries []Entry) error
	// EntriesOfOutcome gives the entries of an outcome that no counter-entry
	// has taken back.
	EntriesOfOutcome(ctx context.Context, id uuid.UUID) ([]Entry, error)
	// AccountEntries lists a competition's entries of the span, oldest first,
	// with the holders' names.
	AccountEntries(ctx context.Context, f AccountFilter) ([]Entry, map[uuid.UUID]string, error)

	// IsPerson reports whether an id is a person's of the tenant.
	IsPerson(ctx context.Context, id uuid.UUID) (bool, error)
	PersonsBy(ctx context.Context, pseudonyms []string) (map[string]uuid.UUID, error)
	// MovedBalances gives what a unit that moved here had come to elsewhere.
	MovedBalances(ctx context.Context, unit uuid.UUID) ([]Opening, error)
	// InsertOpenings keeps those that are not kept yet and says how many.
	InsertOpenings(ctx context.Context, competition uuid.UUID, all []Opening, by uuid.UUID, at time.Time) (int, error)
}

// KeptRollups are rounds as longer periods look at them, and those periods.
type KeptRollups interface {
	// PublishedRounds gives the newest publication of each round of a
	// competition in the span, and the rounds of the span that are neither
	// published nor cancelled.
	PublishedRounds(ctx context.Context, competition uuid.UUID, from, to string) ([]RoundResult, []string, error)
	// FirstPeriod and LastPeriod are of the competition's dated rounds.
	FirstPeriod(ctx context.Context, competition uuid.UUID) (string, error)
	LastPeriod(ctx context.Context, competition uuid.UUID) (string, error)
	RulingTemplate(ctx context.Context, competition uuid.UUID, period string) (*template.Document, error)
	// RulingTemplates is RulingTemplate of several; one without rules is left out.
	RulingTemplates(ctx context.Context, competitions []uuid.UUID, period string) (map[uuid.UUID]*template.Document, error)
	InsertRollup(ctx context.Context, r *Rollup) error
	// LatestRollup gives the newest revision; nil when there is none.
	LatestRollup(ctx context.Context, competition uuid.UUID, key, period string) (*Rollup, error)
	RollupsOf(ctx context.Context, competition uuid.UUID) ([]*Rollup, error)
	RollupByID(ctx context.Context, id uuid.UUID) (*Rollup, error)
	// RollupExposure counts what the viewer's tenant may see of the publications
	// behind a roll-up, and reads the template of its last round.
	RollupExposure(ctx context.Context, r *Rollup) (Exposure, error)

	// EnteredParts gives what people entered of a part, by the subject's code.
	EnteredParts(ctx context.Context, competition uuid.UUID, span Span, part string) (map[string]exact.Number, error)
	SaveParts(ctx context.Context, competition uuid.UUID, span Span, part string, rows []PartEntry, known []Known, by uuid.UUID, at time.Time) error
	InsertFed(ctx context.Context, all []Fed) error
	// FedInto gives the newest values fed into a template in a span of months;
	// from is the key of the template that feeds, or empty for all.
	FedInto(ctx context.Context, into, from string, first, last string) ([]Fed, error)
}

// KeptTasks are findings and what is to be carried out.
type KeptTasks interface {
	// HoldersOf lists who holds one of the posts on a day: at a unit, or for
	// uuid.Nil at the tenant's own and in its organisations.
	HoldersOf(ctx context.Context, kinds []string, unit uuid.UUID, on calendar.Date) ([]uuid.UUID, error)
	InsertTask(ctx context.Context, t *Task) error
	TaskByID(ctx context.Context, id uuid.UUID) (*Task, error)
	TaskOfOutcome(ctx context.Context, outcome uuid.UUID) (*Task, error) // nil when there is none
	UpdateTask(ctx context.Context, t *Task) error                       // whose stored revision is t.LockRevision
	WithdrawTask(ctx context.Context, outcome uuid.UUID) error           // if it is open
	TaskPage(ctx context.Context, f TaskFilter, w paging.Window) ([]*Task, error)

	InsertFinding(ctx context.Context, f *Finding) error
	FindingByID(ctx context.Context, id uuid.UUID) (*Finding, error)
	UpdateFinding(ctx context.Context, f *Finding) error // whose stored revision is f.LockRevision
	FindingsOf(ctx context.Context, competition uuid.UUID) ([]*Finding, error)

	// OpenWorkOf lists a person's open tasks and issues by due date.
	OpenWorkOf(ctx context.Context, person uuid.UUID) ([]OpenItem, error)
	// VillagesOf lists where a person holds or last held a village post.
	VillagesOf(ctx context.Context, person uuid.UUID) ([]uuid.UUID, error)
	ActiveCompetitions(ctx context.Context) ([]uuid.UUID, error)
	// HandWork gives the tasks and issues of a record to the successor and keeps
	// the record.
	HandWork(ctx context.Context, h *Handover) error
	Handovers(ctx context.Context) ([]*Handover, error)
}

// KeptPairs are pairs and their logs.
type KeptPairs interface {
	SuggestedPairs(ctx context.Context, round uuid.UUID) ([]Pair, error)
	ExchangesPerMonth(ctx context.Context, competition uuid.UUID) (int, error)
	InsertPairs(ctx context.Context, all []*Pair) error
	PairByID(ctx context.Context, id uuid.UUID) (*Pair, error)
	UpdatePair(ctx context.Context, p *Pair) error // whose stored revision is p.LockRevision
	PairsOf(ctx context.Context, competition uuid.UUID) ([]*Pair, error)
	InsertExchange(ctx context.Context, e *Exchange) error
	ExchangesOf(ctx context.Context, pair uuid.UUID) ([]*Exchange, error)
	ExchangesIn(ctx context.Context, competition uuid.UUID, first, last calendar.Date) ([]*Exchange, error)
}

// KeptPapers are subjects and what they handed in.
type KeptPapers interface {
	// SubjectsIn gives those of the ids that are subjects of the tenant; for nil
	// those who contest in the competition: its newest roster, or who would be on
	// one today.
	SubjectsIn(ctx context.Context, competition uuid.UUID, ids []uuid.UUID) ([]Known, error)
	// SubjectsCalled finds units by code and persons by pseudonym.
	SubjectsCalled(ctx context.Context, codes []string) ([]Known, error)
	InsertSubmission(ctx context.Context, s *Submission) error // gives the number
	SubmissionByID(ctx context.Context, id uuid.UUID) (*Submission, error)
	SubmissionsOf(ctx context.Context, competition uuid.UUID, year string) ([]*Submission, error) // by number
	PublishSubmission(ctx context.Context, id uuid.UUID, circle string, by uuid.UUID, at time.Time) error
}

// KeptYears is what is read over several rounds or years.
type KeptYears interface {
	ItemPointsIn(ctx context.Context, competition uuid.UUID, from, to string) ([]ItemPoints, error) // by period
	GradesIn(ctx context.Context, first, last int) ([]GradedIn, error)
	// TakenPeriods are those that the program has rounds of, or past ranks.
	TakenPeriods(ctx context.Context, competition uuid.UUID) (map[string]bool, error)
	InsertPast(ctx context.Context, all []*Past) error
}

// OutcomeFilter narrows a list of outcomes. Units nil means all of the tenant.
type OutcomeFilter struct {
	Round *uuid.UUID
	State *State
	Units []uuid.UUID
}

// AccountFilter narrows a list of entries: a span of periods (empty: open), and,
// unless All, the holders the viewer may see.
type AccountFilter struct {
	Competition uuid.UUID
	From, To    string
	All         bool
	Units       []uuid.UUID
	Person      uuid.UUID
}

// RoundResult is one published round as a roll-up looks at it.
type RoundResult struct {
	Round    uuid.UUID
	Period   string
	Held     calendar.Date
	Revision int
	Rows     []RoundRow
}

// RoundRow is one subject of a published round.
type RoundRow struct {
	Unit     uuid.UUID
	Subject  uuid.UUID
	UnitCode string // of the subject in bundles
	Name     string
	Track    string
	Parts    map[string]exact.Number // of the total, by key
	Total    *exact.Number           // nil: not ranked
	Rank     int
	Links    []outcome.Link
}
