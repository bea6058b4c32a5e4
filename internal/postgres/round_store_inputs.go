package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	contestround "leitai/internal/round"
)

// What other use cases keep and a round is computed from or waits for. They are
// read here, so that use cases do not import each other.

// BallotScoresOf implements round.Store.
func (tx *Tx) BallotScoresOf(ctx context.Context, round uuid.UUID) ([]contestround.BallotScore, error) {
	return queryAll(ctx, tx, func(s scan) (contestround.BallotScore, error) {
		var b contestround.BallotScore
		var score string
		if err := s(&b.Ballot, &b.Subject, &b.Scored, &score, &b.Due, &b.Present, &b.Issued, &b.Returned, &b.Valid); err != nil || !b.Scored {
			return b, err
		}
		var err error
		b.Score, err = exact.Parse(score)
		return b, err
	}, `SELECT DISTINCT ON (b.ballot_key, b.subject_id) b.ballot_key, b.subject_id, b.scored, b.score, b.due, b.present, b.issued, b.returned, b.valid
		FROM ballot_score b WHERE b.round_id = $1 AND b.tenant_id = ANY ($2) ORDER BY b.ballot_key, b.subject_id, b.id DESC`, round, array(tx.scope.drafts))
}

// VisitedBy implements round.Store.
func (tx *Tx) VisitedBy(ctx context.Context, round uuid.UUID) (map[uuid.UUID]calendar.Date, error) {
	visited := map[uuid.UUID]calendar.Date{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var unit uuid.UUID
		var on time.Time
		err := s(&unit, &on)
		visited[unit] = dateOf(on)
		return struct{}{}, err
	}, `SELECT v.unit_id, min(v.visited_on) FROM visit v WHERE v.round_id = $1 AND v.tenant_id = ANY ($2) AND v.visited_on IS NOT NULL GROUP BY v.unit_id`,
		round, array(tx.scope.drafts))
	return visited, err
}

// PhotosOf implements round.Store. A photograph that was taken over from an
// earlier round counts like a new one (G4).
func (tx *Tx) PhotosOf(ctx context.Context, round uuid.UUID) (map[uuid.UUID]map[string]int, error) {
	photos := map[uuid.UUID]map[string]int{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var subject uuid.UUID
		var item string
		var n int
		if err := s(&subject, &item, &n); err != nil {
			return struct{}{}, err
		}
		if photos[subject] == nil {
			photos[subject] = map[string]int{}
		}
		photos[subject][item] += n
		if item != "" {
			photos[subject][""] += n
		}
		return struct{}{}, nil
	}, `SELECT e.subject_id, e.item_key, count(*) FROM evidence_item e
		WHERE e.round_id = $1 AND e.tenant_id = ANY ($2) AND e.kind = 'photo' AND e.withdrawn_at IS NULL GROUP BY e.subject_id, e.item_key`,
		round, array(tx.scope.drafts))
	return photos, err
}

// StepsTaken implements round.Store.
func (tx *Tx) StepsTaken(ctx context.Context, round uuid.UUID) ([]contestround.StageRecord, error) {
	return queryAll(ctx, tx, func(s scan) (contestround.StageRecord, error) {
		var r contestround.StageRecord
		var subject uuid.NullUUID
		err := s(&r.Stage, &subject, &r.Skipped, &r.Note)
		r.Subject = subject.UUID
		return r, err
	}, `SELECT g.stage, g.subject_id, g.skipped, g.note FROM stage_record g WHERE g.round_id = $1 AND g.tenant_id = ANY ($2) ORDER BY g.stage, g.subject_id`,
		round, array(tx.scope.drafts))
}

// TieFactsOf implements round.Store: days in the village that were stated for the
// months of the round's period (D24), whom an inspection of that time keeps from
// the best grade (D31), and how many serve in a team (Q20).
func (tx *Tx) TieFactsOf(ctx context.Context, r *contestround.Round) ([]contestround.Fact, error) {
	period, err := calendar.ParsePeriod(r.Period)
	if err != nil {
		return nil, err
	}
	return queryAll(ctx, tx, func(s scan) (contestround.Fact, error) {
		var f contestround.Fact
		var value string
		if err := s(&f.Subject, &f.Key, &value); err != nil {
			return f, err
		}
		f.Value, err = numberOf(value)
		return f, err
	}, `SELECT e.subject_id, k.key, k.value FROM entry e
		JOIN posting_facts($3, $4, $5) f ON f.person_id = e.subject_id
		CROSS JOIN LATERAL (VALUES ('daysTotal', f.days_total::text), ('barred', CASE WHEN f.barred THEN '1' END)) k (key, value)
		WHERE e.round_id = $1 AND e.tenant_id = $2 AND e.subject_kind = 'person' AND k.value IS NOT NULL
		UNION ALL
		SELECT e.subject_id, 'persons', count(DISTINCT o.person_id)::text FROM entry e
		JOIN post o ON o.tenant_id = e.tenant_id AND o.unit_id = e.unit_id AND o.kind IN ('first-secretary','team-leader','work-team')
		  AND o.valid_from <= $6 AND (o.valid_to IS NULL OR o.valid_to > $6)
		WHERE e.round_id = $1 AND e.tenant_id = $2 AND e.subject_kind = 'team' GROUP BY e.subject_id`,
		r.ID, r.Tenant, r.Competition, month(period.First()), month(period.Last()), timeOf(r.Held))
}

// month is a date's month as statements name it.
func month(d calendar.Date) string { return d.String()[:len("2006-01")] }
