package outcome

import (
	"cmp"
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/ranking"
)

// Paired is a lead and a follower for a span of days (C14).
type Paired struct {
	ID           string
	Lead, Follow string        // subjects
	PerMonth     int           // exchanges a month (C15)
	From         calendar.Date // first day
	Until        calendar.Date // first day they are no pair any more; zero: still
}

// Exchange is one meeting of a pair; only those held offline count (C15).
type Exchange struct {
	Pair    string // ID of the pair
	Date    calendar.Date
	Offline bool
}

// Shortfall is a pair that met less often than it had to in a month.
type Shortfall struct {
	Pair         Paired
	Month        calendar.Period
	Count, Least int
}

// Shortfalls lists the pairs that met less often than they had to in a month,
// in the natural order of the leads, then of the followers. A pair counts for
// the months it was one throughout: nobody is blamed for half a month.
func Shortfalls(pairs []Paired, exchanges []Exchange, month calendar.Period) []Shortfall {
	met := map[string]int{}
	for _, e := range exchanges {
		if e.Offline && !e.Date.Before(month.First()) && !e.Date.After(month.Last()) {
			met[e.Pair]++
		}
	}
	var short []Shortfall
	for _, p := range pairs {
		whole := !p.From.After(month.First()) && (p.Until.IsZero() || p.Until.After(month.Last()))
		if whole && met[p.ID] < p.PerMonth {
			short = append(short, Shortfall{Pair: p, Month: month, Count: met[p.ID], Least: p.PerMonth})
		}
	}
	slices.SortStableFunc(short, func(a, b Shortfall) int {
		return cmp.Or(ranking.Compare(a.Pair.Lead, b.Pair.Lead), ranking.Compare(a.Pair.Follow, b.Pair.Follow), cmp.Compare(a.Pair.ID, b.Pair.ID))
	})
	return short
}
