// Package figures owns what the operator of a service is told of all tenants
// together, by the minute: how many rounds, marks, objections, issues and
// ballots are in which state and how late, and whether what was published can
// still be computed again. It counts by words of the program; no tenant, village
// or person is ever named.
//
// It does not own the counting (a function of the database does, for a role that
// reads across tenants and gives no rows), the instruments (telemetry), or what
// is right for a round (contest).
package figures

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Kinds are what is counted, each by one statement.
var Kinds = []string{"tenants", "rounds", "marks", "objections", "issues", "ballots"}

// Figure is one count.
type Figure struct {
	TenantKind string // prefecture, county, township or platform
	Demo       bool   // of tenants whose data are invented
	State      string // of a round, an objection or a tenant; the light of an issue; roster, present or cast of ballots
	Late       string // days past due: none, 1-3, 4-7 or over-7
	Count      int64
}

// Store is what is read of all tenants, in a transaction without one.
type Store interface {
	// TakeFiguresTurn says whether this process is the one that counts for so long.
	TakeFiguresTurn(ctx context.Context, holder uuid.UUID, lasting time.Duration) (bool, error)
	// CountFigures counts one of Kinds at a moment of the business clock.
	CountFigures(ctx context.Context, kind string, moment time.Time) ([]Figure, error)
	// GrantsEpoch is the epoch of the grants that are stored.
	GrantsEpoch(ctx context.Context) (int64, error)
	// PublicationsToProve names publications after one, in the order of their ids.
	PublicationsToProve(ctx context.Context, after uuid.UUID, most int) ([]Published, error)
}

// Published names a publication and whose it is.
type Published struct{ ID, Tenant uuid.UUID }

// Measure is told what was found, for metrics.
type Measure interface {
	// FiguresCounted is told all counts of a kind; those told before are over.
	FiguresCounted(kind string, all []Figure)
	// FiguresOver is told that another process counts from now on.
	FiguresOver()
	// FiguresRead is told that a round of counting ended, how long it took, and
	// whether all of it was counted.
	FiguresRead(at time.Time, took time.Duration, whole bool)
	// EpochStored is told the epoch of the grants that are stored.
	EpochStored(epoch int64)
	// PublicationProved is told whether a publication can be computed again:
	// reproduced, differs, or unread when it could not be looked at.
	PublicationProved(outcome string, differing int)
}
