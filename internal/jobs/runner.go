package jobs

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"leitai/internal/telemetry"
)

// Kind is one kind of work.
type Kind struct {
	Name string
	// Run does the work. It is called again from the beginning when a try fails
	// or its worker is gone; what it leaves behind must not matter until the
	// job has ended with its result. An error that is a fault ends the job with
	// its code; any other is tried again.
	Run func(ctx context.Context, run *Run) (*Result, error)
	// Discard removes what a run made when another run's result counts.
	Discard func(ctx context.Context, r *Result)
}

// Measure is told of every try, for metrics. All labels are of short lists.
type Measure interface {
	JobBegun(kind string, waited time.Duration)
	// JobOver is told how a try ended: done, failed, cancelled, retried,
	// returned (the worker stops) or lost (another worker has the job).
	JobOver(kind, outcome string, took time.Duration)
	JobsCounted(kind string, queued, running int64)
}

// RunnerConfig is what workers lean on. Zero durations take the defaults.
type RunnerConfig struct {
	Queue Line
	// As runs one step as the user who asked for a job, in a transaction opened
	// anew; a user who may do nothing any more is UNAUTHENTICATED.
	As func(ctx context.Context, job, lease uuid.UUID, tenant uuid.UUID, do func(ctx context.Context) error) error
	// For runs work of the program itself in a job's tenant.
	For     func(ctx context.Context, t *Taken, do func(ctx context.Context) error) error
	Write   Work // inside For
	Tell    Tell // nil: nobody is told
	Kinds   []Kind
	Measure Measure // nil: nobody measures
	Traces  *telemetry.Traces
	Logger  *slog.Logger
	Clock   func() time.Time // of the machine

	Lease    time.Duration // after which a worker that is silent is taken for gone; 0: a minute
	Poll     time.Duration // between looks into an empty queue; 0: a second
	Notice   time.Duration // between two notices of how far a job is; 0: two seconds
	Tries    int           // of a job at most; 0: 5
	BackOff  time.Duration // after the first try that failed, doubled after each; 0: 5 seconds
	KeepDays int           // that a result is kept; 0: 7
}

// Runner is the workers of one process.
type Runner struct {
	c     RunnerConfig
	kinds map[string]Kind
	names []string
	wake  chan struct{}
}

// NewRunner makes the workers; Run starts them.
func NewRunner(c RunnerConfig) *Runner {
	c.Lease, c.Poll, c.Notice = cmp.Or(c.Lease, time.Minute), cmp.Or(c.Poll, time.Second), cmp.Or(c.Notice, 2*time.Second)
	c.Tries, c.BackOff, c.KeepDays = cmp.Or(c.Tries, 5), cmp.Or(c.BackOff, 5*time.Second), cmp.Or(c.KeepDays, 7)
	if c.Measure == nil {
		c.Measure = silent{}
	}
	r := &Runner{c: c, kinds: map[string]Kind{}, wake: make(chan struct{}, 1)}
	for _, k := range c.Kinds {
		r.kinds[k.Name] = k
		r.names = append(r.names, k.Name)
	}
	return r
}

// Wake lets a worker of this process look into the queue now.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default: // one is about to look
	}
}

// Run works with so many workers until the context ends, then gives what is
// under way back to the queue and returns.
func (r *Runner) Run(ctx context.Context, workers int) {
	var all sync.WaitGroup
	for range workers {
		all.Go(func() { r.work(ctx) })
	}
	if workers > 0 {
		all.Go(func() { r.count(ctx) })
	}
	all.Wait()
}

// work is one worker: it takes jobs one after another, and waits a while when
// there is none.
func (r *Runner) work(ctx context.Context) {
	for ctx.Err() == nil {
		found, err := r.Next(ctx)
		if err != nil && !errors.Is(err, context.Canceled) {
			r.c.Logger.WarnContext(ctx, "the queue of jobs does not answer", slog.Any("error", err))
		}
		if found && err == nil {
			r.Wake() // there may be more, for a worker that waits
			continue
		}
		wait := time.NewTimer(r.c.Poll)
		select {
		case <-ctx.Done():
		case <-r.wake:
		case <-wait.C:
		}
		wait.Stop()
	}
}

// Next takes one job and runs it to its end; false when none waits.
func (r *Runner) Next(ctx context.Context) (found bool, err error) {
	var t *Taken
	lease := uuid.New()
	err = r.c.Queue(ctx, func(ctx context.Context, q Queue) (err error) {
		t, err = q.TakeJob(ctx, r.names, lease, r.c.Lease)
		return err
	})
	if err != nil || t == nil {
		return false, err
	}
	r.c.Measure.JobBegun(t.Kind, t.Waited)
	begun := r.c.Clock()
	inside, over := r.c.Traces.Work(ctx, "job", t.Kind, t.ID)
	outcome, err := r.run(inside, t)
	over(outcome)
	r.c.Measure.JobOver(t.Kind, outcome, r.c.Clock().Sub(begun))
	return true, err
}

// counting is how often the queue is counted for metrics.
const counting = 15 * time.Second

func (r *Runner) count(ctx context.Context) {
	ticker := time.NewTicker(counting)
	defer ticker.Stop()
	for {
		err := r.c.Queue(ctx, func(ctx context.Context, q Queue) error {
			counts, err := q.CountJobs(ctx)
			if err == nil {
				for _, c := range r.whole(counts) {
					r.c.Measure.JobsCounted(c.Kind, c.Queued, c.Running)
				}
			}
			return err
		})
		if err != nil && ctx.Err() == nil {
			r.c.Logger.WarnContext(ctx, "jobs were not counted", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// whole counts kinds of which there is no job as none, and passes kinds of
// other releases over.
func (r *Runner) whole(counts []Count) []Count {
	all := make([]Count, len(r.names))
	for i, name := range r.names {
		all[i].Kind = name
		for _, c := range counts {
			if c.Kind == name {
				all[i] = c
			}
		}
	}
	return all
}

// silent measures nothing.
type silent struct{}

// JobBegun implements Measure.
func (silent) JobBegun(string, time.Duration) {}

// JobOver implements Measure.
func (silent) JobOver(string, string, time.Duration) {}

// JobsCounted implements Measure.
func (silent) JobsCounted(string, int64, int64) {}
