package httpserver

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"leitai/internal/budget"
	"leitai/internal/event"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Subscriptions come over WebSocket (ws.go) or as server-sent events (sse.go).
// Both run an operation as a follow: a series of turns, each of them a short
// request of its own that proves the credential, decides anew and tells at most
// one thing. Nothing of the database is held between turns, nor while an answer
// is sent.

// Streams is what subscriptions need of the database.
type Streams interface {
	// OpenTurn opens the database side of one turn, as OpenRequest does, without
	// counting as a use of the credential. until is when the credential ends by
	// time alone.
	OpenTurn(ctx context.Context, credential viewer.Credential) (_ context.Context, end func(), until time.Time, err error)
	// Join waits for what is committed from now on.
	Join(ctx context.Context) (*event.Waiter, error)
	// Draining is closed when streams should end.
	Draining() <-chan struct{}
	// Drain asks streams to end.
	Drain()
}

// StreamLimits bound what subscriptions may hold.
type StreamLimits struct {
	PerUser, PerTenant, Total int           // subscriptions and WebSockets open at a time
	PerSocket                 int           // operations of one WebSocket
	Init                      time.Duration // to say who one is on a WebSocket
	Ping                      time.Duration // between signs of life on a quiet stream
	Write                     time.Duration // for which a reader may keep an answer waiting
	Recheck                   time.Duration // after which a quiet stream proves its rights anyway
}

// DefaultStreamLimits are those of a server.
func DefaultStreamLimits() StreamLimits {
	return StreamLimits{PerUser: 32, PerTenant: 2_000, Total: 20_000, PerSocket: 32, Init: 5 * time.Second, Ping: 15 * time.Second,
		Write: 10 * time.Second, Recheck: time.Minute}
}

// follow is one operation of a stream.
type follow struct {
	server     *Server
	request    *http.Request // that the stream came by: language and request id
	credential viewer.Credential
	who        budget.Asker
	exec       *running
	read       *operation

	send func(*graphql.Response) error // to the reader, in time or not at all
	ping func() error                  // a sign of life on a quiet stream; nil: somebody else gives it
}

// pace is the least time between two turns of a stream that was woken, so that a
// burst of marks is looked at once. lag is the most that a stream over its
// budget is held back; a revoke has to be noticed in less than a second.
const (
	pace = 100 * time.Millisecond
	lag  = 500 * time.Millisecond
)

// run follows until the operation is over (nil), the right to it ends (a fault),
// the server stops (STREAM_ENDING) or the reader is gone.
func (f *follow) run(ctx context.Context) error {
	streams := f.server.deps.Streams
	joining, cancel := context.WithTimeout(ctx, f.server.options.RequestTimeout)
	waiter, err := streams.Join(joining)
	cancel()
	if err != nil {
		return err
	}
	defer waiter.Leave()
	for turn := (&event.Turn{}); ; turn = turn.Next() {
		response, until, err := f.turn(ctx, turn)
		if err != nil {
			return err
		}
		if response != nil {
			if err := f.send(response); err != nil {
				return err
			}
			if f.over(response) || turn.Over() {
				return nil
			}
		}
		// What a tenant did that is watched from now on may have been missed.
		grew := waiter.Watch(turn.Watched()...)
		if err := f.rest(ctx, waiter, f.gap(response), until, grew || turn.More()); err != nil {
			return err
		}
	}
}

// over says whether an answer is the last: of a query, or of a subscription that
// was refused as a whole.
func (f *follow) over(response *graphql.Response) bool {
	return f.read.context.Operation.Operation != ast.Subscription || len(response.Data) == 0 && len(response.Errors) > 0
}

// turn runs the operation once, with the rights of this moment; the answer is
// nil when there is nothing to tell.
func (f *follow) turn(ctx context.Context, turn *event.Turn) (response *graphql.Response, until time.Time, err error) {
	ctx, cancel := context.WithTimeout(ctx, f.server.options.RequestTimeout)
	defer cancel()
	ctx, end, until, err := f.server.deps.Streams.OpenTurn(ctx, f.credential)
	if err != nil {
		return nil, until, err
	}
	defer end()
	if ctx, err = dressed(ctx, f.request); err != nil {
		return nil, until, err
	}
	if err := f.server.trusted(ctx, f.read); err != nil {
		return nil, until, err
	}
	ctx = event.WithTurn(graphql.StartOperationTrace(ctx), turn)
	handler, ctx := f.exec.DispatchOperation(ctx, f.read.context)
	response = handler(ctx)
	if response == nil && ctx.Err() != nil {
		err = fault.New(fault.RequestTimeout)
	}
	return response, until, err
}

// gap charges what was told and gives the least time until the next turn.
func (f *follow) gap(response *graphql.Response) time.Duration {
	if response == nil {
		return 0
	}
	v := f.server.rates.meter.Ask(f.who, f.read.cost)
	if v.Allowed {
		return 0
	}
	f.server.deps.Metrics.Throttled(v.Policy, "slowed")
	return min(v.Wait, lag)
}

// rest waits until there may be something to tell or the rights may have moved.
func (f *follow) rest(ctx context.Context, waiter *event.Waiter, gap time.Duration, until time.Time, again bool) error {
	begun := time.Now()
	select {
	case <-f.server.deps.Streams.Draining():
		return fault.New(fault.StreamEnding)
	default:
	}
	if !again {
		if err := f.idle(ctx, waiter, until); err != nil {
			return err
		}
		gap = max(gap, pace)
	}
	if left := gap - time.Since(begun); left > 0 {
		return pauseFor(ctx, left)
	}
	return ctx.Err()
}

// idle holds nothing but this goroutine. It ends when the stream is woken, when
// the credential is about to end, or now and then.
func (f *follow) idle(ctx context.Context, waiter *event.Waiter, until time.Time) error {
	limits := f.server.options.Streams
	recheck := time.NewTimer(max(min(limits.Recheck, time.Until(until)), 0))
	defer recheck.Stop()
	alive := time.NewTicker(limits.Ping)
	defer alive.Stop()
	for {
		select {
		case <-waiter.Woken():
			return nil
		case <-recheck.C:
			return nil
		case <-f.server.deps.Streams.Draining():
			return fault.New(fault.StreamEnding)
		case <-ctx.Done():
			return ctx.Err()
		case <-alive.C:
			if f.ping == nil {
				continue
			}
			if err := f.ping(); err != nil {
				return err
			}
		}
	}
}

// lastWord is the answer that ends a stream whose right has ended, or that could
// not go on.
func (f *follow) lastWord(err error) *graphql.Response {
	return &graphql.Response{Errors: f.server.asErrors(f.request, err)}
}

// asErrors presents an error in the reader's language, as every refusal is.
func (s *Server) asErrors(r *http.Request, err error) gqlerror.List {
	faults := fault.All(err)
	if len(faults) == 0 {
		s.deps.Logger.ErrorContext(r.Context(), "a stream failed", slog.Any("error", err))
		faults = fault.List{fault.New(fault.Internal)}
	}
	list := make(gqlerror.List, len(faults))
	for i, f := range faults {
		s.deps.Metrics.Refused(string(f.Code))
		told := refused(r, f)
		list[i] = &gqlerror.Error{Message: told.Message, Extensions: map[string]any{"code": told.Extensions.Code, "requestId": told.Extensions.RequestID}}
	}
	return list
}
