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
	contestants, at := b.contestants()
	places, ifExact := b.rank(contestants)
	members := ranking.Bands(places, in.Template.Ranking, in.Template.Bands)
	standings := b.standings(places, at, ifExact, members)
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
			result.Traces = append(result.Traces, b.trace(&b.rows[b.order[i]], result.Grades))
		}
	}
	result.Standings = standings
	return result, nil
}

// contestants are the ranked, and the positions of their rows.
func (b *board) contestants() (out []ranking.Contestant, at []int) {
	previous := b.previous()
	out, at = make([]ranking.Contestant, 0, len(b.rows)), make([]int, 0, len(b.rows))
	for i := range b.rows {
		r := &b.rows[i]
		if r.state == "" {
			out = append(out, ranking.Contestant{
				ID: r.subject.ID, Track: r.subject.Track, Exact: r.score.Exact, Published: r.score.Published,
				Ties: b.plan.TieBreak(b.in.Template.Ranking.TieBreak, r.values, r.score, r.facts), Previous: previous[r.subject.ID],
			})
			at = append(at, i)
		}
	}
	return out, at
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

// rank places the subjects, and says which rank each contestant would have by
// the other reading of Q11; the two are worked out at once.
func (b *board) rank(contestants []ranking.Contestant) (places []ranking.Place, ifExact []int) {
	other := make(chan []int)
	go func() {
		rule := b.in.Template.Ranking
		rule.On = ranking.OnExact
		ranks, exactly := make([]int, len(contestants)), ranking.Rank(contestants, rule)
		for i := range exactly {
			ranks[exactly[i].At] = exactly[i].Rank
		}
		other <- ranks
	}()
	return ranking.Rank(contestants, b.in.Template.Ranking), <-other
}

// standings lists the ranked in their order, then the others by id. Rows are
// the positions of the contestants' rows, ifExact their ranks by the other
// reading.
func (b *board) standings(places []ranking.Place, rows, ifExact []int, members ranking.Membership) []Standing {
	bands := bandsOf(members, b.in.Template.Bands)
	out := make([]Standing, len(places), len(b.rows))
	b.order = make([]int, len(places), len(b.rows))
	share(len(places), func(_, from, to int) {
		for i := from; i < to; i++ {
			p := &places[i]
			out[i], b.order[i] = b.standing(p, bands[p.ID]), rows[p.At]
			out[i].RankIfExact = ifExact[p.At]
		}
	})
	for i := range b.rows {
		if r := &b.rows[i]; r.state != "" {
			out, b.order = append(out, Standing{Subject: r.subject.ID, Track: r.subject.Track, Reason: r.state}), append(b.order, i)
		}
	}
	return out
}

// standing is that of somebody ranked.
func (b *board) standing(p *ranking.Place, bands []string) Standing {
	s := Standing{
		Subject: p.ID, Track: p.Track, Exact: p.Exact, Total: p.Published, Shown: p.Published.Fixed(b.in.Template.Scale.Decimals),
		Rank: p.Rank, RankFromBottom: p.RankFromBottom, Of: p.Of, Previous: p.Previous, Bands: bands,
	}
	if b.in.Template.Ranking.Scope == ranking.ByTrack {
		s.Overall = p.Overall
	}
	if p.Previous > 0 {
		s.Change = p.Previous - p.Rank
	}
	return s
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
