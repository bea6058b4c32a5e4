package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/fault"
)

// Run is one try of a job, as its kind sees it.
type Run struct {
	Taken
	as func(ctx context.Context, do func(ctx context.Context) error) error

	mu    sync.Mutex
	done  int64
	total *int64
}

// As runs one step as the user who asked, in a transaction of its own; between
// steps no connection is held.
func (r *Run) As(ctx context.Context, do func(ctx context.Context) error) error { return r.as(ctx, do) }

// Progress notes how far the run is; total is nil where it is not known. It
// costs nothing: it is told now and then.
func (r *Run) Progress(done int64, total *int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done, r.total = done, total
}

func (r *Run) progress() (int64, *int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.done, r.total
}

// Why a run was ended from outside.
var (
	errStop = errors.New("jobs: the user wants it to end")
	errLost = errors.New("jobs: another worker has the job")
)

// lost is the outcome of a try whose job another worker has.
const lost = "lost"

// run runs one try and settles what became of it; it says how it ended.
func (r *Runner) run(ctx context.Context, t *Taken) (outcome string, err error) {
	if t.Attempt > r.c.Tries {
		return r.settle(ctx, t, End{State: Failed, Fault: fault.New(fault.JobGivenUp)})
	}
	kind := r.kinds[t.Kind]
	run := &Run{Taken: *t}
	run.as = func(ctx context.Context, do func(ctx context.Context) error) error {
		err := r.c.As(ctx, t.ID, t.Lease, t.Tenant, do)
		if fault.CodeOf(err) == fault.Unauthenticated {
			err = fault.New(fault.JobRightsLost)
		}
		return err
	}
	inner, end := context.WithCancelCause(ctx)
	beating := make(chan struct{})
	go func() {
		defer close(beating)
		r.beat(inner, run, end)
	}()
	result, failed := guarded(inner, kind, run)
	cause := context.Cause(inner)
	end(nil)
	<-beating
	if failed == nil {
		outcome, err = r.settle(ctx, t, End{State: Done, Result: result, Days: r.c.KeepDays})
		if outcome == lost && kind.Discard != nil && result != nil {
			kind.Discard(context.WithoutCancel(ctx), result) // after an error nobody knows whether it counts: the sweep does
		}
		return outcome, err
	}
	switch {
	case errors.Is(cause, errLost):
		return lost, nil
	case errors.Is(cause, errStop):
		return r.settle(ctx, t, End{State: Cancelled})
	case ctx.Err() != nil:
		return r.giveBack(ctx, t, 0, false)
	}
	return r.failed(ctx, t, failed)
}

// guarded runs the work; a panic is a try that failed.
func guarded(ctx context.Context, kind Kind, run *Run) (result *Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("jobs: panic: %v\n%s", p, debug.Stack())
		}
	}()
	return kind.Run(ctx, run)
}

// passing are faults of the moment, after which a job is tried again.
var passing = []fault.Code{fault.Throttled, fault.RequestTimeout, fault.Internal}

// failed ends a job with the fault of its run, or has it tried again later
// where another try may do better.
func (r *Runner) failed(ctx context.Context, t *Taken, failed error) (string, error) {
	if all := fault.All(failed); len(all) > 0 {
		again := false
		for _, code := range passing {
			again = again || all[0].Code == code
		}
		if !again {
			return r.settle(ctx, t, End{State: Failed, Fault: all[0]})
		}
	}
	r.c.Logger.WarnContext(ctx, "a job failed", slog.String("job", t.ID.String()), slog.String("kind", t.Kind), slog.Int("attempt", t.Attempt), slog.Any("error", failed))
	if t.Attempt >= r.c.Tries {
		return r.settle(ctx, t, End{State: Failed, Fault: fault.New(fault.JobGivenUp)})
	}
	return r.giveBack(ctx, t, r.c.BackOff<<(t.Attempt-1), true)
}

// people are the user who asked and the person it is, if any.
func (t *Taken) people() []uuid.UUID {
	if t.Person == uuid.Nil {
		return []uuid.UUID{t.AskedBy}
	}
	return []uuid.UUID{t.Person, t.AskedBy}
}

// settling is how long the end of a job may take to be written, also while the
// worker stops.
const settling = 10 * time.Second

// settle writes the end of a job with its news, for the holder of the lease
// alone.
func (r *Runner) settle(ctx context.Context, t *Taken, end End) (outcome string, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settling)
	defer cancel()
	held := false
	err = r.c.For(ctx, t, func(ctx context.Context) error {
		return r.c.Write(ctx, func(ctx context.Context, st Store) (err error) {
			if held, err = st.EndJob(ctx, t.ID, t.Lease, end); err != nil || !held {
				return err
			}
			detail := map[string]any{"kind": t.Kind, "state": end.State}
			if end.Fault != nil {
				detail["code"] = end.Fault.Code
			}
			news := News{Job: t.ID, Kind: t.Kind, For: t.people(), State: end.State, Finished: true}
			if end.Result != nil {
				news.Done, news.Total = end.Result.Rows, &end.Result.Rows
				detail["rows"], detail["sha256"] = end.Result.Rows, end.Result.SHA256
			}
			if err := audit.Record(ctx, "job:end", "job", t.ID, detail); err != nil {
				return err
			}
			return r.tell(ctx, news)
		})
	})
	if err == nil && !held {
		return lost, nil
	}
	return string(end.State), err
}

func (r *Runner) tell(ctx context.Context, news News) error {
	if r.c.Tell == nil {
		return nil
	}
	return r.c.Tell(ctx, news)
}

func (r *Runner) giveBack(ctx context.Context, t *Taken, after time.Duration, counts bool) (string, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settling)
	defer cancel()
	held := false
	err := r.c.Queue(ctx, func(ctx context.Context, q Queue) (err error) {
		held, err = q.ReturnJob(ctx, t.ID, t.Lease, after, counts)
		return err
	})
	switch {
	case err != nil || !held:
		return lost, err
	case counts:
		return "retried", nil
	}
	return "returned", nil
}
