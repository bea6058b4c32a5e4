package webhook

import (
	"context"
	"slices"

	"github.com/google/uuid"
)

// batch is how many events are handed out in one transaction.
const batch = 200

// Spread makes deliveries of the next events of the tenant at hand, and says how
// many events there were.
func (s *Service) Spread(ctx context.Context) (events int, err error) {
	err = s.c.Write(ctx, func(ctx context.Context, st Store) error {
		happened, err := st.WebhookEvents(ctx, batch)
		if events = len(happened); err != nil || events == 0 {
			return err
		}
		endpoints, err := st.WebhookEndpoints(ctx)
		if err != nil {
			return err
		}
		return st.SpreadWebhooks(ctx, s.deliveriesOf(happened, endpoints), happened[events-1].Seq)
	})
	return events, err
}

// deliveriesOf are what endpoints in use are to be told of events.
func (s *Service) deliveriesOf(events []Event, endpoints []*Endpoint) []*Delivery {
	var all []*Delivery
	for _, happened := range events {
		for _, e := range endpoints {
			if e.Disabled != "" || happened.Seq <= e.Since || !slices.Contains(e.Kinds, string(happened.Kind)) {
				continue
			}
			id, now := happened.ID, s.moment()
			all = append(all, &Delivery{ID: newID(), Endpoint: e.ID, Event: &id, Kind: string(happened.Kind), Sequence: happened.Seq, State: Waiting, Due: now, CreatedAt: now})
		}
	}
	return all
}

// mostBehind bounds how many tenants one turn looks after.
const mostBehind = 50

// spreadAll hands out the new events of every tenant; false when there was none.
func (s *Service) spreadAll(ctx context.Context) (did bool, err error) {
	var tenants []uuid.UUID
	err = s.c.Claims(ctx, func(ctx context.Context, q Queue) (err error) {
		tenants, err = q.WebhooksBehind(ctx, mostBehind)
		return err
	})
	if err != nil {
		return false, err
	}
	for _, tenant := range tenants {
		err := s.c.Within(ctx, tenant, func(ctx context.Context) error {
			events, err := s.Spread(ctx)
			did = did || events > 0
			return err
		})
		if err != nil {
			s.c.Logger.ErrorContext(ctx, "events were not handed to webhooks", "tenant", tenant.String(), "error", err)
		}
	}
	return did, nil
}
