package teams

import (
	"context"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/paging"
	"leitai/internal/template"
)

// Rules are a competition's, as its newest template version says.
type Rules struct {
	Trial    bool
	Template *template.Document
}

// Store is what the use cases need of one open transaction.
type Store interface {
	demandStore
	postingStore
	recordStore

	// PostingRules are those of a competition of the own tenant.
	PostingRules(ctx context.Context, competition uuid.UUID) (Rules, error)
	// VillageByCode gives a current unit below the tenant's own.
	VillageByCode(ctx context.Context, code string) (uuid.UUID, error)
	// UnknownPersons gives those of the ids that are no person of the tenant.
	UnknownPersons(ctx context.Context, ids []uuid.UUID) ([]uuid.UUID, error)
	// PseudonymOf gives a person's pseudonym; NOT_FOUND for a stranger.
	PseudonymOf(ctx context.Context, person uuid.UUID) (string, error)
	// KnowsOrganisation reports whether an organisation is the tenant's.
	KnowsOrganisation(ctx context.Context, id uuid.UUID) (bool, error)
	// HoldsPost reports whether a person holds a post of one of the kinds on a
	// day, at the organisation where one is given.
	HoldsPost(ctx context.Context, person uuid.UUID, kinds []string, organisation *uuid.UUID, on calendar.Date) (bool, error)
	// OpenPost and ClosePost write the post that a posting makes (D13).
	OpenPost(ctx context.Context, p *Posting, kind string) error
	ClosePost(ctx context.Context, p *Posting, kind string) error
}

type demandStore interface {
	// UnitClasses are the classes of a unit on a day, over all group sets.
	UnitClasses(ctx context.Context, unit uuid.UUID, on calendar.Date) ([]string, error)
	PostingDemands(ctx context.Context, competition uuid.UUID) ([]*Demand, error)
	PostingDemandByID(ctx context.Context, id uuid.UUID) (*Demand, error)
	// SavePostingDemand adds a demand of revision 0, or changes the one whose
	// stored revision is d.Revision, and counts it up.
	SavePostingDemand(ctx context.Context, d *Demand) error
	// PersonFacts gives a person's facts; nil when nothing is recorded.
	PersonFacts(ctx context.Context, person uuid.UUID) (*Facts, error)
	SaveFacts(ctx context.Context, f *Facts) error
}

type postingStore interface {
	InsertPosting(ctx context.Context, p *Posting) error
	// PostingByID locks the row when the transaction writes and owns it.
	PostingByID(ctx context.Context, id uuid.UUID) (*Posting, error)
	// UpdatePosting writes the posting whose stored revision is p.Revision and
	// counts it up; STALE_REVISION otherwise.
	UpdatePosting(ctx context.Context, p *Posting) error
	PostingPage(ctx context.Context, f Filter, w paging.Window) ([]*Posting, error)
	InsertPostingCheck(ctx context.Context, c Check) error
	PostingChecks(ctx context.Context, id uuid.UUID) ([]Check, error)
	InsertPostingStep(ctx context.Context, s Step) error
	PostingSteps(ctx context.Context, id uuid.UUID) ([]Step, error)
	// PublishedGrades are the annual grades of a competition's published rounds,
	// by pseudonym, oldest first.
	PublishedGrades(ctx context.Context, competition uuid.UUID) (map[string][]Grade, error)
}

type recordStore interface {
	// InsertStatement adds a statement of the own tenant; replaced is the one it
	// corrects.
	InsertStatement(ctx context.Context, m Month, p *Posting, stated Stated) error
	// OwnStatement is the own tenant's statement in force for a month, or nil.
	OwnStatement(ctx context.Context, id uuid.UUID, month calendar.Period) (*uuid.UUID, error)
	PostingMonths(ctx context.Context, p *Posting) ([]Month, error)
	InsertLeave(ctx context.Context, l Leave, p *Posting) error
	PostingLeaves(ctx context.Context, id uuid.UUID) ([]Leave, error)
	InsertPostingFigures(ctx context.Context, f Figures) error
	PostingFigures(ctx context.Context, id uuid.UUID) ([]Figures, error)
	InsertPostingEvent(ctx context.Context, e Event) error
	PostingEventByID(ctx context.Context, id uuid.UUID) (*Event, error)
	ConfirmPostingEvent(ctx context.Context, e *Event) error
	// PostingEvents are those of a posting and those held for all.
	PostingEvents(ctx context.Context, p *Posting) ([]Event, error)
	InsertInspection(ctx context.Context, i Inspection) error
	// PostingInspections are those in force, oldest first.
	PostingInspections(ctx context.Context, id uuid.UUID) ([]Inspection, error)
	InsertSupport(ctx context.Context, s Support) error
	// PostingSupports has the last entry of each period.
	PostingSupports(ctx context.Context, id uuid.UUID) ([]Support, error)
}
