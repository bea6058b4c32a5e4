// Command rls measures what row-level security costs a request end to end: the
// same program on two copies of one database, in one of which every policy is
// switched off. Both are asked for a township's board and for a county's list
// of rounds; they must answer the same, take turns, and the medians are printed.
//
//	go run ./bench/rls -runs 7 -seconds 2
//
// It owns the measuring only; it is no test and nothing depends on it.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"leitai/bench/usage"
)

// client of the load; a server that hangs ends the run.
var client = &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

func main() {
	runs := flag.Int("runs", 7, "turns of each server with each question")
	seconds := flag.Float64("seconds", 2, "length of a turn")
	clients := flag.Int("clients", 2, "connections at a time")
	scale := flag.Float64("scale", 0.02, "size of the province, 1 is a whole one")
	child := flag.Bool("serve", false, "internal: serve the database named by the environment")
	flag.Parse()
	var err error
	if *child {
		err = serve()
	} else {
		err = compare(*runs, time.Duration(*seconds*float64(time.Second)), *clients, *scale)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// question is what is asked, and what a request cost in each turn.
type question struct {
	name, token, query string
	variables          map[string]any
	cost               map[*server]*costs
}

// costs are one value a turn.
type costs struct{ cpu, all, wait []float64 }

func compare(runs int, length time.Duration, clients int, scale float64) error {
	ctx := context.Background()
	stage, err := build(ctx, scale)
	if err != nil {
		return err
	}
	defer stage.close()
	for _, s := range stage.servers {
		if err := stage.start(s); err != nil {
			return err
		}
	}
	questions, err := stage.questions()
	if err != nil {
		return err
	}
	for turn := range runs + 1 { // the first turn warms up
		for _, q := range questions {
			for i := range stage.servers { // who goes first changes from turn to turn
				s := stage.servers[(i+turn)%len(stage.servers)]
				if err := q.turn(s, stage.postgres.PID(), length, clients, turn > 0); err != nil {
					return err
				}
			}
		}
	}
	for _, q := range questions {
		q.report(stage.servers)
	}
	return nil
}

// turn loads one server with one question and notes what a request cost.
func (q *question) turn(s *server, postmaster int, length time.Duration, clients int, counted bool) error {
	before, err := usage.Of(s.process.Process.Pid, postmaster)
	if err != nil {
		return err
	}
	var lock sync.Mutex
	var waits []float64
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	deadline := time.Now().Add(length)
	for range clients {
		group.Go(func() {
			for time.Now().Before(deadline) && failed.Load() == nil {
				begun := time.Now()
				if _, err := q.ask(s); err != nil {
					failed.Store(&err)
					return
				}
				lock.Lock()
				waits = append(waits, float64(time.Since(begun).Microseconds()))
				lock.Unlock()
			}
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	after, err := usage.Of(s.process.Process.Pid, postmaster)
	if err != nil || !counted {
		return err
	}
	n, c := float64(len(waits)), q.cost[s]
	c.cpu = append(c.cpu, (after.Postgres-before.Postgres)/n)
	c.all = append(c.all, (after.Postgres+after.Server-before.Postgres-before.Server)/n)
	c.wait = append(c.wait, median(waits))
	return nil
}

// ask sends the question once and gives the data of the answer.
func (q *question) ask(s *server) (json.RawMessage, error) {
	body, err := json.Marshal(map[string]any{"query": q.query, "variables": q.variables})
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://"+s.address+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+q.token)
	response, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return nil, err
	}
	var answer struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	if err := json.Unmarshal(text, &answer); err != nil || answer.Errors != nil || response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: row-level security %s answered %d %.300s", q.name, s.name, response.StatusCode, text)
	}
	return answer.Data, nil
}

// report prints medians, and how much more the first server does than the second.
func (q *question) report(servers []*server) {
	for _, s := range servers {
		c := q.cost[s]
		fmt.Printf("%-22s row-level security %-3s  PostgreSQL %6.0f µs  with the server %6.0f µs (%.0f–%.0f)  answered in %6.0f µs\n",
			q.name, s.name, median(c.cpu), median(c.all), slices.Min(c.all), slices.Max(c.all), median(c.wait))
	}
	on, off := q.cost[servers[0]], q.cost[servers[1]]
	fmt.Printf("%-22s on/off: processor time %.2f, PostgreSQL's alone %.2f, time to answer %.2f (medians of %d turns)\n",
		q.name, median(on.all)/median(off.all), median(on.cpu)/median(off.cpu), median(on.wait)/median(off.wait), len(on.all))
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
