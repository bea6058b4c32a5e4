// Package comparison owns the county's comparison of its townships, and the
// prefecture's of its counties: what a published round leaves for it, by what a
// county compares (weights, least coverage, when a round is on time), how it maps
// what a township's template gave no dimension, the answer itself, and the
// publication of one.
//
// It does not own the rules of comparing (compare), the scores of a round
// (contest), who sees a board behind a figure (round), or storage: it declares
// the store it needs, and postgres implements it. It never ranks totals of
// different templates against each other.
package comparison

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/compare"
	"leitai/internal/viewer"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the unit
// of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	Sight(ctx context.Context, p authz.Permission) authz.Sight
}

// Work runs one transaction on the store. A transaction that fails because
// another one came first is run again, so what it does must not reach outside.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Store is what the use cases need of one open transaction. Reads see what the
// viewer may read; writes go to the viewer's own tenant.
type Store interface {
	// InsertTotal keeps what a publication leaves for comparison.
	InsertTotal(ctx context.Context, k *Kept) error
	// IssueCounts counts a competition's issues opened up to a day, by the item
	// they are of, as they stood on that day.
	IssueCounts(ctx context.Context, competition uuid.UUID, until calendar.Date) ([]IssueCount, error)

	// ComparisonFrame reads everything a comparison is made by, in one statement.
	ComparisonFrame(ctx context.Context) (*Frame, error)
	// RoundsCompared reads the rounds of the tenants below whose nominal day lies in
	// from–to, cancelled ones and trials left out, with the totals of the revision
	// that counts, and those of the scored tenants with their scores; each tenant's
	// together, by day and id, in one statement.
	RoundsCompared(ctx context.Context, from, to calendar.Date, scored []uuid.UUID) ([]RoundRow, error)
	// MonthsCompared reads the months of from–to that the counties below published,
	// each in its newest publication; by tenant and month, in one statement.
	MonthsCompared(ctx context.Context, from, to calendar.Date) ([]MonthRow, error)

	InsertRule(ctx context.Context, r *Rule) error // gives the number within the year
	// RulesOf lists the rules of a tenant, newest year and number first: the
	// viewer's own, or where it is below a county, the county's.
	RulesOf(ctx context.Context) ([]Rule, error)
	InsertMapping(ctx context.Context, m *Mapping) error // gives the number
	// Mappings lists the own mappings, and of those above the ones of the viewer's
	// own tenant; oldest first.
	Mappings(ctx context.Context) ([]Mapping, error)
	InsertComparison(ctx context.Context, p *Publication, months []MonthTotal) error // gives the revision
	// Comparisons lists publications without their lines, newest first: the own,
	// and those that the tenants above or below let be read.
	Comparisons(ctx context.Context) ([]*Publication, error)
	ComparisonByID(ctx context.Context, id uuid.UUID) (*Publication, error)
}

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	Gate        Gate
	Now         func() time.Time
}

// Service is the use cases of the comparison.
type Service struct {
	write, read Work
	gate        Gate
	now         func() time.Time
}

// New makes the use cases.
func New(c Config) *Service { return &Service{write: c.Write, read: c.Read, gate: c.Gate, now: c.Now} }

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// Kinds of tenant that compare.
const (
	county     = "county"
	prefecture = "prefecture"
	township   = "township"
)

// today is the business date of the viewer.
func (s *Service) today(who *viewer.Viewer) (calendar.Date, error) { return who.DateOf(s.now()) }

// decimals of every mean and index that is shown; counts apart, nothing else is
// rounded.
const decimals = 2

// Kept is what one revision of a round leaves for comparison.
type Kept struct {
	ID          uuid.UUID
	Publication uuid.UUID
	Round       uuid.UUID
	Competition uuid.UUID
	Revision    int
	Audience    string
	Subject     string // what is judged: village, person, township …
	Template    string // its key
	Opened      calendar.Date
	Published   calendar.Date // of this revision; the store keeps that of the first
	Total       compare.Total
	Judging     Judging
	Issues      []SourceIssues
}
