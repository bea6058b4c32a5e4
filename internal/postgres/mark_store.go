package postgres

import (
	"context"
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"errors"

	"github.com/google/uuid"

	"leitai/ent/gen"
	"leitai/ent/gen/mark"
	"leitai/internal/exact"
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
// all marks share is sent once; a list that would be empty throughout is not
// sent, and what is not in it is null.
func (tx *Tx) InsertMarks(ctx context.Context, all []*contestround.Mark) (int, error) {
	if len(all) == 0 {
		return 0, nil
	}
	var rows markRows
	for _, m := range all {
		if err := rows.add(m, all[0]); err != nil {
			return 0, err
		}
	}
	n, err := tx.exec(ctx, `INSERT INTO mark (id, tenant_id, region, round_id, item_key, channel, unit_id, judge_id, value, entered_by, entered_at, supersedes, reason, subject_id, detail)
		SELECT u.id, $1, $2, $3, u.item, u.channel, u.unit, u.judge, u.value, $4, $5, u.supersedes, coalesce(u.reason, ''), u.subject, u.detail
		FROM unnest($6::uuid[], $7::text[], $8::text[], $9::uuid[], $10::uuid[], $11::uuid[], $12::numeric[], $13::uuid[], $14::text[], $15::jsonb[])
		  u(id, item, channel, unit, subject, judge, value, supersedes, reason, detail)
		ON CONFLICT (id) DO NOTHING`,
		tx.Tenant(), tx.region(), all[0].Round, all[0].EnteredBy, all[0].EnteredAt, rows.ids, array(rows.items), array(rows.channels),
		rows.units, rows.subjects, rows.judges, array(rows.values), array(rows.supersedes), array(rows.reasons), array(rows.details))
	return int(n), err
}

// markRows are marks column by column.
type markRows struct {
	ids, units, subjects, judges uuids
	items, channels, values      []string

	// Of corrections and findings; empty where no mark has any.
	supersedes []uuid.NullUUID
	reasons    []string
	details    []*string
}

var errMixedMarks = errors.New("postgres: marks of several rounds, persons or moments at once")

// add appends a mark, which is of the same round, person and moment as the first.
func (r *markRows) add(m, first *contestround.Mark) error {
	if m.Round != first.Round || m.EnteredBy != first.EnteredBy || !m.EnteredAt.Equal(first.EnteredAt) {
		return errMixedMarks
	}
	n := len(r.ids)
	r.ids, r.units, r.subjects, r.judges = append(r.ids, m.ID), append(r.units, m.Unit), append(r.subjects, m.Subject), append(r.judges, m.Judge)
	r.items, r.channels, r.values = append(r.items, m.Item), append(r.channels, m.Channel), append(r.values, m.Value.Round(contestround.StoredDecimals, exact.HalfUp).String())
	if m.Supersedes != nil {
		r.supersedes = append(append(r.supersedes, make([]uuid.NullUUID, n-len(r.supersedes))...), uuid.NullUUID{UUID: *m.Supersedes, Valid: true})
		r.reasons = append(append(r.reasons, make([]string, n-len(r.reasons))...), m.Reason)
	}
	if m.Detail == nil {
		return nil
	}
	document, err := json.Marshal(m.Detail)
	text := string(document)
	r.details = append(append(r.details, make([]*string, n-len(r.details))...), &text)
	return err
}

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
