package postgres

import (
	"context"
	"database/sql/driver"
	"encoding/hex"
	"slices"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/gen"
	"leitai/ent/gen/mark"
	"leitai/internal/paging"
	contestround "leitai/internal/round"
)

// MarkPage implements round.Store.
func (tx *Tx) MarkPage(ctx context.Context, f contestround.MarkFilter, w paging.Window) ([]*contestround.Mark, error) {
	q := tx.Ent().Mark.Query().Where(mark.RoundID(f.Round))
	if f.Items != nil {
		q.Where(mark.ItemKeyIn(f.Items...))
	}
	if f.OnlyBy != nil {
		q.Where(mark.Or(mark.JudgeID(*f.OnlyBy), mark.EnteredBy(*f.OnlyBy)))
	}
	narrow, order, err := keyset(w, keyColumn{mark.FieldEnteredAt, false, timeKey}, keyColumn{mark.FieldID, false, uuidKey})
	if err != nil {
		return nil, err
	}
	ids, err := q.Where(narrow).Order(order).Limit(w.Fetch()).IDs(ctx)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return tx.MarksByID(ctx, ids)
}

// InsertMarks implements round.Store in one statement whatever the number. What
// all marks share is sent once, and what many share once with its place in a
// list: PostgreSQL reads a small number faster than a UUID or a text. A list that
// would be empty throughout is not sent, and what is not in it is null.
//
// Ids that are taken are left to the index to find, which costs less than asking
// it before (ON CONFLICT); the savepoint keeps the transaction for what follows.
func (tx *Tx) InsertMarks(ctx context.Context, all []*contestround.Mark) (taken bool, err error) {
	if len(all) == 0 {
		return false, nil
	}
	rows := newMarkRows(len(all))
	for _, m := range all {
		if err := rows.add(m, all[0]); err != nil {
			return false, err
		}
	}
	if _, err := tx.exec(ctx, `SAVEPOINT marks`); err != nil {
		return false, err
	}
	units, subjects := rows.of()
	_, err = tx.exec(ctx, insertMarks,
		tx.Tenant(), tx.region(), all[0].Round, all[0].EnteredBy, all[0].EnteredAt, array(rows.items.values), array(rows.channels.values),
		units, subjects, uuids(rows.judges.values), rows.ids, rows.items.at, rows.channels.at, rows.places.at, rows.judges.at,
		array(rows.values), array(rows.supersedes), array(rows.reasons), array(rows.details))
	if refused := pq.As(err, uniqueViolation); refused != nil && slices.Contains(markIDs, refused.Constraint) {
		_, err = tx.exec(ctx, `ROLLBACK TO SAVEPOINT marks`)
		return true, err
	}
	if err == nil {
		_, err = tx.exec(ctx, `RELEASE SAVEPOINT marks`)
	}
	return false, err
}

// markIDs are the constraints by which a mark's id is taken.
var markIDs = []string{"mark_pkey", "mark_tenant_id_id_key"}

const insertMarks = `
INSERT INTO mark (id, tenant_id, region, round_id, item_key, channel, unit_id, judge_id, value, entered_by, entered_at, supersedes, reason, subject_id, detail)
SELECT m.id, $1, $2, $3, ($6::text[])[m.item], ($7::text[])[m.channel], ($8::uuid[])[m.place], ($10::uuid[])[m.judge], m.value, $4, $5,
  m.supersedes, coalesce(m.reason, ''), ($9::uuid[])[m.place], m.detail
FROM unnest($11::uuid[], $12::int[], $13::int[], $14::int[], $15::int[], $16::numeric[], $17::uuid[], $18::text[], $19::jsonb[])
  m(id, item, channel, place, judge, value, supersedes, reason, detail)`

// uuids is a list that is sent as an array without asking each id for its text.
type uuids []uuid.UUID

// Value implements driver.Valuer.
func (list uuids) Value() (driver.Value, error) {
	text := make([]byte, 0, 2+33*len(list))
	text = append(text, '{')
	for i := range list {
		if i > 0 {
			text = append(text, ',')
		}
		text = hex.AppendEncode(text, list[i][:])
	}
	return string(append(text, '}')), nil
}

// InsertReviews implements round.Store.
func (tx *Tx) InsertReviews(ctx context.Context, round uuid.UUID, all []*contestround.Mark) error {
	rows := make([]*gen.MarkReviewCreate, len(all))
	for i, m := range all {
		rows[i] = tx.Ent().MarkReview.Create().SetRoundID(round).SetMarkID(m.ID).SetDecision(string(m.State)).SetReason(m.Rejection).
			SetReviewedBy(*m.ReviewedBy).SetReviewedAt(*m.ReviewedAt)
	}
	return tx.Ent().MarkReview.CreateBulk(rows...).Exec(ctx)
}
