package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"leitai/internal/config"
	"leitai/internal/facts"
	"leitai/internal/postgres"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
)

type sandboxCmd struct {
	Open  sandboxOpenCmd  `cmd:"" help:"Make the fictional county, once; it takes about a minute."`
	Token sandboxTokenCmd `cmd:"" help:"Register an app with the fictional county and print its secret, which is shown this once."`
}

// sandboxed is the database of the service whose sandbox it is.
type sandboxed struct {
	DSN   string `name:"dsn" env:"LEITAI_DSN" required:"" help:"DSN of leitai_app."`
	Maint string `name:"maint-dsn" env:"LEITAI_MAINT_DSN" required:"" help:"DSN of leitai_maint."`
	Keys  string `env:"LEITAI_KEYS" required:"" type:"existingdir" help:"Key folder, made by 'leitai keys'."`
}

type sandboxOpenCmd struct{ sandboxed }

// Run plays the fictional county's months into the database.
func (c *sandboxOpenCmd) Run(ctx context.Context) error {
	clock := sample.NewClock(time.Now(), time.Now)
	return c.with(ctx, clock.Now, func(app *wiring.App) error {
		if err := sample.OpenSandbox(ctx, app, clock, c.Maint); err != nil {
			return err
		}
		fmt.Println("sandbox", sample.CountyCode)
		return nil
	})
}

type sandboxTokenCmd struct {
	sandboxed
	Name    string   `required:"" help:"What the app is called."`
	Maker   string   `required:"" help:"The company or office that runs it."`
	Contact string   `required:"" help:"How its people are reached."`
	Purpose string   `default:"沙箱试用" help:"What it is for."`
	Origins []string `help:"Pages that may ask from a browser, https://host[:port]."`
	Scopes  []string `help:"Permissions it asks for; publication:read when omitted."`
	Days    int      `default:"90" help:"For how long it reads, 1 to 365."`
}

// Run registers the app and lets every fictional tenant consent.
func (c *sandboxTokenCmd) Run(ctx context.Context) error {
	return c.with(ctx, time.Now, func(app *wiring.App) error {
		secret, tenants, err := sample.SandboxToken(ctx, app, c.Maint, facts.AppInput{Name: c.Name, Maker: c.Maker, Contact: c.Contact, Purpose: c.Purpose,
			Origins: c.Origins, Scopes: c.Scopes}, c.Days)
		if err != nil {
			return err
		}
		fmt.Println("secret", secret)
		fmt.Println("tenants", strings.Join(tenants, " "))
		return nil
	})
}

// with wires the program on the service's database.
func (c *sandboxed) with(ctx context.Context, now func() time.Time, do func(*wiring.App) error) error {
	keys, err := config.LoadKeys(c.Keys)
	if err != nil {
		return err
	}
	app, err := wiring.New(ctx, wiring.Options{DSN: c.DSN, Keys: keys, Now: now, Database: postgres.Options{MaxOpen: 4},
		Logger: telemetry.NewLogger(os.Stderr, slog.LevelWarn), Metrics: telemetry.NewMetrics(version)})
	if err != nil {
		return err
	}
	defer func() { _ = app.Close() }() // the process ends with it
	return do(app)
}
