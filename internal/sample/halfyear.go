package sample

import (
	"context"
	"fmt"
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/consequences"
)

// visited is the day on which the demonstration begins: after the summary of
// the half-year, with October's round still to come.
var visited = calendar.MustDate("2023-10-12")

// PlayHalfYear sums the six months up, lets money be decided, approved and paid
// by different people (A31–A34), and leaves the clock on the day of the visit.
func (w *World) PlayHalfYear(ctx context.Context) error {
	periods := w.Months.Periods
	span := consequences.Span{Key: "half-year", From: periods[0], To: periods[len(periods)-1]}
	if err := w.moveTo(ctx, visited.AddDays(-1), "14:00"); err != nil {
		return err
	}
	var money []*consequences.Outcome
	err := w.As(ctx, Approver, func(ctx context.Context) error {
		rollup, err := w.app.Consequences.PublishRollup(ctx, w.Competition, span)
		if err != nil {
			return err
		}
		money, err = w.app.Consequences.RollupOutcomes(ctx, rollup.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("sample: half-year: %w", err)
	}
	if err := w.pay(ctx, money); err != nil {
		return fmt.Errorf("sample: money: %w", err)
	}
	w.Clock.Set(visited, "09:00")
	return nil
}

// pay walks every amount through the chain: the leaders' meeting decides, the
// finance side approves, the office pays.
func (w *World) pay(ctx context.Context, all []*consequences.Outcome) error {
	chain := []struct {
		who string
		do  func(ctx context.Context, o *consequences.Outcome) (*consequences.Outcome, error)
	}{
		{Approver, func(ctx context.Context, o *consequences.Outcome) (*consequences.Outcome, error) {
			return w.app.Consequences.Decide(ctx, o.ID, o.LockRevision, w.decision(o))
		}},
		{Finance, func(ctx context.Context, o *consequences.Outcome) (*consequences.Outcome, error) {
			return w.app.Consequences.Approve(ctx, o.ID, o.LockRevision)
		}},
		{Clerk, func(ctx context.Context, o *consequences.Outcome) (*consequences.Outcome, error) {
			return w.app.Consequences.Pay(ctx, o.ID, o.LockRevision, fmt.Sprintf("记账凭证2023-10-%02d号", 20+slices.Index(all, o)))
		}},
	}
	for _, link := range chain {
		err := w.As(ctx, link.who, func(ctx context.Context) error {
			for i, o := range all {
				changed, err := link.do(ctx, o)
				if err != nil {
					return fmt.Errorf("%s: %w", o.UnitName, err)
				}
				all[i] = changed
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// decision is what the minutes say: the amount by rank for the best, by rank
// from the bottom for the worst.
func (w *World) decision(o *consequences.Outcome) consequences.Decision {
	d := consequences.Decision{Minutes: "晴禾乡党政领导会议纪要〔2023〕12号", Basis: noticeNumber}
	if o.Penalty {
		d.Amount = w.Months.Rules.HalfYear.Fine[o.FromBottom-1]
	} else {
		d.Amount = w.Months.Rules.HalfYear.Reward[o.Rank-1]
	}
	return d
}

// Play plays all months of the data and the half-year.
func (w *World) Play(ctx context.Context) error {
	for _, period := range w.Months.Periods {
		if err := w.PlayMonth(ctx, period); err != nil {
			return err
		}
	}
	return w.PlayHalfYear(ctx)
}
