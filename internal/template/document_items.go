package template

import "leitai/internal/exact"

// Item is one thing judged, worth points (A10, A11).
type Item struct {
	Key       string
	Name      Text
	Section   string
	Dimension string // of the county dictionary, for example party-building
	Kind      ItemKind
	Points    exact.Number
	Owner     string         // the role or post of the leader in charge (A07)
	Criteria  string         // what to prepare and look at (A12)
	Split     []ChannelSplit // overrides the channels' weights for this item; empty: the channels' own
	For       []string       // classes of the group set it applies to (B03); empty: every subject
	NA        string         // full | redistribute: what a part that does not apply is worth
	Evidence  []string       // document | photo | observed | interview (B04)
	Rule      ItemRule       // what only this kind has
}

// ItemRule holds what only some kinds of item have; validation refuses a key
// that the kind does not know.
type ItemRule struct {
	Table   []TableRow     // deductions, bonus: points of one event; deductions are given as positive points off
	Floor   *exact.Number  // deductions: the item never falls below
	Cap     *exact.Number  // bonus: all events together never exceed
	Checks  []Check        // checklist
	Levels  []Level        // levels: named levels and their points
	Formula string         // metric: points from named metrics
	Values  []exact.Number // rank-points: points of the 1st, 2nd … in this item
	Basis   string         // veto: number of the document that allows it (G11)
	Effect  string         // veto: unranked (default) | zero: what it does to the subject; printed only when it is not the default
	Ballot  string         // ballot: key of the ballot whose score is the item's
}

// TableRow is what one event of a kind costs or earns.
type TableRow struct {
	Key    string
	Name   Text
	Points exact.Number
}

// Check is one thing to see, worth points of its checklist item (B03, B04).
type Check struct {
	Key      string
	Name     Text
	Points   exact.Number
	Evidence []string
}

// Level is one named level of an item.
type Level struct {
	Key    string
	Name   Text
	Points exact.Number
}

// ChannelSplit overrides one channel's weight for one item.
type ChannelSplit struct {
	Channel string
	Weight  exact.Number
}

// ItemKind is how an item turns observations into points.
type ItemKind string

// The kinds of item.
const (
	KindPoints     ItemKind = "points"
	KindDeductions ItemKind = "deductions"
	KindChecklist  ItemKind = "checklist"
	KindLevels     ItemKind = "levels"
	KindMetric     ItemKind = "metric"
	KindRankPoints ItemKind = "rank-points"
	KindVeto       ItemKind = "veto"
	KindBonus      ItemKind = "bonus"
	KindExam       ItemKind = "exam"
	KindBallot     ItemKind = "ballot"
)
