package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/teams"
)

// InsertPostingEvent implements teams.Store.
func (tx *Tx) InsertPostingEvent(ctx context.Context, e teams.Event) error {
	_, err := tx.exec(ctx, `INSERT INTO posting_event (id, tenant_id, region, competition_id, posting_id, kind, held_on, note, recorded_by, recorded_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, e.ID, tx.Tenant(), tx.region(), e.Competition, e.Posting, e.Kind, timeOf(e.On), e.Note, e.RecordedBy, e.RecordedAt)
	return err
}

const postingEvents = `SELECT id, competition_id, posting_id, kind, held_on, note, recorded_by, recorded_at, confirmed_by FROM posting_event `

func scanPostingEvent(s scan) (teams.Event, error) {
	var e teams.Event
	var of, confirmed uuid.NullUUID
	var on time.Time
	err := s(&e.ID, &e.Competition, &of, &e.Kind, &on, &e.Note, &e.RecordedBy, &e.RecordedAt, &confirmed)
	e.Posting, e.On, e.ConfirmedBy = refOf(of), dateOf(on), refOf(confirmed)
	return e, err
}

// PostingEventByID implements teams.Store.
func (tx *Tx) PostingEventByID(ctx context.Context, id uuid.UUID) (*teams.Event, error) {
	e, err := queryOne(ctx, tx, scanPostingEvent, postingEvents+`WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id)
	return &e, faultOf(err)
}

// ConfirmPostingEvent implements teams.Store: once only.
func (tx *Tx) ConfirmPostingEvent(ctx context.Context, e *teams.Event) error {
	n, err := tx.exec(ctx, `UPDATE posting_event SET confirmed_by = $3, confirmed_at = now() WHERE tenant_id = $1 AND id = $2 AND confirmed_by IS NULL`,
		tx.Tenant(), e.ID, e.ConfirmedBy)
	if err == nil && n == 0 {
		err = fault.New(fault.PostingConfirmed).At("event")
	}
	return err
}

// PostingEvents implements teams.Store.
func (tx *Tx) PostingEvents(ctx context.Context, p *teams.Posting) ([]teams.Event, error) {
	return queryAll(ctx, tx, scanPostingEvent, postingEvents+`WHERE tenant_id = $1 AND competition_id = $2 AND (posting_id IS NULL OR posting_id = $3)
		ORDER BY held_on, id`, tx.Tenant(), p.Competition, p.ID)
}

// InsertInspection implements teams.Store.
func (tx *Tx) InsertInspection(ctx context.Context, i teams.Inspection) error {
	_, err := tx.exec(ctx, `INSERT INTO posting_inspection (id, tenant_id, region, posting_id, label, held_on, conduct, service, discipline, results, bars,
		record, reason, recorded_by, recorded_at, supersedes) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)`,
		i.ID, tx.Tenant(), tx.region(), i.Posting, i.Label, timeOf(i.On), i.Conduct, i.Service, i.Discipline, i.Results, i.Bars,
		i.Record, i.Reason, i.RecordedBy, i.RecordedAt, i.Supersedes)
	return err
}

// PostingInspections implements teams.Store.
func (tx *Tx) PostingInspections(ctx context.Context, id uuid.UUID) ([]teams.Inspection, error) {
	return queryAll(ctx, tx, func(s scan) (teams.Inspection, error) {
		i := teams.Inspection{Posting: id}
		var on time.Time
		var before uuid.NullUUID
		err := s(&i.ID, &i.Label, &on, &i.Conduct, &i.Service, &i.Discipline, &i.Results, &i.Bars, &i.Record, &i.Reason, &i.RecordedBy, &i.RecordedAt, &before)
		i.On, i.Supersedes = dateOf(on), refOf(before)
		return i, err
	}, `SELECT id, label, held_on, conduct, service, discipline, results, bars, record, reason, recorded_by, recorded_at, supersedes
		FROM posting_inspection i WHERE tenant_id `+inReach+` AND posting_id = $1
		AND NOT EXISTS (SELECT FROM posting_inspection n WHERE n.tenant_id = i.tenant_id AND n.supersedes = i.id) ORDER BY held_on, id`, id)
}

// InsertSupport implements teams.Store.
func (tx *Tx) InsertSupport(ctx context.Context, p teams.Support) error {
	_, err := tx.exec(ctx, `INSERT INTO posting_support (id, tenant_id, region, posting_id, period, allowance, insurance, recorded_by, recorded_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, p.ID, tx.Tenant(), tx.region(), p.Posting, p.Period.String(), p.Allowance, p.Insurance, p.RecordedBy, p.RecordedAt)
	return err
}

// PostingSupports implements teams.Store.
func (tx *Tx) PostingSupports(ctx context.Context, id uuid.UUID) ([]teams.Support, error) {
	return queryAll(ctx, tx, func(s scan) (teams.Support, error) {
		p := teams.Support{Posting: id}
		var period string
		if err := s(&p.ID, &period, &p.Allowance, &p.Insurance, &p.RecordedBy, &p.RecordedAt); err != nil {
			return p, err
		}
		var err error
		p.Period, err = calendar.ParsePeriod(period)
		return p, err
	}, `SELECT DISTINCT ON (period) id, period, allowance, insurance, recorded_by, recorded_at FROM posting_support
		WHERE tenant_id `+inReach+` AND posting_id = $1 ORDER BY period, id DESC`, id)
}
