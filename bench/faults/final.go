package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"leitai/bench/faults/history"
	"leitai/bench/faults/look"
)

// tally is what a run came to.
type tally struct {
	Acts, Marks, Confirmed, Corrected int // acknowledged
	Steps, Publications, Exports      int
	Tries                             int // beyond the first of each act
	LookedUp, Same, Lost              int // answers that were lost; acts sent again after their answer, with the same answer or told that it is lost
	Bundles, Chains, Files, Rounds    int // verified
}

// count reckons what was acknowledged.
func count(acts []history.Act) (t tally) {
	for i := range acts {
		a := &acts[i]
		t.Tries += max(0, a.Tries-1)
		if a.Acked == 0 {
			continue
		}
		t.Acts++
		switch a.Kind {
		case history.Submit:
			t.Marks += len(a.Marks)
		case history.Correct:
			t.Corrected++
		case history.Confirm:
			t.Confirmed += len(a.Confirms)
		case history.Step:
			t.Steps++
		case history.Publish:
			t.Publications++
		case history.Export:
			t.Exports++
		}
		if a.LookedUp {
			t.LookedUp++
		}
		switch a.Replay {
		case history.ReplaySame:
			t.Same++
		case history.ReplayLost:
			t.Lost++
		}
	}
	return t
}

// during lets the townships work while something is done to the service, brings
// what they began to its end, and looks at everything.
func (s *stage) during(ctx context.Context, do func() error) (tally, error) {
	until, over := context.WithCancel(ctx)
	defer over()
	played := make(chan error, 1)
	go func() { played <- s.crew.Play(until, s.world.Towns) }()
	if err := do(); err != nil {
		return tally{}, err
	}
	over()
	if err := <-played; err != nil {
		found, _, _, _ := s.hold(ctx, false)
		return tally{}, errors.Join(err, judged(found))
	}
	return s.audit(ctx)
}

// audit looks at everything once nobody is at work any more: rows against the
// history, chains of the audit, every bundle, every file, every round over the
// API.
func (s *stage) audit(ctx context.Context) (t tally, err error) {
	if err := s.settled(ctx); err != nil {
		return t, err
	}
	found, stored, acts, err := s.hold(ctx, true)
	if err != nil {
		return t, err
	}
	t = count(acts)
	if err := judged(found); err != nil {
		return t, err
	}
	if t.Chains, err = look.Audit(ctx, s.binary, s.maint()); err != nil {
		return t, err
	}
	tell("%d chains of the audit hold", t.Chains)
	if t.Files, err = look.Files(ctx, s.maint(), s.world.Files); err != nil {
		return t, err
	}
	for _, server := range s.servers {
		if t.Rounds, err = look.API(ctx, server.URL, s.world.Towns, stored); err != nil {
			return t, err
		}
	}
	tell("%d files and %d rounds over the API agree", t.Files, t.Rounds)
	t.Bundles, err = look.Bundles(ctx, s.binary, s.maint(), filepath.Join(s.folder, "bundles"), s.world.Fingerprint, s.world.Towns)
	if err == nil {
		tell("%d bundles verify", t.Bundles)
	}
	return t, err
}

// String is the tally as lines of a table.
func (t tally) String() string {
	return fmt.Sprintf(`| acknowledged: acts | %d |
| marks entered, confirmed, corrected | %d, %d, %d |
| steps of rounds, publications, exports | %d, %d, %d |
| requests sent again because there was no answer | %d |
| answers that were lost and looked up | %d |
| acts sent again after their answer: the same bytes, told that the answer is lost | %d, %d |
| chains of the audit, files, rounds over the API, bundles: verified | %d, %d, %d, %d |
`, t.Acts, t.Marks, t.Confirmed, t.Corrected, t.Steps, t.Publications, t.Exports, t.Tries, t.LookedUp, t.Same, t.Lost, t.Chains, t.Files, t.Rounds, t.Bundles)
}
