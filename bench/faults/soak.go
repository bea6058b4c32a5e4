package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"leitai/bench/faults/crew"
	"leitai/bench/load"
)

// windows are what a soak is looked at in: of an hour ten minutes each.
const windows = 6

const (
	askBoard  = `query Board($round: ID!) { board(round: $round) { period revision rows { unitCode name total rank rankIfExact change bands light unranked } } }`
	askCounty = `query County($from: String!, $to: String!) { countyComparison(from: $from, to: $to) { lines { code rounds { period index naiveMean naiveMedian onTime } } } }`
	askRounds = `{ rounds(first: 20) { nodes { id period held state revision } } }`
)

// soaking serves the mix of the 30th of the month at half of saturation for long:
// boards, lists of rounds, comparisons, and in every township somebody who enters,
// confirms, publishes and corrects.
func (r *run) soaking(ctx context.Context) error {
	r.size.Rounds = 12
	s, err := r.raise(ctx, nil, true)
	if err != nil {
		return err
	}
	defer s.clear()
	server := load.Server{PID: s.servers[0].PID(), Postmaster: s.db.PID()}
	most, err := load.Closed(ctx, server, s.mix, saturating, measured)
	if err != nil {
		return err
	}
	rate := most.PerSecond() / 2
	tell("%.0f requests a second with %d clients; half of it from now on", most.PerSecond(), saturating)
	s.crew = crew.New(s.log, s.crew.Servers, calm, s.seed)
	length := time.Duration(r.minutes) * time.Minute / windows
	var all []window
	t, err := s.during(ctx, func() error {
		for range windows {
			w, err := s.watch(ctx, server, rate, length)
			if err != nil {
				return err
			}
			all = append(all, w)
			tell("%s", w)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := s.reportSoak(all, rate, length, t); err != nil {
		return err
	}
	return steady(all)
}

// saturating is how many clients ask at a time to find what the servers can do;
// calm how long a township rests between two acts of a long run.
const (
	saturating = 16
	measured   = 20 * time.Second
	calm       = 2 * time.Second
)

// mix asks fourteen boards, three lists and three comparisons of twenty requests,
// of both servers in turn.
func (s *stage) mix(n int64) (*http.Request, error) {
	town := s.world.Towns[n%int64(len(s.world.Towns))]
	token, query, vars := town.Dashboard, askBoard, map[string]any{"round": town.Last}
	switch n % 20 {
	case 3, 9, 15:
		query, vars = askRounds, nil
	case 6, 12, 18:
		token = s.world.Counties[n/20%int64(len(s.world.Counties))]
		query, vars = askCounty, map[string]any{"from": "2025-01", "to": "2025-12"}
	}
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequest(http.MethodPost, s.servers[n%int64(len(s.servers))].URL+"/graphql", bytes.NewReader(body)) //nolint:noctx // the load has its own end
	if err == nil {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return r, err
}

// window is one part of a soak.
type window struct {
	requests      int64
	half, most    time.Duration // half and 99 of 100 answers within
	written       int           // acts acknowledged
	megabytes     float64       // resident, of both servers and the worker
	heap          float64       // in use after collecting, megabytes
	goroutines    float64
	descriptors   float64
	toDatabase    int
	databaseBytes int
}

// String is the window as cells of a table.
func (w window) String() string {
	return fmt.Sprintf("%d | %.1f ms | %.1f ms | %d | %.0f MB | %.0f MB | %.0f | %.0f | %d | %d MB", w.requests, millis(w.half), millis(w.most), w.written,
		w.megabytes, w.heap, w.goroutines, w.descriptors, w.toDatabase, w.databaseBytes>>20)
}

// watch serves a window and reads what the processes tell of themselves at its
// end.
func (s *stage) watch(ctx context.Context, server load.Server, rate float64, length time.Duration) (w window, err error) {
	before := len(s.log.Acts())
	f, err := load.Open(ctx, server, s.mix, rate, length)
	if err != nil {
		return w, err
	}
	w = window{requests: f.Requests, half: f.Wait(0.5), most: f.Wait(0.99), written: len(s.log.Acts()) - before}
	for _, p := range append(s.servers, s.worker) {
		told, err := metrics(ctx, p.Operations)
		if err != nil {
			return w, err
		}
		w.megabytes += told["process_resident_memory_bytes"] / (1 << 20)
		w.heap += told["go_memstats_heap_inuse_bytes"] / (1 << 20)
		w.goroutines += told["go_goroutines"]
		w.descriptors += told["process_open_fds"]
	}
	w.toDatabase, err = s.db.Number(ctx, "leitai", `SELECT count(*) FROM pg_stat_activity WHERE datname = 'leitai' AND usename IN ('leitai_app', 'leitai_job')`)
	if err != nil {
		return w, err
	}
	w.databaseBytes, err = s.db.Number(ctx, "leitai", `SELECT pg_database_size('leitai')`)
	return w, err
}

var errGrows = errors.New("it does not stay as it is")

// steady compares the last window with the second: the first one warms up.
func steady(all []window) error {
	first, last := all[1], all[len(all)-1]
	var bad []string
	within := func(name string, have, was, factor, more float64) {
		if have > was*factor+more {
			bad = append(bad, fmt.Sprintf("%s %.1f, was %.1f", name, have, was))
		}
	}
	within("resident megabytes", last.megabytes, first.megabytes, 1.25, 16)
	within("goroutines", last.goroutines, first.goroutines, 1.1, 20)
	within("open descriptors", last.descriptors, first.descriptors, 1.1, 20)
	within("connections to the database", float64(last.toDatabase), float64(first.toDatabase), 1, 5)
	within("milliseconds for 99 of 100 answers", millis(last.most), millis(first.most), 2, 20)
	if bad != nil {
		return fmt.Errorf("%w: %s", errGrows, strings.Join(bad, "; "))
	}
	return nil
}

func (s *stage) reportSoak(all []window, rate float64, length time.Duration, t tally) error {
	var b strings.Builder
	fmt.Fprintf(&b, "seed %d, %.0f requests a second, windows of %s\n\n| window | requests | half within | 99 of 100 within | acts | memory | heap | goroutines | descriptors | connections | database |\n|---|---|---|---|---|---|---|---|---|---|---|\n", s.seed, rate, length)
	for i, w := range all {
		fmt.Fprintf(&b, "| %d | %s |\n", i+1, w)
	}
	fmt.Fprintf(&b, "\n| | |\n|---|---|\n%s", t)
	fmt.Print("\n" + b.String())
	return os.WriteFile(filepath.Join(s.folder, "report.md"), []byte(b.String()), 0o600)
}

func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
