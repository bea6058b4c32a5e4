package postgres

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/mixin"
	"leitai/internal/evidence"
	"leitai/internal/fault"
	"leitai/internal/paging"
)

// SaveHighlight implements evidence.Store.
func (tx *Tx) SaveHighlight(ctx context.Context, h *evidence.Highlight) error {
	n, err := tx.exec(ctx, `INSERT INTO highlight (id, tenant_id, region, unit_id, competition_id, round_id, trial, item_key, dimension, title, body, shared, entered_by, entered_on)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)
		ON CONFLICT (id) DO UPDATE SET unit_id = excluded.unit_id, competition_id = excluded.competition_id, round_id = excluded.round_id, trial = excluded.trial,
		item_key = excluded.item_key, dimension = excluded.dimension, title = excluded.title, body = excluded.body, shared = excluded.shared,
		revision = highlight.revision + 1 WHERE highlight.revision = $15 AND highlight.tenant_id = $2`,
		h.ID, tx.Tenant(), tx.region(), h.Unit, h.Competition, h.Round, h.Trial, h.Item, h.Dimension, h.Title, h.Body, h.Shared, h.EnteredBy, timeOf(h.EnteredOn), h.Revision)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.StaleRevision, "have", strconv.Itoa(h.Revision+1)).At("revision")
	}
	h.Revision++
	if _, err := tx.exec(ctx, `DELETE FROM highlight_evidence WHERE tenant_id = $1 AND highlight_id = $2`, tx.Tenant(), h.ID); err != nil {
		return err
	}
	for position, id := range h.Evidence {
		if _, err := tx.exec(ctx, `INSERT INTO highlight_evidence (id, tenant_id, region, highlight_id, evidence_id, position) VALUES ($1,$2,$3,$4,$5,$6)
			ON CONFLICT (tenant_id, highlight_id, evidence_id) DO NOTHING`, mixin.NewID(), tx.Tenant(), tx.region(), h.ID, id, position); err != nil {
			return err
		}
	}
	return nil
}

const highlightRows = `SELECT h.id, h.tenant_id, h.unit_id, h.competition_id, h.round_id, h.trial, h.item_key, h.dimension, h.title, h.body, h.shared,
	h.entered_by, h.entered_on, h.revision, ARRAY(SELECT x.evidence_id FROM highlight_evidence x WHERE x.tenant_id = h.tenant_id AND x.highlight_id = h.id ORDER BY x.position)
	FROM highlight h `

func scanHighlight(s scan) (*evidence.Highlight, error) {
	var h evidence.Highlight
	var competition, round uuid.NullUUID
	var entered time.Time
	err := s(&h.ID, &h.Tenant, &h.Unit, &competition, &round, &h.Trial, &h.Item, &h.Dimension, &h.Title, &h.Body, &h.Shared,
		&h.EnteredBy, &entered, &h.Revision, pq.Array(&h.Evidence))
	h.Competition, h.Round, h.EnteredOn = refOf(competition), refOf(round), dateOf(entered)
	return &h, err
}

// HighlightByID implements evidence.Store; it is locked when the transaction
// writes.
func (tx *Tx) HighlightByID(ctx context.Context, id uuid.UUID) (*evidence.Highlight, error) {
	query := highlightRows + `WHERE h.tenant_id ` + inReach + ` AND h.id = $1`
	if tx.writing {
		query += ` AND h.tenant_id = (SELECT app_tenant()) FOR UPDATE OF h`
	}
	h, err := queryOne(ctx, tx, scanHighlight, query, id)
	return h, faultOf(err)
}

// HighlightPage implements evidence.Store.
func (tx *Tx) HighlightPage(ctx context.Context, dimensions []string, units []uuid.UUID, w paging.Window) ([]*evidence.Highlight, error) {
	after, before, order, err := idWindow(w)
	if err != nil {
		return nil, err
	}
	return queryAll(ctx, tx, scanHighlight, highlightRows+`WHERE h.tenant_id = $1 AND ($2 OR h.dimension = ANY ($8)) AND ($3 OR h.unit_id = ANY ($4))
		AND ($5::uuid IS NULL OR h.id < $5) AND ($6::uuid IS NULL OR h.id > $6) ORDER BY h.id `+order+` LIMIT $7`,
		tx.Tenant(), dimensions == nil, units == nil, array(units), after, before, w.Fetch(), array(orEmpty(dimensions)))
}

// SharedHighlights implements evidence.Store.
func (tx *Tx) SharedHighlights(ctx context.Context, dimension string, after *uuid.UUID, most int) ([]*evidence.Highlight, error) {
	return queryAll(ctx, tx, func(s scan) (*evidence.Highlight, error) {
		h := &evidence.Highlight{Shared: true}
		var entered time.Time
		err := s(&h.ID, &h.Tenant, &h.Host, &h.Unit, &h.Dimension, &h.Item, &h.Title, &h.Body, &entered, pq.Array(&h.Files))
		h.EnteredOn = dateOf(entered)
		return h, err
	}, `SELECT id, tenant_id, host, unit_id, dimension, item_key, title, body, entered_on, files FROM shared_highlights($1, $2, $3)`, dimension, after, most)
}

// LibraryRubrics implements evidence.Store.
func (tx *Tx) LibraryRubrics(ctx context.Context, dimension string, most int) ([]evidence.LibraryItem, error) {
	return queryAll(ctx, tx, func(s scan) (evidence.LibraryItem, error) {
		var i evidence.LibraryItem
		var held time.Time
		err := s(&i.Host, &i.Round, &i.Competition, &i.Period, &held, &i.Item, &i.NameZh, &i.NameEn, &i.Dimension, &i.Points, &i.Criteria)
		i.Held = dateOf(held)
		return i, err
	}, `SELECT host, round_id, competition, period, held, item_key, name_zh, name_en, dimension, points, criteria FROM shared_rubrics($1, $2)`, dimension, most)
}
