package postgres

import (
	"context"
	"time"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"leitai/ent/mixin"
	"leitai/internal/issues"
	"leitai/internal/rectify"
)

// detailed narrows issues by what their detail d says; a condition may end with
// one value.
func detailed(condition string, values ...any) func(*entsql.Selector) {
	return func(s *entsql.Selector) {
		s.Where(entsql.P(func(b *entsql.Builder) {
			b.WriteString("EXISTS (SELECT FROM issue_detail d WHERE d.tenant_id = ").Ident(s.C("tenant_id")).
				WriteString(" AND d.issue_id = ").Ident(s.C("id")).WriteString(" AND " + condition)
			for _, v := range values {
				b.Arg(v)
			}
			b.WriteString(")")
		}))
	}
}

// IssueDetails implements issues.Store.
func (tx *Tx) IssueDetails(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]issues.Detail, error) {
	found := map[uuid.UUID]issues.Detail{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var d issues.Detail
		var visit, organisation uuid.NullUUID
		var planned, listed, lifted, due, returned *time.Time
		var holds *bool
		err := s(&id, &d.Problem, &visit, &organisation, &d.Plan, &planned, &listed, &d.ListedReason, &lifted, &due, &returned, &holds, &d.ReturnNote)
		d.Visit, d.Organisation = refOf(visit), refOf(organisation)
		d.PlannedOn, d.ListedOn, d.LiftedOn, d.ReturnDue, d.ReturnedOn = dateOfPtr(planned), dateOfPtr(listed), dateOfPtr(lifted), dateOfPtr(due), dateOfPtr(returned)
		d.ReturnHolds = holds != nil && *holds
		found[id] = d
		return struct{}{}, err
	}, `SELECT issue_id, problem, visit_id, organisation_id, plan, planned_on, listed_on, listed_reason, lifted_on, return_due, returned_on, return_holds, return_note
		FROM issue_detail WHERE tenant_id `+inReach+` AND issue_id = ANY ($1)`, array(ids))
	return found, err
}

// SaveIssueDetail implements issues.Store.
func (tx *Tx) SaveIssueDetail(ctx context.Context, id uuid.UUID, d issues.Detail) error {
	var holds *bool
	if !d.ReturnedOn.IsZero() {
		holds = &d.ReturnHolds
	}
	_, err := tx.exec(ctx, `INSERT INTO issue_detail (id, tenant_id, region, issue_id, problem, visit_id, organisation_id, plan, planned_on, listed_on, listed_reason,
		lifted_on, return_due, returned_on, return_holds, return_note) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)
		ON CONFLICT (tenant_id, issue_id) DO UPDATE SET problem = excluded.problem, visit_id = excluded.visit_id, organisation_id = excluded.organisation_id,
		plan = excluded.plan, planned_on = excluded.planned_on, listed_on = excluded.listed_on, listed_reason = excluded.listed_reason, lifted_on = excluded.lifted_on,
		return_due = excluded.return_due, returned_on = excluded.returned_on, return_holds = excluded.return_holds, return_note = excluded.return_note`,
		mixin.NewID(), tx.Tenant(), tx.region(), id, d.Problem, d.Visit, d.Organisation, d.Plan, timeOfPtr(d.PlannedOn), timeOfPtr(d.ListedOn), d.ListedReason,
		timeOfPtr(d.LiftedOn), timeOfPtr(d.ReturnDue), timeOfPtr(d.ReturnedOn), holds, d.ReturnNote)
	return err
}

// AttachEvidence implements issues.Store; tying a piece twice changes nothing.
func (tx *Tx) AttachEvidence(ctx context.Context, all []issues.Attached) error {
	for _, a := range all {
		if _, err := tx.exec(ctx, `INSERT INTO issue_evidence (id, tenant_id, region, issue_id, evidence_id, phase) VALUES ($1,$2,$3,$4,$5,$6)
			ON CONFLICT (tenant_id, issue_id, evidence_id, phase) DO NOTHING`, mixin.NewID(), tx.Tenant(), tx.region(), a.Issue, a.Evidence, string(a.Phase)); err != nil {
			return err
		}
	}
	return nil
}

// AttachedTo implements issues.Store.
func (tx *Tx) AttachedTo(ctx context.Context, ids []uuid.UUID) ([]issues.Attached, error) {
	return queryAll(ctx, tx, func(s scan) (issues.Attached, error) {
		var a issues.Attached
		err := s(&a.Issue, &a.Evidence, &a.Phase)
		return a, err
	}, `SELECT a.issue_id, a.evidence_id, a.phase FROM issue_evidence a JOIN evidence_item e ON e.tenant_id = a.tenant_id AND e.id = a.evidence_id
		WHERE a.tenant_id `+inReach+` AND a.issue_id = ANY ($1) AND e.withdrawn_at IS NULL ORDER BY a.id`, array(ids))
}

// EvidencePieces implements issues.Store.
func (tx *Tx) EvidencePieces(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]issues.Piece, error) {
	rows, err := queryAll(ctx, tx, func(s scan) (issues.Piece, error) {
		var p issues.Piece
		err := s(&p.ID, &p.Unit, &p.Competition, &p.Trial, &p.Withdrawn)
		return p, err
	}, `SELECT e.id, e.unit_id, e.competition_id, c.trial, e.withdrawn_at IS NOT NULL FROM evidence_item e JOIN competition c ON c.tenant_id = e.tenant_id AND c.id = e.competition_id
		WHERE e.tenant_id = $1 AND e.id = ANY ($2)`, tx.Tenant(), array(ids))
	found := make(map[uuid.UUID]issues.Piece, len(rows))
	for _, p := range rows {
		found[p.ID] = p
	}
	return found, err
}

// CasesOf implements issues.Store.
func (tx *Tx) CasesOf(ctx context.Context, units []uuid.UUID) ([]rectify.Case, error) {
	return queryAll(ctx, tx, func(s scan) (rectify.Case, error) {
		var c rectify.Case
		var opened time.Time
		err := s(&c.ID, &c.Place, &c.Item, &c.Problem, &opened)
		c.Opened = dateOf(opened)
		return c, err
	}, `SELECT i.id::text, i.unit_id::text, i.item_key, coalesce(d.problem, ''), i.opened FROM issue i
		JOIN competition c ON c.tenant_id = i.tenant_id AND c.id = i.competition_id AND NOT c.trial
		LEFT JOIN issue_detail d ON d.tenant_id = i.tenant_id AND d.issue_id = i.id WHERE i.tenant_id `+inReach+` AND i.unit_id = ANY ($1)`, array(units))
}

// VisitPlace implements issues.Store.
func (tx *Tx) VisitPlace(ctx context.Context, id uuid.UUID) (competition, unit uuid.UUID, err error) {
	v, err := tx.VisitByID(ctx, id)
	if err != nil {
		return uuid.Nil, uuid.Nil, err
	}
	return v.Competition, v.Unit, nil
}

// KnownOrganisation implements issues.Store.
func (tx *Tx) KnownOrganisation(ctx context.Context, id uuid.UUID) (bool, error) {
	return queryOne(ctx, tx, value[bool], `SELECT EXISTS (SELECT FROM organisation WHERE tenant_id = $1 AND id = $2 AND valid_to IS NULL)`, tx.Tenant(), id)
}
