package postgres

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/gen/entry"
	"leitai/ent/gen/missingdecision"
	contestround "leitai/internal/round"
)

// RosterOf implements round.Store, by position.
func (tx *Tx) RosterOf(ctx context.Context, id uuid.UUID) ([]*contestround.Entry, error) {
	return queryAll(ctx, tx, func(s scan) (*contestround.Entry, error) {
		e := &contestround.Entry{}
		var links []byte
		err := s(&e.ID, &e.Round, &e.Subject, &e.Kind, &e.Unit, &e.UnitCode, &e.Place, &e.Code, &e.Position, &e.Name, &e.Track, array(&e.Classes),
			&links, &e.Absent, &e.Reason)
		if err != nil {
			return nil, err
		}
		return e, json.Unmarshal(links, &e.Links)
	}, `SELECT e.id, e.round_id, e.subject_id, e.subject_kind, e.unit_id, coalesce(u.code, u.id::text), u.shown_name,
		CASE WHEN e.code = '' THEN coalesce(u.code, u.id::text) ELSE e.code END, e.position, e.name, e.track, e.classes, e.links, e.absent, e.reason
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
		rows[i] = tx.Ent().Entry.Create().SetID(e.ID).SetRoundID(e.Round).SetUnitID(e.Unit).SetSubjectID(e.Subject).SetSubjectKind(string(e.Kind)).
			SetPosition(e.Position).SetName(e.Name).SetTrack(e.Track).SetClasses(append([]string{}, e.Classes...)).SetLinks(links)
		if !contestround.IsUnit(e.Kind) {
			rows[i].SetCode(e.Code) // a unit goes by its code of the day
		}
	}
	return tx.Ent().Entry.CreateBulk(rows...).Exec(ctx)
}

// SaveAbsence implements round.Store.
func (tx *Tx) SaveAbsence(ctx context.Context, e *contestround.Entry) error {
	return tx.Ent().Entry.Update().Where(entry.ID(e.ID)).SetAbsent(e.Absent).SetReason(e.Reason).Exec(ctx)
}

// ReceptionsOf implements round.Store, in the order of arrival.
func (tx *Tx) ReceptionsOf(ctx context.Context, id uuid.UUID) ([]*contestround.Reception, error) {
	return queryAll(ctx, tx, func(s scan) (*contestround.Reception, error) {
		r := &contestround.Reception{}
		return r, s(&r.ID, &r.Round, &r.Subject, &r.SubjectKind, &r.Unit, &r.DeliveredBy, &r.ReceivedBy, &r.ReceivedAt, &r.Note)
	}, `SELECT r.id, r.round_id, r.subject_id, e.subject_kind, r.unit_id, r.delivered_by, r.received_by, r.received_at, r.note
		FROM reception r JOIN entry e ON e.tenant_id = r.tenant_id AND e.round_id = r.round_id AND e.subject_id = r.subject_id
		WHERE r.round_id = $1 AND r.tenant_id = ANY ($2) ORDER BY r.received_at, r.id`, id, array(tx.scope.drafts))
}

// InsertReception implements round.Store.
func (tx *Tx) InsertReception(ctx context.Context, r *contestround.Reception) error {
	return tx.Ent().Reception.Create().SetID(r.ID).SetRoundID(r.Round).SetUnitID(r.Unit).SetSubjectID(r.Subject).SetDeliveredBy(r.DeliveredBy).
		SetReceivedBy(r.ReceivedBy).SetReceivedAt(r.ReceivedAt).SetNote(r.Note).Exec(ctx)
}

// DecisionsOf implements round.Store.
func (tx *Tx) DecisionsOf(ctx context.Context, id uuid.UUID) ([]*contestround.MissingDecision, error) {
	return queryAll(ctx, tx, func(s scan) (*contestround.MissingDecision, error) {
		d := &contestround.MissingDecision{}
		return d, s(&d.ID, &d.Round, &d.Subject, &d.SubjectKind, &d.Unit, &d.Item, &d.Channel, &d.Decision, &d.Reason, &d.DecidedBy, &d.DecidedAt)
	}, `SELECT d.id, d.round_id, d.subject_id, e.subject_kind, d.unit_id, d.item_key, d.channel, d.decision, d.reason, d.decided_by, d.decided_at
		FROM missing_decision d JOIN entry e ON e.tenant_id = d.tenant_id AND e.round_id = d.round_id AND e.subject_id = d.subject_id
		WHERE d.round_id = $1 AND d.tenant_id = ANY ($2) ORDER BY d.id`, id, array(tx.scope.drafts))
}

// SaveDecision implements round.Store.
func (tx *Tx) SaveDecision(ctx context.Context, d *contestround.MissingDecision) error {
	_, err := tx.exec(ctx, `INSERT INTO missing_decision (id, tenant_id, region, round_id, unit_id, subject_id, decision, item_key, channel, reason, decided_by, decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (tenant_id, round_id, subject_id, item_key, channel) DO UPDATE
		SET decision = excluded.decision, reason = excluded.reason, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
		d.ID, tx.Tenant(), tx.region(), d.Round, d.Unit, d.Subject, d.Decision, d.Item, d.Channel, d.Reason, d.DecidedBy, d.DecidedAt)
	return err
}

// RemoveDecisions implements round.Store.
func (tx *Tx) RemoveDecisions(ctx context.Context, id, subject uuid.UUID) error {
	_, err := tx.Ent().MissingDecision.Delete().Where(missingdecision.RoundID(id), missingdecision.SubjectID(subject)).Exec(ctx)
	return err
}
