package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
	"leitai/internal/fault"
)

// subjectsKnown finds subjects by id: units at or below the tenant's, persons
// with the place of their latest village post, organisations.
const subjectsKnown = belowTenant + `
SELECT u.id, u.id AS unit_id, coalesce(u.code, u.id::text), u.shown_name FROM unit u JOIN below b ON b.id = u.id WHERE u.id = ANY ($2)
UNION ALL
SELECT p.id, w.unit_id, p.pseudonym, u.shown_name || '（' || p.pseudonym || '）' FROM person p
JOIN LATERAL (SELECT coalesce((SELECT o.unit_id FROM post o JOIN below b ON b.id = o.unit_id JOIN unit v ON v.id = o.unit_id AND v.level IN ('village','group')
  WHERE o.tenant_id = $1 AND o.person_id = p.id ORDER BY o.valid_from DESC, o.id LIMIT 1), (SELECT t.unit_id FROM tenant t WHERE t.id = $1)) unit_id) w ON true
JOIN unit u ON u.id = w.unit_id WHERE p.tenant_id = $1 AND p.id = ANY ($2)
UNION ALL
SELECT o.id, t.unit_id, o.id::text, o.name FROM organisation o JOIN tenant t ON t.id = o.tenant_id WHERE o.tenant_id = $1 AND o.id = ANY ($2)`

// SubjectsIn implements consequences.Store.
func (tx *Tx) SubjectsIn(ctx context.Context, competition uuid.UUID, ids []uuid.UUID) ([]consequences.Known, error) {
	if ids != nil {
		return queryAll(ctx, tx, readKnown, subjectsKnown, tx.Tenant(), array(ids))
	}
	newest, err := missing(queryOne(ctx, tx, value[uuid.UUID], `SELECT r.id FROM round r WHERE r.tenant_id = $1 AND r.competition_id = $2
		AND EXISTS (SELECT FROM entry e WHERE e.tenant_id = r.tenant_id AND e.round_id = r.id) ORDER BY r.held DESC LIMIT 1`, tx.Tenant(), competition))
	if err != nil {
		return nil, err
	}
	if newest != uuid.Nil {
		return queryAll(ctx, tx, readKnown, `SELECT e.subject_id, e.unit_id, CASE WHEN e.code = '' THEN coalesce(u.code, u.id::text) ELSE e.code END, `+
			subjectName("e.subject_id", "e.unit_id")+` FROM entry e JOIN unit u ON u.id = e.unit_id WHERE e.tenant_id = $1 AND e.round_id = $2 ORDER BY e.position`,
			tx.Tenant(), newest)
	}
	doc, err := tx.RulingTemplate(ctx, competition, "9999-12")
	if err != nil {
		return nil, err
	}
	would, err := tx.ContestantsOn(ctx, doc, calendar.FromTime(time.Now(), time.UTC)) // who would stand on a roster at the moment
	known := make([]consequences.Known, len(would))
	for i, c := range would {
		known[i] = consequences.Known{Subject: c.Subject, Unit: c.Unit, Code: c.Code, Name: c.Name}
		if c.Name == "" {
			known[i].Name = c.Place + "（" + c.Code + "）"
		}
	}
	return known, err
}

// SubjectsCalled implements consequences.Store.
func (tx *Tx) SubjectsCalled(ctx context.Context, codes []string) ([]consequences.Known, error) {
	ids, err := queryAll(ctx, tx, value[uuid.UUID], `SELECT u.id FROM unit u WHERE u.code = ANY ($2)
		UNION ALL SELECT p.id FROM person p WHERE p.tenant_id = $1 AND p.pseudonym = ANY ($2)`, tx.Tenant(), array(codes))
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return tx.SubjectsIn(ctx, uuid.Nil, ids)
}

// InsertSubmission implements consequences.Store.
func (tx *Tx) InsertSubmission(ctx context.Context, s *consequences.Submission) error {
	parts, err := json.Marshal(append([]consequences.ReportPart{}, s.Parts...))
	if err != nil {
		return err
	}
	number, err := queryOne(ctx, tx, value[int], `INSERT INTO submission (id, tenant_id, region, competition_id, period, document, unit_id, subject_id, number, handed_on,
		due, handed_by, recorded_by, recorded_at, evidence_id, note, parts, characters)
		SELECT $1,$2,$3,$4,$5,$6,$7,$8, 1 + count(*), $9,$10,$11,$12,$13,$14,$15,$16,$17 FROM submission o
		WHERE o.tenant_id = $2 AND o.competition_id = $4 AND o.period = $5 AND o.document = $6 AND o.subject_id = $8 RETURNING number`,
		s.ID, tx.Tenant(), tx.region(), s.Competition, s.Year, s.Document, s.Unit, s.Subject, timeOf(s.HandedOn), timeOf(s.Due), s.HandedBy, s.RecordedBy,
		s.RecordedAt, s.Evidence, s.Note, string(parts), s.Characters)
	s.Number = number
	return err
}

const selectSubmission = `SELECT s.id, s.competition_id, s.period, s.document, s.unit_id, s.subject_id, s.number, s.handed_on, s.due, s.handed_by, s.recorded_by,
  s.recorded_at, s.evidence_id, s.note, s.parts, s.characters, s.circle, s.published_at FROM submission s `

func readSubmission(s scan) (*consequences.Submission, error) {
	var (
		one            consequences.Submission
		handed, due    time.Time
		handedBy, kept uuid.NullUUID
		parts          []byte
		published      sql.NullTime
	)
	err := s(&one.ID, &one.Competition, &one.Year, &one.Document, &one.Unit, &one.Subject, &one.Number, &handed, &due, &handedBy, &one.RecordedBy,
		&one.RecordedAt, &kept, &one.Note, &parts, &one.Characters, &one.Circle, &published)
	if err != nil {
		return nil, err
	}
	one.HandedOn, one.Due, one.HandedBy, one.Evidence = dateOf(handed), dateOf(due), refOf(handedBy), refOf(kept)
	if published.Valid {
		one.PublishedAt = &published.Time
	}
	return &one, json.Unmarshal(parts, &one.Parts)
}

// SubmissionByID implements consequences.Store.
func (tx *Tx) SubmissionByID(ctx context.Context, id uuid.UUID) (*consequences.Submission, error) {
	s, err := queryOne(ctx, tx, readSubmission, selectSubmission+`WHERE s.tenant_id = $1 AND s.id = $2`, tx.Tenant(), id)
	return s, faultOf(err)
}

// SubmissionsOf implements consequences.Store.
func (tx *Tx) SubmissionsOf(ctx context.Context, competition uuid.UUID, year string) ([]*consequences.Submission, error) {
	return queryAll(ctx, tx, readSubmission, selectSubmission+`WHERE s.tenant_id = $1 AND s.competition_id = $2 AND s.period = $3 ORDER BY s.number, s.id`,
		tx.Tenant(), competition, year)
}

// PublishSubmission implements consequences.Store.
func (tx *Tx) PublishSubmission(ctx context.Context, id uuid.UUID, circle string, by uuid.UUID, at time.Time) error {
	n, err := tx.exec(ctx, `UPDATE submission SET circle = $3, published_by = $4, published_at = $5 WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id, circle, by, at)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound).At("submission")
	}
	return err
}
