package postgres

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/fault"
	"leitai/internal/paging"
)

// HoldersOf implements consequences.Store.
func (tx *Tx) HoldersOf(ctx context.Context, kinds []string, unit uuid.UUID, on calendar.Date) ([]uuid.UUID, error) {
	return queryAll(ctx, tx, value[uuid.UUID], `SELECT DISTINCT o.person_id FROM post o
		WHERE o.tenant_id = $1 AND o.kind = ANY ($2) AND o.valid_from <= $4 AND (o.valid_to IS NULL OR o.valid_to > $4)
		  AND (o.unit_id = $3 OR $3 = $5 AND (o.unit_id IS NULL OR o.unit_id = (SELECT t.unit_id FROM tenant t WHERE t.id = $1)))
		ORDER BY o.person_id`, tx.Tenant(), array(kinds), unit, timeOf(on), uuid.Nil)
}

// IsPerson implements consequences.Store.
func (tx *Tx) IsPerson(ctx context.Context, id uuid.UUID) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT EXISTS (SELECT FROM person p WHERE p.tenant_id = $1 AND p.id = $2)`, tx.Tenant(), id)
}

// InsertTask implements consequences.Store.
func (tx *Tx) InsertTask(ctx context.Context, t *consequences.Task) error {
	_, err := tx.exec(ctx, `INSERT INTO task (id, tenant_id, region, competition_id, outcome_id, finding_id, action, unit_id, title, role, executors, due, created_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`, t.ID, tx.Tenant(), tx.region(), t.Competition, t.Outcome, t.Finding, t.Action, t.Unit, t.Title,
		t.Role, array(append([]uuid.UUID{}, t.Executors...)), timeOf(t.Due), t.CreatedAt)
	return err
}

const selectTask = `SELECT t.id, t.competition_id, t.outcome_id, t.finding_id, t.action, t.unit_id, t.title, t.role, t.executors, t.due, t.state, t.record,
  t.created_at, t.done_by, t.done_at, t.revision FROM task t `

func readTask(s scan) (*consequences.Task, error) {
	var (
		t                        consequences.Task
		outcome, finding, doneBy uuid.NullUUID
		due                      time.Time
		doneAt                   sql.NullTime
	)
	err := s(&t.ID, &t.Competition, &outcome, &finding, &t.Action, &t.Unit, &t.Title, &t.Role, pq.Array(&t.Executors), &due, &t.State, &t.Record,
		&t.CreatedAt, &doneBy, &doneAt, &t.LockRevision)
	t.Outcome, t.Finding, t.DoneBy, t.Due = refOf(outcome), refOf(finding), refOf(doneBy), dateOf(due)
	if doneAt.Valid {
		t.DoneAt = &doneAt.Time
	}
	return &t, err
}

// TaskByID implements consequences.Store.
func (tx *Tx) TaskByID(ctx context.Context, id uuid.UUID) (*consequences.Task, error) {
	t, err := queryOne(ctx, tx, readTask, selectTask+`WHERE t.tenant_id = $1 AND t.id = $2`, tx.Tenant(), id)
	return t, faultOf(err)
}

// TaskOfOutcome implements consequences.Store.
func (tx *Tx) TaskOfOutcome(ctx context.Context, outcome uuid.UUID) (*consequences.Task, error) {
	return missing(queryOne(ctx, tx, readTask, selectTask+`WHERE t.tenant_id = $1 AND t.outcome_id = $2`, tx.Tenant(), outcome))
}

// UpdateTask implements consequences.Store.
func (tx *Tx) UpdateTask(ctx context.Context, t *consequences.Task) error {
	n, err := tx.exec(ctx, `UPDATE task SET executors = $4, state = $5, record = $6, done_by = $7, done_at = $8, revision = revision + 1
		WHERE tenant_id = $1 AND id = $2 AND revision = $3`, tx.Tenant(), t.ID, t.LockRevision, array(append([]uuid.UUID{}, t.Executors...)), t.State, t.Record,
		t.DoneBy, t.DoneAt)
	return lockCounted(n, err, &t.LockRevision)
}

// lockCounted turns an update of no row into STALE_REVISION and counts the revision up.
func lockCounted(n int64, err error, revision *int) error {
	if err == nil && n == 0 {
		err = fault.New(fault.StaleRevision, "have", strconv.Itoa(*revision+1)).At("revision")
	}
	if err == nil {
		*revision++
	}
	return err
}

// WithdrawTask implements consequences.Store.
func (tx *Tx) WithdrawTask(ctx context.Context, outcome uuid.UUID) error {
	_, err := tx.exec(ctx, `UPDATE task SET state = 'withdrawn', revision = revision + 1 WHERE tenant_id = $1 AND outcome_id = $2 AND state = 'open'`, tx.Tenant(), outcome)
	return err
}

// TaskPage implements consequences.Store, by due date.
func (tx *Tx) TaskPage(ctx context.Context, f consequences.TaskFilter, w paging.Window) ([]*consequences.Task, error) {
	q := conditions{}
	q.where("t.tenant_id = $?", tx.Tenant())
	if f.State != "" {
		q.where("t.state = $?", f.State)
	}
	if f.Executor != nil {
		q.where("t.executors @> ARRAY[$?::uuid]", *f.Executor)
	}
	if !f.DueBy.IsZero() {
		q.where("t.due < $?", timeOf(f.DueBy))
	}
	if err := q.window(w, "t.due::text", "t.id"); err != nil {
		return nil, err
	}
	return queryAll(ctx, tx, readTask, selectTask+q.text()+q.order(w, "t.due::text", "t.id"), q.args...)
}

const selectFinding = `SELECT f.id, f.competition_id, f.round_id, f.kind, f.unit_id, u.shown_name, f.person_id, f.reason, f.measure, f.basis, f.state, f.proposed_by,
  f.proposed_at, f.decided_by, f.decided_at, f.note, f.revision FROM finding f JOIN unit u ON u.id = f.unit_id `

func readFinding(s scan) (*consequences.Finding, error) {
	var (
		f                      consequences.Finding
		round, person, decider uuid.NullUUID
		decidedAt              sql.NullTime
	)
	err := s(&f.ID, &f.Competition, &round, &f.Kind, &f.Unit, &f.UnitName, &person, &f.Reason, &f.Measure, &f.Basis, &f.State, &f.ProposedBy,
		&f.ProposedAt, &decider, &decidedAt, &f.Note, &f.LockRevision)
	f.Round, f.Person, f.DecidedBy = refOf(round), refOf(person), refOf(decider)
	if decidedAt.Valid {
		f.DecidedAt = &decidedAt.Time
	}
	return &f, err
}

// InsertFinding implements consequences.Store.
func (tx *Tx) InsertFinding(ctx context.Context, f *consequences.Finding) error {
	_, err := tx.exec(ctx, `INSERT INTO finding (id, tenant_id, region, competition_id, round_id, kind, unit_id, person_id, reason, measure, basis, proposed_by, proposed_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`, f.ID, tx.Tenant(), tx.region(), f.Competition, f.Round, f.Kind, f.Unit, f.Person, f.Reason,
		f.Measure, f.Basis, f.ProposedBy, f.ProposedAt)
	return err
}

// FindingByID implements consequences.Store.
func (tx *Tx) FindingByID(ctx context.Context, id uuid.UUID) (*consequences.Finding, error) {
	f, err := queryOne(ctx, tx, readFinding, selectFinding+`WHERE f.tenant_id = $1 AND f.id = $2`, tx.Tenant(), id)
	return f, faultOf(err)
}

// UpdateFinding implements consequences.Store.
func (tx *Tx) UpdateFinding(ctx context.Context, f *consequences.Finding) error {
	n, err := tx.exec(ctx, `UPDATE finding SET state = $4, decided_by = $5, decided_at = $6, note = $7, revision = revision + 1
		WHERE tenant_id = $1 AND id = $2 AND revision = $3`, tx.Tenant(), f.ID, f.LockRevision, f.State, f.DecidedBy, f.DecidedAt, f.Note)
	return lockCounted(n, err, &f.LockRevision)
}

// FindingsOf implements consequences.Store.
func (tx *Tx) FindingsOf(ctx context.Context, competition uuid.UUID) ([]*consequences.Finding, error) {
	return queryAll(ctx, tx, readFinding, selectFinding+`WHERE f.tenant_id = $1 AND f.competition_id = $2 ORDER BY f.proposed_at DESC, f.id LIMIT 1000`,
		tx.Tenant(), competition)
}
