package graphtest_test

import (
	"log/slog"
	"slices"
	"testing"
	"time"

	"leitai/internal/config"
	"leitai/internal/graphtest"
	"leitai/internal/identity"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
)

const (
	followRound = `subscription($round: ID!, $since: String) { roundProgress(round: $round, since: $since) {
		cursor entered confirmed missing round { state } cells { panel item channel entered confirmed missing } } }`
	followPublished = `subscription($since: String) { published(since: $since) { cursor revises publication { id revision round { period } board { rows { name } } } } }`
)

// pair starts two more programs on the kit's database, with one set of keys.
func pair(t *testing.T, k *graphtest.Kit) (one, two *graphtest.Kit) {
	t.Helper()
	folder := t.TempDir()
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	keys, err := config.LoadKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	var kits [2]*graphtest.Kit
	for i := range kits {
		app, err := wiring.New(t.Context(), wiring.Options{DSN: k.DB.AppDSN, Keys: keys, Now: k.Clock.Now,
			Logger: slog.New(slog.DiscardHandler), Metrics: telemetry.NewMetrics("replica"), Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = app.Close() })
		kits[i] = k.Beside(app)
	}
	return kits[0], kits[1]
}

// A month is followed by those it concerns: the office and a judge by its
// progress, the township and the county by its publication, and nobody else; who
// was away is told what was published meanwhile, by either program.
func TestAMonthIsFollowed(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	one, two := pair(t, k)
	served, other := one.Listen(t, nil), two.Listen(t, nil)
	round := graphtest.Vars{"round": k.RoundID("2023-04")}

	office := served.Socket(t, k.Token(sample.Clerk))
	office.Subscribe(t, "progress", followRound, round)
	office.Subscribe(t, "published", followPublished, nil)
	county := other.Follow(t, k.Token("CA1"), followPublished, nil)
	sibling := other.Socket(t, k.Token("XA1"))
	sibling.Subscribe(t, "theirs", followRound, round)
	if m := sibling.Next(t); m.Type != "error" || m.ID != "theirs" || !m.Says("NOT_FOUND") {
		t.Errorf("another township's round: %+v", m)
	}
	sibling.Subscribe(t, "published", followPublished, nil)

	begin := office.Next(t)
	if r := begin.Result(t); begin.ID != "progress" || r.Text(t, "roundProgress", "round", "state") != "PLANNED" || r.At(t, "roundProgress", "entered") != nil {
		t.Errorf("at the beginning: %s", begin.Payload)
	}
	played := make(chan error, 1)
	go func() { played <- k.World.PlayMonth(t.Context(), "2023-04") }()
	states, most, publication := followed(t, office)
	if err := <-played; err != nil {
		t.Fatal(err)
	}
	for _, state := range []string{"OPEN", "PUBLISHED"} {
		if !slices.Contains(states, state) {
			t.Errorf("the office saw %v", states)
		}
	}
	if !slices.IsSortedFunc(states, func(a, b string) int { return order[a] - order[b] }) || most == 0 {
		t.Errorf("the office saw %v, %v marks at most", states, most)
	}
	seen := county.Next(t).Result(t)
	if id := seen.Text(t, "published", "publication", "id"); id != publication || seen.Text(t, "published", "publication", "round", "period") != "2023-04" {
		t.Errorf("the county is told of %s, the township of %s", id, publication)
	}
	if rows := seen.List(t, "published", "publication", "board", "rows"); len(rows) == 0 {
		t.Error("the county sees no board")
	}

	// The connection breaks; what is published meanwhile is told by the other program.
	since := seen.Text(t, "published", "cursor")
	county.Leave()
	if err := k.World.PlayMonth(t.Context(), "2023-05"); err != nil {
		t.Fatal(err)
	}
	back := served.Follow(t, k.Token("CA1"), followPublished, graphtest.Vars{"since": since})
	if r := back.Next(t).Result(t); r.Text(t, "published", "publication", "round", "period") != "2023-05" {
		t.Errorf("after the break: %s", r.Body)
	}
	if m, more := back.Within(300 * time.Millisecond); more {
		t.Errorf("told twice: %s", m.Payload)
	}
	if m, told := sibling.Within(100 * time.Millisecond); told {
		t.Errorf("another township is told %s", m.Payload)
	}
	progress := other.Follow(t, k.Token(sample.Clerk), followRound, round)
	if r := progress.Next(t).Result(t); r.Text(t, "roundProgress", "round", "state") != "PUBLISHED" || r.Int(t, "roundProgress", "missing") != 0 {
		t.Errorf("after the end: %s", r.Body)
	}
}

// order of the states in a month.
var order = map[string]int{"PLANNED": 1, "NOTIFIED": 2, "OPEN": 3, "CLOSED": 4, "COMPUTED": 5, "PROVISIONAL": 6, "PUBLISHED": 7}

// followed reads the office's socket until the round is published and its
// publication told.
func followed(t *testing.T, office *graphtest.Stream) (states []string, most float64, publication string) {
	t.Helper()
	for publication == "" || len(states) == 0 || states[len(states)-1] != "PUBLISHED" {
		m := office.Next(t)
		r := m.Result(t)
		if m.Type != "next" || len(r.Errors) > 0 {
			t.Fatalf("%+v %s", m, m.Payload)
		}
		if m.ID == "published" {
			publication = r.Text(t, "published", "publication", "id")
			continue
		}
		states = append(states, r.Text(t, "roundProgress", "round", "state"))
		if entered, shown := r.At(t, "roundProgress", "entered").(float64); shown {
			most = max(most, entered)
		}
	}
	return states, most, publication
}
