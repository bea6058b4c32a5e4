package evidence

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/paging"
)

// Store is what the use cases need of one open transaction. Reads see what the
// viewer's tenant may read; an id that names nothing there is NOT_FOUND.
type Store interface {
	KeptFiles
	KeptItems
	KeptRequests
	KeptHighlights
}

// KeptFiles are the rows of files.
type KeptFiles interface {
	// TouchFile finds the own tenant's file of that content and notes that a
	// user sent it again; nil when there is none.
	TouchFile(ctx context.Context, sha256 string, by uuid.UUID, at time.Time) (*File, error)
	InsertFile(ctx context.Context, f *File) error
	// FileSeen lists the units of a file's pieces that are within a sight.
	FileSeen(ctx context.Context, sight authz.Sight, file uuid.UUID) ([]uuid.UUID, error)
	// SharedAs says whether a shared highlight of one of the dimensions shows a file.
	SharedAs(ctx context.Context, file uuid.UUID, dimensions []string) (bool, error)
	// FileByID reads a file with the units of the pieces that name it.
	FileByID(ctx context.Context, id uuid.UUID) (*File, []uuid.UUID, error)
	// SharedFile reads a file of a highlight that is shared with the viewer.
	SharedFile(ctx context.Context, id uuid.UUID) (*File, error)
	// DropUnused removes files that no piece names and that were last sent
	// before a moment, and gives them.
	DropUnused(ctx context.Context, before time.Time) ([]*File, error)
	// KnownKeys gives those of the keys that a row names.
	KnownKeys(ctx context.Context, keys []string) (map[string]bool, error)
}

// Ground is what stands around a piece: the contest and what it wants.
type Ground struct {
	Trial    bool
	Rules    Rules
	Subjects []Subject // of the round, or the villages below the tenant
}

// KeptItems are the pieces.
type KeptItems interface {
	// EvidenceGround reads a competition of the own tenant, one of its rounds
	// where it is named, and the rules that hold there.
	EvidenceGround(ctx context.Context, competition uuid.UUID, round *uuid.UUID) (*Ground, error)
	// CompetitionOfRound names the competition of a round of the own tenant.
	CompetitionOfRound(ctx context.Context, round uuid.UUID) (uuid.UUID, error)
	// VillageByCode gives a current unit at or below the tenant's own.
	VillageByCode(ctx context.Context, code string) (uuid.UUID, error)
	InsertEvidence(ctx context.Context, i *Item) error
	WithdrawEvidence(ctx context.Context, i *Item) error
	EvidenceByID(ctx context.Context, id uuid.UUID) (*Item, error)
	// EvidenceByIDs reads pieces in the order of ids; what is not there is left out.
	EvidenceByIDs(ctx context.Context, ids []uuid.UUID) ([]*Item, error)
	EvidencePage(ctx context.Context, f Filter, w paging.Window) ([]*Item, error)
	// EvidenceSeen gives those of the ids that are of an item within a sight.
	EvidenceSeen(ctx context.Context, sight authz.Sight, ids []uuid.UUID) ([]uuid.UUID, error)
	// KeysSeen lists the items of a round that are of the dimensions.
	KeysSeen(ctx context.Context, round uuid.UUID, dimensions []string) ([]string, error)
	// EvidenceCounts counts the standing pieces of a round.
	EvidenceCounts(ctx context.Context, round uuid.UUID) ([]Count, error)
	// EarlierEvidence finds the newest standing piece of a village for an item,
	// check and kind that was taken on or after a day; nil when there is none.
	EarlierEvidence(ctx context.Context, like Like) (*Item, error)
}

// Like is what an earlier piece has to be to answer a request.
type Like struct {
	Unit        uuid.UUID
	Item, Check string
	Kind        Kind
	Since       calendar.Date
	Competition uuid.UUID // pieces of a trial answer inside it only
}

// Count is how many standing pieces of a kind there are.
type Count struct {
	Unit        uuid.UUID
	Item, Check string
	Kind        Kind
	Pieces      int
}

// KeptRequests are what villages were asked for.
type KeptRequests interface {
	InsertRequests(ctx context.Context, all []*Request) error
	// AnswerRequests lets open requests that a piece answers point to it.
	AnswerRequests(ctx context.Context, i *Item) error
	// RequestsBetween lists requests by the day they were asked on, of every
	// tenant whose plans the viewer may read; Units nil means of all units.
	RequestsBetween(ctx context.Context, from, to calendar.Date, units []uuid.UUID) ([]*Request, error)
}

// KeptHighlights is the library.
type KeptHighlights interface {
	SaveHighlight(ctx context.Context, h *Highlight) error // inserts revision 0, otherwise updates the revision and counts it up
	HighlightByID(ctx context.Context, id uuid.UUID) (*Highlight, error)
	// HighlightPage reads highlights of the dimensions; nil means all.
	HighlightPage(ctx context.Context, dimensions []string, units []uuid.UUID, w paging.Window) ([]*Highlight, error)
	// SharedHighlights and LibraryRubrics read those of one dimension; empty means all.
	SharedHighlights(ctx context.Context, dimension string, after *uuid.UUID, most int) ([]*Highlight, error)
	LibraryRubrics(ctx context.Context, dimension string, most int) ([]LibraryItem, error)
}
