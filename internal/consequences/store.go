package consequences

import (
	"context"

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

	// PublishedRounds gives the newest publication of each round of a
	// competition in the span, and the rounds of the span that are neither
	// published nor cancelled.
	PublishedRounds(ctx context.Context, competition uuid.UUID, from, to string) ([]RoundResult, []string, error)
	// FirstPeriod and LastPeriod are of the competition's dated rounds.
	FirstPeriod(ctx context.Context, competition uuid.UUID) (string, error)
	LastPeriod(ctx context.Context, competition uuid.UUID) (string, error)
	RulingTemplate(ctx context.Context, competition uuid.UUID, period string) (*template.Document, error)
	InsertRollup(ctx context.Context, r *Rollup) error
	// LatestRollup gives the newest revision; nil when there is none.
	LatestRollup(ctx context.Context, competition uuid.UUID, key, period string) (*Rollup, error)
	RollupsOf(ctx context.Context, competition uuid.UUID) ([]*Rollup, error)
	RollupByID(ctx context.Context, id uuid.UUID) (*Rollup, error)
	// RollupExposure counts what the viewer's tenant may see of the publications
	// behind a roll-up, and reads the template of its last round.
	RollupExposure(ctx context.Context, r *Rollup) (Exposure, error)
	PersonsBy(ctx context.Context, pseudonyms []string) (map[string]uuid.UUID, error)
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
	UnitCode string
	Name     string
	Total    *exact.Number // nil: not ranked
	Rank     int
	Links    []outcome.Link
}
