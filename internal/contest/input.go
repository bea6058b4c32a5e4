package contest

import (
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// RulesVersion is the version of the rules that new computations name.
const RulesVersion = 2

// Input is everything one round's computation depends on. Two inputs that
// differ only in the order of roster, marks, decisions or history give the
// same result. Ids are unit codes, pseudonyms or client-made ids; no input
// holds a person's name.
type Input struct {
	Rules     int                `json:"rules"`            // version of the rules; see RulesVersion
	Public    bool               `json:"public,omitempty"` // the public form: means instead of marks, and no persons
	Template  *template.Document `json:"template"`
	Version   int                `json:"version,omitempty"` // template version pinned by the round
	Round     Round              `json:"round"`
	Rubric    []template.Item    `json:"rubric"` // the items pinned when the round opened (A11)
	Roster    []Subject          `json:"roster"`
	Marks     []Mark             `json:"marks,omitempty"` // confirmed, current marks only; empty in the public form
	Means     []Mean             `json:"means,omitempty"` // public form only: channel values instead of marks
	Decisions []Decision         `json:"decisions,omitempty"`
	History   []Held             `json:"history,omitempty"` // earlier rounds of the same competition, newest revision each

	// Deductions of issues, only where the template takes them off the next
	// round's total instead of posting them to the account (Q36).
	Deductions []Deduction `json:"deductions,omitempty"`

	// What version 2 of the rules adds.
	Metrics        []Metric        `json:"metrics,omitempty"`
	Exams          []Exam          `json:"exams,omitempty"`
	Ballots        []BallotScore   `json:"ballots,omitempty"`
	Entered        []Entered       `json:"entered,omitempty"`
	GradeDecisions []GradeDecision `json:"gradeDecisions,omitempty"`
	Facts          []Fact          `json:"facts,omitempty"`
}

// Deduction is what one issue takes off a subject's total of this round.
type Deduction struct {
	Issue   string       `json:"issue"` // id
	Subject string       `json:"subject"`
	Points  exact.Number `json:"points"` // 0 or more
}

// Round names the round. Period is "2023-04", Held is "2023-05-04" (Q3: the
// period stays nominal when the day rolls over).
type Round struct {
	ID       string `json:"id"`
	Period   string `json:"period"`
	Held     string `json:"held"`
	Number   int    `json:"number,omitempty"`   // running number inside the competition, from 1
	Revision int    `json:"revision,omitempty"` // revision of the publication, from 1 (Q30)
}

// Subject is one contestant of the round's fixed roster (A03): a unit, a
// person, an organisation or a team.
type Subject struct {
	ID      string         `json:"id"`             // unit code, pseudonym of a person, id of an organisation or team
	Name    string         `json:"name,omitempty"` // shown name of a unit; empty for persons
	Track   string         `json:"track,omitempty"`
	Absent  bool           `json:"absent,omitempty"`  // 未参评
	Links   []outcome.Link `json:"links,omitempty"`   // posts valid on the date of the round (A08)
	Unit    string         `json:"unit,omitempty"`    // code of the place, when the subject is no unit
	Classes []string       `json:"classes,omitempty"` // dated classes of its group sets, which items are `for`
}

// Mark is one judge's value for one channel of one item of one subject.
type Mark struct {
	ID      string       `json:"id"`
	Item    string       `json:"item"`
	Channel string       `json:"channel"`
	Subject string       `json:"subject"`
	Judge   string       `json:"judge"` // pseudonym
	Value   exact.Number `json:"value"`

	// Detail is what a mark of another kind than points says; Value is what it
	// comes to, as scoring.ValueOf gives it.
	Detail *scoring.Detail `json:"detail,omitempty"`
}

// Mean is the combined value of one channel of one item of one subject, from
// which the public form starts, so that no judge can be read off.
type Mean struct {
	Item    string       `json:"item"`
	Channel string       `json:"channel"`
	Subject string       `json:"subject"`
	Judges  int          `json:"judges"` // how many marks it combines
	Value   exact.Number `json:"value"`
	NA      bool         `json:"na,omitempty"` // all marks say that it does not apply to the subject
}

// What a decision about an absent subject or a missing mark does (Q13).
const (
	DecideZero     = "zero"     // counts as 0, with a reason
	DecideUnranked = "unranked" // stays out of the ranking; publishing is no longer blocked
)

// Decision settles an absent subject or all gaps of a subject (Item, Channel and
// Part empty), or one gap: Item and Channel of a mark, Item alone where the item
// takes no marks (metric, exam, ballot), Part of a part. An unranked decision is
// always for the subject. A decision where nothing is missing is refused.
type Decision struct {
	Subject string `json:"subject"`
	Item    string `json:"item,omitempty"`
	Channel string `json:"channel,omitempty"`
	Part    string `json:"part,omitempty"`
	Do      string `json:"do"`               // DecideZero | DecideUnranked
	Reason  string `json:"reason,omitempty"` // required in the sealed form
	By      string `json:"by,omitempty"`     // pseudonym of who decided
}

// Held is one earlier round as published in its newest revision. A cancelled
// round is listed with Cancelled and no standings.
type Held struct {
	Period    string         `json:"period"`
	Held      string         `json:"held,omitempty"`
	Cancelled bool           `json:"cancelled,omitempty"`
	Standings []HeldStanding `json:"standings,omitempty"`
}

// HeldStanding is what a later round needs to know of an earlier one. Rank 0
// means that the subject was not ranked.
type HeldStanding struct {
	Subject string         `json:"subject"`
	Total   exact.Number   `json:"total"`
	Rank    int            `json:"rank,omitempty"`
	Bands   []string       `json:"bands,omitempty"`
	Links   []outcome.Link `json:"links,omitempty"`
}
