package round

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/template"
)

// Supervised is the metric that nobody enters: the points which the measures of
// supervision of the round's period cost a place (B20), 0 where there was none.
// A template lets them count by naming it in a formula.
const Supervised = "supervisionPoints"

// supervised adds what supervision cost every contestant's place, where a
// formula asks for it.
func (d *desk) supervised(ctx context.Context, st Store, in *contest.Input) error {
	asked := slices.ContainsFunc(d.items, func(i template.Item) bool {
		metrics, _ := template.Formula(i.Rule.Formula)
		return i.Kind == template.KindMetric && slices.Contains(metrics, Supervised)
	})
	if !asked {
		return nil
	}
	costs, err := st.SupervisedIn(ctx, d.round)
	if err != nil {
		return err
	}
	for _, e := range d.roster {
		if !e.Absent {
			in.Metrics = append(in.Metrics, contest.Metric{Subject: e.Code, Key: Supervised, Value: costs[e.Unit]})
		}
	}
	return nil
}

// KeptSupervision are the measures of supervision as a round looks at them.
type KeptSupervision interface {
	// SupervisedIn sums the points, 0 or below, of the measures of the round's
	// competition in its period, by place; withdrawn ones cost nothing.
	SupervisedIn(ctx context.Context, r *Round) (map[uuid.UUID]exact.Number, error)
}
