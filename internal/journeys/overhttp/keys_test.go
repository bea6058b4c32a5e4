package overhttp_test

import (
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"leitai/internal/config"
	"leitai/internal/graphtest"
	"leitai/internal/httpserver"
	"leitai/internal/identity"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
	"leitai/internal/wiring/edge"
)

// replica is a server of its own on a shared folder of keys.
type replica struct {
	url  string
	keys *config.Live
}

// Two servers that read their keys at different moments turn each other's pages
// through a rotation; a cursor is refused once its key is retired.
func TestPagesTurnThroughARotationOfKeys(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	folder, moment := t.TempDir(), time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	start := func() replica {
		live, err := config.WatchKeys(folder, func() time.Time { return moment })
		if err != nil {
			t.Fatal(err)
		}
		app, err := wiring.New(t.Context(), wiring.Options{DSN: k.DB.AppDSN, Live: live, Now: k.Clock.Now, Logger: slog.New(slog.DiscardHandler),
			Metrics: telemetry.NewMetrics("test"), Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = app.Close() })
		server := httptest.NewServer(edge.New(app, httpserver.Defaults()).Handler())
		t.Cleanup(server.Close)
		return replica{server.URL, live}
	}
	a, b := start(), start()
	token := k.Token("C1")
	const query = `query($after: String) { people(first: 1, after: $after) { nodes { id } pageInfo { endCursor } } }`
	page := func(at replica, after any) *graphtest.Result {
		r, err := post(t, at.url, token, query, vars{"after": after})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	turn := func(when string, from, to replica) string {
		cursor := page(from, nil).Text(t, "people", "pageInfo", "endCursor")
		if next := page(to, cursor); len(next.List(t, "people", "nodes")) != 1 {
			t.Errorf("%s: the next page of the other server: %s", when, next.Body)
		}
		return cursor
	}
	reread := func(r replica) {
		if _, err := r.keys.Reload(); err != nil {
			t.Fatal(err)
		}
	}
	before := turn("before", a, b)
	if _, err := config.RotateKey(folder, "cursor", moment, moment.Add(10*time.Minute)); err != nil {
		t.Fatal(err)
	}
	reread(a)
	turn("one has read the new key", a, b)
	reread(b)
	moment = moment.Add(10 * time.Minute)
	reread(a)
	turn("the new key signs on one", a, b)
	turn("and verifies what the other signed", b, a)
	reread(b)
	if next := page(b, before); len(next.List(t, "people", "nodes")) != 1 {
		t.Errorf("a page from before the rotation: %s", next.Body)
	}
	moment = moment.Add(25 * time.Hour)
	if gone, err := config.RetireKeys(folder, "cursor", moment, 24*time.Hour); err != nil || len(gone) != 1 {
		t.Fatalf("%v %v", gone, err)
	}
	reread(b)
	if codes := page(b, before).Codes(); len(codes) != 1 || codes[0] != "INVALID_CURSOR" {
		t.Errorf("a cursor of a retired key: %v", codes)
	}
	turn("after", a, b)
}
