package history_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"leitai/bench/faults/history"
)

// played is a small run that went well: two towns that mark, confirm, correct and
// publish a round each and ask for an export, and what is stored of it.
func played() ([]history.Act, history.Stored) {
	s := history.Stored{Read: time.Hour, Whole: true, Rounds: map[string]history.Round{}}
	var acts []history.Act
	at := time.Minute
	add := func(a history.Act) {
		a.Begun, a.Acked, a.Tries = at, at+time.Second, 1
		at += 2 * time.Second
		acts = append(acts, a)
	}
	for _, town := range []string{"north", "south"} {
		round := town + "-1"
		revision := 5
		for batch := range 2 {
			var marks []history.Mark
			var ids []string
			for n := range 3 {
				m := history.Mark{ID: fmt.Sprintf("%s-%d-%d", town, batch, n), Round: round, Cell: fmt.Sprintf("v%d item-%d", n, batch), Value: "85.5"}
				marks, ids = append(marks, m), append(ids, m.ID)
			}
			add(history.Act{Kind: history.Submit, Town: town, Round: round, Marks: marks})
			add(history.Act{Kind: history.Confirm, Town: town, Round: round, Confirms: ids})
			s.Marks, s.Reviews = append(s.Marks, marks...), append(s.Reviews, ids...)
		}
		fresh := history.Mark{ID: town + "-fresh", Round: round, Cell: "v0 item-0", Value: "70", Corrects: town + "-0-0"}
		add(history.Act{Kind: history.Correct, Town: town, Round: round, Marks: []history.Mark{fresh}})
		add(history.Act{Kind: history.Confirm, Town: town, Round: round, Confirms: []string{fresh.ID}})
		s.Marks, s.Reviews = append(s.Marks, fresh), append(s.Reviews, fresh.ID)
		for range 3 {
			revision++
			add(history.Act{Kind: history.Step, Town: town, Round: round, Revision: revision})
		}
		p := history.Publication{ID: town + "-p1", Round: round, Hash: "hash of " + town, Revision: 1, Sealed: 1, Boards: 1, Standings: 3, Totals: 1, Events: 1, Audits: 1}
		revision++
		add(history.Act{Kind: history.Publish, Town: town, Round: round, Revision: revision, Publication: p.ID, Hash: p.Hash, Replay: history.ReplaySame})
		add(history.Act{Kind: history.Export, Town: town, Job: town + "-job"})
		s.Publications = append(s.Publications, p)
		s.Jobs = append(s.Jobs, history.Job{ID: town + "-job", Town: town, State: "done", File: "f"})
		s.Rounds[round] = history.Round{First: 5, Revision: revision, State: "published", Entries: 3}
	}
	return acts, s
}

func faults(found []history.Finding) []history.Fault {
	var all []history.Fault
	for _, f := range found {
		if !slices.Contains(all, f.Fault) {
			all = append(all, f.Fault)
		}
	}
	slices.Sort(all)
	return all
}

func TestARunThatWentWellHasNoFindings(t *testing.T) {
	t.Parallel()
	acts, stored := played()
	if found := history.Check(acts, stored); found != nil {
		t.Errorf("%v", found)
	}
}

func kind(acts []history.Act, k history.Kind) *history.Act {
	i := slices.IndexFunc(acts, func(a history.Act) bool { return a.Kind == k })
	return &acts[i]
}

// Everything that could go wrong is planted, one after the other, and found.
func TestTheCheckerBites(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		plant func(acts []history.Act, s *history.Stored) []history.Act
		want  []history.Fault
	}{
		"an acknowledged mark is gone": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Marks = s.Marks[1:]
			return acts
		}, []history.Fault{history.Lost}},
		"a whole acknowledged batch is gone": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Marks, s.Reviews = s.Marks[3:], s.Reviews[3:]
			return acts
		}, []history.Fault{history.Lost}},
		"half of a batch that nobody answered": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Whole = false
			s.Marks = append(s.Marks, history.Mark{ID: "late", Round: "north-1", Cell: "v9 item-0", Value: "80"})
			return append(acts, history.Act{Kind: history.Submit, Round: "north-1", Marks: []history.Mark{{ID: "late", Round: "north-1", Cell: "v9 item-0", Value: "80"}, {ID: "later", Round: "north-1", Cell: "v8 item-0", Value: "80"}}})
		}, []history.Fault{history.HalfBatch}},
		"another value": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Marks[0].Value = "86"
			return acts
		}, []history.Fault{history.Altered}},
		"the same mark twice": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Marks = append(s.Marks, s.Marks[0])
			return acts
		}, []history.Fault{history.Duplicate}},
		"a second mark of a cell, sent by somebody": {func(acts []history.Act, s *history.Stored) []history.Act {
			again := s.Marks[1]
			again.ID = "again"
			s.Marks = append(s.Marks, again)
			return append(acts, history.Act{Kind: history.Submit, Round: again.Round, Marks: []history.Mark{again}, Begun: 1, Acked: 2})
		}, []history.Fault{history.Duplicate}},
		"a mark that nobody sent": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Marks = append(s.Marks, history.Mark{ID: "stray", Round: "north-1", Cell: "v9 item-9", Value: "1"})
			return acts
		}, []history.Fault{history.Unasked}},
		"a correction twice": {func(acts []history.Act, s *history.Stored) []history.Act {
			again := history.Mark{ID: "again", Round: "north-1", Cell: "v0 item-0", Value: "71", Corrects: "north-0-0"}
			s.Marks = append(s.Marks, again)
			return append(acts, history.Act{Kind: history.Correct, Round: "north-1", Marks: []history.Mark{again}, Begun: 1, Acked: 2})
		}, []history.Fault{history.Duplicate}},
		"an acknowledged confirmation is gone": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Reviews = s.Reviews[1:]
			return acts
		}, []history.Fault{history.Lost}},
		"a confirmation twice": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Reviews = append(s.Reviews, s.Reviews[0])
			return acts
		}, []history.Fault{history.Duplicate}},
		"a confirmation by nobody": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Reviews = append(s.Reviews, "stray")
			return acts
		}, []history.Fault{history.Unasked}},
		"an acknowledged publication is gone": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Publications = s.Publications[1:]
			return acts
		}, []history.Fault{history.Lost}},
		"a publication of another hash": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Publications[0].Hash = "other"
			return acts
		}, []history.Fault{history.Altered}},
		"published twice": {func(acts []history.Act, s *history.Stored) []history.Act {
			twice := s.Publications[0]
			twice.ID, twice.Revision = "twice", 2
			s.Publications = append(s.Publications, twice)
			return acts
		}, []history.Fault{history.Unasked}},
		"two publications of one revision": {func(acts []history.Act, s *history.Stored) []history.Act {
			twice := s.Publications[0]
			twice.ID = "twice"
			s.Publications = append(s.Publications, twice)
			return append(acts, history.Act{Kind: history.Publish, Round: "north-1"})
		}, []history.Fault{history.Unending, history.Duplicate}},
		"no sealed bundle": {halved(func(p *history.Publication) { p.Sealed = 0 }), []history.Fault{history.HalfRound}},
		"no board":         {halved(func(p *history.Publication) { p.Boards = 0 }), []history.Fault{history.HalfRound}},
		"a standing short": {halved(func(p *history.Publication) { p.Standings-- }), []history.Fault{history.HalfRound}},
		"no total":         {halved(func(p *history.Publication) { p.Totals = 0 }), []history.Fault{history.HalfRound}},
		"no event":         {halved(func(p *history.Publication) { p.Events = 0 }), []history.Fault{history.HalfRound}},
		"two events":       {halved(func(p *history.Publication) { p.Events = 2 }), []history.Fault{history.HalfRound}},
		"no audit":         {halved(func(p *history.Publication) { p.Audits = 0 }), []history.Fault{history.HalfRound}},
		"a step taken twice": {func(acts []history.Act, _ *history.Stored) []history.Act {
			kind(acts, history.Step).Revision++
			return acts
		}, []history.Fault{history.Unsteady}},
		"a step that is gone": {func(acts []history.Act, s *history.Stored) []history.Act {
			r := s.Rounds["south-1"]
			r.Revision--
			s.Rounds["south-1"] = r
			return acts
		}, []history.Fault{history.Unsteady}},
		"an export that is gone": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Jobs = s.Jobs[1:]
			return acts
		}, []history.Fault{history.Lost}},
		"an export twice": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Jobs = append(s.Jobs, history.Job{ID: "twice", Town: "north", State: "done", File: "f"})
			return acts
		}, []history.Fault{history.Duplicate}},
		"two requests answered with one export": {func(acts []history.Act, _ *history.Stored) []history.Act {
			return append(acts, *kind(acts, history.Export))
		}, []history.Fault{history.Duplicate}},
		"an export that is never done": {func(acts []history.Act, s *history.Stored) []history.Act {
			s.Jobs[0].State, s.Jobs[0].File = "running", ""
			return acts
		}, []history.Fault{history.Unending}},
		"a refusal": {func(acts []history.Act, _ *history.Stored) []history.Act {
			kind(acts, history.Step).Refused = "STALE_REVISION"
			return acts
		}, []history.Fault{history.Refused}},
		"another answer the second time": {func(acts []history.Act, _ *history.Stored) []history.Act {
			kind(acts, history.Publish).Replay = "status 200, replayed false"
			return acts
		}, []history.Fault{history.Replayed}},
		"an act without an end": {func(acts []history.Act, _ *history.Stored) []history.Act {
			return append(acts, history.Act{Kind: history.Export, Town: "north", Tries: 9})
		}, []history.Fault{history.Unending}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acts, stored := played()
			acts = c.plant(acts, &stored)
			if have := faults(history.Check(acts, stored)); !slices.Equal(have, c.want) {
				t.Errorf("found %v, want %v: %v", have, c.want, history.Check(acts, stored))
			}
		})
	}
}

func halved(change func(*history.Publication)) func([]history.Act, *history.Stored) []history.Act {
	return func(acts []history.Act, s *history.Stored) []history.Act {
		change(&s.Publications[1])
		return acts
	}
}

// What was acknowledged while the database was being read may be there or not.
func TestWhatIsUnderWayIsNotMissed(t *testing.T) {
	t.Parallel()
	acts, stored := played()
	stored.Whole, stored.Read = false, acts[0].Acked // nothing was acknowledged before
	stored.Marks, stored.Reviews, stored.Publications, stored.Jobs = nil, nil, nil, nil
	for id, r := range stored.Rounds {
		r.Revision = r.First
		stored.Rounds[id] = r
	}
	if found := history.Check(acts, stored); found != nil {
		t.Errorf("%v", found)
	}
}

// Whichever one row of any kind is taken away, it is missed.
func TestNoSingleLossStaysUnseen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		acts, s := played()
		lose := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "row") }
		switch rapid.IntRange(0, 3).Draw(t, "table") {
		case 0:
			i := lose(len(s.Marks))
			s.Marks = slices.Delete(s.Marks, i, i+1)
		case 1:
			i := lose(len(s.Reviews))
			s.Reviews = slices.Delete(s.Reviews, i, i+1)
		case 2:
			i := lose(len(s.Publications))
			s.Publications = slices.Delete(s.Publications, i, i+1)
		case 3:
			i := lose(len(s.Jobs))
			s.Jobs = slices.Delete(s.Jobs, i, i+1)
		}
		if !slices.Contains(faults(history.Check(acts, s)), history.Lost) {
			t.Error("nothing is missed")
		}
	})
}
