package postgres

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/visits"
)

var _ visits.Store = (*Tx)(nil)

// ObservedRound implements visits.Store. Before a round opens its contestants
// are the villages of its tenant.
func (tx *Tx) ObservedRound(ctx context.Context, id uuid.UUID) (*visits.Round, error) {
	var canonical string
	var place uuid.UUID
	r, err := queryOne(ctx, tx, func(s scan) (*visits.Round, error) {
		var r visits.Round
		var held time.Time
		err := s(&r.ID, &r.Competition, &r.Trial, &r.State, &r.Period, &held, &canonical, &place)
		r.Held = dateOf(held)
		return &r, err
	}, `SELECT r.id, r.competition_id, r.trial, r.state, r.period, r.held, coalesce(v.canonical, ''), t.unit_id
		FROM round r JOIN tenant t ON t.id = r.tenant_id LEFT JOIN template_version v ON v.id = r.template_version_id
		WHERE r.id = $1 AND (r.tenant_id = $2 OR NOT $3 AND r.tenant_id = ANY ($4))`, id, tx.Tenant(), tx.writing, array(tx.scope.drafts))
	if err != nil {
		return nil, faultOf(err)
	}
	doc, err := template.Read([]byte(canonical))
	if err != nil {
		return nil, err
	}
	r.Stages = doc.Stages
	read := func(s scan) (visits.Subject, error) {
		var one visits.Subject
		err := s(&one.Unit, &one.Subject, &one.Name)
		return one, err
	}
	r.Subjects, err = queryAll(ctx, tx, read, `SELECT unit_id, subject_id, name FROM entry WHERE tenant_id `+inReach+` AND round_id = $1 AND NOT absent ORDER BY position`, id)
	if err == nil && len(r.Subjects) == 0 {
		r.Subjects, err = queryAll(ctx, tx, read, `SELECT id, id AS unit_id, shown_name FROM unit WHERE parent_id = $1 AND level = 'village' AND valid_to IS NULL ORDER BY code`, place)
	}
	return r, err
}

// ObservedCompetition implements visits.Store.
func (tx *Tx) ObservedCompetition(ctx context.Context, id uuid.UUID) (bool, error) {
	trial, err := queryOne(ctx, tx, value[bool], `SELECT trial FROM competition WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id)
	return trial, faultOf(err)
}

const visitRows = `SELECT v.id, v.competition_id, v.round_id, v.trial, v.unit_id, v.position, v.planned_on, v.visited_on, v.unannounced, v.lead_id, v.note, v.revision FROM visit v `

func scanVisit(s scan) (*visits.Visit, error) {
	var v visits.Visit
	var round, lead uuid.NullUUID
	var planned time.Time
	var visited *time.Time
	err := s(&v.ID, &v.Competition, &round, &v.Trial, &v.Unit, &v.Position, &planned, &visited, &v.Unannounced, &lead, &v.Note, &v.Revision)
	v.Round, v.Lead, v.PlannedOn, v.VisitedOn = refOf(round), refOf(lead), dateOf(planned), dateOfPtr(visited)
	return &v, err
}

// RouteStops implements visits.Store.
func (tx *Tx) RouteStops(ctx context.Context, round uuid.UUID) ([]*visits.Visit, error) {
	return queryAll(ctx, tx, scanVisit, visitRows+`WHERE v.tenant_id `+inReach+` AND v.round_id = $1 ORDER BY v.unannounced, v.position, v.planned_on, v.id`, round)
}

// ReplaceRoute implements visits.Store.
func (tx *Tx) ReplaceRoute(ctx context.Context, round uuid.UUID, stops []*visits.Visit) error {
	kept := make([]uuid.UUID, len(stops))
	for n, v := range stops {
		kept[n] = v.ID
	}
	if _, err := tx.exec(ctx, `DELETE FROM visit WHERE tenant_id = $1 AND round_id = $2 AND NOT unannounced AND visited_on IS NULL AND id <> ALL ($3)`,
		tx.Tenant(), round, array(kept)); err != nil {
		return err
	}
	for _, v := range stops {
		if v.Revision > 0 {
			if err := tx.UpdateVisit(ctx, v); err != nil {
				return err
			}
			continue
		}
		v.Revision = 1
		if err := tx.InsertVisit(ctx, v); err != nil {
			return err
		}
	}
	return nil
}

// InsertVisit implements visits.Store.
func (tx *Tx) InsertVisit(ctx context.Context, v *visits.Visit) error {
	_, err := tx.exec(ctx, `INSERT INTO visit (id, tenant_id, region, competition_id, round_id, trial, unit_id, position, planned_on, visited_on, unannounced, lead_id, note)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`, v.ID, tx.Tenant(), tx.region(), v.Competition, v.Round, v.Trial, v.Unit, v.Position,
		timeOf(v.PlannedOn), timeOfPtr(v.VisitedOn), v.Unannounced, v.Lead, v.Note)
	return err
}

// VisitByID implements visits.Store; it is one of the own tenant and locked when
// the transaction writes.
func (tx *Tx) VisitByID(ctx context.Context, id uuid.UUID) (*visits.Visit, error) {
	query := visitRows + `WHERE v.id = $1 AND v.tenant_id = ANY ($2)`
	readable := tx.scope.drafts
	if tx.writing {
		query += ` FOR UPDATE`
		readable = []uuid.UUID{tx.Tenant()}
	}
	v, err := queryOne(ctx, tx, scanVisit, query, id, array(readable))
	return v, faultOf(err)
}

// UpdateVisit implements visits.Store.
func (tx *Tx) UpdateVisit(ctx context.Context, v *visits.Visit) error {
	n, err := tx.exec(ctx, `UPDATE visit SET position = $3, planned_on = $4, visited_on = $5, lead_id = $6, note = $7, revision = revision + 1
		WHERE tenant_id = $1 AND id = $2 AND revision = $8`, tx.Tenant(), v.ID, v.Position, timeOf(v.PlannedOn), timeOfPtr(v.VisitedOn), v.Lead, v.Note, v.Revision)
	if err == nil && n == 0 {
		return fault.New(fault.StaleRevision, "have", strconv.Itoa(v.Revision+1)).At("revision")
	}
	v.Revision++
	return err
}

// DueAt implements visits.Store.
func (tx *Tx) DueAt(ctx context.Context, posts []string, day calendar.Date) ([]visits.Due, error) {
	return queryAll(ctx, tx, func(s scan) (visits.Due, error) {
		var d visits.Due
		err := s(&d.Person, &d.Role)
		return d, err
	}, `SELECT person_id, kind FROM (SELECT DISTINCT ON (person_id) person_id, kind, array_position($2, kind) place FROM post WHERE tenant_id = $1 AND kind = ANY ($2)
		AND valid_from <= $3 AND (valid_to IS NULL OR valid_to > $3) ORDER BY person_id, array_position($2, kind)) p ORDER BY place, person_id`,
		tx.Tenant(), array(posts), timeOf(day))
}

// PostOn implements visits.Store: of several posts the one held longest.
func (tx *Tx) PostOn(ctx context.Context, person uuid.UUID, day calendar.Date) (string, error) {
	return queryOne(ctx, tx, value[string], `SELECT coalesce((SELECT kind FROM post WHERE tenant_id = $1 AND person_id = $2 AND valid_from <= $3
		AND (valid_to IS NULL OR valid_to > $3) ORDER BY valid_from, id LIMIT 1), '')`, tx.Tenant(), person, timeOf(day))
}

// SaveAttendance implements visits.Store.
func (tx *Tx) SaveAttendance(ctx context.Context, lines []visits.Attendance) error {
	for _, l := range lines {
		if _, err := tx.exec(ctx, `INSERT INTO attendance (id, tenant_id, region, round_id, visit_id, stage, person_id, role, status, note, recorded_by, recorded_at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) ON CONFLICT (tenant_id, round_id, visit_id, stage, person_id) DO UPDATE SET role = excluded.role,
			status = excluded.status, note = excluded.note, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`,
			mixin.NewID(), tx.Tenant(), tx.region(), l.Round, l.Visit, l.Stage, l.Person, l.Role, string(l.Status), l.Note, l.RecordedBy, l.RecordedAt); err != nil {
			return err
		}
	}
	return nil
}

// AttendanceAt implements visits.Store.
func (tx *Tx) AttendanceAt(ctx context.Context, round, visit *uuid.UUID, stage string) ([]visits.Attendance, error) {
	return queryAll(ctx, tx, func(s scan) (visits.Attendance, error) {
		var a visits.Attendance
		var round, visit uuid.NullUUID
		err := s(&a.ID, &round, &visit, &a.Stage, &a.Person, &a.Role, &a.Status, &a.Note, &a.RecordedBy, &a.RecordedAt)
		a.Round, a.Visit = refOf(round), refOf(visit)
		return a, err
	}, `SELECT id, round_id, visit_id, stage, person_id, role, status, note, recorded_by, recorded_at FROM attendance
		WHERE tenant_id `+inReach+` AND ($1::uuid IS NULL OR round_id = $1) AND visit_id IS NOT DISTINCT FROM $2 AND stage = $3 ORDER BY recorded_at, id`, round, visit, stage)
}

// InspectionsBetween implements visits.Store.
func (tx *Tx) InspectionsBetween(ctx context.Context, from, to calendar.Date) ([]visits.Inspection, error) {
	return queryAll(ctx, tx, func(s scan) (visits.Inspection, error) {
		var i visits.Inspection
		var round, visit, unit uuid.NullUUID
		var on time.Time
		var subject sql.NullString
		err := s(&i.Tenant, &i.Host, &i.HostKind, &i.Competition, &i.CompetitionName, &round, &visit, &unit, &on, &i.State, &subject, &i.Hidden)
		i.Round, i.Visit, i.Unit, i.On, i.Subject = refOf(round), refOf(visit), refOf(unit), dateOf(on), subject.String
		return i, err
	}, `WITH looks AS (
		SELECT r.tenant_id, r.competition_id, r.id round_id, NULL::uuid visit_id, NULL::uuid unit_id, r.held AS day, r.state,
			(SELECT v.canonical::jsonb->>'subject' FROM template_version v WHERE v.id = r.template_version_id AND v.state = 'active') subject, false hidden
		FROM round r WHERE r.tenant_id `+inReach+` AND NOT r.trial AND r.state <> 'cancelled' AND r.held BETWEEN $1 AND $2
		UNION ALL
		SELECT v.tenant_id, v.competition_id, v.round_id, v.id, v.unit_id, coalesce(v.visited_on, v.planned_on),
			CASE WHEN v.visited_on IS NULL THEN 'planned' ELSE 'visited' END, 'village', v.unannounced AND v.visited_on IS NULL
		FROM visit v WHERE v.tenant_id `+inReach+` AND NOT v.trial AND coalesce(v.visited_on, v.planned_on) BETWEEN $1 AND $2)
		SELECT l.tenant_id, t.name, t.kind, l.competition_id, c.name, l.round_id, l.visit_id, l.unit_id, l.day, l.state, l.subject, l.hidden
		FROM looks l JOIN tenant t ON t.id = l.tenant_id JOIN competition c ON c.tenant_id = l.tenant_id AND c.id = l.competition_id
		ORDER BY l.day, t.name, c.name, l.visit_id NULLS FIRST LIMIT 20000`, timeOf(from), timeOf(to))
}
