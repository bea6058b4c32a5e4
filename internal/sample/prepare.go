package sample

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"leitai/internal/calendar"
	"leitai/internal/config"
	"leitai/internal/identity"
	"leitai/internal/paging"
	"leitai/internal/postgres"
	"leitai/internal/round"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
)

// Options say where a demonstration lives.
type Options struct {
	Dir      string           // folder of demo.json, clock.json and the keys; made when it is missing
	AdminDSN string           // URL of a superuser of the PostgreSQL server it uses
	Database postgres.Options // of the pool
	Today    calendar.Date    // sets the business date forward; zero: goes on from where it stood
	Argon2   identity.Argon2Options
	Logger   *slog.Logger // nil is silent
	Metrics  *telemetry.Metrics
	Traces   *telemetry.Traces // nil: none
	Real     func() time.Time  // the machine's clock; nil: time.Now
}

// Demo is a demonstration ready to be served.
type Demo struct {
	App      *wiring.App
	Clock    *Clock
	Manifest Manifest
	Bulletin string // path of the last published round's bulletin

	dir string
}

// Prepare makes the demonstration of a folder ready: roles, database and schema,
// the fictional county with its six months when they are not there yet, and the
// program wired on it. A folder that was prepared before is taken up as it is,
// its business clock as much further as time has passed; one whose first
// preparation was broken off is begun anew. Announce writes demo.json.
func Prepare(ctx context.Context, o Options) (*Demo, error) {
	if o.Real == nil {
		o.Real = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("sample: %w", err)
	}
	db, err := openDatabase(ctx, o.AdminDSN)
	if err != nil {
		return nil, err
	}
	tenants, err := db.tenants(ctx)
	if err != nil {
		return nil, err
	}
	var m Manifest
	var s stand
	made := readFile(o.Dir, clockFile, &s) && readFile(o.Dir, manifestFile, &m) && tenants > 0
	var d *Demo
	if made {
		d, err = takeUp(ctx, o, db, m, s)
	} else {
		d, err = begin(ctx, o, db, tenants > 0)
	}
	if err != nil {
		return nil, err
	}
	if o.Today.After(d.Clock.Today()) {
		d.Clock.Set(o.Today, "09:00")
	}
	d.Bulletin, err = d.lastBulletin(ctx)
	return d, err
}

// takeUp goes on with a demonstration that was made before.
func takeUp(ctx context.Context, o Options, db *database, m Manifest, s stand) (*Demo, error) {
	clock := s.clock(o.Real)
	app, err := o.wire(ctx, db, clock)
	if err != nil {
		return nil, err
	}
	return &Demo{App: app, Clock: clock, Manifest: m, dir: o.Dir}, nil
}

// begin makes a demonstration from nothing; leftovers are discarded first.
func begin(ctx context.Context, o Options, db *database, leftovers bool) (*Demo, error) {
	if leftovers {
		if err := db.renew(ctx); err != nil {
			return nil, err
		}
	}
	if err := db.importUnits(ctx); err != nil {
		return nil, err
	}
	clock := NewClock(o.Real(), o.Real)
	app, err := o.wire(ctx, db, clock)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	w, err := Build(ctx, app, clock)
	if err == nil {
		o.Logger.InfoContext(ctx, "fictional county made", slog.String("took", time.Since(began).Round(time.Millisecond).String()))
		began = time.Now()
		err = w.Play(ctx)
	}
	if err != nil {
		_ = app.Close() // the first error is the one to tell
		return nil, err
	}
	o.Logger.InfoContext(ctx, "six months played", slog.String("took", time.Since(began).Round(time.Millisecond).String()))
	if err := o.schemes(ctx, w); err != nil {
		_ = app.Close() // the first error is the one to tell
		return nil, err
	}
	d := &Demo{App: app, Clock: clock, Manifest: w.Manifest(), dir: o.Dir}
	debug.FreeOSMemory() // what making it took is not needed again
	return d, d.Announce("")
}

// schemes plays the other schemes.
func (o Options) schemes(ctx context.Context, w *World) error {
	began := time.Now()
	err := w.PlaySchemes(ctx)
	o.Logger.InfoContext(ctx, "other schemes played", slog.String("took", time.Since(began).Round(time.Millisecond).String()))
	return err
}

// filesFolder is where the demonstration's pictures and papers lie.
const filesFolder = "files"

// wire puts the program together on the demonstration's database and keys.
func (o Options) wire(ctx context.Context, db *database, clock *Clock) (*wiring.App, error) {
	folder := filepath.Join(o.Dir, keysFolder)
	if err := config.MakeKeys(folder); err != nil {
		return nil, err
	}
	keys, err := config.LoadKeys(folder)
	if err != nil {
		return nil, err
	}
	files, err := filepath.Abs(filepath.Join(o.Dir, filesFolder))
	if err != nil {
		return nil, err
	}
	return wiring.New(ctx, wiring.Options{
		Files: "file://" + filepath.ToSlash(files) + "?create_dir=true&no_tmp_dir=true&metadata=skip",
		DSN:   db.app(), Database: o.Database, Keys: keys, Now: clock.Now, Logger: o.Logger, Metrics: o.Metrics, Traces: o.Traces, Argon2: o.Argon2,
	})
}

// Announce notes where the clock stands and writes demo.json with the address
// at which the demonstration is served, for example http://127.0.0.1:8080.
func (d *Demo) Announce(url string) error {
	d.Manifest = d.Manifest.at(url, d.Clock.Today().String())
	if err := writeFile(d.dir, clockFile, stand{Business: d.Clock.Now(), Machine: d.Clock.real()}); err != nil {
		return err
	}
	return writeFile(d.dir, manifestFile, d.Manifest)
}

// Close gives the database back.
func (d *Demo) Close() error { return d.App.Close() }

// lastBulletin finds the bulletin of the round published last, as the clerk.
func (d *Demo) lastBulletin(ctx context.Context) (string, error) {
	at := slices.IndexFunc(d.Manifest.Roles, func(l Login) bool { return l.Person == Clerk })
	if at < 0 {
		return "", nil
	}
	cred, _, err := identity.Credential("", d.Manifest.Roles[at].Token, "")
	if err != nil {
		return "", err
	}
	path := ""
	w := World{app: d.App}
	err = w.with(ctx, cred, func(ctx context.Context) error {
		published, one := round.Published, 1
		page, err := d.App.Rounds.Rounds(ctx, round.Filter{State: &published}, paging.Args{First: &one})
		if err != nil || len(page.Items) == 0 {
			return err
		}
		all, err := d.App.Rounds.History(ctx, page.Items[0].ID)
		if err == nil && len(all) > 0 {
			path = "/documents/bulletin/" + all[0].ID.String()
		}
		return err
	})
	return path, err
}
