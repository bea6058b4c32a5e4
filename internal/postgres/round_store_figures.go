package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"

	contestround "leitai/internal/round"
)

// FiguresOf implements round.Store.
func (tx *Tx) FiguresOf(ctx context.Context, round uuid.UUID) ([]*contestround.Figure, error) {
	return queryAll(ctx, tx, func(s scan) (*contestround.Figure, error) {
		f := &contestround.Figure{State: contestround.MarkEntered}
		var value, decision, rejection *string
		err := s(&f.ID, &f.Round, &f.Kind, &f.Key, &f.Subject, &f.SubjectKind, &f.Unit, &f.Sitter, &value, &f.Source, &f.Reason, &f.EnteredBy, &f.EnteredAt,
			&f.Supersedes, &decision, &rejection, &f.ReviewedBy, &f.ReviewedAt)
		if err != nil {
			return nil, err
		}
		if decision != nil {
			f.State, f.Rejection = contestround.MarkState(*decision), *rejection
		}
		f.Value, err = numberOfPtr(value)
		return f, err
	}, `SELECT f.id, f.round_id, f.kind, f.key, f.subject_id, e.subject_kind, f.unit_id, f.sitter_id, f.value::text, f.source, f.reason, f.entered_by, f.entered_at,
		  f.supersedes, v.decision, v.reason, v.reviewed_by, v.reviewed_at
		FROM figure f JOIN entry e ON e.tenant_id = f.tenant_id AND e.round_id = f.round_id AND e.subject_id = f.subject_id
		LEFT JOIN figure_review v ON v.tenant_id = f.tenant_id AND v.figure_id = f.id
		WHERE f.round_id = $1 AND f.tenant_id = ANY ($2)
		  AND NOT EXISTS (SELECT FROM figure n WHERE n.tenant_id = f.tenant_id AND n.supersedes = f.id)
		ORDER BY f.entered_at, f.id`, round, array(tx.scope.drafts))
}

// InsertFigures implements round.Store in one statement whatever the number.
func (tx *Tx) InsertFigures(ctx context.Context, all []*contestround.Figure) error {
	var ids, rounds, units, subjects, by []uuid.UUID
	var kinds, keys, sources, reasons []string
	var sitters, supersedes []uuid.NullUUID
	var values []*string
	var at []time.Time
	for _, f := range all {
		ids, rounds, units, subjects = append(ids, f.ID), append(rounds, f.Round), append(units, f.Unit), append(subjects, f.Subject)
		kinds, keys, sources, reasons = append(kinds, string(f.Kind)), append(keys, f.Key), append(sources, f.Source), append(reasons, f.Reason)
		by, at = append(by, f.EnteredBy), append(at, f.EnteredAt)
		sitters, supersedes = append(sitters, nullable(f.Sitter)), append(supersedes, nullable(f.Supersedes))
		var value *string
		if f.Value != nil {
			text := f.Value.String()
			value = &text
		}
		values = append(values, value)
	}
	_, err := tx.exec(ctx, `INSERT INTO figure (id, tenant_id, region, round_id, kind, key, unit_id, subject_id, sitter_id, value, source, reason, entered_by,
		  entered_at, supersedes)
		SELECT u.id, $14, $15, u.round, u.kind, u.key, u.unit, u.subject, u.sitter, u.value, u.source, u.reason, u.by, u.at, u.supersedes
		FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::numeric[], $9::text[], $10::text[],
		  $11::uuid[], $12::timestamptz[], $13::uuid[])
		  u(id, round, kind, key, unit, subject, sitter, value, source, reason, by, at, supersedes)`,
		array(ids), array(rounds), array(kinds), array(keys), array(units), array(subjects), array(sitters), array(values), array(sources),
		array(reasons), array(by), array(at), array(supersedes), tx.Tenant(), tx.region())
	return err
}

// InsertFigureReviews implements round.Store.
func (tx *Tx) InsertFigureReviews(ctx context.Context, all []*contestround.Figure) error {
	var ids, figures, by []uuid.UUID
	var decisions, reasons []string
	var at []time.Time
	for _, f := range all {
		ids, figures, by = append(ids, uuid.Must(uuid.NewV7())), append(figures, f.ID), append(by, *f.ReviewedBy)
		decisions, reasons, at = append(decisions, string(f.State)), append(reasons, f.Rejection), append(at, *f.ReviewedAt)
	}
	_, err := tx.exec(ctx, `INSERT INTO figure_review (id, tenant_id, region, figure_id, decision, reason, reviewed_by, reviewed_at)
		SELECT u.id, $7, $8, u.figure, u.decision, u.reason, u.by, u.at
		FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::timestamptz[]) u(id, figure, decision, reason, by, at)`,
		array(ids), array(figures), array(decisions), array(reasons), array(by), array(at), tx.Tenant(), tx.region())
	return err
}

// GradeDecisionsOf implements round.Store.
func (tx *Tx) GradeDecisionsOf(ctx context.Context, round uuid.UUID) ([]*contestround.GradeDecision, error) {
	return queryAll(ctx, tx, func(s scan) (*contestround.GradeDecision, error) {
		g := &contestround.GradeDecision{}
		return g, s(&g.ID, &g.Round, &g.Scale, &g.Subject, &g.SubjectKind, &g.Unit, &g.Grade, &g.Reason, &g.DecidedBy, &g.DecidedAt, &g.Supersedes, &g.ApprovedBy)
	}, `SELECT g.id, g.round_id, g.scale, g.subject_id, e.subject_kind, g.unit_id, g.grade, g.reason, g.decided_by, g.decided_at, g.supersedes, a.approved_by
		FROM grade_decision g JOIN entry e ON e.tenant_id = g.tenant_id AND e.round_id = g.round_id AND e.subject_id = g.subject_id
		LEFT JOIN grade_approval a ON a.tenant_id = g.tenant_id AND a.decision_id = g.id
		WHERE g.round_id = $1 AND g.tenant_id = ANY ($2)
		  AND NOT EXISTS (SELECT FROM grade_decision n WHERE n.tenant_id = g.tenant_id AND n.supersedes = g.id)
		ORDER BY g.decided_at, g.id`, round, array(tx.scope.drafts))
}

// InsertGradeDecision implements round.Store.
func (tx *Tx) InsertGradeDecision(ctx context.Context, g *contestround.GradeDecision) error {
	_, err := tx.exec(ctx, `INSERT INTO grade_decision (id, tenant_id, region, round_id, scale, unit_id, subject_id, grade, reason, decided_by, decided_at, supersedes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		g.ID, tx.Tenant(), tx.region(), g.Round, g.Scale, g.Unit, g.Subject, g.Grade, g.Reason, g.DecidedBy, g.DecidedAt, nullable(g.Supersedes))
	return err
}

// InsertGradeApproval implements round.Store.
func (tx *Tx) InsertGradeApproval(ctx context.Context, g *contestround.GradeDecision, at time.Time) error {
	_, err := tx.exec(ctx, `INSERT INTO grade_approval (id, tenant_id, region, decision_id, approved_by, approved_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		uuid.Must(uuid.NewV7()), tx.Tenant(), tx.region(), g.ID, *g.ApprovedBy, at)
	return err
}
