// Package outcome owns consequences: runs of rounds in a band (streaks), the
// proposals that a template's rules make of bands and streaks, the points they
// post to accounts, roll-ups over longer periods, exchanges of pairs, and the chain that a money decision walks.
//
// It does not own who is in a band (ranking), how totals arise (scoring), who
// confirms a proposal, or storage: accounts are derived from entries, and an
// entry is never changed, only countered.
package outcome

import "leitai/internal/exact"

// Link ties a person, by pseudonym, to a subject under a role such as
// linked-leader, on the date of a round (A08).
type Link struct {
	Role   string `json:"role"`
	Person string `json:"person"`
}

// Proposal is one consequence that one rule asks for one subject. It becomes
// effective when a person confirms it.
type Proposal struct {
	Rule           int      `json:"rule"` // index into the template's outcomes, from 0
	When           string   `json:"when"` // key of the band or streak that called for it
	Do             string   `json:"do"`   // points, criticism, talk, money …
	Subject        string   `json:"subject"`
	Rank           int      `json:"rank,omitempty"`
	RankFromBottom int      `json:"rankFromBottom,omitempty"`
	Streak         int      `json:"streak,omitempty"` // rounds running, when a streak called for it
	ByRole         string   `json:"byRole,omitempty"` // who carries it out (A30)
	With           []Link   `json:"with,omitempty"`   // with whom, as linked on the date of the round
	WithRoles      []string `json:"withRoles,omitempty"`
	Grade          string   `json:"grade,omitempty"` // when a grade called for it: Rule counts the template's talkIf, When is the scale (E23)
}

// Kinds of account.
const (
	OfSubject = "subject"
	OfPerson  = "person"
)

// Account is whose points an entry moves.
type Account struct {
	Kind string `json:"kind"` // OfSubject | OfPerson
	ID   string `json:"id"`   // unit code or pseudonym
}

// Entry is one posting that a proposal calls for. Rule, When, Subject, Role and
// Account identify it inside a round: posting it twice is the same entry.
type Entry struct {
	Account Account      `json:"account"`
	Role    string       `json:"role"` // under which the account receives it: village, linked-leader …
	Subject string       `json:"subject"`
	Rule    int          `json:"rule"`
	When    string       `json:"when"`
	Points  exact.Number `json:"points"`
}
