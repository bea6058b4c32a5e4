package webhook

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/paging"
)

// Store is what the use cases need of one open transaction in a tenant.
type Store interface {
	Endpoints
	Deliveries
	Happened
}

// Endpoints are those of the tenant.
type Endpoints interface {
	WebhookEndpoints(ctx context.Context) ([]*Endpoint, error)
	// WebhookEndpoint answers NOT_FOUND.
	WebhookEndpoint(ctx context.Context, id uuid.UUID) (*Endpoint, error)
	InsertWebhook(ctx context.Context, e *Endpoint) error
	// UpdateWebhook writes the endpoint whose stored revision is e.Revision and
	// counts it up; STALE_REVISION otherwise.
	UpdateWebhook(ctx context.Context, e *Endpoint) error
	// RemoveWebhook removes it with its log.
	RemoveWebhook(ctx context.Context, id uuid.UUID) error
}

// Deliveries are what is and was sent.
type Deliveries interface {
	// WebhookDelivery answers NOT_FOUND.
	WebhookDelivery(ctx context.Context, id uuid.UUID) (*Delivery, error)
	// WebhookDeliveryPage lists those of an endpoint, newest first.
	WebhookDeliveryPage(ctx context.Context, endpoint uuid.UUID, w paging.Window) ([]*Delivery, error)
	// WebhookAttempts lists those of some deliveries, oldest first.
	WebhookAttempts(ctx context.Context, deliveries []uuid.UUID) ([]Attempt, error)
	InsertWebhookDelivery(ctx context.Context, d *Delivery) error
	// AgainWebhookDelivery lets a settled one be attempted anew from a moment on.
	AgainWebhookDelivery(ctx context.Context, id uuid.UUID, at time.Time) error
	// NoteWebhook writes what became of an attempt: the delivery, its attempt
	// (nil when nothing was sent) and what the endpoint remembers of its failures.
	NoteWebhook(ctx context.Context, d *Delivery, a *Attempt, e *Endpoint) error
}

// Happened are the events of the tenant.
type Happened interface {
	// WebhookEvents lists events after those that endpoints were given, in their
	// order, and holds the place against others until the end of the transaction.
	WebhookEvents(ctx context.Context, most int) ([]Event, error)
	// SpreadWebhooks keeps deliveries and remembers the last event they are of.
	SpreadWebhooks(ctx context.Context, all []*Delivery, last int64) error
	// WebhookPerson is the person of a user in the tenant; uuid.Nil: none.
	WebhookPerson(ctx context.Context, user uuid.UUID) (uuid.UUID, error)
	// WebhookEvent is one event.
	WebhookEvent(ctx context.Context, id uuid.UUID) (*Event, error)
}

// Claim is a delivery that the caller holds for a while.
type Claim struct {
	Tenant, Delivery uuid.UUID
	OwnerActive      bool // the account of the endpoint's owner can sign in
}

// Queue is what is to be done in any tenant. Each method is one function of the
// database; it tells ids and nothing else.
type Queue interface {
	// WebhooksBehind lists tenants with events that endpoints were not given yet.
	WebhooksBehind(ctx context.Context, most int) ([]uuid.UUID, error)
	// ClaimWebhooks holds deliveries that are due until a moment, one of an
	// endpoint at most, and none of an endpoint of which another is held.
	ClaimWebhooks(ctx context.Context, now, until time.Time, most int) ([]Claim, error)
	// CountWebhooks counts what waits of endpoints in use, and what of it was due
	// before a moment.
	CountWebhooks(ctx context.Context, moment time.Time) (waiting, late int64, err error)
	// SweepWebhooks removes settled deliveries and their attempts of before a moment.
	SweepWebhooks(ctx context.Context, before time.Time, most int) (int, error)
}
