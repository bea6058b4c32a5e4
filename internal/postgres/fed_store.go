package postgres

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/consequences"
	"leitai/internal/exact"
)

// InsertFed implements consequences.Store, in one statement whatever their number.
func (tx *Tx) InsertFed(ctx context.Context, all []consequences.Fed) error {
	first := all[0]
	var ids, units, subjects []uuid.UUID
	var into, values, weights []string
	for _, f := range all {
		ids, units, subjects = append(ids, f.ID), append(units, f.Unit), append(subjects, f.Subject)
		into, values, weights = append(into, f.IntoKey), append(values, decimal(f.Value)), append(weights, decimal(f.Weight))
	}
	_, err := tx.exec(ctx, `INSERT INTO feed_value (id, tenant_id, region, from_competition, from_key, into_key, round_id, rollup_id, source_key, period,
		source_revision, unit_id, subject_id, value, weight, fed_at)
		SELECT x.id, $1, $2, $3, $4, x.into_key, $5, $6, $7, $8, $9, x.unit_id, x.subject_id, x.value, x.weight, $10
		FROM unnest($11::uuid[], $12::text[], $13::uuid[], $14::uuid[], $15::numeric[], $16::numeric[]) x (id, into_key, unit_id, subject_id, value, weight)`,
		tx.Tenant(), tx.region(), first.FromCompetition, first.FromKey, first.Round, first.Rollup, first.SourceKey, first.Period, first.Revision, first.At,
		array(ids), array(into), array(units), array(subjects), array(values), array(weights))
	return err
}

// decimal writes a number that a numeric column can take; what does not end is
// kept with ten decimals.
func decimal(n exact.Number) string { return n.Round(10, exact.HalfUp).String() }

// FedInto implements consequences.Store: of every source its newest revision. Of
// a scheme that feeds months and longer periods, too, the longest in the span
// count alone, so that nothing counts twice.
func (tx *Tx) FedInto(ctx context.Context, into, from, first, last string) ([]consequences.Fed, error) {
	fed, err := queryAll(ctx, tx, func(s scan) (consequences.Fed, error) {
		var f consequences.Fed
		var round, rollup uuid.NullUUID
		var value, weight string
		err := s(&f.ID, &f.FromCompetition, &f.FromKey, &f.IntoKey, &round, &rollup, &f.SourceKey, &f.Period, &f.Revision, &f.Unit, &f.Subject, &value, &weight, &f.At)
		if err != nil {
			return f, err
		}
		f.Round, f.Rollup = refOf(round), refOf(rollup)
		if f.Value, err = numberOf(value); err != nil {
			return f, err
		}
		f.Weight, err = numberOf(weight)
		return f, err
	}, `SELECT v.id, v.from_competition, v.from_key, v.into_key, v.round_id, v.rollup_id, v.source_key, v.period, v.source_revision, v.unit_id, v.subject_id,
		  v.value::text, v.weight::text, v.fed_at
		FROM feed_value v WHERE v.tenant_id = $1 AND v.into_key = $2 AND ($3 = '' OR v.from_key = $3)
		  AND left(v.period, 7) >= $4 AND right(v.period, 7) <= $5
		  AND NOT EXISTS (SELECT FROM feed_value n WHERE n.tenant_id = v.tenant_id AND n.from_competition = v.from_competition AND n.source_key = v.source_key
		    AND n.period = v.period AND n.into_key = v.into_key AND n.source_revision > v.source_revision)
		ORDER BY v.period, v.id`, tx.Tenant(), into, from, first, last)
	longest := map[uuid.UUID]int{}
	for _, f := range fed {
		longest[f.FromCompetition] = max(longest[f.FromCompetition], slices.Index(sources, f.SourceKey))
	}
	return slices.DeleteFunc(fed, func(f consequences.Fed) bool { return slices.Index(sources, f.SourceKey) < longest[f.FromCompetition] }), err
}

// sources are what feeds, the shortest first.
var sources = []string{"rounds", "quarter", "half-year", "year", "term"}

// EnteredParts implements consequences.Store.
func (tx *Tx) EnteredParts(ctx context.Context, competition uuid.UUID, span consequences.Span, part string) (map[string]exact.Number, error) {
	out := map[string]exact.Number{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var code, value string
		if err := s(&code, &value); err != nil {
			return struct{}{}, err
		}
		n, err := numberOf(value)
		out[code] = n
		return struct{}{}, err
	}, `SELECT coalesce((SELECT p.pseudonym FROM person p WHERE p.id = x.subject_id), u.code, x.subject_id::text), x.value::text
		FROM rollup_part x LEFT JOIN unit u ON u.id = x.subject_id
		WHERE x.tenant_id = $1 AND x.competition_id = $2 AND x.key = $3 AND x.period = $4 AND x.part = $5`,
		tx.Tenant(), competition, span.Key, span.From+"/"+span.To, part)
	return out, err
}

// SaveParts implements consequences.Store.
func (tx *Tx) SaveParts(ctx context.Context, competition uuid.UUID, span consequences.Span, part string, rows []consequences.PartEntry, known []consequences.Known, by uuid.UUID, at time.Time) error {
	places := map[uuid.UUID]uuid.UUID{}
	for _, k := range known {
		places[k.Subject] = k.Unit
	}
	for _, row := range rows {
		_, err := tx.exec(ctx, `INSERT INTO rollup_part (id, tenant_id, region, competition_id, key, period, part, unit_id, subject_id, value, reason, entered_by, entered_at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)
			ON CONFLICT (tenant_id, competition_id, key, period, part, subject_id) DO UPDATE SET value = excluded.value, reason = excluded.reason,
			  entered_by = excluded.entered_by, entered_at = excluded.entered_at`,
			uuid.Must(uuid.NewV7()), tx.Tenant(), tx.region(), competition, span.Key, span.From+"/"+span.To, part, places[row.Subject], row.Subject,
			row.Value.String(), row.Reason, by, at)
		if err != nil {
			return err
		}
	}
	return nil
}
