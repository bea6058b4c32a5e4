// Package template owns the template document: the one readable file that says
// how a competition is run (docs/template.md). It parses YAML or JSON without
// ever making a float, validates every key with its place, lints, prints
// canonically, and names what this release cannot activate yet.
//
// It does not own how marks become totals (scoring), ranks (ranking) or
// outcomes (outcome), and it has no database and no clock.
package template

import "leitai/internal/exact"

// SchemaVersion is the version of the document's shape that this release
// writes. Documents of older versions load and compute the same bytes for ever.
const SchemaVersion = 1

// Document is one template version. Optional parts are pointers or empty.
type Document struct {
	SchemaVersion       int
	Key                 string
	Name                Text
	Basis               []Basis
	DerivedFrom         *Derived
	Locks               []string // fields a derived template may not change
	Subject             SubjectKind
	Calendar            Calendar
	Tracks              *Tracks
	Scale               Scale
	Channels            []Channel // in document order
	Rubric              RubricMode
	Items               []Item
	Panels              Panels
	Missing             Missing
	Ranking             Ranking
	Bands               []Band
	Streaks             []Streak
	Outcomes            []Outcome
	Rollups             []Rollup
	Issues              *Issues
	Announce            Announce
	ConfirmAtActivation []string
	Documents           []string

	// What the other schemes add.
	Coverage  *Coverage
	Evidence  *Evidence
	Parts     []Part
	Ballots   []Ballot
	Legend    []LegendStep
	Themes    RubricMode
	Stages    []string
	Pairing   *Pairing
	Feeds     []Feed
	Postings  *Postings
	Grades    []GradeScale
	TalkIf    []TalkIf
	Deadlines []Deadline
}

// Text is a sentence or name in Chinese and English; either may be empty only
// where the document says a name is optional, and then the key is shown.
type Text struct{ ZH, EN string }

// Basis is one upper-level or own document a competition rests on (A01).
type Basis struct{ Title, Number, Issuer, Date string }

// Derived names the parent of a derived template and what it locks.
type Derived struct {
	Key     string
	Version int
	Locked  []string
}

// SubjectKind is what is judged.
type SubjectKind string

// The kinds of subject.
const (
	Group        SubjectKind = "group"
	Village      SubjectKind = "village"
	Township     SubjectKind = "township"
	County       SubjectKind = "county"
	Organisation SubjectKind = "organisation"
	Person       SubjectKind = "person"
	Team         SubjectKind = "team"
)

// Calendar says when rounds are held (A17, A18, Q1–Q3). Either Every and Day
// are set, or Window.
type Calendar struct {
	Every    string // month | quarter | half-year | year
	Day      int    // 1..31
	Clamp    string // month-end | skip (Q1)
	Roll     string // next-workday | previous-workday | none
	Workdays string // official (make-up days count, default) | literal (Q2)
	Period   string // nominal: the period stays the nominal one (Q3)
	Window   *Window
}

// Window is a span of days of a year, month-day inclusive (E01).
type Window struct{ From, To string }

// Tracks names the group set that gives the tracks (C04).
type Tracks struct{ GroupSet string }

// Scale is the scale totals live on (A22, Q31, Q11).
type Scale struct {
	Points   exact.Number
	Decimals int
	Rounding exact.Mode
	Items    string // sum: item points sum to Points | mean: each item out of Points, weighted by its points (Q31)
	Split    string // per-item: channels are weighted inside each item (default) | per-total (Q14)
}

// Channel is where a mark comes from (A23, Q14).
type Channel struct {
	Key       string
	Name      Text
	Source    string       // onsite | ledger | speech | comment | assembly | verification | exam | metric | marks
	Weight    exact.Number // the weights of all channels sum to 100
	Judges    Judges
	Range     [2]exact.Number
	Step      exact.Number // 0: any exact decimal
	Reception bool         // ledgers are checked in first (A21)
}

// Judges says how many judges a channel needs and how they combine.
type Judges struct {
	Min     int
	Combine string // single | mean | median | trimmed
	Drop    int    // trimmed: marks dropped at each end
}

// RubricMode is whether items or themes are fixed or a document of each round.
type RubricMode string

// The two modes.
const (
	PerRound RubricMode = "per-round"
	Fixed    RubricMode = "fixed"
)

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

// Panels says how review groups are made up (A05, A06, A09, Q32, Q33).
type Panels struct {
	Groups     int
	MinMembers int
	Seconded   Seconded
	Recuse     []string // own-village
	Warn       []string // close-rank
}

// Seconded says how many resident cadres are seconded to a round and how.
type Seconded struct {
	Count  int
	Choose string // assigned | rotation | draw (Q32)
	Seat   string // inside | beside (Q33)
}

// Missing says what an absent subject or a missing mark means (Q13).
type Missing struct {
	Absent string // unranked | zero
	Mark   string // blocks | zero
}

// Ranking says how totals become ranks (Q6, Q11, Q24, G8).
type Ranking struct {
	On       string   // published | exact (Q11)
	Method   string   // competition
	TieBreak []string // channel keys, item keys, "heaviest-item"; empty: ties stand
	Scope    string   // all | track (Q24)
	Show     string   // ranks | bands | top-only | none (G8)
}

// Band is a named stretch of the ranking (Q6, Q7, Q12, Q25). Exactly one of
// Best, Worst, Next, Gain and Gainers is positive.
type Band struct {
	Key     string
	Name    Text
	Best    int
	Worst   int
	Next    int    // the n after the band before it
	Gain    int    // whoever gained at least so many ranks (Q25)
	Gainers int    // the so many who gained most (Q25)
	Against string // previous-held, with Gain and Gainers
	Ties    string // inclusive | exclusive | tie-break | capped
	Cap     int    // ties: capped — at most so many recipients
	Small   string // half: size is min(n, ⌊N/2⌋) (Q12) | explicit
}

// Streak is a run of rounds in a band (A29, Q8–Q10).
type Streak struct {
	Key    string
	Name   Text
	Band   string
	Length int
	After  string // continue | reset (Q9)
	Over   string // held-rounds | calendar-months (Q8)
	Person string // linked-throughout | linked-now | restart-on-change (Q10)
	Bound  string // none | year: whether the streak ends with the year (Q10)
}

// Outcome is one consequence rule (A27–A30, A31–A34, Q4, Q5).
type Outcome struct {
	When    string // band or streak key
	Do      string // points | criticism | talk | statement | sharing | money | pairing | praise | rectification | accountability
	By      string // points: rank (first value to the band's best) | rank-from-bottom (first value to the band's worst, Q5) | role (one value for each of To)
	Values  []exact.Number
	To      []string // recipients: village, linked-leader, resident-cadre, village-secretary …
	ByRole  string   // who carries it out
	With    []string // who it is carried out with
	Amount  string   // money: by-decision, never a figure (A33)
	Basis   string   // money: number of the document of Basis that allows it (G11)
	Average bool     // tied ranks share the average of their values (Q6)
}

// Rollup sums rounds up to a longer period (A31, A35, Q16).
type Rollup struct {
	Name        Text
	Key         string // quarter | half-year | year
	Months      string // calendar | from-first-round
	Of          string // rounds, or the key of a shorter roll-up
	Aggregate   string // mean | sum | mean-of-ranks
	MinAttended int
	Parts       []Part // when the total of the period has more parts than the rounds
	Bands       []Band
	Outcomes    []Outcome
}

// Issues says what an issue costs when it is overdue (A39, A40, Q15, Q36).
type Issues struct {
	Overdue IssueOverdue
	Into    string // account | next-total (Q36)
}

// IssueOverdue is the doubling rule: Times × base, once or each overdue round.
type IssueOverdue struct {
	Times  exact.Number
	Once   bool
	DueDay string // in-time | late
}

// Announce is the announcement before and the audience of a publication (Q35).
type Announce struct {
	ObjectionDays int
	Audience      string // person | township | county | public
	Correction    string // new-revision: the old one stays readable, outcomes are diffed (Q30)
}
