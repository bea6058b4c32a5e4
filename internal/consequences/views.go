package consequences

import (
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/outcome"
)

// State is where an outcome stands.
type State string

// The states. Points and everything that is carried out go proposed → confirmed
// → executed; money goes proposed → decided → approved → executed (A33, A34).
const (
	Proposed  State = "proposed"
	Confirmed State = "confirmed"
	Decided   State = "decided"
	Approved  State = "approved"
	Executed  State = "executed"
	Reversed  State = "reversed" // taken back by a later revision (Q30)
)

// Outcome is one consequence of a published round or roll-up.
type Outcome struct {
	ID           uuid.UUID
	Competition  uuid.UUID
	Round        *uuid.UUID // of a round …
	Rollup       *uuid.UUID // … or of a roll-up
	Revision     int        // of the publication it follows from
	Rule         string     // place in the template, for example outcomes[2]
	Reason       string     // key of the band or streak that called for it
	Action       string     // points, criticism, talk, money …
	Unit         uuid.UUID  // the place: the unit judged, or where who is judged belongs
	Subject      uuid.UUID  // who is judged: the unit, a person, an organisation or a team
	UnitName     string     // how the subject is called: a person by place and pseudonym
	Period       string
	Rank         int
	FromBottom   int
	Streak       int
	ByRole       string
	Entries      []ProposedEntry
	With         []outcome.Link // people concerned, as linked on the date of the round
	Penalty      bool           // of a band of the worst
	State        State
	Due          calendar.Date // zero: none
	Amount       *exact.Number // yuan, above 0; Penalty turns the sign
	Minutes      string
	Basis        string
	Record       string
	ConfirmedBy  *uuid.UUID
	DecidedBy    *uuid.UUID
	ApprovedBy   *uuid.UUID
	ExecutedBy   *uuid.UUID
	ExecutedAt   *time.Time
	LockRevision int // grows with every change; a stale one is refused
}

// Signed is the amount as it moves the village's money: negative for a penalty;
// nil before it is decided.
func (o *Outcome) Signed() *exact.Number {
	if o.Amount == nil {
		return nil
	}
	n := *o.Amount
	if o.Penalty {
		n = n.Neg()
	}
	return &n
}

// ProposedEntry is what an outcome posts to one account when it is confirmed.
type ProposedEntry struct {
	Kind   string       `json:"kind"` // outcome.OfSubject | outcome.OfPerson
	Holder string       `json:"holder"`
	Role   string       `json:"role"`
	Points exact.Number `json:"points"`
}

// Entry is one line of a point account; it is never edited, only countered.
type Entry struct {
	ID          uuid.UUID
	Competition uuid.UUID
	Unit        *uuid.UUID // the holder is a unit
	Person      *uuid.UUID // or a person
	Body        *uuid.UUID // or an organisation or a team
	Period      string
	Points      exact.Number
	Rule        string
	Role        string
	Subject     uuid.UUID // the village whose result it follows from
	Outcome     *uuid.UUID
	Issue       *uuid.UUID
	Opening     *uuid.UUID   // a balance brought along from another tenant
	Deducted    exact.Number // of an opening: deductions for issues, beside the points
	Note        string       // of an opening: where the balance comes from
	Revision    int
	Reverses    *uuid.UUID
	PostedBy    uuid.UUID
	PostedAt    time.Time
}

// Account is the entries of one holder over a span. Deductions of issues stand
// beside the balance of points (Q36).
type Account struct {
	Unit       *uuid.UUID
	Person     *uuid.UUID
	Body       *uuid.UUID // organisation or team
	Holder     string     // unit's name or pseudonym
	Balance    exact.Number
	Deductions exact.Number
	Entries    []Entry // oldest first
}

// Rollup is a published summary over several rounds.
type Rollup struct {
	ID          uuid.UUID
	Tenant      uuid.UUID
	Competition uuid.UUID
	Trial       bool
	Key         string // quarter | half-year | year
	Period      string // first and last month, 2023-04/2023-09
	Revision    int
	Inputs      []RollupInput
	Rows        []RollupRow
	ApprovedBy  uuid.UUID
	PublishedAt time.Time
}

// RollupInput is one publication a roll-up was made from.
type RollupInput struct {
	Round    uuid.UUID `json:"round"` // or the shorter roll-up
	Period   string    `json:"period"`
	Revision int       `json:"revision"`
	Rollup   bool      `json:"rollup,omitempty"` // of a shorter roll-up, not of a round
}

// RollupRow is one subject of a roll-up.
type RollupRow struct {
	Unit       uuid.UUID           `json:"unit"`
	Subject    uuid.UUID           `json:"subject,omitzero"` // uuid.Nil: the unit itself, as rows of before have it
	UnitCode   string              `json:"unitCode"`         // of the subject in bundles
	Name       string              `json:"name"`
	Track      string              `json:"track,omitempty"`
	Parts      []outcome.PartValue `json:"parts,omitempty"`
	Attended   int                 `json:"attended"`
	Value      exact.Number        `json:"value"` // rounded as totals are
	Shown      string              `json:"shown"` // Value with its fixed decimals; empty when not ranked
	Rank       int                 `json:"rank"`  // 0: attended too few rounds
	FromBottom int                 `json:"fromBottom"`
	Bands      []string            `json:"bands"`
}
