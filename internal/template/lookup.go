package template

import (
	"slices"

	"leitai/internal/exact"
)

// find gives the first member with a key.
func find[T any](all []T, key func(T) string, want string) (T, bool) {
	for _, v := range all {
		if key(v) == want {
			return v, true
		}
	}
	var none T
	return none, false
}

// Channel finds a channel by its key.
func (d Document) Channel(key string) (Channel, bool) { return find(d.Channels, channelKey, key) }

// Item finds an item of the template by its key; a round may have its own.
func (d Document) Item(key string) (Item, bool) { return find(d.Items, itemKey, key) }

// Band finds a band of the rounds by its key; a roll-up has its own.
func (d Document) Band(key string) (Band, bool) { return find(d.Bands, bandKey, key) }

// Streak finds a streak by its key.
func (d Document) Streak(key string) (Streak, bool) { return find(d.Streaks, streakKey, key) }

// Rollup finds a roll-up by its key.
func (d Document) Rollup(key string) (Rollup, bool) { return find(d.Rollups, rollupKey, key) }

// Ballot finds a ballot by its key.
func (d Document) Ballot(key string) (Ballot, bool) { return find(d.Ballots, ballotKey, key) }

// GradeScale finds a scale of grades by its key.
func (d Document) GradeScale(key string) (GradeScale, bool) { return find(d.Grades, scaleKey, key) }

// Band finds a band of the roll-up by its key.
func (r Rollup) Band(key string) (Band, bool) { return find(r.Bands, bandKey, key) }

// Size is how many ranks a band is meant to hold before ties and small rounds
// are looked at; 0 for one that is not a number of ranks (a rank gain).
func (b Band) Size() int { return max(b.Best, b.Worst, b.Next, b.Gainers) }

// Punishes reports whether a band holds the worst, so that outcomes on it are
// penalties and its ties are read in favour of the subject (Q7).
func (b Band) Punishes() bool { return b.Worst > 0 }

// Weights is the split of the channels that counts for this item: its own where
// it has one, else the template's (A23, Q14). Channels of weight 0 are left
// out; the weights sum to 100 and stand in the order of the template.
func (i Item) Weights(d Document) []ChannelSplit {
	var out []ChannelSplit
	for _, ch := range d.Channels {
		w := ch.Weight
		if len(i.Split) > 0 {
			own, _ := find(i.Split, func(s ChannelSplit) string { return s.Channel }, ch.Key)
			w = own.Weight
		}
		if w.Sign() > 0 {
			out = append(out, ChannelSplit{Channel: ch.Key, Weight: w})
		}
	}
	return out
}

// WithWeights gives the document with other weights of its channels, for
// what-if; channels that are not named keep theirs, and an item's own split
// stays. The document itself is not changed; Validate the result.
func (d Document) WithWeights(weights map[string]exact.Number) Document {
	d.Channels = slices.Clone(d.Channels)
	for i := range d.Channels {
		if w, ok := weights[d.Channels[i].Key]; ok {
			d.Channels[i].Weight = w
		}
	}
	return d
}

// WithItems gives the document with the items of a round's rubric (A11).
func (d Document) WithItems(items []Item) Document {
	d.Items = slices.Clone(items)
	return d
}

// Or gives the text in Chinese or English, or the key when it has none.
func (t Text) Or(key string, english bool) string {
	switch {
	case english && t.EN != "":
		return t.EN
	case t.ZH != "":
		return t.ZH
	}
	return key
}
