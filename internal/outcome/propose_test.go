package outcome_test

import (
	"fmt"
	"slices"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

func ints(numbers ...int64) []exact.Number {
	out := make([]exact.Number, len(numbers))
	for i, n := range numbers {
		out[i] = exact.Int(n)
	}
	return out
}

// standing is a round of villages A, B … with these totals, a leader and a cadre
// each, whose bottom three have been there twice.
func standing(totals ...int64) outcome.Standing {
	var contestants []ranking.Contestant
	s := outcome.Standing{Places: map[string]ranking.Place{}, Links: map[string][]outcome.Link{}, Streaks: map[string]map[string]outcome.Run{}}
	for i, total := range totals {
		id := string(rune('A' + i))
		contestants = append(contestants, ranking.Contestant{ID: id, Exact: exact.Int(total), Published: exact.Int(total)})
		s.Links[id] = []outcome.Link{{Role: "linked-leader", Person: "L" + id}, {Role: "resident-cadre", Person: "K" + id}}
	}
	places := ranking.Rank(contestants, template.Ranking{})
	s.Members = ranking.Bands(places, template.Ranking{}, []template.Band{{Key: "top", Best: 3, Ties: "inclusive"}, {Key: "bottom", Worst: 3, Ties: "exclusive"}})
	stood := map[string]outcome.Stood{}
	for _, p := range places {
		s.Places[p.ID] = p
		stood[p.ID] = outcome.Stood{Links: s.Links[p.ID]}
	}
	for _, m := range s.Members["bottom"] {
		stood[m.ID] = outcome.Stood{Bands: []string{"bottom"}, Links: s.Links[m.ID]}
	}
	first := calendar.MustPeriod("2023-04")
	s.Streaks["twice"] = outcome.Streaks(rule(nil), []outcome.Round{{Period: first, Stood: stood}, {Period: first.Next(), Stood: stood}})
	return s
}

func reward(change func(*template.Outcome)) template.Outcome {
	o := template.Outcome{When: "top", Do: "points", By: "rank", Values: ints(5, 4, 3), To: []string{"linked-leader", "resident-cadre", "village"}}
	if change != nil {
		change(&o)
	}
	return o
}

// tell prints entries as "LA+5 KA+5 A+5".
func tell(entries []outcome.Entry) []string {
	out := []string{}
	for _, e := range entries {
		sign := ""
		if e.Points.Sign() > 0 {
			sign = "+"
		}
		out = append(out, e.Account.ID+sign+e.Points.String())
	}
	return out
}

func draw(s outcome.Standing, rules ...template.Outcome) ([]outcome.Proposal, []outcome.Entry) {
	return outcome.Draw(template.Village, []template.Streak{rule(nil)}, rules, s)
}

// covers A27, Q4
func TestRewardsByRankAndByRole(t *testing.T) {
	t.Parallel()
	s := standing(90, 80, 70, 60, 50, 40, 30)
	proposals, entries := draw(s, reward(nil))
	if got, want := tell(entries), []string{"LA+5", "KA+5", "A+5", "LB+4", "KB+4", "B+4", "LC+3", "KC+3", "C+3"}; !slices.Equal(got, want) {
		t.Errorf("by rank: %v, want %v", got, want)
	}
	if len(proposals) != 3 || proposals[1].Rank != 2 || proposals[1].Subject != "B" || proposals[1].Rule != 0 {
		t.Errorf("%+v", proposals)
	}
	_, entries = draw(s, reward(func(o *template.Outcome) { o.By = "role" }))
	if got, want := tell(entries), []string{"LA+5", "KA+4", "A+3", "LB+5", "KB+4", "B+3", "LC+5", "KC+4", "C+3"}; !slices.Equal(got, want) {
		t.Errorf("by role: %v, want %v", got, want)
	}
	if entries[2].Account.Kind != outcome.OfSubject || entries[0].Account.Kind != outcome.OfPerson {
		t.Errorf("%+v", entries[:3])
	}
}

// covers Q6
func TestTiedRewards(t *testing.T) {
	t.Parallel()
	s := standing(90, 80, 80, 80, 50, 40, 30)
	village := func(o *template.Outcome) { o.To = []string{"village"} }
	_, entries := draw(s, reward(village))
	if got, want := tell(entries), []string{"A+5", "B+4", "C+4", "D+4"}; !slices.Equal(got, want) {
		t.Errorf("inclusive: %v, want %v", got, want)
	}
	_, entries = draw(s, reward(func(o *template.Outcome) { village(o); o.Average = true }))
	if got, want := tell(entries), []string{"A+5", "B+7/3", "C+7/3", "D+7/3"}; !slices.Equal(got, want) { // (4 + 3 + 0) / 3
		t.Errorf("average: %v, want %v", got, want)
	}
}

// covers A29, A30, Q5
func TestStreakPenalties(t *testing.T) {
	t.Parallel()
	s := standing(90, 80, 70, 60, 50, 40, 30)
	penalty := template.Outcome{When: "twice", Do: "points", By: "rank-from-bottom", Values: ints(-5, -4, -3), To: []string{"village"}}
	talk := template.Outcome{When: "twice", Do: "talk", ByRole: "principal-leaders", With: []string{"linked-leader", "resident-cadre"}}
	proposals, entries := draw(s, penalty, talk)
	if got, want := tell(entries), []string{"G-5", "F-4", "E-3"}; !slices.Equal(got, want) {
		t.Errorf("worst first: %v, want %v", got, want)
	}
	last := proposals[len(proposals)-1]
	if last.Do != outcome.DoTalk || last.ByRole != "principal-leaders" || fmt.Sprint(last.With) != "[{linked-leader LE} {resident-cadre KE}]" || last.Streak != 2 || last.RankFromBottom != 3 {
		t.Errorf("%+v", last)
	}
	penalty.By = "rank"
	_, entries = draw(s, penalty)
	if got, want := tell(entries), []string{"G-3", "F-4", "E-5"}; !slices.Equal(got, want) {
		t.Errorf("the reverse: %v, want %v", got, want)
	}
}

// covers A28
func TestOnlyTriggeredStreaksAndOnlyPointsPost(t *testing.T) {
	t.Parallel()
	s := standing(90, 80, 70, 60, 50, 40, 30)
	s.Streaks["twice"] = map[string]outcome.Run{"G": s.Streaks["twice"]["G"]} // E and F have not been there before
	penalty := template.Outcome{When: "twice", Do: "points", By: "rank-from-bottom", Values: ints(-5, -4, -3), To: []string{"village"}}
	proposals, entries := draw(s, template.Outcome{When: "bottom", Do: "criticism"}, penalty)
	if got, want := tell(entries), []string{"G-5"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if len(proposals) != 4 || proposals[0].Subject != "G" || proposals[2].Subject != "E" {
		t.Errorf("%+v", proposals)
	}
}

func TestRecipients(t *testing.T) {
	t.Parallel()
	s := standing(90, 80, 70)
	s.Links["A"] = []outcome.Link{{Role: "linked-leader", Person: "P"}, {Role: "resident-cadre", Person: "P"}, {Role: "resident-cadre", Person: "Q"}}
	s.Links["B"] = nil
	_, entries := draw(s, reward(nil))
	if got, want := tell(entries), []string{"P+5", "Q+5", "A+5", "B+4", "LC+3", "KC+3", "C+3"}; !slices.Equal(got, want) {
		t.Errorf("one person in two roles receives once, a role nobody holds receives nothing: %v, want %v", got, want)
	}
	_, entries = draw(s, reward(func(o *template.Outcome) { o.Values = ints(5, 0); o.To = []string{"village"} }))
	if got, want := tell(entries), []string{"A+5"}; !slices.Equal(got, want) {
		t.Errorf("a place without a value posts nothing: %v, want %v", got, want)
	}
}
