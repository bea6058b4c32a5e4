// Package event owns what happened, for whoever waits for it: kinds of events
// and who may be told of them, their recording inside the transaction of the act
// itself, the positions up to which a reader was told, and the waiting.
//
// It does not own what is done about an event (subscriptions in httpserver,
// webhooks, the inbox), how events are kept (the store is a Sink of the writing
// transaction and a Store for readers), nor the record of who did what, which is
// the audit. An event is a hint with ids: whoever is told reads the thing itself,
// with the rights of that moment.
//
// # Order
//
// A reader keeps one number for each tenant, the seq of the last event it was
// told, and asks for what comes after it. So an event must never become visible
// behind a seq that somebody could have read already. Identifiers made before
// the commit (UUIDv7, a serial, a clock) do not give that: a transaction that
// took 7 may commit after one that took 8. Here seq is given by the database in
// the insert itself, from one row for each tenant (event_tip) that stays locked
// until the transaction ends. Therefore
//
//   - the transaction that takes seq n+1 gets it only after the one that took n
//     has ended, and PostgreSQL makes a commit visible before it lets its locks
//     go: whoever sees n+1 sees n;
//   - what is rolled back gives its number back with the row: there is no gap to
//     wait for, and seq counts 1, 2, 3 … in the order of commits;
//   - nothing rests on who inserts: jobs, imports and later programs take the
//     number the same way. (Writers of one tenant take turns by the tenant's lock
//     anyway, so that nobody waits here who did not wait before.)
//
// A snapshot therefore holds a beginning of each tenant's events, without holes,
// and "after the last I know, in order" misses nothing and tells nothing twice.
// Between tenants there is no order to keep, and none is promised.
//
// The commit also wakes those who wait (NOTIFY). A wake-up carries nothing but
// the tenant and may be lost with its connection; it only makes reading earlier.
// After a lost connection everybody reads again from the own position.
package event

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Event is what happened, as a use case records it.
type Event struct {
	Kind       Kind
	Unit       uuid.UUID // where; uuid.Nil: the tenant's own unit
	Object     uuid.UUID // what it happened to
	ObjectKind string    // its table or its name in the contract, in small letters: round, publication, issue …
	Round      *uuid.UUID
	Persons    []uuid.UUID    // whom it is for; the only readers of a kind that is personal
	Data       map[string]any // ids, numbers and codes only: no names, no drafts
	Reach      Reach          // "": that of the kind
}

// Sink takes the events of one writing transaction.
type Sink interface {
	Happened(Event)
}

type key struct{}

// Into returns a context whose events go to the sink.
func Into(ctx context.Context, s Sink) context.Context { return context.WithValue(ctx, key{}, s) }

// Record notes that something happened. It is kept and told when the transaction
// commits, or not at all. Recording outside of a writing transaction is an error,
// because nobody would be told.
func Record(ctx context.Context, e Event) error {
	sink, ok := ctx.Value(key{}).(Sink)
	if !ok {
		return errors.New("event: recorded outside of a writing transaction")
	}
	info, known := kinds[e.Kind]
	switch {
	case !known:
		return fmt.Errorf("event: there is no kind %q", e.Kind)
	case e.Object == uuid.Nil || e.ObjectKind == "":
		return fmt.Errorf("event: a %s needs its object", e.Kind)
	case info.Personal && len(e.Persons) == 0:
		return fmt.Errorf("event: a %s needs the persons it is for", e.Kind)
	}
	if e.Reach == "" {
		e.Reach = info.Reach
	}
	if e.Data == nil {
		e.Data = map[string]any{}
	}
	if _, err := json.Marshal(e.Data); err != nil {
		return fmt.Errorf("event: data of %s: %w", e.Kind, err)
	}
	sink.Happened(e)
	return nil
}

// Stored is an event as it was kept.
type Stored struct {
	ID         uuid.UUID
	Tenant     uuid.UUID
	Seq        int64 // within the tenant, from 1 without a gap, in the order of commits
	Kind       Kind
	Reach      Reach
	Unit       uuid.UUID
	Object     uuid.UUID
	ObjectKind string
	Round      uuid.UUID // uuid.Nil: none
	Persons    []uuid.UUID
	Data       json.RawMessage
	At         time.Time // of the act, by the business clock
}

// Text gives a text of the event's data; "" when there is none of that name.
func (e *Stored) Text(name string) string {
	var data map[string]any
	if json.Unmarshal(e.Data, &data) != nil {
		return ""
	}
	text, _ := data[name].(string)
	return text
}
