package webhook

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// State is how far a delivery is.
type State string

// The states of a delivery.
const (
	Waiting   State = "waiting"   // for its first attempt, or for the next
	Delivered State = "delivered" // answered with 2xx
	Failed    State = "failed"    // given up
	Withheld  State = "withheld"  // not sent: the owner may not read it any more
)

// Delivery is one message for one endpoint. Its id is the webhook-id.
type Delivery struct {
	ID        uuid.UUID
	Endpoint  uuid.UUID
	Event     *uuid.UUID // nil: a test
	Kind      string
	Sequence  int64 // of the event; 0 for a test
	State     State
	Attempts  int       // since it was last begun
	Due       time.Time // of the next attempt, while it waits
	CreatedAt time.Time
	SettledAt *time.Time
}

// Attempt is one try to deliver.
type Attempt struct {
	ID       uuid.UUID
	Delivery uuid.UUID
	At       time.Time
	Status   int // of the answer; 0: there was none
	Millis   int
	Answer   string // its beginning
	Error    string // code of why there is none, or why it is no success; empty: delivered
}

// Deliveries is a page of the log of an endpoint, newest first.
func (s *Service) Deliveries(ctx context.Context, endpoint uuid.UUID, args paging.Args) (page paging.Page[*Delivery], err error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	scope := paging.Scope("webhook deliveries", v.Tenant.String(), endpoint.String())
	window, err := s.c.Cursors.Open(args, scope, 1)
	if err != nil {
		return page, err
	}
	err = s.look(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.WebhookDeliveryPage(ctx, endpoint, window)
		if err != nil {
			return err
		}
		page = paging.Cut(rows, window, func(d *Delivery) string { return s.c.Cursors.Encode(scope, paging.Text(d.ID.String())) })
		return nil
	})
	return page, err
}

// Delivery reads one delivery.
func (s *Service) Delivery(ctx context.Context, id uuid.UUID) (d *Delivery, err error) {
	err = s.look(ctx, func(ctx context.Context, st Store) (err error) {
		d, err = st.WebhookDelivery(ctx, id)
		return err
	})
	return d, err
}

// Attempts lists the attempts of some deliveries, oldest first.
func (s *Service) Attempts(ctx context.Context, deliveries []uuid.UUID) (all []Attempt, err error) {
	err = s.look(ctx, func(ctx context.Context, st Store) (err error) {
		all, err = st.WebhookAttempts(ctx, deliveries)
		return err
	})
	return all, err
}

// TestPing sends an endpoint a message that says nothing, to try it.
func (s *Service) TestPing(ctx context.Context, endpoint uuid.UUID) (*Delivery, error) {
	var made *Delivery
	err := s.change(ctx, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		e, err := st.WebhookEndpoint(ctx, endpoint)
		if err != nil {
			return err
		}
		if e.Disabled != "" {
			return fault.New(fault.WebhookOff)
		}
		made = &Delivery{ID: newID(), Endpoint: e.ID, Kind: Ping, State: Waiting, Due: s.moment(), CreatedAt: s.moment()}
		if err := st.InsertWebhookDelivery(ctx, made); err != nil {
			return err
		}
		return record(ctx, "ping", e)
	})
	return made, err
}

// Redeliver lets a settled delivery be sent again, under the same webhook-id, so
// that a receiver that has it already knows it.
func (s *Service) Redeliver(ctx context.Context, id uuid.UUID) (*Delivery, error) {
	var now *Delivery
	err := s.change(ctx, func(ctx context.Context, _ *viewer.Viewer, st Store) error {
		d, err := st.WebhookDelivery(ctx, id)
		if err != nil {
			return err
		}
		e, err := st.WebhookEndpoint(ctx, d.Endpoint)
		if err != nil {
			return err
		}
		switch {
		case d.State == Waiting:
			return fault.New(fault.WebhookWaiting)
		case e.Disabled != "":
			return fault.New(fault.WebhookOff)
		}
		d.State, d.Attempts, d.Due, d.SettledAt = Waiting, 0, s.moment(), nil
		if err := st.AgainWebhookDelivery(ctx, id, d.Due); err != nil {
			return err
		}
		now = d
		return audit.Record(ctx, "webhook:redeliver", "webhook", e.ID, map[string]any{"delivery": d.ID.String()})
	})
	return now, err
}
