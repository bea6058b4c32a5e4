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
	Lines    []GradeLine  `json:"lines"`              // in the order of the standings
}

// GradeSeats says how the seats of one quota were filled (Q17–Q20).
type GradeSeats struct {
	Grade     string   `json:"grade"`
	Of        int      `json:"of"`                  // how many the quota is a share of
	Seats     int      `json:"seats"`               // floor of an at-most quota, ceiling of an at-least one
	Taken     int      `json:"taken"`               // how many hold the grade
	Open      int      `json:"open,omitempty"`      // at most: seats left empty
	Shortfall int      `json:"shortfall,omitempty"` // at least: how many are lacking because fewer qualify
	Exceeded  int      `json:"exceeded,omitempty"`  // soft cap: seats beyond it, each with reason and second approver
	Tied      []string `json:"tied,omitempty"`      // subjects tied for seats that a committee has to decide
}

// GradeLine is the grade of one subject and the rule that gave it.
type GradeLine struct {
	Subject    string       `json:"subject"`
	Grade      string       `json:"grade,omitempty"` // empty: none
	Value      exact.Number `json:"value"`           // what was graded
	Rule       string       `json:"rule"`            // why: threshold, quota, decision, tie …
	PassedOver []PassedOver `json:"passedOver,omitempty"`
}

// PassedOver is a grade that a subject did not get and the rule that withheld
// it (E22, Q21).
type PassedOver struct {
	Grade string `json:"grade"`
	Rule  string `json:"rule"`
	Needs string `json:"needs,omitempty"` // the scale whose grade was too low
}

// Pair is a suggestion of who leads whom: the best with the worst, the second
// with the second worst (C14).
type Pair struct {
	Lead   string `json:"lead"`
	Follow string `json:"follow"`
}
