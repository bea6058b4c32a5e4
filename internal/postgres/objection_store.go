package postgres

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/fault"
	contestround "leitai/internal/round"
)

const objectionColumns = `o.id, o.round_id, o.number, o.unit_id, o.subject_id, e.subject_kind, e.name, o.item_key, o.channel, o.reason, o.evidence, o.state, o.filed_by,
	o.filed_at, o.decided_by, o.members, o.decided_at, o.decision, o.corrections, o.applied_by, o.applied_at, o.revision
	FROM objection o JOIN entry e ON e.tenant_id = o.tenant_id AND e.round_id = o.round_id AND e.subject_id = o.subject_id`

func scanObjection(s scan) (*contestround.Objection, error) {
	var o contestround.Objection
	var corrections []byte
	err := s(&o.ID, &o.Round, &o.Number, &o.Unit, &o.Subject, &o.SubjectKind, &o.SubjectName, &o.Item, &o.Channel, &o.Reason, pq.Array(&o.Evidence), &o.State, &o.FiledBy,
		&o.FiledAt, &o.DecidedBy, pq.Array(&o.Members), &o.DecidedAt, &o.Decision, &corrections, &o.AppliedBy, &o.AppliedAt, &o.Revision)
	if err != nil {
		return nil, err
	}
	return &o, json.Unmarshal(corrections, &o.Corrections)
}

// InsertObjection implements round.Store.
func (tx *Tx) InsertObjection(ctx context.Context, o *contestround.Objection) error {
	_, err := tx.exec(ctx, `INSERT INTO objection (id, tenant_id, region, round_id, unit_id, subject_id, number, item_key, channel, reason, evidence, state, filed_by, filed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		o.ID, tx.Tenant(), tx.region(), o.Round, o.Unit, o.Subject, o.Number, o.Item, o.Channel, o.Reason, array(orEmpty(o.Evidence)), o.State, o.FiledBy, o.FiledAt)
	return faultOf(err)
}

// ObjectionByID implements round.Store; the row is locked when the transaction
// writes.
func (tx *Tx) ObjectionByID(ctx context.Context, id uuid.UUID) (*contestround.Objection, error) {
	query := `SELECT ` + objectionColumns + ` WHERE o.tenant_id = $1 AND o.id = $2`
	if tx.writing {
		query += ` FOR UPDATE OF o`
	}
	o, err := queryOne(ctx, tx, scanObjection, query, tx.Tenant(), id)
	return o, faultOf(err)
}

// ObjectionsOf implements round.Store.
func (tx *Tx) ObjectionsOf(ctx context.Context, round uuid.UUID) ([]*contestround.Objection, error) {
	return queryAll(ctx, tx, scanObjection, `SELECT `+objectionColumns+` WHERE o.tenant_id `+inReach+` AND o.round_id = $1 ORDER BY o.number`, round)
}

// UpdateObjection implements round.Store.
func (tx *Tx) UpdateObjection(ctx context.Context, o *contestround.Objection) error {
	corrections := []byte(`[]`)
	if len(o.Corrections) > 0 {
		var err error
		if corrections, err = json.Marshal(o.Corrections); err != nil {
			return err
		}
	}
	n, err := tx.exec(ctx, `UPDATE objection SET state = $3, decided_by = $4, members = $5, decided_at = $6, decision = $7, corrections = $8, applied_by = $9,
		applied_at = $10, revision = revision + 1 WHERE tenant_id = $1 AND id = $2 AND revision = $11`,
		tx.Tenant(), o.ID, o.State, o.DecidedBy, array(orEmpty(o.Members)), o.DecidedAt, o.Decision, string(corrections), o.AppliedBy, o.AppliedAt, o.Revision)
	if err != nil {
		return faultOf(err)
	}
	if n == 0 {
		return fault.New(fault.StaleRevision, "have", strconv.Itoa(o.Revision+1)).At("revision")
	}
	o.Revision++
	return nil
}

// EvidenceOf implements round.Store.
func (tx *Tx) EvidenceOf(ctx context.Context, unit uuid.UUID, pieces []uuid.UUID) (bool, error) {
	if len(pieces) == 0 {
		return true, nil
	}
	return queryOne(ctx, tx, value[bool], `SELECT NOT EXISTS (SELECT FROM unnest($1::uuid[]) wanted(id) WHERE NOT EXISTS (
		SELECT FROM evidence_item e WHERE e.tenant_id = $2 AND e.id = wanted.id AND e.unit_id = $3))`, array(pieces), tx.Tenant(), unit)
}
