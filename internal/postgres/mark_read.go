package postgres

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	contestround "leitai/internal/round"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// marks reads marks alone; what belongs to them (markParts) is read beside them
// and put together here. One statement with joins was quadratic: in the
// transaction of a large import, and in a plan made while a township was small,
// the planner's statistics know nothing of ten thousand new rows.
const marks = `
SELECT id, round_id, item_key, channel, subject_id, unit_id, judge_id, value::text, detail, entered_by, entered_at, supersedes, reason
FROM mark WHERE tenant_id = ANY ($2) AND `

func scanMark(s scan) (*contestround.Mark, error) {
	m := &contestround.Mark{State: contestround.MarkEntered}
	var number string
	var detail []byte
	err := s(&m.ID, &m.Round, &m.Item, &m.Channel, &m.Subject, &m.Unit, &m.Judge, &number, &detail, &m.EnteredBy, &m.EnteredAt, &m.Supersedes, &m.Reason)
	if err != nil {
		return nil, err
	}
	if m.Value, err = numberOf(number); err != nil || detail == nil {
		return m, err
	}
	m.Detail = &scoring.Detail{}
	return m, json.Unmarshal(detail, m.Detail)
}

// MarksOf implements round.Store, in the order of entering.
func (tx *Tx) MarksOf(ctx context.Context, round uuid.UUID, all bool) ([]*contestround.Mark, error) {
	found, err := tx.wholeMarks(ctx, `round_id = $1 ORDER BY entered_at, id`, round)
	if err != nil || all {
		return found, err
	}
	return slices.DeleteFunc(found, func(m *contestround.Mark) bool { return m.SupersededBy != nil }), nil
}

// StandingMarks implements round.Store. A correction is of the same round and
// subject as the mark that it replaces.
func (tx *Tx) StandingMarks(ctx context.Context, round uuid.UUID, subjects []uuid.UUID) ([]*contestround.Mark, error) {
	replaced := map[uuid.UUID]bool{}
	found, err := queryAll(ctx, tx, func(s scan) (*contestround.Mark, error) {
		m := &contestround.Mark{Round: round}
		err := s(&m.ID, &m.Item, &m.Channel, &m.Subject, &m.Judge, &m.Supersedes)
		if m.Supersedes != nil {
			replaced[*m.Supersedes] = true
		}
		return m, err
	}, `SELECT id, item_key, channel, subject_id, judge_id, supersedes FROM mark WHERE tenant_id = ANY ($3) AND round_id = $1 AND subject_id = ANY ($2)`,
		round, uuids(subjects), array(tx.scope.drafts))
	return slices.DeleteFunc(found, func(m *contestround.Mark) bool { return replaced[m.ID] }), err
}

// MarksByID implements round.Store, in the order of the ids.
func (tx *Tx) MarksByID(ctx context.Context, ids []uuid.UUID) ([]*contestround.Mark, error) {
	found, err := tx.wholeMarks(ctx, `id = ANY ($1)`, uuids(ids))
	if err != nil {
		return nil, err
	}
	byID := make(map[uuid.UUID]*contestround.Mark, len(found))
	for _, m := range found {
		byID[m.ID] = m
	}
	ordered := make([]*contestround.Mark, 0, len(found))
	for _, id := range ids {
		if m := byID[id]; m != nil {
			ordered = append(ordered, m)
			delete(byID, id)
		}
	}
	return ordered, nil
}

// wholeMarks reads the marks that one condition on $1 names, with what became of
// them: the correction that supersedes one, and what its second person said.
func (tx *Tx) wholeMarks(ctx context.Context, condition string, argument any) ([]*contestround.Mark, error) {
	found, err := queryAll(ctx, tx, scanMark, marks+condition, argument, array(tx.scope.drafts))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	parts := markParts{tx: tx, of: map[uuid.UUID]*contestround.Mark{}}
	for _, m := range found {
		parts.of[m.ID] = m
		parts.ids = append(parts.ids, m.ID)
	}
	for _, part := range []func(context.Context) error{parts.judges, parts.kinds, parts.reviews, parts.corrections} {
		if err := part(ctx); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// markParts fills marks with what other tables say of them, one statement each.
type markParts struct {
	tx  *Tx
	ids uuids
	of  map[uuid.UUID]*contestround.Mark
}

// distinct gives what every mark says of itself, each value once.
func (p markParts) distinct(of func(*contestround.Mark) uuid.UUID) any {
	seen := map[uuid.UUID]bool{}
	var ids uuids
	for _, m := range p.of {
		if id := of(m); !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

func (p markParts) judges(ctx context.Context) error {
	aliases := map[uuid.UUID]string{}
	_, err := queryAll(ctx, p.tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var alias string
		err := s(&id, &alias)
		aliases[id] = alias
		return struct{}{}, err
	}, `SELECT id, pseudonym FROM person WHERE tenant_id = ANY ($2) AND id = ANY ($1)`,
		p.distinct(func(m *contestround.Mark) uuid.UUID { return m.Judge }), array(p.tx.scope.drafts))
	for _, m := range p.of {
		m.JudgeAlias = aliases[m.Judge]
	}
	return err
}

func (p markParts) kinds(ctx context.Context) error {
	type entered struct{ round, subject uuid.UUID }
	kinds := map[entered]template.SubjectKind{}
	_, err := queryAll(ctx, p.tx, func(s scan) (struct{}, error) {
		var e entered
		var kind template.SubjectKind
		err := s(&e.round, &e.subject, &kind)
		kinds[e] = kind
		return struct{}{}, err
	}, `SELECT round_id, subject_id, subject_kind FROM entry WHERE tenant_id = ANY ($2) AND round_id = ANY ($1)`,
		p.distinct(func(m *contestround.Mark) uuid.UUID { return m.Round }), array(p.tx.scope.drafts))
	for _, m := range p.of {
		m.SubjectKind = kinds[entered{m.Round, m.Subject}]
	}
	return err
}

func (p markParts) reviews(ctx context.Context) error {
	_, err := queryAll(ctx, p.tx, func(s scan) (struct{}, error) {
		var id uuid.UUID
		var decision string
		var review contestround.Mark
		err := s(&id, &decision, &review.Rejection, &review.ReviewedBy, &review.ReviewedAt)
		if m := p.of[id]; err == nil && m != nil {
			m.State, m.Rejection = contestround.MarkState(decision), review.Rejection
			m.ReviewedBy, m.ReviewedAt = review.ReviewedBy, review.ReviewedAt
		}
		return struct{}{}, err
	}, `SELECT mark_id, decision, reason, reviewed_by, reviewed_at FROM mark_review WHERE tenant_id = ANY ($2) AND mark_id = ANY ($1)`,
		p.ids, array(p.tx.scope.drafts))
	return err
}

// corrections comes last: a mark that was confirmed and then corrected is superseded.
func (p markParts) corrections(ctx context.Context) error {
	_, err := queryAll(ctx, p.tx, func(s scan) (struct{}, error) {
		var old, next uuid.UUID
		err := s(&old, &next)
		if m := p.of[old]; err == nil && m != nil {
			m.State, m.SupersededBy = contestround.MarkSuperseded, &next
		}
		return struct{}{}, err
	}, `SELECT supersedes, id FROM mark WHERE tenant_id = ANY ($2) AND supersedes = ANY ($1)`, p.ids, array(p.tx.scope.drafts))
	return err
}
