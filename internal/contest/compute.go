package contest

import (
	"slices"

	"leitai/internal/outcome"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// compute is version 2 of the rules.
func compute(in Input, opt options) (*Result, error) {
	b, err := arrange(&in)
	if err != nil {
		return nil, err
	}
	if err := b.value(); err != nil {
		return nil, err
	}
	result := &Result{Rules: in.Rules, Gaps: b.gaps()}
	places, ifExact := b.rank()
	members := ranking.Bands(places, in.Template.Ranking, in.Template.Bands)
	standings := b.standings(places, ifExact, members)
	b.addTracks(standings)
	b.addParts(standings)
	streaks := b.streaks(standings)
	if len(in.Template.Outcomes) > 0 {
		result.Outcomes, result.Entries = outcome.Draw(in.Template.Subject, in.Template.Streaks, in.Template.Outcomes, b.drawnFrom(places, members, streaks))
	}
	result.Pairs = b.pairs(members)
	result.Grades = b.grades(standings)
	result.Outcomes = append(result.Outcomes, talks(in.Template, result.Grades)...)
	if opt.ranges && !in.Public {
		b.addRanges(standings)
	}
	for i := range standings {
		if opt.traces && standings[i].Rank > 0 {
			result.Traces = append(result.Traces, b.trace(&b.rows[b.index[standings[i].Subject]], result.Grades))
		}
	}
	result.Standings = standings
	return result, nil
}

func (b *board) contestants() []ranking.Contestant {
	previous := b.previous()
	out := make([]ranking.Contestant, 0, len(b.rows))
	for i := range b.rows {
		r := &b.rows[i]
		if r.state == "" {
			out = append(out, ranking.Contestant{
				ID: r.subject.ID, Track: r.subject.Track, Exact: r.score.Exact, Published: r.score.Published,
				Ties: b.plan.TieBreak(b.in.Template.Ranking.TieBreak, r.values, r.score, r.facts), Previous: previous[r.subject.ID],
			})
		}
	}
	return out
}

// previous gives the ranks of the last held round.
func (b *board) previous() map[string]int {
	ranks := map[string]int{}
	for i := len(b.history) - 1; i >= 0; i-- {
		if !b.history[i].Cancelled {
			for _, s := range b.history[i].Standings {
				ranks[s.Subject] = s.Rank
			}
			break
		}
	}
	return ranks
}

// rank places the subjects, and says which rank each would have by the other
// reading of Q11; the two are worked out at once.
func (b *board) rank() (places []ranking.Place, ifExact map[string]int) {
	contestants := b.contestants()
	other := make(chan map[string]int)
	go func() {
		rule := b.in.Template.Ranking
		rule.On = ranking.OnExact
		ranks := make(map[string]int, len(contestants))
		for _, p := range ranking.Rank(contestants, rule) {
			ranks[p.ID] = p.Rank
		}
		other <- ranks
	}()
	return ranking.Rank(contestants, b.in.Template.Ranking), <-other
}

// standings lists the ranked in their order, then the others by id.
func (b *board) standings(places []ranking.Place, ifExact map[string]int, members ranking.Membership) []Standing {
	bands := bandsOf(members, b.in.Template.Bands)
	out := make([]Standing, 0, len(b.rows))
	for _, p := range places {
		s := Standing{
			Subject: p.ID, Track: p.Track, Exact: p.Exact, Total: p.Published, Shown: p.Published.Fixed(b.in.Template.Scale.Decimals),
			Rank: p.Rank, RankIfExact: ifExact[p.ID], RankFromBottom: p.RankFromBottom, Of: p.Of, Previous: p.Previous, Bands: bands[p.ID],
		}
		if b.in.Template.Ranking.Scope == ranking.ByTrack {
			s.Overall = p.Overall
		}
		if p.Previous > 0 {
			s.Change = p.Previous - p.Rank
		}
		out = append(out, s)
	}
	for i := range b.rows {
		if r := &b.rows[i]; r.state != "" {
			out = append(out, Standing{Subject: r.subject.ID, Track: r.subject.Track, Reason: r.state})
		}
	}
	return out
}

// bandsOf turns membership round: the band keys of each subject, in the
// template's order.
func bandsOf(members ranking.Membership, bands []template.Band) map[string][]string {
	out := map[string][]string{}
	for _, band := range bands {
		for _, m := range members[band.Key] {
			if !slices.Contains(out[m.ID], band.Key) {
				out[m.ID] = append(out[m.ID], band.Key)
			}
		}
	}
	return out
}
