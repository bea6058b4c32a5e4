// Package audit owns what is recorded of an act: the entry, the chain of hashes
// that makes a later change of any entry visible, and its verification.
//
// It does not own where entries are kept: the store puts a Sink into the
// context of a writing transaction, gives each event its place in the tenant's
// chain and writes it in the same transaction as the act itself. Nor does it
// own who may read them (authz).
//
// An entry's hash is SHA-256 over the canonical JSON of all its other fields,
// the hash of the entry before included; fields that came later (unit, reason,
// before, after) are part of it where they are set, so that older entries keep
// their hash. Times are in microseconds and numbers in their shortest decimal,
// as the database gives them back.
package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Event is one act, as a use case records it.
type Event struct {
	Action     string // object:action, the permission's name where there is one
	ObjectKind string
	ObjectID   uuid.UUID
	Detail     json.RawMessage // what explains the act
	Unit       uuid.UUID       // where; uuid.Nil: the tenant's own unit
	Reason     string          // the decision's reason, as the person gave it
	Before     json.RawMessage // the fields that changed, as they were; nil: nothing was there
	After      json.RawMessage // the same fields, as they are now
}

// Sink takes the events of one writing transaction.
type Sink interface {
	Collect(Event)
}

type key struct{}

// Into returns a context whose events go to the sink.
func Into(ctx context.Context, s Sink) context.Context { return context.WithValue(ctx, key{}, s) }

// Record notes an act. The entry is written when the transaction commits, or
// not at all. Recording outside of a writing transaction is an error, because
// the act would leave no trace.
func Record(ctx context.Context, action, objectKind string, object uuid.UUID, detail any, notes ...Note) error {
	sink, ok := ctx.Value(key{}).(Sink)
	if !ok {
		return errors.New("audit: an act was recorded outside of a writing transaction")
	}
	canonical, err := canonicalDetail(detail)
	if err != nil {
		return fmt.Errorf("audit: detail of %s: %w", action, err)
	}
	e := Event{Action: action, ObjectKind: objectKind, ObjectID: object, Detail: canonical}
	for _, note := range notes {
		if err := note(&e); err != nil {
			return fmt.Errorf("audit: %s: %w", action, err)
		}
	}
	sink.Collect(e)
	return nil
}

// Entry is one link of a tenant's chain.
type Entry struct {
	ID         uuid.UUID
	Tenant     uuid.UUID
	Region     string
	Seq        int64     // from 1, without a gap
	At         time.Time // microseconds
	Actor      uuid.UUID // the user
	Credential string    // of a token its id
	RequestID  string
	Action     string
	ObjectKind string
	ObjectID   uuid.UUID
	Detail     json.RawMessage
	Unit       uuid.UUID       // where; uuid.Nil in entries of before there was one
	Reason     string          // "": none was asked for
	Before     json.RawMessage // nil: none
	After      json.RawMessage // nil: none
	Previous   []byte          // hash of the entry before; 32 zero bytes for the first
	Hash       []byte
}
