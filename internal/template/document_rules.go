package template

import "leitai/internal/exact"

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
