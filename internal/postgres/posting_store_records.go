package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/posting"
	"leitai/internal/teams"
)

// PostingPage implements teams.Store, newest first. What row-level security
// lets a township see of postings above is in it.
func (tx *Tx) PostingPage(ctx context.Context, f teams.Filter, w paging.Window) ([]*teams.Posting, error) {
	bounds, order := [2]*uuid.UUID{}, "DESC"
	for i, bound := range [][]paging.Value{w.After, w.Before} {
		if bound == nil {
			continue
		}
		id, err := uuid.Parse(bound[0].Text)
		if err != nil {
			return nil, fault.New(fault.InvalidCursor)
		}
		bounds[i] = &id
	}
	if w.Backward {
		order = "ASC"
	}
	of := sql.Null[uuid.UUID]{V: f.Of, Valid: f.Of != uuid.Nil}
	competition := sql.Null[uuid.UUID]{V: f.Competition, Valid: f.Competition != uuid.Nil}
	return queryAll(ctx, tx, scanPosting, `SELECT `+postingColumns+` FROM posting p
		WHERE p.tenant_id `+inReachOrAbove+` AND ($1::uuid IS NULL OR p.competition_id = $1) AND ($2 = '' OR p.stage = $2)
		AND ($3::uuid IS NULL OR p.tenant_id = app_tenant() AND $3 IN (p.person_id, p.liaison_id, p.mentor_id))
		AND ($4::uuid IS NULL OR p.id < $4) AND ($5::uuid IS NULL OR p.id > $5) ORDER BY p.id `+order+` LIMIT $6`,
		competition, string(f.Stage), of, bounds[0], bounds[1], w.Fetch())
}

// InsertPostingCheck implements teams.Store.
func (tx *Tx) InsertPostingCheck(ctx context.Context, c teams.Check) error {
	_, err := tx.exec(ctx, `INSERT INTO posting_check (id, tenant_id, region, posting_id, checked_on, reasons, flags, checked_by, checked_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, c.ID, tx.Tenant(), tx.region(), c.Posting, timeOf(c.On), array(words(c.Reasons)), array(words(c.Flags)), c.By, c.At)
	return err
}

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

func kinds[T ~string](list []string) []T {
	out := make([]T, len(list))
	for i, w := range list {
		out[i] = T(w)
	}
	return out
}

// PostingChecks implements teams.Store.
func (tx *Tx) PostingChecks(ctx context.Context, id uuid.UUID) ([]teams.Check, error) {
	return queryAll(ctx, tx, func(s scan) (teams.Check, error) {
		c := teams.Check{Posting: id}
		var on time.Time
		var reasons, flags []string
		err := s(&c.ID, &on, pq.Array(&reasons), pq.Array(&flags), &c.By, &c.At)
		c.On, c.Reasons, c.Flags = dateOf(on), kinds[posting.Reason](reasons), kinds[posting.Flag](flags)
		return c, err
	}, `SELECT id, checked_on, reasons, flags, checked_by, checked_at FROM posting_check WHERE tenant_id `+inReach+` AND posting_id = $1 ORDER BY checked_at, id`, id)
}

// InsertPostingStep implements teams.Store.
func (tx *Tx) InsertPostingStep(ctx context.Context, p teams.Step) error {
	_, err := tx.exec(ctx, `INSERT INTO posting_step (id, tenant_id, region, posting_id, stage, body, taken_on, record, reason, responsibility, recorded_by,
		recorded_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
		p.ID, tx.Tenant(), tx.region(), p.Posting, string(p.To), p.By, timeOf(p.On), p.Record, p.Reason, p.Responsibility, p.RecordedBy, p.RecordedAt)
	return err
}

// PostingSteps implements teams.Store.
func (tx *Tx) PostingSteps(ctx context.Context, id uuid.UUID) ([]teams.Step, error) {
	return queryAll(ctx, tx, func(s scan) (teams.Step, error) {
		p := teams.Step{Posting: id}
		var stage string
		var on time.Time
		err := s(&p.ID, &stage, &p.By, &on, &p.Record, &p.Reason, &p.Responsibility, &p.RecordedBy, &p.RecordedAt)
		p.To, p.On = posting.Stage(stage), dateOf(on)
		return p, err
	}, `SELECT id, stage, body, taken_on, record, reason, responsibility, recorded_by, recorded_at FROM posting_step WHERE tenant_id `+inReach+` AND posting_id = $1 ORDER BY id`, id)
}

// InsertStatement implements teams.Store.
func (tx *Tx) InsertStatement(ctx context.Context, m teams.Month, p *teams.Posting, by teams.Stated) error {
	_, err := tx.exec(ctx, `INSERT INTO posting_statement (id, tenant_id, region, competition_id, posting_id, unit_id, month, days, excused, reason, stated_by,
		stated_at, supersedes) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		m.ID, tx.Tenant(), tx.region(), p.Competition, p.ID, p.Unit, m.Month.String(), m.Days, m.Excused, by.Reason, by.By, m.StatedAt, by.Supersedes)
	return err
}

// OwnStatement implements teams.Store.
func (tx *Tx) OwnStatement(ctx context.Context, id uuid.UUID, month calendar.Period) (*uuid.UUID, error) {
	found, err := queryOne(ctx, tx, value[uuid.UUID], `SELECT s.id FROM posting_statement s WHERE s.tenant_id = $1 AND s.posting_id = $2 AND s.month = $3
		AND NOT EXISTS (SELECT FROM posting_statement n WHERE n.tenant_id = s.tenant_id AND n.supersedes = s.id)`, tx.Tenant(), id, month.String())
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // not stated yet is no error
	}
	return &found, err
}

// PostingMonths implements teams.Store.
func (tx *Tx) PostingMonths(ctx context.Context, p *teams.Posting) ([]teams.Month, error) {
	return queryAll(ctx, tx, func(s scan) (teams.Month, error) {
		m := teams.Month{Posting: p.ID}
		var month string
		if err := s(&m.ID, &month, &m.Days, &m.Excused, &m.Corrected, &m.StatedAt); err != nil {
			return m, err
		}
		var err error
		m.Month, err = calendar.ParsePeriod(month)
		return m, err
	}, `SELECT id, month, days, excused, corrected, stated_at FROM posting_months($1) WHERE posting_id = $2 ORDER BY month`, p.Competition, p.ID)
}

// InsertLeave implements teams.Store.
func (tx *Tx) InsertLeave(ctx context.Context, l teams.Leave, p *teams.Posting) error {
	_, err := tx.exec(ctx, `INSERT INTO posting_leave (id, tenant_id, region, competition_id, posting_id, unit_id, first_day, last_day, approved_by, approved_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, l.ID, tx.Tenant(), tx.region(), p.Competition, p.ID, p.Unit, timeOf(l.First), timeOf(l.Last), l.ApprovedBy, l.ApprovedAt)
	return err
}

// PostingLeaves implements teams.Store: what tenants in whose area the village
// lies approved, and the one that runs the competition.
func (tx *Tx) PostingLeaves(ctx context.Context, id uuid.UUID) ([]teams.Leave, error) {
	return queryAll(ctx, tx, func(s scan) (teams.Leave, error) {
		l := teams.Leave{Posting: id}
		var first, last time.Time
		err := s(&l.ID, &first, &last, &l.ApprovedBy, &l.ApprovedAt)
		l.First, l.Last = dateOf(first), dateOf(last)
		return l, err
	}, `SELECT l.id, l.first_day, l.last_day, l.approved_by, l.approved_at
		FROM posting p JOIN posting_leave l ON l.posting_id = p.id AND l.competition_id = p.competition_id JOIN tenant t ON t.id = l.tenant_id
		WHERE l.tenant_id `+inReach+` AND p.id = $1 AND (l.tenant_id = p.tenant_id OR EXISTS (
		  WITH RECURSIVE up (id, parent_id) AS (SELECT u.id, u.parent_id FROM unit u WHERE u.id = p.unit_id
		    UNION SELECT u.id, u.parent_id FROM unit u JOIN up ON u.id = up.parent_id)
		  SELECT FROM up WHERE up.id = t.unit_id)) ORDER BY l.first_day, l.id`, id)
}

// InsertPostingFigures implements teams.Store.
func (tx *Tx) InsertPostingFigures(ctx context.Context, f teams.Figures) error {
	figures, err := json.Marshal(f.Values)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO posting_figure (id, tenant_id, region, posting_id, milestone, label, figures, source, entered_by, entered_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`, f.ID, tx.Tenant(), tx.region(), f.Posting, f.Milestone, f.Label, json.RawMessage(figures), f.Source, f.EnteredBy, f.EnteredAt)
	return err
}

// PostingFigures implements teams.Store, oldest first.
func (tx *Tx) PostingFigures(ctx context.Context, id uuid.UUID) ([]teams.Figures, error) {
	return queryAll(ctx, tx, func(s scan) (teams.Figures, error) {
		f := teams.Figures{Posting: id, Values: map[string]exact.Number{}}
		var figures []byte
		if err := s(&f.ID, &f.Milestone, &f.Label, &figures, &f.Source, &f.EnteredBy, &f.EnteredAt); err != nil {
			return f, err
		}
		return f, json.Unmarshal(figures, &f.Values)
	}, `SELECT id, milestone, label, figures, source, entered_by, entered_at FROM posting_figure WHERE tenant_id `+inReach+` AND posting_id = $1 ORDER BY id`, id)
}
