package postgres

import (
	"context"
	"encoding/json"
	"time"

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

// storedDecimals is how finely the points of a mark are stored: exactly, for one
// given in points; what a finding comes to may be a fraction, which is worked out
// anew from the finding wherever it counts.
const storedDecimals = 6

// InsertMarks implements round.Store in one statement whatever the number.
func (tx *Tx) InsertMarks(ctx context.Context, all []*contestround.Mark) (int, error) {
	var ids, rounds, units, subjects, judges, by []uuid.UUID
	var details []*string
	var items, channels, values, reasons []string
	var at []time.Time
	var supersedes []uuid.NullUUID
	for _, m := range all {
		ids, rounds, units, judges = append(ids, m.ID), append(rounds, m.Round), append(units, m.Unit), append(judges, m.Judge)
		by, at = append(by, m.EnteredBy), append(at, m.EnteredAt)
		items, channels, values = append(items, m.Item), append(channels, m.Channel), append(values, m.Value.Round(storedDecimals, exact.HalfUp).String())
		reasons = append(reasons, m.Reason)
		detail, err := detailOf(m)
		if err != nil {
			return 0, err
		}
		subjects, details = append(subjects, m.Subject), append(details, detail)
		var old uuid.NullUUID
		if m.Supersedes != nil {
			old = uuid.NullUUID{UUID: *m.Supersedes, Valid: true}
		}
		supersedes = append(supersedes, old)
	}
	n, err := tx.exec(ctx, `INSERT INTO mark (id, tenant_id, region, round_id, item_key, channel, unit_id, judge_id, value, entered_by, entered_at, supersedes, reason, subject_id, detail)
		SELECT u.id, $14, $15, u.round, u.item, u.channel, u.unit, u.judge, u.value, u.by, u.at, u.supersedes, u.reason, u.subject, u.detail
		FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::numeric[], $8::uuid[], $9::timestamptz[], $10::uuid[], $11::text[],
		  $12::uuid[], $13::jsonb[])
		  u(id, round, item, channel, unit, judge, value, by, at, supersedes, reason, subject, detail)
		ON CONFLICT (id) DO NOTHING`,
		array(ids), array(rounds), array(items), array(channels), array(units), array(judges), array(values), array(by), array(at),
		array(supersedes), array(reasons), array(subjects), array(details), tx.Tenant(), tx.region())
	return int(n), err
}

// detailOf is what a mark says beside its value, as it is stored; nil for none.
func detailOf(m *contestround.Mark) (*string, error) {
	if m.Detail == nil {
		return nil, nil
	}
	document, err := json.Marshal(m.Detail)
	text := string(document)
	return &text, err
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
