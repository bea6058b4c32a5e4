// Package webhook owns telling others' systems what happened: endpoints that a
// tenant registers, their secrets, what is sent to them and how it is signed
// (Standard Webhooks), when a failed delivery is tried again, the log of
// attempts, and switching off an endpoint that fails for long.
//
// A delivery is made at least once: whoever attempts it holds it for a while in
// the database, and one that crashes between the answer and its note lets go of
// it, so that it is sent again with the same webhook-id. One endpoint is called
// by one process at a time. The order of deliveries is not promised; each
// carries the sequence of its event.
//
// What is sent is thin: ids, codes, numbers. Whether it may be sent is decided
// when it is, with the live rights of the endpoint's owner: the person who
// registered or last changed it. What the owner may no longer read is withheld.
//
// It does not own what happened (event), how an address is called and which
// addresses are (outbound, behind Sender), or when the work runs (wiring).
package webhook

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/config"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/telemetry"
	"leitai/internal/viewer"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
	Anywhere(ctx context.Context, p authz.Permission) error
}

// Answer is what the other side said.
type Answer struct {
	Status     int
	Body       []byte        // its beginning
	RetryAfter time.Duration // 0: nothing was said
}

// Sender calls addresses that others name.
type Sender interface {
	// Check says whether an address may be called at all: https, and neither it
	// nor what its name stands for is inside. A fault otherwise.
	Check(ctx context.Context, address string) error
	// Post calls it once. An error is a fault that says why there is no answer.
	Post(ctx context.Context, address string, header map[string]string, body []byte) (Answer, error)
}

// Work runs one transaction in the viewer's tenant; it may be run again.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Claims runs one transaction of no tenant: it finds work of all of them.
type Claims func(ctx context.Context, do func(ctx context.Context, q Queue) error) error

// Within runs work as the program itself in a tenant.
type Within func(ctx context.Context, tenant uuid.UUID, do func(ctx context.Context) error) error

// Notice tells the people who look after endpoints that one was switched off.
type Notice func(ctx context.Context, endpoint uuid.UUID) error

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	Claims      Claims
	Within      Within
	Gate        Gate
	Sender      Sender
	Secrets     func() config.Ring
	GlobalID    func(typeName string, id uuid.UUID) string
	Notice      Notice
	Cursors     paging.Codec
	Now         func() time.Time // real time: signatures and retries live in it
	Logger      *slog.Logger
	Lease       time.Duration // for how long an attempt holds its delivery; 0: a minute
	Measure     Measure       // nil: nobody measures
	Traces      *telemetry.Traces
}

// Service is the use cases of webhooks.
type Service struct{ c Config }

// New makes the use cases.
func New(c Config) *Service {
	if c.Lease == 0 {
		c.Lease = time.Minute
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Measure == nil {
		c.Measure = silent{}
	}
	return &Service{c}
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// moment is now as the database keeps it.
func (s *Service) moment() time.Time { return s.c.Now().UTC().Truncate(time.Microsecond) }

// change is a write that asks for the permission before and inside the
// transaction, so that a right taken away meanwhile does not count. A token that
// is narrower than its owner is refused: an endpoint is sent whatever the owner
// may read.
func (s *Service) change(ctx context.Context, do func(ctx context.Context, v *viewer.Viewer, st Store) error) error {
	if err := s.mayChange(ctx); err != nil {
		return err
	}
	return s.c.Write(ctx, func(ctx context.Context, st Store) error {
		if err := s.mayChange(ctx); err != nil {
			return err
		}
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		return do(ctx, v, st)
	})
}

func (s *Service) mayChange(ctx context.Context) error {
	if err := s.c.Gate.Require(ctx, authz.WebhookWrite, uuid.Nil); err != nil {
		return err
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	if v.Credential.Kind == viewer.Token && (len(v.Scopes) > 0 || len(v.Units) > 0) {
		return fault.New(fault.WebhookTokenNarrow)
	}
	return nil
}

// look is a read that first asks for the permission.
func (s *Service) look(ctx context.Context, do func(ctx context.Context, st Store) error) error {
	if err := s.c.Gate.Require(ctx, authz.WebhookRead, uuid.Nil); err != nil {
		return err
	}
	return s.c.Read(ctx, do)
}
