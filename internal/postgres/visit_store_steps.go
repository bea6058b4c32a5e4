package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/visits"
)

// SaveStage implements visits.Store.
func (tx *Tx) SaveStage(ctx context.Context, r *visits.StageRecord) error {
	id, err := queryOne(ctx, tx, value[uuid.UUID], `INSERT INTO stage_record (id, tenant_id, region, round_id, unit_id, subject_id, stage, done_on, skipped, note, recorded_by, recorded_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) ON CONFLICT (tenant_id, round_id, subject_id, stage) DO UPDATE SET done_on = excluded.done_on,
		skipped = excluded.skipped, note = excluded.note, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at RETURNING id`,
		r.ID, tx.Tenant(), tx.region(), r.Round, r.Unit, r.Subject, r.Stage, timeOf(r.DoneOn), r.Skipped, r.Note, r.RecordedBy, r.RecordedAt)
	r.ID = id
	return err
}

// StageRecordsOf implements visits.Store.
func (tx *Tx) StageRecordsOf(ctx context.Context, round uuid.UUID) ([]visits.StageRecord, error) {
	return queryAll(ctx, tx, func(s scan) (visits.StageRecord, error) {
		var r visits.StageRecord
		var unit, subject uuid.NullUUID
		var done time.Time
		err := s(&r.ID, &r.Round, &unit, &subject, &r.Stage, &done, &r.Skipped, &r.Note, &r.RecordedBy, &r.RecordedAt)
		r.Unit, r.Subject, r.DoneOn = refOf(unit), refOf(subject), dateOf(done)
		return r, err
	}, `SELECT id, round_id, unit_id, subject_id, stage, done_on, skipped, note, recorded_by, recorded_at FROM stage_record WHERE tenant_id `+inReach+` AND round_id = $1 ORDER BY done_on, id`, round)
}

// SaveComment implements visits.Store.
func (tx *Tx) SaveComment(ctx context.Context, c *visits.Comment) error {
	found, err := queryOne(ctx, tx, func(s scan) (visits.Comment, error) {
		kept := *c
		err := s(&kept.ID, &kept.Revision)
		return kept, err
	}, `INSERT INTO visit_comment (id, tenant_id, region, round_id, unit_id, subject_id, by_id, role, body, commented_on, recorded_by, recorded_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) ON CONFLICT (tenant_id, round_id, subject_id, by_id) DO UPDATE SET body = excluded.body, role = excluded.role,
		commented_on = excluded.commented_on, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at, revision = visit_comment.revision + 1
		RETURNING id, revision`, c.ID, tx.Tenant(), tx.region(), c.Round, c.Unit, c.Subject, c.By, c.Role, c.Text, timeOf(c.On), c.RecordedBy, c.RecordedAt)
	if err == nil {
		*c = found
	}
	return err
}

// VisitComments implements visits.Store.
func (tx *Tx) VisitComments(ctx context.Context, round uuid.UUID) ([]*visits.Comment, error) {
	return queryAll(ctx, tx, func(s scan) (*visits.Comment, error) {
		var c visits.Comment
		var on time.Time
		err := s(&c.ID, &c.Round, &c.Unit, &c.Subject, &c.By, &c.Role, &c.Text, &on, &c.RecordedBy, &c.RecordedAt, &c.Revision)
		c.On = dateOf(on)
		return &c, err
	}, `SELECT id, round_id, unit_id, subject_id, by_id, role, body, commented_on, recorded_by, recorded_at, revision FROM visit_comment
		WHERE tenant_id `+inReach+` AND round_id = $1 ORDER BY commented_on, id`, round)
}

// SaveMeeting implements visits.Store.
func (tx *Tx) SaveMeeting(ctx context.Context, m *visits.Meeting) error {
	found, err := queryOne(ctx, tx, func(s scan) (visits.Meeting, error) {
		kept := *m
		err := s(&kept.ID, &kept.Revision)
		return kept, err
	}, `INSERT INTO review_meeting (id, tenant_id, region, round_id, held_on, place, chair_id, minutes, minutes_number, recorded_by, recorded_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT (tenant_id, round_id) DO UPDATE SET held_on = excluded.held_on, place = excluded.place,
		chair_id = excluded.chair_id, minutes = excluded.minutes, minutes_number = excluded.minutes_number, recorded_by = excluded.recorded_by,
		recorded_at = excluded.recorded_at, revision = review_meeting.revision + 1 RETURNING id, revision`,
		m.ID, tx.Tenant(), tx.region(), m.Round, timeOf(m.HeldOn), m.Place, m.Chair, m.Minutes, m.MinutesNumber, m.RecordedBy, m.RecordedAt)
	if err == nil {
		*m = found
	}
	return err
}

// ReviewMeeting implements visits.Store.
func (tx *Tx) ReviewMeeting(ctx context.Context, round uuid.UUID) (*visits.Meeting, error) {
	m, err := queryOne(ctx, tx, func(s scan) (*visits.Meeting, error) {
		var m visits.Meeting
		var held time.Time
		err := s(&m.ID, &m.Round, &held, &m.Place, &m.Chair, &m.Minutes, &m.MinutesNumber, &m.RecordedBy, &m.RecordedAt, &m.Revision)
		m.HeldOn = dateOf(held)
		return &m, err
	}, `SELECT id, round_id, held_on, place, chair_id, minutes, minutes_number, recorded_by, recorded_at, revision FROM review_meeting WHERE tenant_id `+inReach+` AND round_id = $1`, round)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return m, err
}

// InsertMeasure implements visits.Store.
func (tx *Tx) InsertMeasure(ctx context.Context, m *visits.Measure) error {
	_, err := tx.exec(ctx, `INSERT INTO supervision (id, tenant_id, region, competition_id, round_id, unit_id, kind, basis, happened_on, number, record, points, visit_id, issue_id, entered_by, entered_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12::numeric,$13,$14,$15,$16)`, m.ID, tx.Tenant(), tx.region(), m.Competition, m.Round, m.Unit, string(m.Kind), m.Basis,
		timeOf(m.HappenedOn), m.Number, m.Record, m.Points.String(), m.Visit, m.Issue, m.EnteredBy, m.EnteredAt)
	return err
}

const measureRows = `SELECT m.id, m.competition_id, m.round_id, m.unit_id, m.kind, m.basis, m.happened_on, m.number, m.record, m.points::text, m.visit_id, m.issue_id,
	m.entered_by, m.entered_at, m.withdrawn_by, m.withdrawn_at, m.withdrawn_reason FROM supervision m `

func scanMeasure(s scan) (*visits.Measure, error) {
	var m visits.Measure
	var round, visit, issue, withdrawn uuid.NullUUID
	var happened time.Time
	var points string
	err := s(&m.ID, &m.Competition, &round, &m.Unit, &m.Kind, &m.Basis, &happened, &m.Number, &m.Record, &points, &visit, &issue,
		&m.EnteredBy, &m.EnteredAt, &withdrawn, &m.WithdrawnAt, &m.Reason)
	if err != nil {
		return nil, err
	}
	m.Round, m.Visit, m.Issue, m.WithdrawnBy, m.HappenedOn = refOf(round), refOf(visit), refOf(issue), refOf(withdrawn), dateOf(happened)
	m.Points, err = numberOf(points)
	return &m, err
}

// MeasureByID implements visits.Store; it is one of the own tenant and locked
// when the transaction writes.
func (tx *Tx) MeasureByID(ctx context.Context, id uuid.UUID) (*visits.Measure, error) {
	query := measureRows + `WHERE m.tenant_id ` + inReach + ` AND m.id = $1`
	if tx.writing {
		query += ` AND m.tenant_id = (SELECT app_tenant()) FOR UPDATE`
	}
	m, err := queryOne(ctx, tx, scanMeasure, query, id)
	return m, faultOf(err)
}

// WithdrawMeasure implements visits.Store.
func (tx *Tx) WithdrawMeasure(ctx context.Context, m *visits.Measure) error {
	n, err := tx.exec(ctx, `UPDATE supervision SET withdrawn_by = $3, withdrawn_at = $4, withdrawn_reason = $5 WHERE tenant_id = $1 AND id = $2 AND withdrawn_at IS NULL`,
		tx.Tenant(), m.ID, m.WithdrawnBy, m.WithdrawnAt, m.Reason)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound)
	}
	return err
}

// MeasurePage implements visits.Store, newest first.
func (tx *Tx) MeasurePage(ctx context.Context, f visits.MeasureFilter, w paging.Window) ([]*visits.Measure, error) {
	var unit *uuid.UUID
	if f.UnitCode != "" {
		found, err := tx.VillageByCode(ctx, f.UnitCode)
		if err != nil {
			return nil, err
		}
		unit = &found
	}
	after, before, order, err := idWindow(w)
	if err != nil {
		return nil, err
	}
	return queryAll(ctx, tx, scanMeasure, measureRows+`WHERE m.tenant_id `+inReach+` AND ($1::uuid IS NULL OR m.unit_id = $1) AND ($2::uuid IS NULL OR m.competition_id = $2)
		AND ($3::uuid IS NULL OR m.round_id = $3) AND ($4 = '' OR m.kind = $4) AND ($5 OR m.withdrawn_at IS NULL) AND ($6 OR m.unit_id = ANY ($7))
		AND ($8::uuid IS NULL OR m.id < $8) AND ($9::uuid IS NULL OR m.id > $9) ORDER BY m.id `+order+` LIMIT $10`,
		unit, f.Competition, f.Round, string(f.Kind), f.Withdrawn, f.Units == nil, array(f.Units), after, before, w.Fetch())
}

// IssuePlace implements visits.Store.
func (tx *Tx) IssuePlace(ctx context.Context, id uuid.UUID) (competition, unit uuid.UUID, err error) {
	both, err := queryOne(ctx, tx, func(s scan) ([2]uuid.UUID, error) {
		var both [2]uuid.UUID
		err := s(&both[0], &both[1])
		return both, err
	}, `SELECT competition_id, unit_id FROM issue WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id)
	return both[0], both[1], faultOf(err)
}
