package jobs

import (
	"context"
	"log/slog"
	"time"
)

// beat keeps a run's job by renewing its lease, tells how far the run is, and
// ends the run when the user wants it or another worker has the job. It renews
// three times within a lease; a worker that could not renew for a whole lease
// must take itself for gone, because others do.
func (r *Runner) beat(ctx context.Context, run *Run, end context.CancelCauseFunc) {
	every := min(r.c.Lease/3, r.c.Notice)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	renewed, told := r.c.Clock(), int64(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		done, total := run.progress()
		word, err := r.renew(ctx, run, done, total)
		now := r.c.Clock()
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && now.Sub(renewed) < r.c.Lease-every:
			r.c.Logger.WarnContext(ctx, "the lease of a job was not renewed", slog.String("job", run.ID.String()), slog.Any("error", err))
			continue
		case err != nil || word == Lost:
			end(errLost)
			return
		case word == Stop:
			end(errStop)
			return
		}
		renewed = now
		if done != told {
			told = done
			r.notice(ctx, run, done, total)
		}
	}
}

func (r *Runner) renew(ctx context.Context, run *Run, done int64, total *int64) (word Word, err error) {
	err = r.c.Queue(ctx, func(ctx context.Context, q Queue) (err error) {
		word, err = q.BeatJob(ctx, run.ID, run.Lease, r.c.Lease, done, total)
		return err
	})
	return word, err
}

// notice tells subscribers how far a job is. It is worth no failure.
func (r *Runner) notice(ctx context.Context, run *Run, done int64, total *int64) {
	if r.c.Tell == nil {
		return
	}
	err := r.c.For(ctx, &run.Taken, func(ctx context.Context) error {
		return r.c.Write(ctx, func(ctx context.Context, _ Store) error {
			return r.c.Tell(ctx, News{Job: run.ID, Kind: run.Kind, For: run.people(), State: Running, Done: done, Total: total})
		})
	})
	if err != nil && ctx.Err() == nil {
		r.c.Logger.WarnContext(ctx, "nobody was told how far a job is", slog.String("job", run.ID.String()), slog.Any("error", err))
	}
}
