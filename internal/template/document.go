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
	Holding             string // subject: person — the post whose holders contest (C01); see Holder
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

// Holder is the post whose holders contest where persons do: the one named, else
// first secretaries where the template has their terms, else village
// secretaries. It is empty where persons do not contest.
func (d *Document) Holder() string {
	switch {
	case d.Subject != Person:
		return ""
	case d.Holding != "":
		return d.Holding
	case d.Postings != nil:
		return "first-secretary"
	}
	return "village-secretary"
}

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
type Window struct {
	From, To string
	In       string // same-year (default): of the period | next-year: the year after, as when 2021 is assessed in January 2022; printed only when it is not the default
}

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
