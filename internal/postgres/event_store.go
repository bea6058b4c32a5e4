package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/mixin"
	"leitai/internal/event"
)

var _ interface {
	event.Sink
	event.Store
	event.Attic
} = (*Tx)(nil)

// Happened implements event.Sink: the event waits for the commit.
func (tx *Tx) Happened(e event.Event) {
	tx.turn.Lock()
	defer tx.turn.Unlock()
	tx.happened = append(tx.happened, e)
}

// insertEvents keeps the order of the array; the trigger gives each row its seq.
const insertEvents = `
INSERT INTO event (id, tenant_id, region, kind, reach, unit_id, object_kind, object_id, round_id, persons, data, at)
SELECT e.id, $2, $3, e.kind, e.reach, e.unit_id, e.object_kind, e.object_id, e.round_id, e.persons, e.data, $4
FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY a(document, place),
     jsonb_to_record(a.document) e(id uuid, kind text, reach text, unit_id uuid, object_kind text, object_id uuid, round_id uuid, persons uuid[], data jsonb)
ORDER BY a.place`

// eventRow is an event as insertEvents reads it.
type eventRow struct {
	ID         uuid.UUID      `json:"id"`
	Kind       event.Kind     `json:"kind"`
	Reach      event.Reach    `json:"reach"`
	Unit       uuid.UUID      `json:"unit_id"`
	ObjectKind string         `json:"object_kind"`
	Object     uuid.UUID      `json:"object_id"`
	Round      *uuid.UUID     `json:"round_id"`
	Persons    []uuid.UUID    `json:"persons"`
	Data       map[string]any `json:"data"`
}

// appendEvents writes what happened in the transaction. It is the last thing a
// transaction does, so that the tenant's row of event_tip is locked for a moment.
func (tx *Tx) appendEvents(ctx context.Context) error {
	if len(tx.happened) == 0 {
		return nil
	}
	v := tx.scope.viewer
	if v == nil {
		return fmt.Errorf("postgres: %s was recorded outside of a tenant", tx.happened[0].Kind)
	}
	rows := make([]eventRow, len(tx.happened))
	for i, e := range tx.happened {
		rows[i] = eventRow{mixin.NewID(), e.Kind, e.Reach, e.Unit, e.ObjectKind, e.Object, e.Round, append([]uuid.UUID{}, e.Persons...), e.Data}
		if e.Unit == uuid.Nil {
			rows[i].Unit = v.TenantUnit
		}
	}
	document, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, insertEvents, json.RawMessage(document), v.Tenant, v.Region, tx.db.opts.Now())
	return err
}

// EventTips implements event.Store. Of another tenant it is the last event that
// may be seen here.
func (tx *Tx) EventTips(ctx context.Context, tenants []uuid.UUID) (event.Position, error) {
	tips := make(event.Position, len(tenants))
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var tenant uuid.UUID
		var seq int64
		err := s(&tenant, &seq)
		tips[tenant] = seq
		return struct{}{}, err
	}, `SELECT asked.id, greatest(coalesce((SELECT t.seq FROM event_tip t WHERE t.tenant_id = asked.id AND t.tenant_id `+inReach+`), 0),
		coalesce((SELECT max(e.seq) FROM event e WHERE e.tenant_id = asked.id AND e.tenant_id `+inReach+` AND e.reach = 'published'), 0))
		FROM unnest($1::uuid[]) asked(id)`, array(tenants))
	return tips, err
}

const eventColumns = `e.id, e.tenant_id, e.seq, e.kind, e.reach, e.unit_id, e.object_kind, e.object_id, coalesce(e.round_id, '00000000-0000-0000-0000-000000000000'), e.persons, e.data, e.at`

// selectEvent finds in each tenant the first (or last) event after the reader's
// position that is asked for, and of these the earliest (or latest).
const selectEvent = `
SELECT ` + eventColumns + ` FROM unnest($1::uuid[], $2::bigint[]) AS after(tenant_id, seq) CROSS JOIN LATERAL (
  SELECT * FROM event h WHERE h.tenant_id = after.tenant_id AND h.tenant_id ` + inReach + ` AND h.seq > after.seq AND h.kind = ANY ($3)
    AND ($4::uuid IS NULL OR h.object_id = $4) AND ($5::uuid IS NULL OR h.round_id = $5) AND (coalesce(cardinality($6::uuid[]), 0) = 0 OR h.persons && $6)
  ORDER BY h.seq %[1]s LIMIT 1) e
ORDER BY e.at %[1]s, e.id %[1]s LIMIT 1`

var selectNextEvent, selectLastEvent = fmt.Sprintf(selectEvent, "ASC"), fmt.Sprintf(selectEvent, "DESC")

// EventAfter implements event.Store.
func (tx *Tx) EventAfter(ctx context.Context, after event.Position, f event.Filter) (*event.Stored, error) {
	query := selectNextEvent
	if f.Last {
		query = selectLastEvent
	}
	tenants, seqs := after.Columns()
	found, err := queryAll(ctx, tx, readEvent, query, array(tenants), array(seqs), array(f.Kinds), idOrNull(f.Object), idOrNull(f.Round), array(f.Persons))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// SweepEvents implements event.Attic.
func (tx *Tx) SweepEvents(ctx context.Context, before time.Time, most int) (int, error) {
	return queryOne(ctx, tx, value[int], `SELECT events_sweep($1, $2, $3, $4)`, before, array(event.OfPublications()), array(event.OfRound()), most)
}

func readEvent(s scan) (*event.Stored, error) {
	e := &event.Stored{}
	var data []byte
	var at time.Time
	err := s(&e.ID, &e.Tenant, &e.Seq, &e.Kind, &e.Reach, &e.Unit, &e.ObjectKind, &e.Object, &e.Round, pq.Array(&e.Persons), &data, &at)
	e.Data, e.At = data, at.UTC()
	return e, err
}

// idOrNull keeps an id that is not asked for from being looked for.
func idOrNull(id uuid.UUID) any {
	if id == uuid.Nil {
		return nil
	}
	return id
}
