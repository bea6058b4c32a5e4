package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"leitai/bench/faults/history"
	"leitai/bench/faults/world"
)

// victim is something that dies.
type victim struct {
	name string
	// strike kills it and brings it back.
	strike func(ctx context.Context) error
}

// kill is one death.
type kill struct {
	victim  string
	at      time.Duration // since the run began
	back    time.Duration // until it was ready again
	writing time.Duration // until an act was acknowledged that was begun after the kill
}

// between two kills there is time to work: from shortest to longest.
const shortest, longest = 500 * time.Millisecond, 5 * time.Second

// killing kills one of them after the other while townships write.
func (r *run) killing(ctx context.Context) error {
	s, err := r.raise(ctx, nil, true)
	if err != nil {
		return err
	}
	defer s.clear()
	chance := rand.New(rand.NewPCG(r.seed, 1)) //nolint:gosec // no secret
	var deaths []kill
	t, err := s.during(ctx, func() (err error) {
		if deaths, err = s.strikes(ctx, chance); err == nil {
			tell("%d kills; what is under way is brought to its end", len(deaths))
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.report(deaths, t)
}

// strikes kills at random, and looks at the database every ten kills.
func (s *stage) strikes(ctx context.Context, chance *rand.Rand) ([]kill, error) {
	victims := s.victims(chance)
	var deaths []kill
	for len(deaths) < s.kills {
		rest := time.NewTimer(shortest + time.Duration(chance.Int64N(int64(longest-shortest))))
		select {
		case <-ctx.Done():
			return deaths, ctx.Err()
		case <-rest.C:
		}
		v := victims[chance.IntN(len(victims))]
		k := kill{victim: v.name, at: s.log.Now()}
		if err := v.strike(ctx); err != nil {
			return deaths, fmt.Errorf("after the %d. kill, of %s: %w", len(deaths)+1, v.name, err)
		}
		k.back = s.log.Now() - k.at
		deaths = append(deaths, k)
		if len(deaths)%10 == 0 {
			if err := s.glance(ctx, len(deaths)); err != nil {
				return deaths, err
			}
		}
	}
	return deaths, nil
}

// glance holds the database against the history while clients are at work.
func (s *stage) glance(ctx context.Context, kills int) error {
	found, stored, acts, err := s.hold(ctx, false)
	if err != nil {
		return err
	}
	t := count(acts)
	tell("%d kills: %d acts acknowledged, %d marks and %d publications stored", kills, t.Acts, len(stored.Marks), len(stored.Publications))
	return judged(found)
}

// victims are what may die. A server that is killed stays away for a moment, as
// one that a supervisor starts again does.
func (s *stage) victims(chance *rand.Rand) []victim {
	away := func() { time.Sleep(time.Duration(chance.Int64N(int64(time.Second)))) }
	all := []victim{
		{"database", func(ctx context.Context) error {
			if err := s.db.Kill(); err != nil {
				return err
			}
			away()
			return s.db.Start(ctx)
		}},
		{"backend", func(ctx context.Context) error {
			return s.db.KillBackend(ctx, world.Database, chance.IntN)
		}},
		{"pooler", func(ctx context.Context) error {
			s.pooler.Kill()
			away()
			return s.pooler.Start(ctx)
		}},
	}
	for _, p := range append(slices.Clone(s.servers), s.worker) {
		all = append(all, victim{p.Name, func(ctx context.Context) error {
			p.Kill()
			away()
			return p.Start(ctx)
		}})
	}
	return all
}

// report writes what a run came to, as a table.
func (s *stage) report(deaths []kill, t tally) error {
	acts := s.log.Acts()
	of := map[string][]kill{}
	for _, k := range deaths {
		k.writing = writingAgain(acts, k.at)
		of[k.victim] = append(of[k.victim], k)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "seed %d, %d kills in %s\n\n| killed | times | ready again: median, longest | somebody writes again: median, longest |\n|---|---|---|---|\n",
		s.seed, len(deaths), s.log.Now().Round(time.Second))
	for _, name := range sortedKeys(of) {
		var back, writing []time.Duration
		for _, k := range of[name] {
			back, writing = append(back, k.back), append(writing, k.writing)
		}
		m1, l1 := middle(back)
		m2, l2 := middle(writing)
		fmt.Fprintf(&b, "| %s | %d | %.2f s, %.2f s | %.2f s, %.2f s |\n", name, len(of[name]), m1.Seconds(), l1.Seconds(), m2.Seconds(), l2.Seconds())
	}
	fmt.Fprintf(&b, "\n| | |\n|---|---|\n%s| acknowledged and lost, stored twice, half published, answered otherwise | 0 |\n", t)
	fmt.Print("\n" + b.String())
	return os.WriteFile(filepath.Join(s.folder, "report.md"), []byte(b.String()), 0o600)
}

// writingAgain is how long after a moment an act was acknowledged that was begun
// after it.
func writingAgain(acts []history.Act, at time.Duration) time.Duration {
	first := time.Duration(0)
	for i := range acts {
		if a := &acts[i]; a.Begun > at && a.Acked > 0 && (first == 0 || a.Acked < first) {
			first = a.Acked
		}
	}
	if first == 0 {
		return 0
	}
	return first - at
}

func sortedKeys[V any](m map[string]V) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}
