package outcome

import (
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// Values of a roll-up's settings (Q16).
const (
	MonthsFromFirst      = "from-first-round"
	AggregateMean        = "mean"
	AggregateSum         = "sum"
	AggregateMeanOfRanks = "mean-of-ranks"
)

// RollupMonths gives how many months the roll-up of this key spans.
func RollupMonths(key string) (int, error) {
	switch key {
	case "quarter":
		return 3, nil
	case "half-year":
		return 6, nil
	case "year":
		return 12, nil
	}
	return 0, fault.New(fault.RollupUnknown, "value", key).At("rollup")
}

// Span is the stretch of time a roll-up covers, months included at both ends.
type Span struct{ From, To calendar.Period }

// SpanOf gives the span of `months` months that period lies in: counted in
// calendar quarters, half-years and years, or from the first round on (Q16).
// The first period must not be after period when counting from it.
func SpanOf(counting string, months int, first, period calendar.Period) Span {
	at := calendar.PeriodOf(calendar.Month, period.First())
	start := calendar.PeriodOf(calendar.Month, first.First())
	if counting != MonthsFromFirst {
		start = calendar.MustPeriod("1900-01") // a year's start, so that blocks of 3, 6 and 12 fall on the calendar's
	}
	n := (at.Year()-start.Year())*12 + int(at.First().Month()) - int(start.First().Month())
	from := start.Add(n / months * months)
	return Span{From: from, To: from.Add(months - 1)}
}

// Contains reports whether a period starts inside the span.
func (s Span) Contains(p calendar.Period) bool {
	return !p.First().Before(s.From.First()) && !p.First().After(s.To.Last())
}

// PublishedRound is one published round, or one shorter roll-up, as a longer
// one looks at it: ranked subjects only.
type PublishedRound struct {
	Period calendar.Period
	Totals map[string]exact.Number // published totals by subject
	Ranks  map[string]int          // published ranks by subject
}

// Rolled is one subject's line of a roll-up. Rank 0 means that it attended too
// few rounds to be ranked.
type Rolled struct {
	Subject        string
	Attended       int
	Exact          exact.Number // before rounding
	Published      exact.Number // rounded as totals are
	Rank           int
	RankFromBottom int
	Bands          []string
}

// RollupResult is a roll-up with the consequences its own rules ask for.
type RollupResult struct {
	Lines     []Rolled // by rank, then by id in natural order; the unranked last
	Proposals []Proposal
	Entries   []Entry
}

// Rollup sums the rounds of a span up (A31, A35, Q16): the mean or the sum of
// published totals, or the mean of ranks, where the lowest is the best. Rounds
// outside the span must not be handed in. Subjects below the least number of
// attended rounds are listed without a rank. Money outcomes carry no figure.
func Rollup(doc *template.Document, rule template.Rollup, rounds []PublishedRound, links map[string][]Link) RollupResult {
	lines := aggregate(rule, rounds)
	var contestants []ranking.Contestant
	byID := map[string]*Rolled{}
	for i := range lines {
		l := &lines[i]
		byID[l.Subject] = l
		l.Published = l.Exact.Round(doc.Scale.Decimals, roundingOf(doc.Scale))
		if l.Attended < max(rule.MinAttended, 1) {
			continue
		}
		c := ranking.Contestant{ID: l.Subject, Exact: l.Exact, Published: l.Published}
		if rule.Aggregate == AggregateMeanOfRanks {
			c.Exact, c.Published = c.Exact.Neg(), c.Published.Neg()
		}
		contestants = append(contestants, c)
	}
	on := template.Ranking{On: doc.Ranking.On, Method: doc.Ranking.Method}
	places := ranking.Rank(contestants, on)
	s := Standing{Places: map[string]ranking.Place{}, Members: ranking.Bands(places, on, rule.Bands), Links: links}
	for _, p := range places {
		byID[p.ID].Rank, byID[p.ID].RankFromBottom = p.Rank, p.RankFromBottom
		s.Places[p.ID] = p
	}
	for _, b := range rule.Bands {
		for _, m := range s.Members[b.Key] {
			byID[m.ID].Bands = append(byID[m.ID].Bands, b.Key)
		}
	}
	result := RollupResult{Lines: lines}
	result.Proposals, result.Entries = Draw(doc.Subject, nil, rule.Outcomes, s)
	slices.SortFunc(result.Lines, byRank)
	return result
}

func byRank(a, b Rolled) int {
	if (a.Rank == 0) != (b.Rank == 0) {
		return b.Rank - a.Rank // the unranked, with rank 0, go last
	}
	if a.Rank != b.Rank {
		return a.Rank - b.Rank
	}
	return ranking.Compare(a.Subject, b.Subject)
}

func roundingOf(s template.Scale) exact.Mode {
	if s.Rounding == "" {
		return exact.HalfUp
	}
	return s.Rounding
}

// aggregate adds every subject's rounds up, in no particular order.
func aggregate(rule template.Rollup, rounds []PublishedRound) []Rolled {
	at := map[string]int{}
	var lines []Rolled
	for _, round := range rounds {
		for id, total := range round.Totals {
			i, ok := at[id]
			if !ok {
				i = len(lines)
				at[id] = i
				lines = append(lines, Rolled{Subject: id})
			}
			if rule.Aggregate == AggregateMeanOfRanks {
				total = exact.Int(int64(round.Ranks[id]))
			}
			lines[i].Attended++
			lines[i].Exact = lines[i].Exact.Add(total)
		}
	}
	if rule.Aggregate != AggregateSum {
		for i := range lines {
			lines[i].Exact = lines[i].Exact.Quo(exact.Int(int64(lines[i].Attended)))
		}
	}
	return lines
}
