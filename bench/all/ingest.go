package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"leitai/bench/load"
	"leitai/bench/stand"
)

// batch is how many marks are sent at a time, the most the contract takes.
const batch = 500

// lanes work at a time, each on townships of its own.
const lanes = 2

// ingest measures a county's marks of one round through the contract beside
// plain inserts of as many rows at a time into the same table (P9). Both have a
// fresh round of every township in every turn.
func (b *bench) ingest(ctx context.Context) error {
	rounds := 2 * (b.runs + 1)
	d, err := b.stand.Database(ctx, "ingest", stand.Shape{Scale: oneCounty, Rounds: shortHistory, Items: 20, Judges: 2, Open: rounds, Seed: 1})
	if err != nil {
		return err
	}
	sheets, err := openSheets(ctx, d)
	if err != nil {
		return err
	}
	c, err := b.leitai(ctx, d, false)
	if err != nil {
		return err
	}
	defer c.stop()
	raw, err := openRaw(d)
	if err != nil {
		return err
	}
	defer raw.close()
	next := 0 // round of the next turn
	with := func(server load.Server, before func(round int) error, enter func(ctx context.Context, s *sheet, round int) error) func(context.Context) (load.Figures, error) {
		return func(ctx context.Context) (load.Figures, error) {
			round := next
			next++
			if err := before(round); err != nil {
				return load.Figures{}, err
			}
			return load.Batches(server, lanes, len(sheets), func(i int) (int, error) {
				return len(sheets[i].marks), enter(ctx, sheets[i], round)
			})
		}
	}
	turns := []turn{
		{&figures{Name: "leitai"}, with(b.server(c), func(round int) error { return ready(sheets, round) }, func(_ context.Context, s *sheet, _ int) error { return s.submit(c.address) })},
		{&figures{Name: "plain inserts"}, with(load.Server{PID: raw.pid, Postmaster: b.stand.PID()}, func(int) error { return nil }, raw.insert)},
	}
	if err := interleave(ctx, b.runs, turns); err != nil {
		return err
	}
	own, plain := turns[0].figures, turns[1].figures
	for _, f := range []*figures{own, plain} {
		fmt.Printf("%-8s %-16s %.1f µs server, %.1f µs with PostgreSQL a mark, %.0f marks a second\n", "ingest", f.Name, f.Server(), f.CPU(), f.PerSecond())
	}
	b.atLeast("P9", "marks for a CPU-second through the contract, beside plain inserts", plain.CPU()/own.CPU(), 0.6, fmt.Sprintf("%.1f µs and %.1f µs a mark", own.CPU(), plain.CPU()))
	b.atLeast("P9", "marks a second through the contract, beside plain inserts", own.PerSecond()/plain.PerSecond(), 0.6, fmt.Sprintf("%.0f and %.0f", own.PerSecond(), plain.PerSecond()))
	return raw.check(ctx, sheets, next)
}

const submission = `mutation Enter($input: MarksSubmitInput!) { marksSubmit(input: $input) { userErrors { field message } } }`

// ready writes the requests of a round before its turn begins: what a client
// does to make them is nothing of the service's, on the same processors.
func ready(sheets []*sheet, round int) error {
	for _, s := range sheets {
		s.bodies = nil
		for from := 0; from < len(s.marks); from += batch {
			body, err := json.Marshal(map[string]any{"query": submission, "variables": map[string]any{"input": s.input(round, from, min(from+batch, len(s.marks)))}})
			if err != nil {
				return err
			}
			s.bodies = append(s.bodies, body)
		}
	}
	return nil
}

// submit sends a township's marks of the round that is ready as its clerk does.
func (s *sheet) submit(address string) error {
	for _, body := range s.bodies {
		r, err := graphQLBody(address, s.token, body)
		if err != nil {
			return err
		}
		answer, err := load.Once(r)
		if err != nil {
			return err
		}
		if !strings.Contains(string(answer), `"userErrors":[]`) {
			return fmt.Errorf("marks are refused: %.600s", answer)
		}
	}
	return nil
}

// input is a batch in the form of the contract.
func (s *sheet) input(round, from, to int) any {
	marks := make([]map[string]any, 0, to-from)
	for i := from; i < to; i++ {
		m := &s.marks[i]
		marks = append(marks, map[string]any{"id": s.markID(round, i).String(), "unitCode": m.code, "item": m.item, "channel": channel,
			"value": json.Number(m.value), "judge": m.judgeGlobal})
	}
	return map[string]any{"round": s.rounds[round].global, "marks": marks}
}

var errMissing = errors.New("marks are missing")
