package contest

import "leitai/internal/exact"

// PartValue is one part of a subject's total, on the scale of the total.
type PartValue struct {
	Key    string       `json:"key"`
	Weight exact.Number `json:"weight"` // percent of the total
	Value  exact.Number `json:"value"`  // exact
	Shown  string       `json:"shown"`  // with the decimals of the scale, for example "91.00"
}

// GradeResult is one grade scale solved over the round's subjects (E11–E15,
// D33).
type GradeResult struct {
	Scale    string       `json:"scale"`
	Decision string       `json:"decision,omitempty"` // own: decided here | superior: proposed upward (E11)
	Steps    []GradeSeats `json:"steps,omitempty"`    // one per step with a quota, in the template's order
	Lines    []GradeLine  `json:"lines"`              // by what was graded, the best first

	Refused []GradeRefusal `json:"refused,omitempty"` // decisions that cannot stand
}

// GradeSeats says how the seats of one quota were filled (Q17–Q20), counted as
// the quota counts.
type GradeSeats struct {
	Grade     string     `json:"grade"`
	Counted   string     `json:"counted"`             // persons | teams | subjects
	Of        int        `json:"of"`                  // how many the quota is a share of
	Share     string     `json:"share"`               // the share of them before rounding, with two decimals
	Seats     int        `json:"seats"`               // floor of an at-most quota, ceiling of an at-least one
	Taken     int        `json:"taken"`               // seats given
	Open      int        `json:"open,omitempty"`      // seats that wait for a decision on a tie
	Unused    int        `json:"unused,omitempty"`    // seats that nobody takes
	Shortfall int        `json:"shortfall,omitempty"` // at least: seats that nobody qualified for
	Exceeded  int        `json:"exceeded,omitempty"`  // seats beyond the quota, each with its reason
	Tied      []string   `json:"tied,omitempty"`      // subjects tied for the open seats
	Beside    *SeatCount `json:"beside,omitempty"`    // the other way of counting, shown beside it (Q20)
}

// SeatCount is a quota worked out on one way of counting.
type SeatCount struct {
	Counted string `json:"counted"`
	Of      int    `json:"of"`
	Seats   int    `json:"seats"`
}

// GradeLine is the grade of one subject and the rule that gave it: one of
// package grading's.
type GradeLine struct {
	Subject    string       `json:"subject"`
	Grade      string       `json:"grade,omitempty"` // empty: none
	Value      exact.Number `json:"value"`           // what was graded, rounded like the total; 0 where grades are entered
	Rule       string       `json:"rule,omitempty"`
	Pending    string       `json:"pending,omitempty"` // the grade whose open seat this one is tied for
	PassedOver []PassedOver `json:"passedOver,omitempty"`
}

// PassedOver is a better grade that a subject did not get and the rule that
// withheld it (E22, Q21).
type PassedOver struct {
	Grade  string `json:"grade"`
	Rule   string `json:"rule"`
	Detail string `json:"detail,omitempty"` // the scale whose grade was too low
}

// GradeRefusal is a decision about a grade that cannot stand, with the code of
// the reason; it changes nothing.
type GradeRefusal struct {
	Subject string `json:"subject"`
	Grade   string `json:"grade"`
	Code    string `json:"code"`
}

// Pair is a suggestion of who leads whom: the best with the worst, the second
// with the second worst (C14).
type Pair struct {
	Lead   string `json:"lead"`
	Follow string `json:"follow"`
}
