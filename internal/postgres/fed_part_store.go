package postgres

import (
	"context"
	"strings"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	contestround "leitai/internal/round"
	"leitai/internal/template"
)

// FedParts implements round.Store.
func (tx *Tx) FedParts(ctx context.Context, r *contestround.Round, parts []template.Part, key string) ([]contestround.FedPart, error) {
	period, err := calendar.ParsePeriod(r.Period)
	if err != nil {
		return nil, err
	}
	first, last := calendar.PeriodOf(calendar.Month, period.First()).String(), calendar.PeriodOf(calendar.Month, period.Last()).String()
	var all []contestround.FedPart
	for _, part := range parts {
		var of []contestround.FedPart
		source, which, _ := strings.Cut(part.From, ".")
		if source == "rollups" {
			of, err = tx.rollupParts(ctx, r, which, first, last)
		} else {
			of, err = tx.feedParts(ctx, key, which, first, last)
		}
		if err != nil {
			return nil, err
		}
		for i := range of {
			of[i].Part = part.Key
		}
		all = append(all, of...)
	}
	return all, nil
}

// rollupParts are the ranked rows of the competition's newest roll-ups of a key
// that lie in the span.
func (tx *Tx) rollupParts(ctx context.Context, r *contestround.Round, key, first, last string) ([]contestround.FedPart, error) {
	rollups, err := tx.RollupsOf(ctx, r.Competition)
	if err != nil {
		return nil, err
	}
	var all []contestround.FedPart
	for _, one := range rollups {
		from, to, _ := strings.Cut(one.Period, "/")
		if one.Key != key || from < first || to > last {
			continue
		}
		for _, row := range one.Rows {
			if row.Rank > 0 {
				all = append(all, contestround.FedPart{Subject: subjectOr(row.Subject, row.Unit), Unit: row.Unit, Value: row.Value, Weight: exact.Int(1), Source: key + " " + one.Period})
			}
		}
	}
	return all, nil
}

// feedParts are the newest values that schemes feed in the span.
func (tx *Tx) feedParts(ctx context.Context, into, from, first, last string) ([]contestround.FedPart, error) {
	fed, err := tx.FedInto(ctx, into, from, first, last)
	if err != nil {
		return nil, err
	}
	all := make([]contestround.FedPart, len(fed))
	for i, f := range fed {
		all[i] = contestround.FedPart{Subject: f.Subject, Unit: f.Unit, Value: f.Value, Weight: f.Weight, Source: f.FromKey + " " + f.Period}
	}
	return all, nil
}
