package wiring

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"leitai/internal/hosting"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/tenancy"
	"leitai/internal/viewer"
)

// host makes the use cases of a tenant's life as a service.
func (a *App) host(cursors paging.Codec) {
	a.Hosting = hosting.New(hosting.Config{
		Write: postgres.Write[hosting.Store](a.DB), Read: postgres.Read[hosting.Store](a.DB), Outside: postgres.Outside[hosting.Door](a.DB),
		Gate: a.Gate, Cursors: cursors, Prepare: a.prepareAccount, Open: a.openTenant,
		Now: time.Now, //nolint:forbidigo // plans, readings and the month of a statement live in real time, whatever the business clock says
	})
}

// prepareAccount checks and hashes what an applicant entered.
func (a *App) prepareAccount(ctx context.Context, login, password string) (hosting.Account, error) {
	made, err := a.Identity.Prepare(ctx, login, password)
	return hosting.Account{Login: made.Login, Hash: made.Hash}, err
}

// openTenant opens a tenant that was approved, and offers the adoption where a
// tenant above did it.
func (a *App) openTenant(ctx context.Context, o hosting.Opening) (uuid.UUID, error) {
	made, err := a.Tenancy.Approve(ctx, tenancy.Opened{UnitCode: o.UnitCode,
		Admin: tenancy.FirstAdmin{User: uuid.Must(uuid.NewV7()), Login: o.Account.Login, Hash: o.Account.Hash, Name: o.Name}})
	if err != nil {
		return uuid.Nil, err
	}
	v, err := viewer.From(ctx)
	if err == nil && v.TenantKind != tenancy.Platform {
		_, err = a.Tenancy.Agree(ctx, o.UnitCode, nil)
	}
	return made.ID, err
}

// KeepCounts writes what was counted until the context ends.
func (a *App) KeepCounts(ctx context.Context) { a.Hosting.Meter.Run(ctx, a.Logger) }

// closing is how long the last counts may take.
const closing = 5 * time.Second

// lastCounts writes what was counted and not written yet.
func (a *App) lastCounts() error {
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	if err := a.Hosting.Meter.Flush(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}
