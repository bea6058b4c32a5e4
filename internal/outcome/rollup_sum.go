package outcome

import (
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// PublishedRound is one published round, or one shorter roll-up, as a longer
// one looks at it: ranked subjects only.
type PublishedRound struct {
	Period calendar.Period
	Totals map[string]exact.Number // published totals by subject
	Ranks  map[string]int          // published ranks by subject
}

// Summed is what a roll-up is made of.
type Summed struct {
	Rounds []PublishedRound                   // of the span, or its shorter roll-ups
	Parts  map[string]map[string]exact.Number // by key of the part and subject: those that are not the rounds
	Tracks map[string]string                  // by subject, at the end of the span (C04)
	Links  map[string][]Link                  // by subject, of the last round
}

// PartValue is what one part brings in for one subject.
type PartValue struct {
	Key     string       `json:"key"`
	Weight  exact.Number `json:"weight"`
	Value   exact.Number `json:"value"`
	Missing bool         `json:"missing,omitempty"` // nobody entered it: the subject is not ranked
}

// Rolled is one subject's line of a roll-up. Rank 0 means that it attended too
// few rounds to be ranked, or that a part is missing.
type Rolled struct {
	Subject        string
	Track          string
	Attended       int
	Exact          exact.Number // before rounding
	Published      exact.Number // rounded as totals are
	Parts          []PartValue  // in the order of the rule; none when the rounds are all
	Rank           int
	RankFromBottom int
	Bands          []string
}

// lacks reports whether a part is missing.
func (l *Rolled) lacks() bool {
	return slices.ContainsFunc(l.Parts, func(p PartValue) bool { return p.Missing })
}

// RollupResult is a roll-up with the consequences its own rules ask for.
type RollupResult struct {
	Lines     []Rolled // by rank, then by id in natural order; the unranked last
	Proposals []Proposal
	Entries   []Entry
}

// Summarise sums the rounds or shorter roll-ups of a span up (A31, A35, C03,
// Q16): the mean or the sum of published totals, or the mean of ranks, where
// the lowest is the best. Where the rule has parts, what the rounds come to is
// one of them, and the total is the weighted sum of all. Rounds outside the span
// must not be handed in. Subjects below the least number of attended rounds, or
// without a part, are listed without a rank. Ranks and bands are of the tracks
// where the template ranks by track (Q24). Money outcomes carry no figure.
func Summarise(doc *template.Document, rule template.Rollup, of Summed) RollupResult {
	lines := aggregate(rule, of.Rounds)
	byID := map[string]*Rolled{}
	for i := range lines {
		l := &lines[i]
		byID[l.Subject] = l
		l.Track = of.Tracks[l.Subject]
		l.weigh(rule.Parts, of.Parts)
		l.Published = l.Exact.Round(doc.Scale.Decimals, roundingOf(doc.Scale))
	}
	on := template.Ranking{On: doc.Ranking.On, Method: doc.Ranking.Method, Scope: scopeOf(doc)}
	places := ranking.Rank(contestants(rule, lines), on)
	s := Standing{Places: map[string]ranking.Place{}, Members: ranking.Bands(places, on, rule.Bands), Links: of.Links}
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

// contestants are the lines that can be ranked.
func contestants(rule template.Rollup, lines []Rolled) []ranking.Contestant {
	var all []ranking.Contestant
	for i := range lines {
		l := &lines[i]
		if l.Attended < max(rule.MinAttended, 1) || l.lacks() {
			continue
		}
		c := ranking.Contestant{ID: l.Subject, Track: l.Track, Exact: l.Exact, Published: l.Published}
		if rule.Aggregate == AggregateMeanOfRanks && len(rule.Parts) == 0 {
			c.Exact, c.Published = c.Exact.Neg(), c.Published.Neg()
		}
		all = append(all, c)
	}
	return all
}

// scopeOf is the scope of ranks: per track where the template has tracks and
// does not say otherwise (Q24).
func scopeOf(doc *template.Document) string {
	if doc.Ranking.Scope == "" && doc.Tracks != nil {
		return ranking.ByTrack
	}
	return doc.Ranking.Scope
}

// weigh turns what the rounds came to into the weighted sum of all parts.
func (l *Rolled) weigh(parts []template.Part, values map[string]map[string]exact.Number) {
	if len(parts) == 0 {
		return
	}
	var total exact.Number
	for _, part := range parts {
		p := PartValue{Key: part.Key, Weight: part.Weight, Value: l.Exact}
		if part.From != FromRounds {
			value, known := values[part.Key][l.Subject]
			p.Value, p.Missing = value, !known
		}
		l.Parts = append(l.Parts, p)
		total = total.Add(p.Value.Mul(part.Weight).Quo(exact.Int(100)))
	}
	l.Exact = total
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

// WeightedMean is the mean of values fed by several sources, each by its weight:
// Σ weight·value ÷ Σ weight; false when the weights come to nothing.
func WeightedMean(values, weights []exact.Number) (exact.Number, bool) {
	var sum, total exact.Number
	for i := range min(len(values), len(weights)) {
		sum, total = sum.Add(values[i].Mul(weights[i])), total.Add(weights[i])
	}
	if total.Sign() == 0 {
		return exact.Number{}, false
	}
	return sum.Quo(total), true
}
