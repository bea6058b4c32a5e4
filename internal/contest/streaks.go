package contest

import (
	"leitai/internal/outcome"
	"leitai/internal/ranking"
)

// streaks counts every streak rule over the history and this round (Q8–Q10) and
// writes the counts into the standings.
func (b *board) streaks(standings []Standing) map[string]map[string]outcome.Run {
	rules := b.in.Template.Streaks
	if len(rules) == 0 {
		return nil
	}
	rounds := b.rounds(standings)
	out := make(map[string]map[string]outcome.Run, len(rules))
	for _, rule := range rules {
		runs := outcome.Streaks(rule, rounds)
		out[rule.Key] = runs
		for i := range standings {
			if s := &standings[i]; s.Rank > 0 {
				run := runs[s.Subject]
				s.Streaks = append(s.Streaks, StreakCount{Key: rule.Key, Count: run.Count, Triggered: run.Triggered})
			}
		}
	}
	return out
}

// rounds puts history and this round into the shape that streaks look at; the
// unranked are left out, so that their streaks stay untouched.
func (b *board) rounds(standings []Standing) []outcome.Round {
	out := make([]outcome.Round, 0, len(b.history)+1)
	for i, h := range b.history {
		round := outcome.Round{Period: b.periods[i], Cancelled: h.Cancelled, Stood: make(map[string]outcome.Stood, len(h.Standings))}
		for _, s := range h.Standings {
			if s.Rank > 0 {
				round.Stood[s.Subject] = outcome.Stood{Bands: s.Bands, Links: s.Links}
			}
		}
		out = append(out, round)
	}
	now := outcome.Round{Period: b.period, Stood: make(map[string]outcome.Stood, len(standings))}
	for _, s := range standings {
		if s.Rank > 0 {
			now.Stood[s.Subject] = outcome.Stood{Bands: s.Bands, Links: b.links(s.Subject)}
		}
	}
	return append(out, now)
}

// links gives a subject's links in their one order.
func (b *board) links(subject string) []outcome.Link {
	return b.rows[b.index()[subject]].links
}

// drawnFrom gathers what consequences are drawn from.
func (b *board) drawnFrom(places []ranking.Place, members ranking.Membership, streaks map[string]map[string]outcome.Run) outcome.Standing {
	s := outcome.Standing{
		Places: make(map[string]ranking.Place, len(places)), Members: members, Streaks: streaks,
		Links: make(map[string][]outcome.Link, len(places)), Units: map[string]string{},
	}
	for _, p := range places {
		s.Places[p.ID] = p
		s.Links[p.ID] = b.links(p.ID)
		if unit := b.rows[b.index()[p.ID]].subject.Unit; unit != "" {
			s.Units[p.ID] = unit
		}
	}
	return s
}

// AsHeld is how a published result stands in the history of later rounds.
func AsHeld(in Input, result *Result) Held {
	links := make(map[string][]outcome.Link, len(in.Roster))
	for _, s := range in.Roster {
		links[s.ID] = s.Links
	}
	h := Held{Period: in.Round.Period, Held: in.Round.Held}
	for _, s := range result.Standings {
		h.Standings = append(h.Standings, HeldStanding{Subject: s.Subject, Total: s.Total, Rank: s.Rank, Bands: s.Bands, Links: links[s.Subject]})
	}
	return h
}
