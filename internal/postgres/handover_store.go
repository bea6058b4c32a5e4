package postgres

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"leitai/internal/consequences"
)

// OpenWorkOf implements consequences.Store.
func (tx *Tx) OpenWorkOf(ctx context.Context, person uuid.UUID) ([]consequences.OpenItem, error) {
	return queryAll(ctx, tx, func(s scan) (consequences.OpenItem, error) {
		var w consequences.OpenItem
		var due time.Time
		err := s(&w.Kind, &w.ID, &w.Title, &due)
		w.Due = dateOf(due)
		return w, err
	}, `SELECT 'task', t.id, t.action || ' · ' || t.title, t.due FROM task t WHERE t.tenant_id = $1 AND t.state = 'open' AND t.executors @> ARRAY[$2::uuid]
		UNION ALL
		SELECT 'issue', i.id, i.title, i.due FROM issue i WHERE i.tenant_id = $1 AND i.state <> 'closed' AND i.responsible_id = $2
		ORDER BY 4, 1, 2`, tx.Tenant(), person)
}

// VillagesOf implements consequences.Store.
func (tx *Tx) VillagesOf(ctx context.Context, person uuid.UUID) ([]uuid.UUID, error) {
	return queryAll(ctx, tx, value[uuid.UUID], `SELECT DISTINCT o.unit_id FROM post o JOIN unit u ON u.id = o.unit_id
		WHERE o.tenant_id = $1 AND o.person_id = $2 AND u.level IN ('village','group') AND o.kind IN ('village-secretary','village-clerk','first-secretary','team-leader')
		  AND o.valid_from = (SELECT max(n.valid_from) FROM post n WHERE n.tenant_id = $1 AND n.person_id = $2 AND n.kind = o.kind)
		ORDER BY 1`, tx.Tenant(), person)
}

// ActiveCompetitions implements consequences.Store.
func (tx *Tx) ActiveCompetitions(ctx context.Context) ([]uuid.UUID, error) {
	return queryAll(ctx, tx, value[uuid.UUID], `SELECT c.id FROM competition c WHERE c.tenant_id = $1 AND c.state = 'active' AND NOT c.trial ORDER BY c.id`, tx.Tenant())
}

// HandWork implements consequences.Store in four statements whatever the number
// of items. An executor is replaced where he stood; a successor who executed the
// task already stands once.
func (tx *Tx) HandWork(ctx context.Context, h *consequences.Handover) error {
	var tasks, issues, events []uuid.UUID
	for _, item := range h.Items {
		switch item.Kind {
		case consequences.WorkTask:
			tasks = append(tasks, item.ID)
		case consequences.WorkIssue:
			issues, events = append(issues, item.ID), append(events, uuid.Must(uuid.NewV7()))
		}
	}
	if len(tasks) > 0 {
		if _, err := tx.exec(ctx, `UPDATE task SET executors = array_replace(array_remove(executors, $4), $3, $4), revision = revision + 1
			WHERE tenant_id = $1 AND id = ANY ($2) AND state = 'open'`, tx.Tenant(), array(tasks), h.From, h.To); err != nil {
			return err
		}
	}
	if len(issues) > 0 {
		if _, err := tx.exec(ctx, `UPDATE issue SET responsible_id = $3, revision = revision + 1 WHERE tenant_id = $1 AND id = ANY ($2) AND state <> 'closed'`,
			tx.Tenant(), array(issues), h.To); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `INSERT INTO issue_event (id, tenant_id, region, issue_id, kind, note, happened_on, recorded_by, recorded_at)
			SELECT x.id, $1, $2, x.issue_id, 'handed-over', $5, $6, $7, $8 FROM unnest($3::uuid[], $4::uuid[]) x (id, issue_id)`,
			tx.Tenant(), tx.region(), array(events), array(issues), h.Note, timeOf(h.HandedOn), h.RecordedBy, h.RecordedAt); err != nil {
			return err
		}
	}
	items, err := json.Marshal(h.Items)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO handover (id, tenant_id, region, from_person, to_person, handed_on, items, note, recorded_by, recorded_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, h.ID, tx.Tenant(), tx.region(), h.From, h.To, timeOf(h.HandedOn), string(items), h.Note, h.RecordedBy, h.RecordedAt)
	return err
}

// Handovers implements consequences.Store.
func (tx *Tx) Handovers(ctx context.Context) ([]*consequences.Handover, error) {
	return queryAll(ctx, tx, func(s scan) (*consequences.Handover, error) {
		var h consequences.Handover
		var on time.Time
		var items []byte
		if err := s(&h.ID, &h.From, &h.To, &on, &items, &h.Note, &h.RecordedBy, &h.RecordedAt); err != nil {
			return nil, err
		}
		h.HandedOn = dateOf(on)
		return &h, json.Unmarshal(items, &h.Items)
	}, `SELECT id, from_person, to_person, handed_on, items, note, recorded_by, recorded_at FROM handover WHERE tenant_id = $1 ORDER BY recorded_at DESC, id LIMIT 500`, tx.Tenant())
}
