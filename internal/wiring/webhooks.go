package wiring

import (
	"context"
	"crypto/x509"
	"errors"
	"net/netip"
	"sync"
	"time"

	"github.com/google/uuid"

	"leitai/internal/event"
	"leitai/internal/inbox"
	"leitai/internal/outbound"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/webhook"
)

// Webhooks is what an operator decides about calling others.
type Webhooks struct {
	Allowed []netip.Prefix // networks that are not public and may be called
	Roots   *x509.CertPool // whom certificates are trusted of; nil: those of the system
	Timeout time.Duration  // of one call; 0: 10 s
	// Resolve and Lease are set by tests alone.
	Resolve outbound.Resolver
	Lease   time.Duration
}

// telling makes the use cases of webhooks and of the inbox.
func (a *App) telling(o Options, cursors paging.Codec) {
	a.Inbox = inbox.New(inbox.Config{Write: postgres.Write[inbox.Store](a.DB), Read: postgres.Read[inbox.Store](a.DB), Queue: postgres.Outside[inbox.Queue](a.DB),
		Within: a.within, Gate: a.Gate, Cursors: cursors, Now: a.Now, Logger: o.Logger})
	a.Webhooks = webhook.New(webhook.Config{
		Write: postgres.Write[webhook.Store](a.DB), Read: postgres.Read[webhook.Store](a.DB), Claims: postgres.Outside[webhook.Queue](a.DB),
		Within: a.within, Gate: a.Gate, Secrets: a.keys.Secrets, Notice: a.Inbox.Notice, Cursors: cursors, Logger: o.Logger, Lease: o.Webhooks.Lease, Measure: o.Metrics.Webhooks(), Traces: o.Traces,
		Sender:   sender{outbound.NewPoster(outbound.Options{Allowed: o.Webhooks.Allowed, Roots: o.Webhooks.Roots, Timeout: o.Webhooks.Timeout, Resolve: o.Webhooks.Resolve})},
		GlobalID: func(typeName string, id uuid.UUID) string { return paging.GlobalID(typeName, id) },
		Now:      time.Now, //nolint:forbidigo // signatures and retries live in real time, whatever the business clock says
	})
}

// within runs work as the program itself in a tenant.
func (a *App) within(ctx context.Context, tenant uuid.UUID, do func(ctx context.Context) error) error {
	ctx, request, _, err := a.DB.AsTenant(ctx, postgres.Service{Tenant: tenant})
	if err != nil {
		return err
	}
	return errors.Join(do(ctx), request.End())
}

// sender lets webhooks post through the guarded client.
type sender struct{ *outbound.Poster }

// Post implements webhook.Sender.
func (s sender) Post(ctx context.Context, address string, header map[string]string, body []byte) (webhook.Answer, error) {
	answer, err := s.Poster.Post(ctx, address, header, body)
	return webhook.Answer(answer), err
}

// KeepTelling hands out what happens, to webhooks and to inboxes, and removes old
// events, until the context ends. Any number of processes may.
func (a *App) KeepTelling(ctx context.Context) {
	var all sync.WaitGroup
	for _, run := range []func(context.Context, <-chan struct{}){a.Inbox.Run, a.Webhooks.Run} {
		heard := a.Hub.Overhear()
		all.Go(func() {
			defer heard.Leave()
			run(ctx, heard.Woken())
		})
	}
	all.Go(func() { a.sweepHourly(ctx, "events", a.SweepEvents) })
	all.Wait()
}

// SweepEvents removes events that nobody can be told of any more, of all tenants.
func (a *App) SweepEvents(ctx context.Context) (removed int, err error) {
	return event.Sweep(ctx, postgres.Outside[event.Attic](a.DB), a.Now())
}
