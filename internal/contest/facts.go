package contest

import "leitai/internal/exact"

// Metric is one figure of one subject that a metric item's formula reads.
type Metric struct {
	Subject string       `json:"subject"`
	Key     string       `json:"key"`
	Value   exact.Number `json:"value"`
}

// Exam is what the sitters of one subject came to in one exam item: the mean of
// those who sat, on 0 to 100, and how many were absent, who are shown apart and
// count for nothing (A13).
type Exam struct {
	Item    string       `json:"item"`
	Subject string       `json:"subject"`
	Sat     int          `json:"sat"`
	Absent  int          `json:"absent,omitempty"`
	Mean    exact.Number `json:"mean"`
}

// BallotScore is what a closed ballot came to for one subject: the blended
// score on 0 to 100 and the counts that are always printed (应到, 实到, 发出,
// 收回, 有效), never a figure of one rater group (Q26, Q34).
type BallotScore struct {
	Ballot   string       `json:"ballot"`
	Subject  string       `json:"subject"`
	Score    exact.Number `json:"score"`
	Due      int          `json:"due"`
	Present  int          `json:"present"`
	Issued   int          `json:"issued"`
	Returned int          `json:"returned"`
	Valid    int          `json:"valid"`
}

// Entered is the value of one part of one subject's total that comes from
// neither items nor ballots: entered by people, from a roll-up or fed by another
// scheme. It lives on the scale of the total.
type Entered struct {
	Part    string       `json:"part"`
	Subject string       `json:"subject"`
	Value   exact.Number `json:"value"`
	Reason  string       `json:"reason,omitempty"` // sealed form only
	By      string       `json:"by,omitempty"`     // pseudonym; sealed form only
}

// GradeDecision is a committee's decision about one grade: who gets an open
// seat, or a seat beyond a soft cap, which needs a second approver (Q17, Q18).
type GradeDecision struct {
	Scale   string `json:"scale"`
	Subject string `json:"subject"`
	Grade   string `json:"grade"`
	Reason  string `json:"reason,omitempty"` // required in the sealed form
	By      string `json:"by,omitempty"`     // pseudonym
	Second  string `json:"second,omitempty"` // pseudonym of the second approver
}

// FactPersons is the fact that says how many persons a team stands for (Q20).
const FactPersons = "persons"

// FactBarred is the fact, other than 0, that keeps a subject from every grade
// that has a quota: what an inspection found, which the bundle does not repeat
// (D31, D33, G12).
const FactBarred = "barred"

// Fact is a figure of a subject that is no item: one that breaks ties, such as
// daysTotal (Q19), or FactPersons.
type Fact struct {
	Subject string       `json:"subject"`
	Key     string       `json:"key"`
	Value   exact.Number `json:"value"`
}
