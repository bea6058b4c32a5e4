package sample_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"leitai/internal/config"
	"leitai/internal/dbtest"
	"leitai/internal/identity"
	"leitai/internal/postgres"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
)

// newApp wires the program on a database of its own with the fictional units,
// and a business clock that tests move. Passwords are hashed cheaply.
func newApp(t testing.TB) (*dbtest.DB, *wiring.App, *sample.Clock) {
	t.Helper()
	base := dbtest.New(t)
	if _, err := postgres.ImportDivisions(t.Context(), base.MaintDSN, sample.SchemesTable(), postgres.Import{}); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	keys, err := config.LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	clock := sample.NewClock(time.Now(), time.Now)
	app, err := wiring.New(t.Context(), wiring.Options{
		DSN: base.AppDSN, Keys: keys, Now: clock.Now, Logger: slog.New(slog.DiscardHandler), Metrics: telemetry.NewMetrics("test"),
		Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	return base, app, clock
}

func build(t testing.TB) (*wiring.App, *sample.World) {
	t.Helper()
	_, app, w := buildOn(t)
	return app, w
}

func buildOn(t testing.TB) (*dbtest.DB, *wiring.App, *sample.World) {
	t.Helper()
	base, app, clock := newApp(t)
	w, err := sample.Build(t.Context(), app, clock)
	if err != nil {
		t.Fatal(err)
	}
	return base, app, w
}

// playAll builds the county and plays the six months and the half-year.
func playAll(t testing.TB) (*wiring.App, *sample.World) {
	t.Helper()
	app, w := build(t)
	began := time.Now()
	if err := w.Play(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("six months and the half-year played in %s", time.Since(began).Round(time.Millisecond))
	return app, w
}

func as(t testing.TB, w *sample.World, who string, do func(ctx context.Context) error) {
	t.Helper()
	if err := w.As(t.Context(), who, do); err != nil {
		t.Fatal(err)
	}
}
