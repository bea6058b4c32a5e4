package template

import "leitai/internal/exact"

// Coverage is the deadline by which every subject must have been visited (B01).
type Coverage struct {
	AllSubjectsBy string // month-day; empty: the end of each round's period
	Blocks        bool
}

// Evidence is what must be shown for an item (B04, B06).
type Evidence struct {
	MinPhotos int
	Kinds     []string // document | photo | observed | interview
}

// Part is one component of a total that has parts.
type Part struct {
	Key    string
	Name   Text
	Weight exact.Number
	From   string // items | rounds | entered | ballots.<key> | rollups.<key> | feeds | feeds.<key of the scheme that feeds it>
}

// Ballot is a democratic evaluation (B09, Q26, Q27, Q34, G2).
type Ballot struct {
	Key       string
	Name      Text
	Options   []BallotOption
	Groups    []BallotGroup
	Roster    string   // bound: an open vote is refused (G2)
	Recuse    []string // own-village
	Identity  string   // most-specific-group: one ballot per person and subject (Q27)
	Exclude   []string // recused | invalid | abstained: left out of denominators
	Threshold int      // valid ballots below which no group figure is shown
	Small     string   // hide (default) | merge (Q34)
}

// BallotOption is one choice and what it is worth.
type BallotOption struct {
	Key   string
	Name  Text
	Score exact.Number
}

// BallotGroup is a rater group with its weight.
type BallotGroup struct {
	Key       string
	Name      Text
	Weight    exact.Number
	MergeWith string // the named neighbour, when Small is merge
}

// LegendStep gives a light from a total upwards; the last step has no From (B22).
type LegendStep struct {
	Key  string
	Name Text
	From *exact.Number
}

// Pairing is a lead and a follow village with monthly exchanges (C14, C15).
type Pairing struct {
	Lead, Follow      string
	ExchangesPerMonth int
}

// Feed hands a result to another scheme with a weight (B13–B15, C09).
type Feed struct {
	Into   string
	Weight exact.Number
}

// Postings is the term of first secretaries and teams (D01–D40, Q22, Q23).
type Postings struct {
	Selection  Selection
	Team       TeamSize
	Term       int // months
	Statement  Statement
	Milestones []Milestone
}

// Selection is who may be sent; years are completed years on the selection
// date and every bound includes its number (Q22).
type Selection struct {
	MaxAge     int    // years
	PartyYears int    // years
	WorkYears  int    // years
	Count      string // completed-years
	PartyFrom  string // full-membership
}

// Statement is the township's monthly statement of days in the village (D24, G7).
type Statement struct {
	MinDays int
	Leave   string // shown-apart: days excused are shown beside days present (Q23)
	Short   string // reported: a short month is reported, never an automatic penalty (Q23)
}

// TeamSize is the least number of members, for the village classes named.
type TeamSize struct {
	MinMembers int
	For        []string
}

// Milestone is a target with a clock (D14–D22).
type Milestone struct {
	Key     string
	Name    Text
	Clock   string // quarterly | half-yearly | yearly | term | months
	Months  int    // clock: months — within so many months of the posting
	Formula string // true when the target is reached
}

// GradeScale is a set of grades by thresholds, or by quotas (E12–E22, D33).
type GradeScale struct {
	Key      string
	Name     Text
	Decision string // own: decided here | superior: proposed upward (E11)
	Of       string // what is graded: total (default) | items.<key> | parts.<key> | entered; printed only when it is not the default
	Steps    []GradeStep
}

// GradeStep is one grade: from a score, or within a quota (Q17–Q21).
type GradeStep struct {
	Key      string
	Name     Text
	From     *exact.Number
	Quota    *Quota
	Needs    []Need
	TieBreak []string
	Ties     string // inclusive | decide
	Unused   string // pass-on | empty (Q21)
}

// Quota bounds how many get a grade: a floor of AtMost, a ceiling of AtLeast.
type Quota struct {
	AtMost  *exact.Number // 2/5 for 40%
	AtLeast *exact.Number
	Kind    string // hard | soft (Q18)
	Of      string // persons | teams | subjects (Q20)
}

// Need is a condition on another grade (E22).
type Need struct{ Scale, Grade string }

// TalkIf opens an interview for these grades (E23).
type TalkIf struct {
	Scale  string
	Grades []string
}

// Deadline is the date (month-day) a document is due (E27).
type Deadline struct {
	Document, Due string
	MaxCharacters int // of the document's text (E04); 0: any length
}
