package wiring

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"leitai/internal/blob"
	"leitai/internal/evidence"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/visits"
)

// inMemory is where files lie when nobody says where: they end with the
// program, which is right for tests only.
const inMemory = "mem://"

// observations makes the use cases of evidence and visits.
func (a *App) observations(ctx context.Context, o Options, cursors paging.Codec) (err error) {
	address := o.Files
	if address == "" {
		address = inMemory
	}
	if a.Files, err = blob.Open(ctx, address, blob.Limits{}); err != nil {
		return err
	}
	a.Evidence = evidence.New(evidence.Config{Write: postgres.Write[evidence.Store](a.DB), Read: postgres.Read[evidence.Store](a.DB),
		Gate: a.Gate, Files: a.Files, Now: a.Now, Cursors: cursors, Secrets: a.keys.Cursors, Room: a.Hosting,
		Clock: time.Now}) //nolint:forbidigo // links and files grow old in real time, whatever the business clock says
	a.Visits = visits.New(visits.Config{Write: postgres.Write[visits.Store](a.DB), Read: postgres.Read[visits.Store](a.DB),
		Gate: a.Gate, Now: a.Now, Cursors: cursors})
	return nil
}

// SweepFiles removes what nobody uses from the store of files, tenant by tenant;
// it may run in several processes at once.
func (a *App) SweepFiles(ctx context.Context) (removed int, err error) {
	tenants, err := a.Files.Tenants(ctx)
	if err != nil {
		return 0, err
	}
	for _, tenant := range tenants {
		ctx, request, _, bad := a.DB.AsTenant(ctx, postgres.Service{Tenant: tenant})
		if bad != nil {
			err = errors.Join(err, bad)
			continue
		}
		n, bad := a.Evidence.Sweep(ctx)
		exports, worse := a.Jobs.Sweep(ctx, a.Files, time.Now()) //nolint:forbidigo // files grow old in real time
		removed += n + exports
		err = errors.Join(err, bad, worse, request.End())
	}
	return removed, err
}

// KeepFilesTidy sweeps files until the context ends.
func (a *App) KeepFilesTidy(ctx context.Context) { a.sweepHourly(ctx, "files", a.SweepFiles) }

// sweeping is how often what is old is swept.
const sweeping = time.Hour

// sweepHourly sweeps until the context ends.
func (a *App) sweepHourly(ctx context.Context, what string, sweep func(ctx context.Context) (removed int, err error)) {
	ticker := time.NewTicker(sweeping)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if removed, err := sweep(ctx); err != nil {
			a.Logger.ErrorContext(ctx, what+" were not swept", slog.Any("error", err))
		} else if removed > 0 {
			a.Logger.InfoContext(ctx, what+" swept", slog.Int("removed", removed))
		}
	}
}
