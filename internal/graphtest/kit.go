// Package graphtest owns black-box tests of the public contract: a whole
// service on a database of its own with the fictional county in it, spoken to
// over HTTP by the people of that county, and scenarios that also say what must
// not happen.
//
// It does not own what the county holds (sample) or how the service is put
// together (wiring).
package graphtest

import (
	"bytes"
	"database/sql"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/graph"
	"leitai/internal/budget"
	"leitai/internal/config"
	"leitai/internal/dbtest"
	"leitai/internal/httpserver"
	"leitai/internal/identity"
	"leitai/internal/postgres"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
	"leitai/internal/wiring/edge"
)

// Kit is one service under test.
type Kit struct {
	DB    *dbtest.DB
	App   *wiring.App
	World *sample.World
	Clock *sample.Clock
	Keys  *config.Keys

	handler http.Handler
	log     *lockedBuffer
	all     *sql.DB // as the superuser: every row of every tenant
	sent    *sent
	noted   *noted
}

// Setting is how a service under test differs from the one that runs; its zero
// value does not differ.
type Setting struct {
	Keys   *config.Keys                  // nil makes new ones
	Files  string                        // where files lie; empty: in memory
	Around func(wiring.Gate) wiring.Gate // see wiring.Options
	Watch  func(*dbtest.Watch)           // changes what stands around the connections
	Limits func(*httpserver.Options)     // changes the edge
}

// New makes a service with the fictional county: people, tokens, a competition
// with dated rounds, and none of them begun. A statement that touches a tenant's
// table before its transaction has a tenant fails the test, here and in every other kit.
func New(t testing.TB) *Kit {
	t.Helper()
	k := &Kit{DB: dbtest.New(t), Clock: sample.NewClock(time.Now(), time.Now)}
	k.divisions(t, sample.FictionalTable())
	k.serve(t, Setting{})
	var err error
	if k.World, err = sample.Build(t.Context(), k.App, k.Clock); err != nil {
		t.Fatal(err)
	}
	return k
}

// divisions imports units.
func (k *Kit) divisions(t testing.TB, table io.Reader) {
	t.Helper()
	if _, err := postgres.ImportDivisions(t.Context(), k.DB.MaintDSN, table, postgres.Import{}); err != nil {
		t.Fatal(err)
	}
}

// serve starts the service of a setting on the kit's database.
func (k *Kit) serve(t testing.TB, s Setting) {
	t.Helper()
	if s.Keys == nil {
		s.Keys = keys(t)
	}
	k.Keys = s.Keys
	watch := k.DB.Strict(t)
	if s.Watch != nil {
		s.Watch(watch)
	}
	k.sent = &sent{}
	k.sent.watch(watch)
	k.noted = &noted{}
	watch.Seen = k.noted.note
	k.log = &lockedBuffer{}
	var err error
	k.App, err = wiring.New(t.Context(), wiring.Options{DSN: k.DB.AppDSN, Keys: *s.Keys, Now: k.Clock.Now, Around: s.Around, Files: s.Files,
		// Many at once wait for each other on a busy machine as long as a test does.
		Database: postgres.Options{Connector: watch.Connector, Patience: Patience, LockTimeout: Patience},
		Logger:   telemetry.NewLogger(k.log, slog.LevelInfo), Metrics: telemetry.NewMetrics("test"),
		Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = k.App.Close() })
	k.all = k.DB.Admin(t)
	options := httpserver.Defaults()
	options.Budgets = budget.Plan{} // a crawl asks more in a minute than anybody may
	if s.Limits != nil {
		s.Limits(&options)
	}
	k.handler = edge.New(k.App, options).Handler()
}

// Played is New with the six months and the half-year played.
func Played(t testing.TB) *Kit {
	t.Helper()
	k := New(t)
	if err := k.World.Play(t.Context()); err != nil {
		t.Fatal(err)
	}
	return k
}

func keys(t testing.TB) *config.Keys {
	t.Helper()
	folder := t.TempDir()
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	made, err := config.LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	return &made
}

// Handler is the edge of the service, to be served where a browser can reach it.
// What it answers is noted (see Noted).
func (k *Kit) Handler() http.Handler { return k.noted.around(k.handler) }

// Token is the token of somebody of the county, by pseudonym.
func (k *Kit) Token(pseudonym string) string { return k.World.Person(pseudonym).Token }

// RoundID is the global id of the competition's round of a period.
func (k *Kit) RoundID(period string) string { return ID("Round", k.World.Rounds[period]) }

// CompetitionID is the global id of the competition.
func (k *Kit) CompetitionID() string { return ID("Competition", k.World.Competition) }

// PersonID is the global id of somebody, by pseudonym.
func (k *Kit) PersonID(pseudonym string) string { return ID("Person", k.World.Person(pseudonym).ID) }

// Log is everything the service logged so far.
func (k *Kit) Log() string { return k.log.String() }

// ID makes the global id of an object, as the service makes it. A client never
// does; tests need the ids of what their actor may not see.
func ID(kind string, id uuid.UUID) string { return graph.GlobalID(kind, id) }

// UnknownID is a well-formed id that names nothing.
func UnknownID(kind string) string { return ID(kind, uuid.Must(uuid.NewV7())) }

// VillageCode is the statistical code of the nth village of the township that
// plays, from 1.
func VillageCode(n int) string {
	return sample.TownshipCode + strings.Repeat("0", 2-n/10) + digits(n)
}

func digits(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return digits(n/10) + digits(n%10)
}

// lockedBuffer collects the log of concurrent requests.
type lockedBuffer struct {
	lock sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.text.Write(p)
}

// String gives what was written.
func (b *lockedBuffer) String() string {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.text.String()
}
