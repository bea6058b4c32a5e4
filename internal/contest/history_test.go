package contest_test

import (
	"fmt"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/outcome"
)

// covers A29, A30, Q8, Q9
func TestStreaksFollowTheHistory(t *testing.T) {
	t.Parallel()
	in := withHistory(seven("2023-06"))
	last := standing(t, compute(t, in), "V7")
	if last.Streaks[0].Count != 3 || !last.Streaks[0].Triggered {
		t.Errorf("%+v", last.Streaks)
	}
	in.History = append(in.History, contest.Held{Period: "2023-03", Cancelled: true})
	if again := standing(t, compute(t, in), "V7"); again.Streaks[0].Count != 3 {
		t.Errorf("a cancelled round changes the streak to %d", again.Streaks[0].Count)
	}
	in.Template.Streaks[0].After = "reset"
	if again := standing(t, compute(t, in), "V7"); again.Streaks[0].Count != 1 || again.Streaks[0].Triggered {
		t.Errorf("%+v", again.Streaks)
	}
}

// covers Q8, Q30
func TestCorrectedHistoryRecomputesTheStreak(t *testing.T) {
	t.Parallel()
	in := withHistory(seven("2023-06"))
	for k := range in.History[1].Standings {
		in.History[1].Standings[k].Bands = nil // the correction of May took everybody out of the band
	}
	if s := standing(t, compute(t, in), "V7"); s.Streaks[0].Count != 1 {
		t.Errorf("%+v", s.Streaks)
	}
}

// covers A27, A29, A30, Q10, A08
func TestEntriesFollowTheLinks(t *testing.T) {
	t.Parallel()
	in := withHistory(seven("2023-06"))
	in.Roster[6].Links = []outcome.Link{{Role: "linked-leader", Person: "LV7"}, {Role: "resident-cadre", Person: "newcomer"}}
	got := ""
	for _, e := range compute(t, in).Entries {
		if e.Subject == "V7" || e.Subject == "V1" {
			got += fmt.Sprintf(" %s%+v", e.Account.ID, e.Points)
		}
	}
	if want := " LV15 KV15 V15 LV7-5 V7-5"; got != want {
		t.Errorf("%s, want %s: the newcomer was not linked in every round of the streak", got, want)
	}
}

func TestRankChangeIsAgainstTheLastHeldRound(t *testing.T) {
	t.Parallel()
	in := withHistory(seven("2023-07"))
	in.History = append(in.History, contest.Held{Period: "2023-06", Cancelled: true})
	for i := range in.Marks {
		if in.Marks[i].Subject == "V5" {
			in.Marks[i].Value = exact.Int(99)
		}
	}
	result := compute(t, in)
	if s := standing(t, result, "V5"); s.Previous != 5 || s.Change != 4 {
		t.Errorf("%+v", s)
	}
	if s := standing(t, result, "V1"); s.Change != -1 {
		t.Errorf("%+v", s)
	}
	if s := standing(t, compute(t, seven("2023-04")), "V1"); s.Previous != 0 || s.Change != 0 {
		t.Errorf("the first round has no change: %+v", s)
	}
}

func TestAsHeldKeepsWhatLaterRoundsNeed(t *testing.T) {
	t.Parallel()
	in := round("2023-04", [3]string{"95", "95", "95"}, [3]string{"90", "", "90"})
	held := contest.AsHeld(in, compute(t, in))
	if held.Period != "2023-04" || len(held.Standings) != 2 || held.Standings[0].Rank != 1 || held.Standings[1].Rank != 0 || held.Standings[0].Links[0].Person != "LV1" {
		t.Errorf("%+v", held)
	}
}
