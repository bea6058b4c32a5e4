package webhook

import (
	"context"
	"time"
)

// Measure is told what becomes of deliveries, for metrics.
type Measure interface {
	// WebhookTried is told how an attempt ended: delivered, retried (it is made
	// again), failed (it is given up), withheld, or lost (others had settled it).
	WebhookTried(outcome string, took time.Duration)
	// WebhooksCounted is told how many deliveries wait in all tenants, and how many
	// of them have been due for longer than it should take.
	WebhooksCounted(waiting, late int64)
}

const (
	counting = 15 * time.Second // between counts of what waits
	lateness = time.Minute      // after which what is due is late
)

// count tells how much waits.
func (s *Service) count(ctx context.Context) error {
	return s.c.Claims(ctx, func(ctx context.Context, q Queue) error {
		waiting, late, err := q.CountWebhooks(ctx, s.moment().Add(-lateness))
		if err == nil {
			s.c.Measure.WebhooksCounted(waiting, late)
		}
		return err
	})
}

// outcome is how an attempt ended, by what became of its delivery.
func outcome(d *Delivery) string {
	if d.State == Waiting {
		return "retried"
	}
	return string(d.State)
}

// silent measures nothing.
type silent struct{}

// WebhookTried implements Measure.
func (silent) WebhookTried(string, time.Duration) {}

// WebhooksCounted implements Measure.
func (silent) WebhooksCounted(int64, int64) {}
