package wiring

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"leitai/internal/export"
	"leitai/internal/fault"
	"leitai/internal/jobs"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/wiring/sources"
)

// longWork makes the use cases of jobs and exports, and the workers that Work
// starts.
func (a *App) longWork(cursors paging.Codec) {
	clock := time.Now //nolint:forbidigo // jobs and links live in real time, whatever the business clock says
	a.Jobs = jobs.New(jobs.Config{Write: postgres.Write[jobs.Store](a.DB), Read: postgres.Read[jobs.Store](a.DB), Gate: a.Gate, Cursors: cursors})
	write := postgres.Write[jobs.Store](a.DB)
	a.Exports = export.New(export.Config{
		Sources: []export.Source{sources.Facts(a.Facts), sources.Boards(a.Rounds), sources.Issues(a.Issues, a.Tenancy),
			sources.Accounts(a.Consequences, a.Programme, a.Tenancy), sources.Marks(a.Rounds, a.Tenancy)},
		Gate: a.Gate, Files: a.Files, Links: cursors, Clock: clock,
		Write: func(ctx context.Context, do func(context.Context) error) error {
			return write(ctx, func(ctx context.Context, _ jobs.Store) error { return do(ctx) })
		},
		Enqueue: a.Jobs.Enqueue, Wake: func() { a.Runner.Wake() }, Find: a.export, AsAsker: postgres.AsAsker(a.DB),
	})
	a.Runner = jobs.NewRunner(jobs.RunnerConfig{
		Queue: postgres.Outside[jobs.Queue](a.DB), As: postgres.AsJob(a.DB), For: a.forJob, Write: write, Tell: jobs.Record,
		Kinds: []jobs.Kind{{Name: export.JobKind, Run: a.runExport, Discard: a.discardExport}}, Measure: a.Metrics.Jobs(), Traces: a.Traces, Logger: a.Logger, Clock: clock,
	})
}

// Work runs so many workers until the context ends, and returns when what they
// were doing was given back. Where there are workers, the figures of all tenants
// are counted, too.
func (a *App) Work(ctx context.Context, workers int) {
	var counting sync.WaitGroup
	if workers > 0 {
		counting.Go(func() { a.Figures.Run(ctx) })
	}
	a.Runner.Run(ctx, workers)
	counting.Wait()
}

// forJob runs work of the program in a job's tenant; the audit names the user
// who asked.
func (a *App) forJob(ctx context.Context, t *jobs.Taken, do func(ctx context.Context) error) error {
	ctx, request, _, err := a.DB.AsTenant(ctx, postgres.Service{Tenant: t.Tenant, User: t.AskedBy, Person: t.Person})
	if err != nil {
		return err
	}
	return errors.Join(do(ctx), request.End())
}

func (a *App) runExport(ctx context.Context, r *jobs.Run) (*jobs.Result, error) {
	f, err := a.Exports.Run(ctx, export.Work{Job: r.ID, Lease: r.Lease, Tenant: r.Tenant, Input: r.Input, As: r.As, Progress: r.Progress})
	if err != nil {
		return nil, err
	}
	return &jobs.Result{Key: f.Key, Name: f.Name, MediaType: f.MediaType, Bytes: f.Bytes, Rows: f.Rows, SHA256: f.SHA256}, nil
}

func (a *App) discardExport(ctx context.Context, r *jobs.Result) {
	if err := a.Exports.Discard(ctx, r.Key); err != nil {
		a.Logger.WarnContext(ctx, "a file that does not count was not removed; the sweep will", slog.Any("error", err))
	}
}

// export reads an export of the viewer's that is done.
func (a *App) export(ctx context.Context, id uuid.UUID) (*export.Made, error) {
	j, err := a.Jobs.ByID(ctx, id)
	if err != nil {
		return nil, err
	}
	if j.Kind != export.JobKind || j.Result == nil {
		return nil, fault.New(fault.NotFound)
	}
	return &export.Made{Input: j.Input, Key: j.Result.Key, Name: j.Result.Name, MediaType: j.Result.MediaType, Until: j.Result.Until}, nil
}
