package ballot

import "leitai/internal/exact"

// Result is everything that is ever said about one subject of a ballot. Group
// figures are in it only when the whole ballot may be broken down; there is no
// other type from which they could be read.
type Result struct {
	Ballot  string       `json:"ballot"`
	Subject string       `json:"subject"`
	Scored  bool         `json:"scored"` // false: fewer than MinScored valid ballots, or none with weight
	Score   exact.Number `json:"score"`  // exact blended score, 0…100; 0 when not scored

	// Always printed (Q26): totals over all groups.
	Due      int `json:"due"`
	Present  int `json:"present"`
	Issued   int `json:"issued"`
	Returned int `json:"returned"`
	Valid    int `json:"valid"`
	SetAside int `json:"setAside"` // invalid and abstained together, as far as they are no valid ballots
	Recused  int `json:"recused"`

	Small     []string `json:"small,omitempty"`  // groups with fewer valid ballots than the threshold, for this subject
	Spread    []string `json:"spread,omitempty"` // groups without a valid ballot: their weight was spread over the others
	Breakdown bool     `json:"breakdown"`        // group figures are published
	Why       Why      `json:"why,omitempty"`    // why not
	Groups    []Figure `json:"groups,omitempty"` // only when Breakdown
}

// Why says, without naming a group or a subject, why a ballot has no group
// figures: naming a unanimous group would tell how everybody in it voted.
type Why string

// The reasons, the same for every subject of a ballot.
const (
	WhyThreshold Why = "below-threshold" // some group has too few valid ballots on some subject (Q34)
	WhyUnanimous Why = "unanimous"       // everybody in some group said the same of some subject
)

// Figure is the published result of one rater group, or of several that were
// merged because one of them was small.
type Figure struct {
	Groups    []string       `json:"groups"` // keys, in the template's order
	Weight    exact.Number   `json:"weight"` // percent, as in the template; the sum when merged
	Mean      exact.Number   `json:"mean"`   // exact, 0…100
	Valid     int            `json:"valid"`
	Options   map[string]int `json:"options"`
	Invalid   int            `json:"invalid"`
	Abstained int            `json:"abstained"`
	Recused   int            `json:"recused"`
}

// MinScored is the least number of valid ballots from which a score is made at
// all: the mean of one or two sheets is a vote that can be read, not a score.
const MinScored = 3
