package webhook

import (
	"context"
	"sync"
	"time"
)

const (
	pausing = 2 * time.Second     // between looks when there was nothing to do
	atOnce  = 8                   // attempts of one process at the same time
	keeping = 30 * 24 * time.Hour // for how long settled deliveries are kept
	tidying = time.Hour
)

// Run hands out events and attempts deliveries until the context ends; any
// number of processes may. wake makes the next look earlier and may be nil.
func (s *Service) Run(ctx context.Context, wake <-chan struct{}) {
	tidied := time.Time{}
	for ctx.Err() == nil {
		did, err := s.Turn(ctx)
		if err != nil && ctx.Err() == nil {
			s.c.Logger.ErrorContext(ctx, "webhooks were not attended to", "error", err)
		}
		if now := s.c.Now(); now.Sub(tidied) >= tidying {
			tidied = now
			if err := s.Tidy(ctx); err != nil && ctx.Err() == nil {
				s.c.Logger.ErrorContext(ctx, "old deliveries of webhooks were not removed", "error", err)
			}
		}
		if did && err == nil {
			continue
		}
		pause := time.NewTimer(pausing)
		select {
		case <-ctx.Done():
		case <-wake:
		case <-pause.C:
		}
		pause.Stop()
	}
}

// Turn does what there is to do now: new events are handed out and what is due
// is attempted, once. It says whether there was anything.
func (s *Service) Turn(ctx context.Context) (did bool, err error) {
	spread, err := s.spreadAll(ctx)
	if err != nil {
		return spread, err
	}
	var claims []Claim
	err = s.c.Claims(ctx, func(ctx context.Context, q Queue) (err error) {
		now := s.moment()
		claims, err = q.ClaimWebhooks(ctx, now, now.Add(s.c.Lease), atOnce)
		return err
	})
	var all sync.WaitGroup
	for _, c := range claims {
		all.Go(func() {
			if err := s.Attempt(ctx, c); err != nil && ctx.Err() == nil {
				s.c.Logger.ErrorContext(ctx, "a webhook was not delivered", "tenant", c.Tenant.String(), "delivery", c.Delivery.String(), "error", err)
			}
		})
	}
	all.Wait()
	return spread || len(claims) > 0, err
}

// mostSwept bounds one step of tidying.
const mostSwept = 1000

// Tidy removes deliveries that were settled long ago.
func (s *Service) Tidy(ctx context.Context) error {
	for {
		var n int
		err := s.c.Claims(ctx, func(ctx context.Context, q Queue) (err error) {
			n, err = q.SweepWebhooks(ctx, s.moment().Add(-keeping), mostSwept)
			return err
		})
		if err != nil || n < mostSwept {
			return err
		}
	}
}
