package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/config"
	"leitai/internal/division"
	"leitai/internal/fault"
	"leitai/internal/postgres"
	"leitai/internal/telemetry"
	"leitai/internal/tenancy"
	"leitai/internal/wiring"
)

type tenantCmd struct {
	Found foundCmd `cmd:"" help:"Open a tenant with nobody above it and its first administrator; the password is read from standard input."`

	Export tenantExportCmd `cmd:"" help:"Write everything a tenant owns into one signed archive."`
	Import tenantImportCmd `cmd:"" help:"Take an archive into this database."`
	Leave  tenantLeaveCmd  `cmd:"" help:"Ask for or confirm the end of a tenant, or call it off."`
	Sweep  tenantSweepCmd  `cmd:"" help:"Delete tenants whose period of grace is over; run it daily."`
}

type foundCmd struct {
	Unit  string `arg:"" help:"Statistical code of its unit, already imported."`
	Login string `required:"" help:"Login of the first administrator."`
	Name  string `required:"" help:"Name of that person."`
	DSN   string `name:"dsn" env:"LEITAI_DSN" required:"" help:"DSN of leitai_app."`
	Keys  string `env:"LEITAI_KEYS" required:"" type:"existingdir" help:"Key folder, made by 'leitai keys'."`
}

// Run opens the tenant; everything below it is provisioned through the API.
func (c *foundCmd) Run(ctx context.Context) error {
	region, known := division.Region(c.Unit)
	if !known {
		return fault.New(fault.Invalid, "value", c.Unit, "want", "4, 6 or 9 digits").At("unit")
	}
	return founding(ctx, c.DSN, c.Keys, region, c.Login, func(ctx context.Context, app *wiring.App, admin tenancy.FirstAdmin) (*tenancy.Tenant, error) {
		admin.Name = c.Name
		return app.Tenancy.Found(ctx, tenancy.Opened{UnitCode: c.Unit, Admin: admin})
	})
}

// founding opens a tenant as the program, in the tenant to be, with the password
// of its first administrator from standard input.
func founding(ctx context.Context, dsn, keyFolder, region, login string,
	found func(ctx context.Context, app *wiring.App, admin tenancy.FirstAdmin) (*tenancy.Tenant, error)) error {
	password, err := io.ReadAll(io.LimitReader(os.Stdin, 1024))
	if err != nil {
		return err
	}
	keys, err := config.LoadKeys(keyFolder)
	if err != nil {
		return err
	}
	app, err := wiring.New(ctx, wiring.Options{DSN: dsn, Keys: keys, Now: time.Now, Database: postgres.Options{MaxOpen: 2},
		Logger: telemetry.NewLogger(os.Stderr, slog.LevelWarn), Metrics: telemetry.NewMetrics(version)})
	if err != nil {
		return err
	}
	defer func() { _ = app.Close() }() // the process ends with it
	admin, err := app.Identity.Prepare(ctx, login, strings.TrimRight(string(password), "\r\n"))
	if err != nil {
		return err
	}
	ctx, request, _, err := app.DB.AsTenant(ctx, postgres.Service{Tenant: uuid.Must(uuid.NewV7()), Region: region, User: admin.ID})
	if err != nil {
		return err
	}
	defer func() { _ = request.End() }() // what was written is committed by then
	made, err := found(ctx, app, tenancy.FirstAdmin{User: admin.ID, Login: admin.Login, Hash: admin.Hash})
	if err != nil {
		return err
	}
	fmt.Println("tenant", made.ID, made.Name)
	return nil
}
