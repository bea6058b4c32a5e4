package contest

import (
	"leitai/internal/exact"
	"leitai/internal/ranking"
)

// addTracks writes rank and percentile inside the track into the standings of
// the ranked, where the template has tracks (C04, Q24).
func (b *board) addTracks(standings []Standing) {
	if b.in.Template.Tracks == nil {
		return
	}
	rule := b.in.Template.Ranking
	rule.Scope = ranking.ByTrack
	inside := map[string]ranking.Place{}
	contestants, _ := b.contestants()
	for _, p := range ranking.Rank(contestants, rule) {
		inside[p.ID] = p
	}
	for i := range standings {
		if s := &standings[i]; s.Rank > 0 {
			p := inside[s.Subject]
			s.TrackRank, s.TrackOf, s.Percentile = p.Rank, p.Of, Percentile(p.Rank, p.Of)
		}
	}
}

// Percentile is 100 (n − rank) / (n − 1), rounded half-up to one decimal: 100
// for the best, 0 for the last; nil in a field of one.
func Percentile(rank, n int) *exact.Number {
	if n < 2 {
		return nil
	}
	p := exact.Ratio(100*int64(n-rank), int64(n-1)).Round(1, exact.HalfUp)
	return &p
}

// addParts writes the parts, lights and vetoes of the ranked into the standings.
func (b *board) addParts(standings []Standing) {
	decimals := b.in.Template.Scale.Decimals
	for i := range standings {
		s := &standings[i]
		r := &b.rows[b.order[i]]
		s.Vetoes = r.vetoes
		if s.Rank == 0 {
			continue
		}
		for k, part := range b.plan.Parts() {
			value := r.score.Parts[k]
			s.Parts = append(s.Parts, PartValue{Key: part.Key, Weight: part.Weight, Value: value, Shown: value.Fixed(decimals)})
		}
		s.Light = b.light(s.Total)
	}
}

// light is the key of the highest step of the legend that a published total
// reaches; the step without a threshold takes the rest (B22).
func (b *board) light(total exact.Number) string {
	key := ""
	var from *exact.Number
	for _, step := range b.in.Template.Legend {
		switch {
		case step.From == nil:
			if from == nil {
				key = step.Key
			}
		case total.Cmp(*step.From) >= 0 && (from == nil || step.From.Cmp(*from) > 0):
			key, from = step.Key, step.From
		}
	}
	return key
}
