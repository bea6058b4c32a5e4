package event

import (
	"context"

	"github.com/google/uuid"
)

// Store is what readers ask of the database, inside a transaction of the viewer:
// row-level security shows no event that is out of the viewer's reach.
type Store interface {
	// EventTips gives the position after everything that can be seen of some tenants.
	EventTips(ctx context.Context, tenants []uuid.UUID) (Position, error)
	// EventAfter gives one event after a position: of the filter's, the first, or
	// the last where it asks for that; nil when there is none.
	EventAfter(ctx context.Context, after Position, f Filter) (*Stored, error)
}

// Filter is which events a reader asks for.
type Filter struct {
	Kinds   []Kind
	Object  uuid.UUID   // uuid.Nil: any
	Round   uuid.UUID   // uuid.Nil: any or none
	Persons []uuid.UUID // for one of these; none given: for anybody
	Last    bool        // the last one, and not the first
}
