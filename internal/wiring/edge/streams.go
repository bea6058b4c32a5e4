package edge

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"leitai/graph"
	"leitai/internal/event"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// streams opens the turns of subscriptions.
type streams struct{ opener }

// OpenTurn implements httpserver.Streams. A credential that has just ended by
// time is UNAUTHENTICATED like one that was revoked.
func (s streams) OpenTurn(ctx context.Context, credential viewer.Credential) (context.Context, func(), time.Time, error) {
	ctx, request, _, err := s.app.DB.Begin(ctx, credential)
	if err != nil {
		return ctx, nil, time.Time{}, err
	}
	request.Unnoted()
	end := func() {
		if err := request.End(); err != nil && !errors.Is(err, context.Canceled) {
			s.app.Logger.WarnContext(ctx, "the turn's transaction did not end well", slog.Any("error", err))
		}
	}
	until, err := request.CredentialUntil(ctx)
	if err == nil && until.IsZero() {
		err = fault.New(fault.Unauthenticated)
	}
	if err != nil {
		end()
		return ctx, nil, until, err
	}
	return graph.WithLoaders(ctx, s.resolver), end, until, nil
}

// Join implements httpserver.Streams.
func (s streams) Join(ctx context.Context) (*event.Waiter, error) { return s.app.Hub.Join(ctx) }

// Draining implements httpserver.Streams.
func (s streams) Draining() <-chan struct{} { return s.app.Hub.Draining() }

// Drain implements httpserver.Streams.
func (s streams) Drain() { s.app.Hub.Drain() }
