package webhook

import (
	"context"
	"sync"
	"time"

	"leitai/internal/event"
)

const (
	pausing = 2 * time.Second     // between looks when there was nothing to do
	atOnce  = 8                   // attempts of one process at the same time
	keeping = 30 * 24 * time.Hour // for how long settled deliveries are kept
	tidying = time.Hour
)

// Run hands out events and attempts deliveries until the context ends; any
// number of processes may. An endpoint that is slow to answer keeps nobody else
// waiting while there is room. wake makes the next look earlier and may be nil.
func (s *Service) Run(ctx context.Context, wake <-chan struct{}) {
	var under sync.WaitGroup
	defer under.Wait()
	room, freed := make(chan struct{}, atOnce), make(chan struct{}, 1)
	var tidied, counted time.Time
	for ctx.Err() == nil {
		spread, err := s.spreadAll(ctx)
		s.complain(ctx, "events were not handed to webhooks", err)
		claims, err := s.claim(ctx, cap(room)-len(room))
		s.complain(ctx, "no deliveries were found", err)
		for _, c := range claims {
			room <- struct{}{} // there is some: nobody else fills it
			under.Go(func() {
				s.attend(ctx, c)
				<-room
				select {
				case freed <- struct{}{}:
				default:
				}
			})
		}
		now := s.c.Now()
		if now.Sub(tidied) >= tidying {
			tidied = now
			s.complain(ctx, "old deliveries of webhooks were not removed", s.Tidy(ctx))
		}
		if now.Sub(counted) >= counting {
			counted = now
			s.complain(ctx, "deliveries of webhooks were not counted", s.count(ctx))
		}
		if spread || len(claims) > 0 && len(room) < cap(room) {
			continue
		}
		s.pause(ctx, wake, freed)
	}
}

// pause waits for a while, or until there is a reason to look.
func (s *Service) pause(ctx context.Context, wake, freed <-chan struct{}) {
	pause := time.NewTimer(pausing)
	defer pause.Stop()
	select {
	case <-ctx.Done():
	case <-wake:
	case <-freed:
	case <-pause.C:
	}
}

func (s *Service) complain(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		s.c.Logger.ErrorContext(ctx, what, "error", err)
	}
}

// claim holds what is due.
func (s *Service) claim(ctx context.Context, most int) (claims []Claim, err error) {
	if most == 0 {
		return nil, nil
	}
	err = s.c.Claims(ctx, func(ctx context.Context, q Queue) (err error) {
		now := s.moment()
		claims, err = q.ClaimWebhooks(ctx, now, now.Add(s.c.Lease), most)
		return err
	})
	return claims, err
}

// attend attempts one delivery and complains where that could not be noted: it
// is attempted again when it is let go.
func (s *Service) attend(ctx context.Context, c Claim) {
	if err := s.Attempt(ctx, c); err != nil {
		s.c.Logger.ErrorContext(ctx, "a webhook was not noted", "tenant", c.Tenant.String(), "delivery", c.Delivery.String(), "error", err)
	}
}

// Turn does what there is to do now: new events are handed out and what is due
// is attempted, once. It says whether there was anything.
func (s *Service) Turn(ctx context.Context) (did bool, err error) {
	spread, err := s.spreadAll(ctx)
	if err != nil {
		return spread, err
	}
	claims, err := s.claim(ctx, atOnce)
	var all sync.WaitGroup
	for _, c := range claims {
		all.Go(func() { s.attend(ctx, c) })
	}
	all.Wait()
	return spread || len(claims) > 0, err
}

// Tidy removes deliveries that were settled long ago.
func (s *Service) Tidy(ctx context.Context) error {
	_, err := event.InSteps(ctx, s.c.Claims, func(ctx context.Context, q Queue, most int) (int, error) {
		return q.SweepWebhooks(ctx, s.moment().Add(-keeping), most)
	})
	return err
}
