package postgres

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/gen/entry"
	"leitai/ent/gen/missingdecision"
	"leitai/ent/gen/reception"
	"leitai/internal/calendar"
	contestround "leitai/internal/round"
	"leitai/internal/template"
)

// rosterUnits lists the units of a level below the tenant's on a day, each with
// the people who held a post there that day, by role and pseudonym.
const rosterUnits = `
WITH RECURSIVE below AS (
  SELECT u.id FROM unit u WHERE u.id = (SELECT t.unit_id FROM tenant t WHERE t.id = $1)
  UNION ALL
  SELECT u.id FROM unit u JOIN below b ON u.parent_id = b.id)
SELECT u.id, coalesce(u.code, u.id::text), u.shown_name, coalesce(l.links, '[]')
FROM below JOIN unit u ON u.id = below.id
LEFT JOIN LATERAL (
  SELECT jsonb_agg(jsonb_build_object('role', x.kind, 'person', x.pseudonym) ORDER BY x.kind, x.pseudonym) links
  FROM (SELECT DISTINCT o.kind, p.pseudonym FROM post o JOIN person p ON p.tenant_id = o.tenant_id AND p.id = o.person_id
    WHERE o.tenant_id = $1 AND o.unit_id = u.id AND o.valid_from <= $3 AND (o.valid_to IS NULL OR o.valid_to > $3)) x) l ON true
WHERE u.level = $2 AND u.valid_from <= $3 AND (u.valid_to IS NULL OR u.valid_to > $3)
ORDER BY u.code NULLS LAST, u.id`

// UnitsOn implements round.Store.
func (tx *Tx) UnitsOn(ctx context.Context, kind template.SubjectKind, date calendar.Date) ([]contestround.RosterUnit, error) {
	return queryAll(ctx, tx, func(s scan) (contestround.RosterUnit, error) {
		var u contestround.RosterUnit
		var links []byte
		if err := s(&u.Unit, &u.Code, &u.Name, &links); err != nil {
			return u, err
		}
		return u, json.Unmarshal(links, &u.Links)
	}, rosterUnits, tx.Tenant(), string(kind), timeOf(date))
}

// RosterOf implements round.Store, by position.
func (tx *Tx) RosterOf(ctx context.Context, id uuid.UUID) ([]*contestround.Entry, error) {
	return queryAll(ctx, tx, func(s scan) (*contestround.Entry, error) {
		e := &contestround.Entry{}
		var links []byte
		if err := s(&e.ID, &e.Round, &e.Unit, &e.Code, &e.Position, &e.Name, &links, &e.Absent, &e.Reason); err != nil {
			return nil, err
		}
		return e, json.Unmarshal(links, &e.Links)
	}, `SELECT e.id, e.round_id, e.unit_id, coalesce(u.code, u.id::text), e.position, e.name, e.links, e.absent, e.reason
		FROM entry e JOIN unit u ON u.id = e.unit_id WHERE e.round_id = $1 AND e.tenant_id = ANY ($2) ORDER BY e.position`, id, array(tx.scope.drafts))
}

// InsertRoster implements round.Store.
func (tx *Tx) InsertRoster(ctx context.Context, entries []*contestround.Entry) error {
	rows := make([]*gen.EntryCreate, len(entries))
	for i, e := range entries {
		links := json.RawMessage("[]")
		if len(e.Links) > 0 {
			var err error
			if links, err = json.Marshal(e.Links); err != nil {
				return err
			}
		}
		rows[i] = tx.Ent().Entry.Create().SetID(e.ID).SetRoundID(e.Round).SetUnitID(e.Unit).SetSubjectID(e.Unit).SetPosition(e.Position).SetName(e.Name).SetLinks(links)
	}
	return tx.Ent().Entry.CreateBulk(rows...).Exec(ctx)
}

// SaveAbsence implements round.Store.
func (tx *Tx) SaveAbsence(ctx context.Context, e *contestround.Entry) error {
	return tx.Ent().Entry.Update().Where(entry.ID(e.ID)).SetAbsent(e.Absent).SetReason(e.Reason).Exec(ctx)
}

// ReceptionsOf implements round.Store, in the order of arrival.
func (tx *Tx) ReceptionsOf(ctx context.Context, id uuid.UUID) ([]*contestround.Reception, error) {
	rows, err := tx.Ent().Reception.Query().Where(reception.RoundID(id)).Order(gen.Asc(reception.FieldReceivedAt, reception.FieldID)).All(ctx)
	all := make([]*contestround.Reception, len(rows))
	for i, row := range rows {
		all[i] = &contestround.Reception{
			ID: row.ID, Round: row.RoundID, Unit: row.UnitID, DeliveredBy: row.DeliveredBy, ReceivedBy: row.ReceivedBy,
			ReceivedAt: row.ReceivedAt, Note: row.Note,
		}
	}
	return all, err
}

// InsertReception implements round.Store.
func (tx *Tx) InsertReception(ctx context.Context, r *contestround.Reception) error {
	return tx.Ent().Reception.Create().SetID(r.ID).SetRoundID(r.Round).SetUnitID(r.Unit).SetSubjectID(r.Unit).SetDeliveredBy(r.DeliveredBy).
		SetReceivedBy(r.ReceivedBy).SetReceivedAt(r.ReceivedAt).SetNote(r.Note).Exec(ctx)
}

// DecisionsOf implements round.Store.
func (tx *Tx) DecisionsOf(ctx context.Context, id uuid.UUID) ([]*contestround.MissingDecision, error) {
	rows, err := tx.Ent().MissingDecision.Query().Where(missingdecision.RoundID(id)).Order(gen.Asc(missingdecision.FieldID)).All(ctx)
	all := make([]*contestround.MissingDecision, len(rows))
	for i, row := range rows {
		all[i] = &contestround.MissingDecision{
			ID: row.ID, Round: row.RoundID, Unit: row.UnitID, Item: row.ItemKey, Channel: row.Channel, Decision: row.Decision,
			Reason: row.Reason, DecidedBy: row.DecidedBy, DecidedAt: row.DecidedAt,
		}
	}
	return all, err
}

// SaveDecision implements round.Store.
func (tx *Tx) SaveDecision(ctx context.Context, d *contestround.MissingDecision) error {
	_, err := tx.exec(ctx, `INSERT INTO missing_decision (id, tenant_id, region, round_id, unit_id, decision, item_key, channel, reason, decided_by, decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (tenant_id, round_id, subject_id, item_key, channel) DO UPDATE
		SET decision = excluded.decision, reason = excluded.reason, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
		d.ID, tx.Tenant(), tx.region(), d.Round, d.Unit, d.Decision, d.Item, d.Channel, d.Reason, d.DecidedBy, d.DecidedAt)
	return err
}

// RemoveDecisions implements round.Store.
func (tx *Tx) RemoveDecisions(ctx context.Context, id, unit uuid.UUID) error {
	_, err := tx.Ent().MissingDecision.Delete().Where(missingdecision.RoundID(id), missingdecision.UnitID(unit)).Exec(ctx)
	return err
}
