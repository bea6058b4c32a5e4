package outcome_test

import (
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/calendar"
	"leitai/internal/outcome"
	"leitai/internal/template"
)

func rule(change func(*template.Streak)) template.Streak {
	s := template.Streak{Key: "twice", Band: "bottom", Length: 2, After: "continue", Over: "held-rounds", Person: "linked-throughout", Bound: "none"}
	if change != nil {
		change(&s)
	}
	return s
}

// history draws the rounds of one subject V from a pattern, one letter a month
// from 2023-10 on: b in the band, o outside it, x cancelled, - not ranked,
// space: no round at all in that month.
func history(pattern string, links ...[]outcome.Link) []outcome.Round {
	var rounds []outcome.Round
	first := calendar.MustPeriod("2023-10")
	for i, c := range pattern {
		round := outcome.Round{Period: first.Add(i), Cancelled: c == 'x', Stood: map[string]outcome.Stood{"other": {}}}
		stood := outcome.Stood{}
		if i < len(links) {
			stood.Links = links[i]
		}
		switch c {
		case 'b':
			stood.Bands = []string{"bottom"}
			round.Stood["V"] = stood
		case 'o':
			round.Stood["V"] = stood
		case ' ':
			continue
		}
		rounds = append(rounds, round)
	}
	return rounds
}

// covers A29, Q8, Q9, Q10
func TestStreaks(t *testing.T) {
	t.Parallel()
	months := func(s *template.Streak) { s.Over = outcome.OverMonths }
	reset := func(s *template.Streak) { s.After = outcome.AfterReset }
	year := func(s *template.Streak) { s.Bound = outcome.BoundYear }
	for _, c := range []struct {
		name      string
		change    func(*template.Streak)
		rounds    string
		count     int
		triggered bool
	}{
		{"once", nil, "b", 1, false},
		{"twice", nil, "bb", 2, true},
		{"three times: the streak continues and triggers again", nil, "bbb", 3, true},
		{"broken", nil, "bob", 1, false},
		{"ended", nil, "bbo", 0, false},
		{"a cancelled round neither breaks nor extends", nil, "bxb", 2, true},
		{"so does a round in which it was not ranked", nil, "b-b", 2, true},
		{"and a month without a round", nil, "b b", 2, true},
		{"over months a cancelled round breaks", months, "bxb", 1, false},
		{"over months a round not ranked breaks", months, "b-b", 1, false},
		{"over months neighbours count", months, "bb", 2, true},
		{"after a trigger it starts anew", reset, "bbb", 1, false},
		{"and triggers at full length again", reset, "bbbb", 2, true},
		{"it crosses the year", nil, "oobb", 2, true},
		{"unless it is bound to the year", year, "oobb", 1, false},
		{"within the year it counts", year, "obb", 2, true},
		{"bound to the year, from January on", year, "oobbb", 2, true},
	} {
		runs := outcome.Streaks(rule(c.change), history(c.rounds))
		run := runs["V"]
		if run.Count != c.count || run.Triggered != c.triggered {
			t.Errorf("%s (%q): %d, %v; want %d, %v", c.name, c.rounds, run.Count, run.Triggered, c.count, c.triggered)
		}
	}
}

// covers Q8
func TestOnlySubjectsOfTheLastRoundHaveAStreak(t *testing.T) {
	t.Parallel()
	if runs := outcome.Streaks(rule(nil), history("bb-")); len(runs) != 1 {
		t.Errorf("%v: V was not ranked in the last round", runs)
	}
	if runs := outcome.Streaks(rule(nil), nil); len(runs) != 0 {
		t.Errorf("%v without rounds", runs)
	}
}

func person(id string) []outcome.Link {
	return []outcome.Link{{Role: "resident-cadre", Person: id}}
}

// covers Q10, A08
func TestPersonsNeedTheLinkThroughout(t *testing.T) {
	t.Parallel()
	k, l := person("K"), person("L")
	now := append(person("K"), outcome.Link{Role: "linked-leader", Person: "L"})
	runs := outcome.Streaks(rule(nil), history("bbb", k, append(k, l...), now))
	if got := runs["V"].Linked(rule(nil), now); len(got) != 1 || got[0].Person != "K" {
		t.Errorf("%v: L was not linked in the first round of the streak", got)
	}
	lax := rule(func(s *template.Streak) { s.Person = outcome.LinkedNow })
	if got := runs["V"].Linked(lax, now); len(got) != 2 {
		t.Errorf("%v: under the other reading the link on the day is enough", got)
	}
	reset := rule(func(s *template.Streak) { s.After = outcome.AfterReset })
	runs = outcome.Streaks(reset, history("bbbb", k, k, l, l))
	if got := runs["V"].Linked(reset, l); len(got) != 1 {
		t.Errorf("%v: a streak that started anew asks for its own rounds only", got)
	}
}

// covers Q10
func TestStreakRestartsWithANewSecretary(t *testing.T) {
	t.Parallel()
	restart := rule(func(s *template.Streak) { s.Person = outcome.RestartOnChange })
	a := []outcome.Link{{Role: outcome.VillageSecretary, Person: "A"}}
	b := []outcome.Link{{Role: outcome.VillageSecretary, Person: "B"}}
	if run := outcome.Streaks(restart, history("bb", a, b))["V"]; run.Count != 1 {
		t.Errorf("%d rounds under two secretaries", run.Count)
	}
	if run := outcome.Streaks(restart, history("bb", a, a))["V"]; run.Count != 2 {
		t.Errorf("%d rounds under one secretary", run.Count)
	}
	if run := outcome.Streaks(restart, history("bb", a, nil))["V"]; run.Count != 2 {
		t.Errorf("%d rounds when the second names nobody", run.Count)
	}
}

func TestStreakLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.StringMatching(`[box\-]{0,12}[bo]`).Draw(t, "pattern")
		length := rapid.IntRange(2, 4).Draw(t, "length")
		kept := outcome.Streaks(rule(func(s *template.Streak) { s.Length = length }), history(pattern))["V"]
		reset := outcome.Streaks(rule(func(s *template.Streak) { s.Length, s.After = length, outcome.AfterReset }), history(pattern))["V"]
		months := outcome.Streaks(rule(func(s *template.Streak) { s.Length, s.Over = length, outcome.OverMonths }), history(pattern))["V"]
		if kept.Triggered != (kept.Count >= length) || reset.Count > length || reset.Count > kept.Count || months.Count > kept.Count {
			t.Fatalf("%q: continuing %+v, resetting %+v, over months %+v", pattern, kept, reset, months)
		}
		if kept.Count > 0 && reset.Count != (kept.Count-1)%length+1 {
			t.Fatalf("%q: %d in a row are %d after resets of %d", pattern, kept.Count, reset.Count, length)
		}
		if with := outcome.Streaks(rule(func(s *template.Streak) { s.Length = length }), history(pattern+"xx"))["V"]; with.Count != 0 && with.Count != kept.Count {
			t.Fatalf("%q: cancelled rounds change %d to %d", pattern, kept.Count, with.Count)
		}
		rounds := rapid.Permutation(history(pattern)).Draw(t, "rounds")
		if again := outcome.Streaks(rule(func(s *template.Streak) { s.Length = length }), rounds)["V"]; again.Count != kept.Count {
			t.Fatalf("%q: the order in which rounds are handed in matters", pattern)
		}
	})
}
