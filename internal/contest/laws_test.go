package contest_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/outcome"
)

// panel draws a round with three to five on-site judges, some of whom skip some
// villages, so that two marks are left everywhere.
func panel(t *rapid.T) contest.Input {
	in := round("2023-04")
	value := rapid.Int64Range(60, 66)
	judges := rapid.IntRange(3, 5).Draw(t, "judges")
	for i := range rapid.IntRange(2, 6).Draw(t, "villages") {
		id := fmt.Sprintf("V%d", i+1)
		in.Roster = append(in.Roster, contest.Subject{ID: id})
		in.Marks = append(in.Marks, mark(id, "party", "ledger", 9, 2*value.Draw(t, "ledger")))
		for j := range judges {
			if j < 2 || rapid.Bool().Draw(t, "marks") {
				in.Marks = append(in.Marks, mark(id, "party", "onsite", j, 2*value.Draw(t, "onsite")))
			}
		}
	}
	return in
}

// onsite counts the on-site marks of a village.
func onsite(in contest.Input, village string) int {
	n := 0
	for _, m := range in.Marks {
		if m.Subject == village && m.Channel == "onsite" {
			n++
		}
	}
	return n
}

// leftOut is the round without a judge, wherever that leaves two marks.
func leftOut(in contest.Input, judge string) contest.Input {
	out := in
	out.Marks = slices.DeleteFunc(slices.Clone(in.Marks), func(m contest.Mark) bool {
		return m.Judge == judge && m.Channel == "onsite" && onsite(in, m.Subject) >= 3
	})
	return out
}

// The range is what computing the round anew without each judge would give.
func TestRangeIsTheRoundWithoutEachJudge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := panel(t)
		result, err := contest.Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]contest.Range{}
		for _, s := range result.Standings {
			want[s.Subject] = contest.Range{Best: s.Rank, Worst: s.Rank}
		}
		three := false
		for _, v := range in.Roster {
			three = three || onsite(in, v.ID) >= 3
		}
		for j := range 5 {
			again, err := contest.Tally(leftOut(in, fmt.Sprint("J", j)))
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range again.Standings {
				r := want[s.Subject]
				want[s.Subject] = contest.Range{Best: min(r.Best, s.Rank), Worst: max(r.Worst, s.Rank)}
			}
		}
		for _, s := range result.Standings {
			if !three && s.Range != nil {
				t.Fatalf("%s has the range %+v, but nobody was marked by three judges", s.Subject, s.Range)
			}
			if three && *s.Range != want[s.Subject] {
				t.Fatalf("%s is within %+v, want %+v", s.Subject, s.Range, want[s.Subject])
			}
		}
	})
}

// covers Q13
func TestGapsAreExactlyWhatIsMissing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := seven("2023-04")
		missing := map[string]bool{}
		in.Marks = slices.DeleteFunc(in.Marks, func(m contest.Mark) bool {
			gone := rapid.IntRange(0, 5).Draw(t, "gone") == 0
			if gone {
				missing[m.Subject+" "+m.Channel] = true
			}
			return gone
		})
		for i := range in.Roster {
			in.Roster[i].Absent = rapid.IntRange(0, 5).Draw(t, "absent") == 0
		}
		result, err := contest.Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		gaps := map[string]bool{}
		for _, g := range result.Gaps {
			gaps[g.Subject+" "+g.Channel] = true
		}
		for _, v := range in.Roster {
			s := reasonOf(result, v.ID)
			incomplete := missing[v.ID+" onsite"] || missing[v.ID+" ledger"]
			switch {
			case v.Absent && s != contest.ReasonAbsent, !v.Absent && incomplete && s != contest.ReasonUnmarked, !v.Absent && !incomplete && s != "":
				t.Fatalf("%s, absent %v, incomplete %v, stands as %q", v.ID, v.Absent, incomplete, s)
			}
			for _, channel := range []string{" onsite", " ledger"} {
				if want := !v.Absent && missing[v.ID+channel]; gaps[v.ID+channel] != want {
					t.Fatalf("%s%s is a gap: %v, want %v", v.ID, channel, gaps[v.ID+channel], want)
				}
			}
		}
		if ranked := len(result.Traces); ranked > 0 && result.Standings[0].Of != ranked {
			t.Fatalf("%d are ranked, the board says of %d", ranked, result.Standings[0].Of)
		}
	})
}

func reasonOf(result *contest.Result, subject string) string {
	for _, s := range result.Standings {
		if s.Subject == subject {
			return s.Reason
		}
	}
	return "not there"
}

// months plays a year of rounds, some cancelled, with links that change.
func months(t *rapid.T) ([]contest.Input, []contest.Held) {
	var inputs []contest.Input
	var history []contest.Held
	for m := 1; m <= rapid.IntRange(1, 6).Draw(t, "months"); m++ {
		in := round(fmt.Sprintf("2023-%02d", m))
		if rapid.IntRange(0, 4).Draw(t, "cancelled") == 0 {
			history = append(history, contest.Held{Period: in.Round.Period, Cancelled: true})
			continue
		}
		for i := range 6 {
			id := fmt.Sprintf("V%d", i+1)
			cadre := rapid.SampledFrom([]string{"K", "K", "K", "N"}).Draw(t, "cadre") + id
			in.Roster = append(in.Roster, contest.Subject{ID: id, Absent: rapid.IntRange(0, 9).Draw(t, "absent") == 0, Links: []outcome.Link{{Role: "resident-cadre", Person: cadre}}})
			if !in.Roster[i].Absent {
				value := rapid.Int64Range(150, 170).Draw(t, "value")
				in.Marks = append(in.Marks, mark(id, "party", "onsite", 0, value), mark(id, "party", "onsite", 1, value), mark(id, "party", "ledger", 9, value))
			}
		}
		in.History = slices.Clone(history)
		result, err := contest.Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		inputs, history = append(inputs, in), append(history, contest.AsHeld(in, result))
	}
	return inputs, history
}

// covers A29, Q8, Q9, Q10
func TestStreaksAndPersonsOverAYear(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		inputs, history := months(t)
		if len(inputs) == 0 {
			return
		}
		last := inputs[len(inputs)-1]
		result, err := contest.Tally(last)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range result.Standings {
			if s.Rank == 0 {
				continue
			}
			count, cadres := running(history, s.Subject)
			if s.Streaks[0].Count != count || s.Streaks[0].Triggered != (count >= 2) {
				t.Fatalf("%s: %+v, counted by hand %d", s.Subject, s.Streaks[0], count)
			}
			punished := slices.ContainsFunc(result.Entries, func(e outcome.Entry) bool {
				return e.Subject == s.Subject && e.Role == "resident-cadre" && e.Points.Sign() < 0
			})
			if want := count >= 2 && len(cadres) == 1; punished != want {
				t.Fatalf("%s: its cadre is punished: %v, want %v with %d rounds under %v", s.Subject, punished, want, count, cadres)
			}
		}
	})
}

// running counts back from the last round how many rounds running a subject was
// in the bottom band, and lists the cadres of those rounds.
func running(history []contest.Held, subject string) (int, []string) {
	count, cadres := 0, []string{}
	for i := len(history) - 1; i >= 0; i-- {
		k := slices.IndexFunc(history[i].Standings, func(s contest.HeldStanding) bool { return s.Subject == subject && s.Rank > 0 })
		if k < 0 {
			continue
		}
		s := history[i].Standings[k]
		if !slices.Contains(s.Bands, "bottom") {
			break
		}
		count++
		if cadre := s.Links[0].Person; !slices.Contains(cadres, cadre) {
			cadres = append(cadres, cadre)
		}
	}
	return count, cadres
}

func TestWhatIfIsTheDifferenceOfTwoYears(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		inputs, _ := months(t)
		d, err := contest.WhatIf(inputs, weights(40, 60))
		if err != nil || d.RanksChanged+len(d.Bands)+len(d.Streaks)+len(d.Accounts) > 0 {
			t.Fatalf("no change at all gives %+v, %v", d, err)
		}
		if d, err = contest.WhatIf(inputs, weights(100, 0)); err != nil { // the ledger's marks are the same as those on site
			t.Fatal(err)
		}
		if d.RanksChanged > 0 {
			t.Fatalf("%+v", d)
		}
		ranked := 0
		for _, in := range inputs {
			for _, v := range in.Roster {
				if !v.Absent {
					ranked++
				}
			}
		}
		if d.Of != ranked {
			t.Fatalf("of %d, want %d", d.Of, ranked)
		}
	})
}

func TestAMarkNeverHurtsWhoReceivesMore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := drawPlain(t).input()
		before, err := contest.Tally(in)
		if err != nil {
			t.Fatal(err)
		}
		k := rapid.IntRange(0, len(in.Marks)-1).Draw(t, "mark")
		in.Marks = slices.Clone(in.Marks)
		in.Marks[k].Value = in.Marks[k].Value.Add(exact.Int(1))
		after, err := contest.Tally(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range before.Standings {
			for _, u := range after.Standings {
				if s.Subject != u.Subject {
					continue
				}
				if s.Subject == in.Marks[k].Subject && u.Rank > s.Rank || s.Subject != in.Marks[k].Subject && u.Rank < s.Rank {
					t.Fatalf("%s goes from %d to %d when %s is marked higher", s.Subject, s.Rank, u.Rank, in.Marks[k].Subject)
				}
			}
		}
	})
}
