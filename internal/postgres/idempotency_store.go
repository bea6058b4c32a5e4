package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/idempotency"
)

var _ idempotency.Store = (*Tx)(nil)

// Keys are written by statements that begin with WITH: a claim is no act and
// leaves no trace in the audit; what is done under it does.

// sweptAtOnce bounds what one claim removes.
const sweptAtOnce = 100

const sweepKeys = `WITH gone AS (DELETE FROM idempotency_key WHERE tenant_id = $1 AND id = ANY (ARRAY(
	SELECT id FROM idempotency_key WHERE tenant_id = $1 AND expires_at <= $2 ORDER BY expires_at LIMIT $3)) RETURNING 1)
SELECT count(*) FROM gone`

const claimKey = `WITH claimed AS (
	INSERT INTO idempotency_key AS k (id, tenant_id, region, user_id, credential, key, request, attempt, claimed_at, leased_until, expires_at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
	ON CONFLICT (tenant_id, user_id, credential, key) DO UPDATE
	SET request = EXCLUDED.request, attempt = EXCLUDED.attempt, claimed_at = EXCLUDED.claimed_at, leased_until = EXCLUDED.leased_until,
	    expires_at = EXCLUDED.expires_at, carried_out = false, answer = NULL
	WHERE k.expires_at <= EXCLUDED.claimed_at
	   OR k.answer IS NULL AND NOT k.carried_out AND k.leased_until <= EXCLUDED.claimed_at AND k.request = EXCLUDED.request
	RETURNING 1)
SELECT count(*) FROM claimed`

const earlierKey = `SELECT request, carried_out, answer, answer IS NULL AND leased_until > $5 FROM idempotency_key
WHERE tenant_id = $1 AND user_id = $2 AND credential = $3 AND key = $4`

// ClaimKey implements idempotency.Store.
func (tx *Tx) ClaimKey(ctx context.Context, a idempotency.Attempt, leased, expires time.Time) (*idempotency.Earlier, error) {
	if _, err := queryOne(ctx, tx, value[int], sweepKeys, tx.Tenant(), a.At, sweptAtOnce); err != nil {
		return nil, err
	}
	claimed, err := queryOne(ctx, tx, value[int], claimKey, uuid.Must(uuid.NewV7()), tx.Tenant(), tx.region(), a.User, a.Credential, a.Key, a.Request[:],
		a.ID, a.At, leased, expires)
	if err != nil || claimed == 1 {
		return nil, err
	}
	return queryOne(ctx, tx, func(s scan) (*idempotency.Earlier, error) {
		var e idempotency.Earlier
		var request []byte
		err := s(&request, &e.CarriedOut, &e.Answer, &e.UnderWay)
		copy(e.Request[:], request)
		return &e, err
	}, earlierKey, tx.Tenant(), a.User, a.Credential, a.Key, a.At)
}

// KeepAnswer implements idempotency.Store.
func (tx *Tx) KeepAnswer(ctx context.Context, a idempotency.Attempt, answer []byte) error {
	_, err := queryOne(ctx, tx, value[int], `WITH kept AS (UPDATE idempotency_key SET answer = $3 WHERE tenant_id = $1 AND attempt = $2 RETURNING 1)
		SELECT count(*) FROM kept`, tx.Tenant(), a.ID, answer)
	return err
}

const releaseKey = `WITH gone AS (DELETE FROM idempotency_key WHERE tenant_id = $1 AND attempt = $2 AND NOT carried_out AND answer IS NULL RETURNING 1),
	ended AS (UPDATE idempotency_key SET leased_until = claimed_at WHERE tenant_id = $1 AND attempt = $2 AND carried_out RETURNING 1)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM ended)`

// ReleaseKey implements idempotency.Store.
func (tx *Tx) ReleaseKey(ctx context.Context, a idempotency.Attempt) error {
	_, err := queryOne(ctx, tx, value[int], releaseKey, tx.Tenant(), a.ID)
	return err
}

const carriedOut = `WITH done AS (UPDATE idempotency_key SET carried_out = true WHERE tenant_id = $1 AND attempt = $2 RETURNING 1) SELECT count(*) FROM done`

// markAttempt marks the key of the attempt that a transaction works for, when it
// changed something, in the same commit. An attempt that lost its key to a later
// one changes nothing any more.
func (tx *Tx) markAttempt(ctx context.Context) error {
	a := idempotency.From(ctx)
	if a == nil || tx.Tenant() != a.Tenant || !tx.acts() {
		return nil
	}
	held, err := queryOne(ctx, tx, value[int], carriedOut, a.Tenant, a.ID)
	if err == nil && held == 0 {
		err = fault.New(fault.IdempotencyBusy)
	}
	return err
}

// acts says whether the transaction changed rows or recorded an act.
func (tx *Tx) acts() bool {
	tx.turn.Lock()
	defer tx.turn.Unlock()
	return tx.changed || len(tx.pending) > 0
}
