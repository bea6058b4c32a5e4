package postgres

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"leitai/internal/agenda"
	"leitai/internal/calendar"
)

var _ agenda.Store = (*Tx)(nil)

// RoundsUnderWay implements agenda.Store.
func (tx *Tx) RoundsUnderWay(ctx context.Context, person uuid.UUID, by calendar.Date, most int) ([]agenda.Round, error) {
	return queryAll(ctx, tx, func(s scan) (agenda.Round, error) {
		var r agenda.Round
		var held time.Time
		var until sql.NullTime
		err := s(&r.ID, &r.State, &held, &until, &r.Member)
		r.Held, r.Until = dateOf(held), orNoDate(until)
		return r, err
	}, `SELECT r.id, r.state, r.held, r.objections_until, EXISTS (SELECT FROM panel_member m
		  WHERE m.tenant_id = r.tenant_id AND m.round_id = r.id AND m.person_id = $2 AND NOT m.observer)
		FROM round r WHERE r.tenant_id = $1 AND r.state NOT IN ('published', 'cancelled') AND r.held <= $3
		ORDER BY r.held, r.id LIMIT $4`, tx.Tenant(), person, timeOf(by), most)
}

func orNoDate(t sql.NullTime) calendar.Date {
	if !t.Valid {
		return calendar.Date{}
	}
	return dateOf(t.Time)
}

// WorkWaiting implements agenda.Store. A kind that is not asked for is not
// looked at.
func (tx *Tx) WorkWaiting(ctx context.Context, a agenda.Asked) ([]agenda.Waiting, error) {
	kinds := make([]string, len(a.Kinds))
	for i, k := range a.Kinds {
		kinds[i] = string(k)
	}
	answers, allAnswers := narrowedTo(a, agenda.IssuesAnswer)
	verifies, allVerifies := narrowedTo(a, agenda.IssuesVerify)
	return queryAll(ctx, tx, func(s scan) (agenda.Waiting, error) {
		var w agenda.Waiting
		var kind string
		var round uuid.NullUUID
		var due sql.NullTime
		err := s(&kind, &round, &due, &w.Count)
		w.Kind, w.Round, w.Due = agenda.Kind(kind), round.UUID, orNoDate(due)
		return w, err
	}, workWaiting, tx.Tenant(), a.Person, array(kinds), allAnswers, array(answers), allVerifies, array(verifies))
}

// narrowedTo are the villages a kind is narrowed to; all, when to none.
func narrowedTo(a agenda.Asked, k agenda.Kind) (units []uuid.UUID, all bool) {
	units, narrowed := a.Units[k]
	return orEmpty(units), !narrowed
}

// workWaiting counts by the tables themselves; each part is skipped as a whole
// when its kind is not among $3. Nobody confirms, approves or verifies the own
// work ($2).
const workWaiting = `
SELECT 'marks-to-confirm' kind, m.round_id, r.held due, count(*) FROM mark m JOIN round r ON r.tenant_id = m.tenant_id AND r.id = m.round_id AND r.state = 'open'
WHERE 'marks-to-confirm' = ANY ($3) AND m.tenant_id = $1 AND m.judge_id <> $2 AND m.entered_by <> $2
  AND NOT EXISTS (SELECT FROM mark n WHERE n.tenant_id = m.tenant_id AND n.supersedes = m.id)
  AND NOT EXISTS (SELECT FROM mark_review v WHERE v.tenant_id = m.tenant_id AND v.mark_id = m.id) GROUP BY m.round_id, r.held
UNION ALL
SELECT 'figures-to-confirm', f.round_id, r.held, count(*) FROM figure f JOIN round r ON r.tenant_id = f.tenant_id AND r.id = f.round_id AND r.state IN ('open', 'closed', 'computed')
WHERE 'figures-to-confirm' = ANY ($3) AND f.tenant_id = $1 AND f.entered_by <> $2
  AND NOT EXISTS (SELECT FROM figure n WHERE n.tenant_id = f.tenant_id AND n.supersedes = f.id)
  AND NOT EXISTS (SELECT FROM figure_review v WHERE v.tenant_id = f.tenant_id AND v.figure_id = f.id) GROUP BY f.round_id, r.held
UNION ALL
SELECT 'grades-to-approve', g.round_id, r.held, count(*) FROM grade_decision g
JOIN round r ON r.tenant_id = g.tenant_id AND r.id = g.round_id AND r.state IN ('closed', 'computed')
WHERE 'grades-to-approve' = ANY ($3) AND g.tenant_id = $1 AND g.decided_by <> $2
  AND NOT EXISTS (SELECT FROM grade_decision n WHERE n.tenant_id = g.tenant_id AND n.supersedes = g.id)
  AND NOT EXISTS (SELECT FROM grade_approval v WHERE v.tenant_id = g.tenant_id AND v.decision_id = g.id) GROUP BY g.round_id, r.held
UNION ALL
SELECT 'objections-to-decide', o.round_id, r.objections_until, count(*) FROM objection o JOIN round r ON r.tenant_id = o.tenant_id AND r.id = o.round_id
WHERE 'objections-to-decide' = ANY ($3) AND o.tenant_id = $1 AND o.state = 'filed' AND o.filed_by <> $2 GROUP BY o.round_id, r.objections_until
UNION ALL
SELECT 'outcomes-to-confirm', NULL, min(o.due), count(*) FROM outcome o
WHERE 'outcomes-to-confirm' = ANY ($3) AND o.tenant_id = $1 AND o.state = 'proposed' AND o.action <> 'money' HAVING count(*) > 0
UNION ALL
SELECT 'findings-to-decide', NULL::uuid, NULL::date, count(*) FROM finding f
WHERE 'findings-to-decide' = ANY ($3) AND f.tenant_id = $1 AND f.state = 'proposed' AND f.proposed_by <> $2 HAVING count(*) > 0
UNION ALL
SELECT k.kind, NULL, min(o.due), count(*) FROM outcome o JOIN (VALUES ('money-to-decide', 'proposed'), ('money-to-approve', 'decided'), ('money-to-pay', 'approved')) k (kind, state)
  ON k.state = o.state
WHERE k.kind = ANY ($3) AND o.tenant_id = $1 AND o.action = 'money' AND (o.state <> 'decided' OR o.decided_by <> $2) GROUP BY k.kind
UNION ALL
SELECT 'tasks-to-do', NULL, min(t.due), count(*) FROM task t
WHERE 'tasks-to-do' = ANY ($3) AND t.tenant_id = $1 AND t.state = 'open' AND t.executors @> ARRAY[$2::uuid] HAVING count(*) > 0
UNION ALL
SELECT 'issues-to-answer', NULL, min(i.due), count(*) FROM issue i
WHERE 'issues-to-answer' = ANY ($3) AND i.tenant_id = $1 AND i.state IN ('assigned', 'returned') AND ($4 OR i.unit_id = ANY ($5)) HAVING count(*) > 0
UNION ALL
SELECT 'issues-to-verify', NULL::uuid, NULL::date, count(*) FROM issue i
WHERE 'issues-to-verify' = ANY ($3) AND i.tenant_id = $1 AND i.state = 'answered' AND i.answered_by IS DISTINCT FROM $2 AND ($6 OR i.unit_id = ANY ($7)) HAVING count(*) > 0
ORDER BY 1, 2`
