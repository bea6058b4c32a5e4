// Command board compares the CPU one board request costs through /graphql with
// a bare net/http + lib/pq handler that sends the same statements under the
// same row-level security: no GraphQL, no casbin. Both serve the same database;
// they take turns, and the median of the turns is printed.
//
//	go run ./bench/board -runs 5 -seconds 3
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
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"leitai/bench/usage"
)

const graphQuery = `query Board($round: ID!) { board(round: $round) { period revision rows { unitCode name total rank rankIfExact change bands unranked } } }`

// client of the load; a contestant that hangs ends the run.
var client = &http.Client{Timeout: 10 * time.Second}

func main() {
	runs := flag.Int("runs", 5, "turns of each contestant")
	seconds := flag.Int("seconds", 3, "length of a turn")
	clients := flag.Int("clients", 4, "connections at a time")
	child := flag.String("contestant", "", "internal: serve as this contestant")
	flag.Parse()
	var err error
	if *child != "" {
		err = serve(*child)
	} else {
		err = compare(*runs, time.Duration(*seconds)*time.Second, *clients)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// contestant is one server under load.
type contestant struct {
	name    string
	request func() (*http.Request, error)
	process *exec.Cmd
	server  []float64 // CPU microseconds a request of the server, one a turn
	total   []float64 // with PostgreSQL's
}

func compare(runs int, length time.Duration, clients int) error {
	ctx := context.Background()
	stage, err := build(ctx)
	if err != nil {
		return err
	}
	defer stage.close()
	all := []*contestant{{name: "leitai"}, {name: "bare"}}
	for _, c := range all {
		address, err := stage.start(c)
		if err != nil {
			return err
		}
		defer func() { _ = c.process.Process.Kill() }()
		if c.request, err = requests(c.name, address, stage.token, stage.round); err != nil {
			return err
		}
	}
	if err := equal(all); err != nil {
		return err
	}
	for turn := range runs + 1 { // the first turn warms up
		for _, c := range all {
			if err := c.turn(stage.postgres, length, clients, turn > 0); err != nil {
				return err
			}
		}
	}
	report(all)
	return nil
}

// requests gives what a client of a contestant sends again and again.
func requests(name, address, token, round string) (func() (*http.Request, error), error) {
	if name == "leitai" {
		return graphRequests(address, token)
	}
	return func() (*http.Request, error) {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+address+"/board?round="+round, nil)
		if err == nil {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		return r, err
	}, nil
}

// graphRequests asks for the published round first, whose id is opaque.
func graphRequests(address, token string) (func() (*http.Request, error), error) {
	post := func(query string, variables map[string]string) (*http.Request, error) {
		body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
		if err != nil {
			return nil, err
		}
		r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://"+address+"/graphql", bytes.NewReader(body))
		if err == nil {
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Authorization", "Bearer "+token)
		}
		return r, err
	}
	r, err := post(`{ rounds(state: PUBLISHED, first: 1) { nodes { id } } }`, nil)
	if err != nil {
		return nil, err
	}
	response, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	var found struct {
		Data struct {
			Rounds struct{ Nodes []struct{ ID string } }
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&found); err != nil || len(found.Data.Rounds.Nodes) == 0 {
		return nil, fmt.Errorf("no published round is listed: %w", err)
	}
	return func() (*http.Request, error) {
		return post(graphQuery, map[string]string{"round": found.Data.Rounds.Nodes[0].ID})
	}, nil
}

// equal refuses to compare contestants that do not answer the same.
func equal(all []*contestant) error {
	var first any
	for _, c := range all {
		r, err := c.request()
		if err != nil {
			return err
		}
		response, err := client.Do(r)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(response.Body)
		if err := errors.Join(err, response.Body.Close()); err != nil {
			return err
		}
		var answer struct{ Data struct{ Board any } }
		if err := json.Unmarshal(body, &answer); err != nil || answer.Data.Board == nil {
			return fmt.Errorf("%s answers %.300s", c.name, body)
		}
		if first == nil {
			first = answer.Data.Board
		} else if !reflect.DeepEqual(first, answer.Data.Board) {
			return fmt.Errorf("the answers differ: %v and %v", first, answer.Data.Board)
		}
	}
	return nil
}

// turn loads one contestant and notes what a request cost.
func (c *contestant) turn(postgres int, length time.Duration, clients int, counted bool) error {
	before, err := usage.Of(c.process.Process.Pid, postgres)
	if err != nil {
		return err
	}
	var done atomic.Int64
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	deadline := time.Now().Add(length)
	for range clients {
		group.Go(func() {
			for time.Now().Before(deadline) && failed.Load() == nil {
				if err := c.once(); err != nil {
					failed.Store(&err)
					return
				}
				done.Add(1)
			}
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	after, err := usage.Of(c.process.Process.Pid, postgres)
	if err != nil || !counted {
		return err
	}
	n := float64(done.Load())
	c.server = append(c.server, (after.Server-before.Server)/n)
	c.total = append(c.total, (after.Server+after.Postgres-before.Server-before.Postgres)/n)
	return nil
}

func (c *contestant) once() error {
	r, err := c.request()
	if err != nil {
		return err
	}
	response, err := client.Do(r)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %d", c.name, response.StatusCode)
	}
	return nil
}

func report(all []*contestant) {
	for _, c := range all {
		fmt.Printf("%-7s server %6.0f µs  with PostgreSQL %6.0f µs  (CPU a request, median of %d; min %.0f, max %.0f)\n",
			c.name, median(c.server), median(c.total), len(c.total), slices.Min(c.total), slices.Max(c.total))
	}
	fmt.Printf("bare/leitai per CPU-second: %.2f\n", median(all[1].total)/median(all[0].total))
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// firstLine reads the address a child prints.
func firstLine(r io.Reader) (string, error) {
	var line strings.Builder
	one := make([]byte, 1)
	for {
		if _, err := r.Read(one); err != nil {
			return "", fmt.Errorf("the contestant printed no address: %w", err)
		}
		if one[0] == '\n' {
			return line.String(), nil
		}
		line.WriteByte(one[0])
	}
}
