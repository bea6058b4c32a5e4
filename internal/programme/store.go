package programme

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/paging"
)

// Store is what the use cases need of one open transaction. Reads see what the
// viewer may read; writes go to the viewer's own tenant. An id that is unknown
// or may not be known is NOT_FOUND; an update whose revision is not the stored
// one is STALE_REVISION.
type Store interface {
	TemplateStore
	CompetitionStore
	PlanStore
	DimensionStore
}

// TemplateStore keeps template versions.
type TemplateStore interface {
	InsertTemplateVersion(ctx context.Context, v *TemplateVersion) error
	// UpdateTemplateVersion writes a draft whose stored revision is v.Revision
	// and counts it up.
	UpdateTemplateVersion(ctx context.Context, v *TemplateVersion) error
	TemplateVersionByID(ctx context.Context, id uuid.UUID) (*TemplateVersion, error)
	// TemplateVersionsByID gives those of the versions that may be known, in no order.
	TemplateVersionsByID(ctx context.Context, ids []uuid.UUID) ([]*TemplateVersion, error)
	// TemplatePage lists by key, newest version first, then by id; an empty key
	// lists all keys.
	TemplatePage(ctx context.Context, key string, w paging.Window) ([]*TemplateVersion, error)
	// TemplateVersions lists all versions of a key, newest first.
	TemplateVersions(ctx context.Context, key string) ([]*TemplateVersion, error)
	// LastTemplateVersion is the highest version of a key in the viewer's own
	// tenant; 0 when there is none.
	LastTemplateVersion(ctx context.Context, key string) (int, error)
}

// CompetitionStore keeps competitions.
type CompetitionStore interface {
	InsertCompetition(ctx context.Context, c *Competition) error
	UpdateCompetition(ctx context.Context, c *Competition) error // as UpdateTemplateVersion
	CompetitionByID(ctx context.Context, id uuid.UUID) (*Competition, error)
	// CompetitionsByID gives those of the competitions that may be known, in no order.
	CompetitionsByID(ctx context.Context, ids []uuid.UUID) ([]*Competition, error)
	CompetitionPage(ctx context.Context, w paging.Window) ([]*Competition, error) // newest first: created_at, id
	AddCompetitionVersion(ctx context.Context, competition uuid.UUID, v RuleVersion) error
	// UnknownPersons gives those of the ids that are no person of the tenant.
	UnknownPersons(ctx context.Context, ids []uuid.UUID) ([]uuid.UUID, error)
}

// RoundRow is what a plan knows of a round.
type RoundRow struct {
	ID              uuid.UUID
	Competition     uuid.UUID
	TemplateVersion uuid.UUID
	Trial           bool
	Period          string
	Nominal, Held   calendar.Date
	State           string
	Opened          bool // it was opened once, whatever its state is now
}

// PlanStore dates rounds.
type PlanStore interface {
	PlannedRounds(ctx context.Context, competition uuid.UUID) ([]RoundRow, error)
	// SavePlannedRounds inserts rounds and gives those that are there their
	// dates and template version.
	SavePlannedRounds(ctx context.Context, rounds []RoundRow) error
	// CalendarDays are the days the tenant itself declared.
	CalendarDays(ctx context.Context) ([]calendar.Entry, error)
	// RoundCalendar lists rounds of the readable tenants whose nominal day or
	// day lies in from–to, in order.
	RoundCalendar(ctx context.Context, from, to calendar.Date) ([]CalendarEntry, error)
}
