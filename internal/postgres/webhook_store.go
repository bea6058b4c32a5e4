package postgres

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/fault"
	"leitai/internal/webhook"
)

var _ interface {
	webhook.Store
	webhook.Queue
} = (*Tx)(nil)

const webhookEndpoints = `SELECT id, name, format, shown, address, secret, previous, previous_until, kinds, disabled, failing_since, owner_id, since, created_at, revision
FROM webhook_endpoint `

func scanWebhook(s scan) (*webhook.Endpoint, error) {
	e := &webhook.Endpoint{}
	err := s(&e.ID, &e.Name, &e.Format, &e.Shown, &e.Address, &e.Secret, &e.Previous, &e.PreviousUntil, pq.Array(&e.Kinds), &e.Disabled, &e.FailingSince,
		&e.Owner, &e.Since, &e.CreatedAt, &e.Revision)
	return e, err
}

// WebhookEndpoints implements webhook.Store.
func (tx *Tx) WebhookEndpoints(ctx context.Context) ([]*webhook.Endpoint, error) {
	return queryAll(ctx, tx, scanWebhook, webhookEndpoints+`WHERE tenant_id = $1 ORDER BY id`, tx.Tenant())
}

// WebhookEndpoint implements webhook.Store.
func (tx *Tx) WebhookEndpoint(ctx context.Context, id uuid.UUID) (*webhook.Endpoint, error) {
	e, err := queryOne(ctx, tx, scanWebhook, webhookEndpoints+`WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id)
	return e, faultOf(err)
}

// InsertWebhook implements webhook.Store. An endpoint is told of what happens
// after it was registered.
func (tx *Tx) InsertWebhook(ctx context.Context, e *webhook.Endpoint) error {
	_, err := tx.exec(ctx, `INSERT INTO webhook_endpoint (id, tenant_id, region, name, format, shown, address, secret, kinds, owner_id, created_at, revision, since)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12, coalesce((SELECT t.seq FROM event_tip t WHERE t.tenant_id = $2), 0))`,
		e.ID, tx.Tenant(), tx.region(), e.Name, e.Format, e.Shown, e.Address, e.Secret, array(e.Kinds), e.Owner, e.CreatedAt, e.Revision)
	return err
}

// UpdateWebhook implements webhook.Store. One that is switched on again is not told
// what happened while it was off.
func (tx *Tx) UpdateWebhook(ctx context.Context, e *webhook.Endpoint) error {
	n, err := tx.exec(ctx, `UPDATE webhook_endpoint SET name = $4, shown = $5, address = $6, secret = $7, previous = $8, previous_until = $9, kinds = $10,
		disabled = $11, failing_since = $12, owner_id = $13, revision = revision + 1,
		since = CASE WHEN disabled <> '' AND $11 = '' THEN greatest(since, (SELECT t.seq FROM event_tip t WHERE t.tenant_id = $1)) ELSE since END WHERE tenant_id = $1 AND id = $2 AND revision = $3`,
		tx.Tenant(), e.ID, e.Revision, e.Name, e.Shown, e.Address, e.Secret, e.Previous, e.PreviousUntil, array(e.Kinds), e.Disabled, e.FailingSince, e.Owner)
	if err != nil {
		return err
	}
	if n == 0 {
		now, err := tx.WebhookEndpoint(ctx, e.ID)
		if err != nil {
			return err
		}
		return fault.New(fault.StaleRevision, "have", strconv.Itoa(now.Revision)).At("revision")
	}
	e.Revision++
	return nil
}

// RemoveWebhook implements webhook.Store.
func (tx *Tx) RemoveWebhook(ctx context.Context, id uuid.UUID) error {
	for _, statement := range []string{
		`DELETE FROM webhook_attempt a USING webhook_delivery d WHERE a.tenant_id = $1 AND d.tenant_id = $1 AND d.id = a.delivery_id AND d.endpoint_id = $2`,
		`DELETE FROM webhook_delivery WHERE tenant_id = $1 AND endpoint_id = $2`,
		`DELETE FROM webhook_endpoint WHERE tenant_id = $1 AND id = $2`,
	} {
		if _, err := tx.exec(ctx, statement, tx.Tenant(), id); err != nil {
			return err
		}
	}
	return nil
}

// WebhookPerson implements webhook.Store.
func (tx *Tx) WebhookPerson(ctx context.Context, user uuid.UUID) (uuid.UUID, error) {
	found, err := queryAll(ctx, tx, value[uuid.UUID], `SELECT id FROM person WHERE tenant_id = $1 AND user_id = $2`, tx.Tenant(), user)
	if err != nil || len(found) == 0 {
		return uuid.Nil, err
	}
	return found[0], nil
}

// WebhookEvents implements webhook.Store.
func (tx *Tx) WebhookEvents(ctx context.Context, most int) ([]webhook.Event, error) {
	return queryAll(ctx, tx, scanWebhookEvent, webhookEvents+`WHERE e.tenant_id = $1 AND e.seq > greatest(
			coalesce((SELECT c.seq FROM event_cursor c WHERE c.tenant_id = $1 AND c.reader = 'webhook'), 0),
			(SELECT min(w.since) FROM webhook_endpoint w WHERE w.tenant_id = $1 AND w.disabled = ''))
		ORDER BY e.seq LIMIT $2`, tx.Tenant(), most)
}

// WebhookEvent implements webhook.Store.
func (tx *Tx) WebhookEvent(ctx context.Context, id uuid.UUID) (*webhook.Event, error) {
	e, err := queryOne(ctx, tx, scanWebhookEvent, webhookEvents+`WHERE e.tenant_id = $1 AND e.id = $2`, tx.Tenant(), id)
	return &e, faultOf(err)
}

const webhookEvents = `SELECT coalesce(u.code, ''), ` + eventColumns + ` FROM event e LEFT JOIN unit u ON u.id = e.unit_id `

func scanWebhookEvent(s scan) (webhook.Event, error) {
	var e webhook.Event
	stored, err := readEvent(func(dest ...any) error { return s(append([]any{&e.UnitCode}, dest...)...) })
	if err == nil {
		e.Stored = *stored
	}
	return e, err
}

// SpreadWebhooks implements webhook.Store. It is the program's own work, which
// the log of deliveries tells, so that it is no entry of the audit.
func (tx *Tx) SpreadWebhooks(ctx context.Context, all []*webhook.Delivery, last int64) error {
	var ids, endpoints, events []uuid.UUID
	var kinds []string
	var sequences []int64
	moment := time.Time{}
	for _, d := range all {
		ids, endpoints, events = append(ids, d.ID), append(endpoints, d.Endpoint), append(events, *d.Event)
		kinds, sequences, moment = append(kinds, d.Kind), append(sequences, d.Sequence), d.CreatedAt
	}
	_, err := queryAll(ctx, tx, none, `SELECT webhook_spread($1, $2, $3, $4, $5, $6, $7)`, array(ids), array(endpoints), array(events), array(kinds), array(sequences), moment, last)
	return err
}

// none reads a row of nothing.
func none(s scan) (struct{}, error) { return struct{}{}, s(new(any)) }

// WebhooksBehind implements webhook.Queue.
func (tx *Tx) WebhooksBehind(ctx context.Context, most int) ([]uuid.UUID, error) {
	return queryAll(ctx, tx, value[uuid.UUID], `SELECT tenant_id FROM webhooks_behind($1)`, most)
}

// ClaimWebhooks implements webhook.Queue.
func (tx *Tx) ClaimWebhooks(ctx context.Context, now, until time.Time, most int) ([]webhook.Claim, error) {
	return queryAll(ctx, tx, func(s scan) (webhook.Claim, error) {
		var c webhook.Claim
		err := s(&c.Tenant, &c.Delivery, &c.OwnerActive)
		return c, err
	}, `SELECT tenant_id, delivery_id, owner_active FROM webhooks_claim($1, $2, $3)`, now, until, most)
}

// CountWebhooks implements webhook.Queue.
func (tx *Tx) CountWebhooks(ctx context.Context, moment time.Time) (waiting, late int64, err error) {
	_, err = queryOne(ctx, tx, func(s scan) (struct{}, error) { return struct{}{}, s(&waiting, &late) }, `SELECT waiting, late FROM webhooks_counts($1)`, moment)
	return waiting, late, err
}

// SweepWebhooks implements webhook.Queue.
func (tx *Tx) SweepWebhooks(ctx context.Context, before time.Time, most int) (int, error) {
	return queryOne(ctx, tx, value[int], `SELECT webhooks_sweep($1, $2)`, before, most)
}
