package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/paging"
	"leitai/internal/webhook"
)

const webhookDeliveries = `SELECT id, endpoint_id, event_id, kind, sequence, state, attempts, due_at, created_at, settled_at FROM webhook_delivery `

func scanWebhookDelivery(s scan) (*webhook.Delivery, error) {
	d := &webhook.Delivery{}
	var happened uuid.NullUUID
	err := s(&d.ID, &d.Endpoint, &happened, &d.Kind, &d.Sequence, &d.State, &d.Attempts, &d.Due, &d.CreatedAt, &d.SettledAt)
	d.Event = refOf(happened)
	return d, err
}

// WebhookDelivery implements webhook.Store.
func (tx *Tx) WebhookDelivery(ctx context.Context, id uuid.UUID) (*webhook.Delivery, error) {
	d, err := queryOne(ctx, tx, scanWebhookDelivery, webhookDeliveries+`WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id)
	return d, faultOf(err)
}

// WebhookDeliveryPage implements webhook.Store.
func (tx *Tx) WebhookDeliveryPage(ctx context.Context, endpoint uuid.UUID, w paging.Window) ([]*webhook.Delivery, error) {
	after, before, order, err := idWindow(w)
	if err != nil {
		return nil, err
	}
	return queryAll(ctx, tx, scanWebhookDelivery, webhookDeliveries+`WHERE tenant_id = $1 AND endpoint_id = $2
		AND ($3::uuid IS NULL OR id < $3) AND ($4::uuid IS NULL OR id > $4) ORDER BY id `+order+` LIMIT $5`, tx.Tenant(), endpoint, after, before, w.Fetch())
}

// WebhookAttempts implements webhook.Store.
func (tx *Tx) WebhookAttempts(ctx context.Context, deliveries []uuid.UUID) ([]webhook.Attempt, error) {
	return queryAll(ctx, tx, func(s scan) (webhook.Attempt, error) {
		var a webhook.Attempt
		err := s(&a.ID, &a.Delivery, &a.At, &a.Status, &a.Millis, &a.Answer, &a.Error)
		return a, err
	}, `SELECT id, delivery_id, at, status, millis, answer, error FROM webhook_attempt WHERE tenant_id = $1 AND delivery_id = ANY ($2) ORDER BY id`,
		tx.Tenant(), array(deliveries))
}

// InsertWebhookDelivery implements webhook.Store.
func (tx *Tx) InsertWebhookDelivery(ctx context.Context, d *webhook.Delivery) error {
	_, err := tx.exec(ctx, `INSERT INTO webhook_delivery (id, tenant_id, region, endpoint_id, event_id, kind, sequence, state, attempts, due_at, created_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`, d.ID, tx.Tenant(), tx.region(), d.Endpoint, d.Event, d.Kind, d.Sequence, d.State, d.Attempts, d.Due, d.CreatedAt)
	return err
}

// AgainWebhookDelivery implements webhook.Store.
func (tx *Tx) AgainWebhookDelivery(ctx context.Context, id uuid.UUID, at time.Time) error {
	_, err := tx.exec(ctx, `UPDATE webhook_delivery SET state = 'waiting', attempts = 0, due_at = $3, settled_at = NULL, held_until = NULL
		WHERE tenant_id = $1 AND id = $2 AND state <> 'waiting'`, tx.Tenant(), id, at)
	return err
}

// NoteWebhook implements webhook.Store. It is the program's own work, which the
// log of attempts tells, so that it is no entry of the audit.
func (tx *Tx) NoteWebhook(ctx context.Context, d *webhook.Delivery, a *webhook.Attempt, e *webhook.Endpoint) error {
	if a == nil {
		a = &webhook.Attempt{}
	}
	_, err := queryAll(ctx, tx, none, `SELECT webhook_note($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`,
		d.ID, d.State, d.Attempts, d.Due, d.SettledAt, idOrNull(a.ID), a.At, a.Status, a.Millis, a.Answer, a.Error,
		e.ID, e.FailingSince, e.Disabled, e.Address, e.Secret, e.Previous)
	return err
}
