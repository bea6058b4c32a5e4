package contest

import (
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/outcome"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// Difference is what a changed template would have made of past rounds.
type Difference struct {
	Of           int               // ranked subjects, added up over the rounds
	RanksChanged int               // of these, how many would have stood at another rank
	Bands        []MemberChange    // by period, then in the template's order of bands
	Streaks      []MemberChange    // whom a streak would have caught or spared
	Accounts     []outcome.Balance // what would have been added to accounts that come out otherwise
}

// MemberChange says who would have come into and dropped out of a band, or
// under a streak rule, in one round; both in natural order of id.
type MemberChange struct {
	Period string
	Key    string // of the band or streak, in the changed template
	In     []string
	Out    []string
}

// WhatIf computes past rounds as they are and with a changed template, and says
// what differs (J10). Earlier rounds among the inputs stand in the history of
// the later ones as they were computed here, changed or not, so that streaks
// follow the change.
func WhatIf(inputs []Input, change Change) (*Difference, error) {
	inputs = sorted(inputs, func(a, b Input) int { return ranking.Compare(a.Round.Period, b.Round.Period) })
	var d Difference
	var was, would []Held
	var before, after []outcome.Entry
	for _, in := range inputs {
		changed := changedBy(in, change)
		old, err := Tally(withHistory(in, was))
		if err != nil {
			return nil, err
		}
		updated, err := Tally(withHistory(changed, would))
		if err != nil {
			return nil, err
		}
		was, would = append(was, AsHeld(in, old)), append(would, AsHeld(changed, updated))
		before, after = append(before, old.Entries...), append(after, updated.Entries...)
		d.compare(in.Round.Period, changed.Template, old, updated)
	}
	d.Accounts = moved(before, after)
	return &d, nil
}

// withHistory lays rounds computed here over an input's history.
func withHistory(in Input, rounds []Held) Input {
	history := slices.Clone(in.History)
	for _, h := range rounds {
		if i := slices.IndexFunc(history, func(o Held) bool { return o.Period == h.Period }); i >= 0 {
			history[i] = h
		} else if earlier(h.Period, in.Round.Period) {
			history = append(history, h)
		}
	}
	in.History = history
	return in
}

func earlier(a, b string) bool {
	first, errFirst := calendar.ParsePeriod(a)
	second, errSecond := calendar.ParsePeriod(b)
	return errFirst == nil && errSecond == nil && first.Compare(second) < 0
}

func (d *Difference) compare(period string, doc *template.Document, old, updated *Result) {
	ranks := map[string]int{}
	for _, s := range old.Standings {
		ranks[s.Subject] = s.Rank
	}
	for _, s := range updated.Standings {
		if s.Rank > 0 || ranks[s.Subject] > 0 {
			d.Of++
			if s.Rank != ranks[s.Subject] {
				d.RanksChanged++
			}
		}
	}
	for _, band := range doc.Bands {
		in := func(s *Standing) bool { return slices.Contains(s.Bands, band.Key) }
		d.Bands = appendChange(d.Bands, period, band.Key, old, updated, in)
	}
	for _, streak := range doc.Streaks {
		caught := func(s *Standing) bool {
			return slices.ContainsFunc(s.Streaks, func(c StreakCount) bool { return c.Key == streak.Key && c.Triggered })
		}
		d.Streaks = appendChange(d.Streaks, period, streak.Key, old, updated, caught)
	}
}

func appendChange(list []MemberChange, period, key string, old, updated *Result, in func(*Standing) bool) []MemberChange {
	was, would := members(old, in), members(updated, in)
	change := MemberChange{Period: period, Key: key, In: lacking(would, was), Out: lacking(was, would)}
	if len(change.In)+len(change.Out) == 0 {
		return list
	}
	return append(list, change)
}

func members(r *Result, in func(*Standing) bool) []string {
	var ids []string
	for i := range r.Standings {
		if in(&r.Standings[i]) {
			ids = append(ids, r.Standings[i].Subject)
		}
	}
	slices.SortFunc(ids, ranking.Compare)
	return ids
}

// lacking lists the ids of a that b lacks.
func lacking(a, b []string) []string {
	known := make(map[string]bool, len(b))
	for _, id := range b {
		known[id] = true
	}
	var out []string
	for _, id := range a {
		if !known[id] {
			out = append(out, id)
		}
	}
	return out
}

// moved is the difference of two sets of accounts, those without one left out.
func moved(before, after []outcome.Entry) []outcome.Balance {
	all := slices.Clone(after)
	for _, e := range before {
		e.Points = e.Points.Neg()
		all = append(all, e)
	}
	return slices.DeleteFunc(outcome.Balances(all), func(b outcome.Balance) bool { return b.Points.Sign() == 0 })
}
