package contest

import "leitai/internal/exact"

// Explanation answers "why this rank?" for one ranked subject (J4). It names
// rivals by id; whoever shows it decides whether a reader may see them.
type Explanation struct {
	Standing Standing
	Lines    []Line    // the trace
	Items    []ItemGap // in the order of the rubric
	Best     *Rival    // the first of the scope; nil when that is the subject itself
	Next     *Rival    // the nearest that is ranked better; nil at the top
	TiedWith []string  // who shares the rank
	Lift     *Lift     // what would lift it one rank; nil at the top
}

// Rival is another subject with its published total.
type Rival struct {
	Subject string
	Rank    int
	Total   exact.Number
	Shown   string
}

// ItemGap is one item: what it gave, and what was lost to others. A negative
// loss is a lead.
type ItemGap struct {
	Item     string
	Points   exact.Number // what the item is worth at most
	Score    exact.Number // what it contributed
	Rule     string       // the kind of the item unless that is points, or RuleSpread, RuleFull, RuleZeroDecided
	ToBest   exact.Number // lost to the best-ranked subject; 0 for that subject itself
	ToNext   exact.Number // lost to the next better-ranked subject; 0 at the top
	ToTop    exact.Number // lost to the highest contribution of any ranked subject
	Channels []ChannelShare
}

// ChannelShare is one channel of an item.
type ChannelShare struct {
	Channel string
	Share   exact.Number // of the item, in percent
	High    exact.Number // highest mark
	Factor  exact.Number // points of the total that one point of the channel is worth
	Value   exact.Number
	Judges  int
	Rule    string
}

// Lift is what would lift a subject one rank: to the total of the next better
// one, or just above it where a tie-break chain would decide a tie.
type Lift struct {
	Points  exact.Number // still needed on the unrounded total; enough, and at most half a unit of the last decimal more than the least
	Options []LiftOption // single channels that could bring it alone, in the order of the rubric
}

// LiftOption is one channel of one item whose value alone would do.
type LiftOption struct {
	Item    string
	Channel string
	Raise   exact.Number // points of the channel, rounded up to two decimals
}
