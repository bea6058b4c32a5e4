// Package grading owns how people and units get a grade: thresholds of a
// score, quotas that may not be exceeded or must be reached, grades that need
// a grade on another scale, what a tie for the last seat means, and which
// decisions of a committee can stand. It explains every seat.
//
// It does not own the score that is graded (scoring, contest), who sits on the
// committee, or what a grade leads to (outcome).
package grading

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// Candidate is one who is to be graded.
type Candidate struct {
	ID       string
	Score    exact.Number
	Ties     []exact.Number            // values of the step's tieBreak chain, in order, larger first (Q19)
	StepTies map[string][]exact.Number // by step key, where steps of one scale break ties differently
	Held     map[string]string         // grade held on other scales, by scale key (E22)
	Barred   string                    // why this one gets no grade that has a quota; empty: not barred
	Persons  int                       // persons the candidate stands for, a team's members; 0 counts as 1 (Q20)
}

// Decision is a grade that people decided, with the reason (Q17, Q18, E11).
type Decision struct {
	Subject string
	Grade   string
	Reason  string
	By      string
	Second  string // the second approver, for a seat beyond a quota in principle (Q18)
}

// Rule names why a candidate got a grade, or was passed over for one.
type Rule string

// Why a grade was given.
const (
	RuleThreshold   Rule = "THRESHOLD"    // the score reaches the grade
	RuleRest        Rule = "REST"         // the grade has no condition
	RuleSeat        Rule = "SEAT"         // a seat inside the quota
	RuleTieBreak    Rule = "TIE_BREAK"    // a seat won against an equal score
	RuleTieIncluded Rule = "TIE_INCLUDED" // tied at the line of an at-least quota
	RuleDecided     Rule = "DECIDED"      // the committee decided the tie
	RuleBeyond      Rule = "BEYOND_QUOTA" // decided beyond a quota in principle, or above an at-least quota
	RuleEntered     Rule = "ENTERED"      // entered by people
)

// Why a grade was not given.
const (
	SkippedBelow      Rule = "BELOW_THRESHOLD"
	SkippedNeeds      Rule = "NEEDS_GRADE"    // the grade on another scale is too low or missing (E22)
	SkippedBarred     Rule = "BARRED"         // for the reason the candidate carries
	SkippedFull       Rule = "QUOTA_FULL"     // all seats went to those who stand higher
	SkippedLostTie    Rule = "LOST_TIE_BREAK" // a seat went to an equal score
	SkippedOpen       Rule = "TIE_OPEN"       // tied for a seat that waits for a decision
	SkippedDecided    Rule = "DECIDED_AGAINST"
	SkippedNotEntered Rule = "NOT_ENTERED"
	SkippedOtherwise  Rule = "ENTERED_OTHERWISE" // people entered another grade
)

// Values of the template's keys.
const (
	tiesDecide          = "decide"
	unusedEmpty         = "empty"
	kindSoft            = "soft"
	proposedUpward      = "superior"
	countPersons        = "persons"
	countTeams          = "teams"
	countSubjects       = "subjects"
	decimalsOfShownSeat = 2
)

// Pass is one grade that a candidate was passed over for, and why.
type Pass struct {
	Step   string `json:"step"`
	Rule   Rule   `json:"rule"`
	Detail string `json:"detail,omitempty"` // NEEDS_GRADE: the scale; BARRED: the reason
}

// Line is the grade of one candidate with its reason.
type Line struct {
	Subject string `json:"subject"`
	Grade   string `json:"grade"` // "" when no grade of the scale applies
	Rule    Rule   `json:"rule,omitempty"`
	Passed  []Pass `json:"passed,omitempty"`  // the better grades not given, best first
	Pending string `json:"pending,omitempty"` // the grade whose open seat this one is tied for
	Reason  string `json:"reason,omitempty"`
	By      string `json:"by,omitempty"`
	Second  string `json:"second,omitempty"`
}

// Refusal is a decision that cannot stand, and why.
type Refusal struct {
	Decision Decision
	Fault    *fault.Fault
}

// Solution is every candidate's grade, with the seats of every quota.
type Solution struct {
	Scale    string
	Proposed bool   // the grades are proposed upward, not decided here (E11)
	Lines    []Line // by standing, best first
	Quotas   []Seats
	Refused  []Refusal // in the order of the decisions
}

// Line gives a subject's line, or false when it was no candidate.
func (s Solution) Line(subject string) (Line, bool) {
	for _, l := range s.Lines {
		if l.Subject == subject {
			return l, true
		}
	}
	return Line{}, false
}

// Holders lists who has a grade, by standing.
func (s Solution) Holders(grade string) []string {
	out := []string{}
	for _, l := range s.Lines {
		if l.Grade == grade {
			out = append(out, l.Subject)
		}
	}
	return out
}

// Open reports whether a tie still waits for a decision.
func (s Solution) Open() bool {
	return slices.ContainsFunc(s.Quotas, func(q Seats) bool { return q.Open > 0 })
}

// Solve grades all candidates from the best step down. Others are the
// template's other scales, so that a grade needed there means that grade or a
// better one; a need on a scale that is not among them means exactly the grade
// named. On a scale of: entered the grades are those that people decided; the
// score, if any, does not matter. The order of people does not change the
// answer; of two decisions on one subject the later counts.
func Solve(scale template.GradeScale, people []Candidate, decided []Decision, others ...template.GradeScale) Solution {
	s := start(scale, people, decided, others)
	if scale.Of == OfEntered {
		s.enterAll()
	} else {
		s.gradeAll()
	}
	s.refuseUnused()
	return s.solution()
}

func (s *solver) gradeAll() {
	for _, step := range s.scale.Steps {
		if step.Quota != nil {
			s.fill(step)
		} else {
			s.threshold(step)
		}
	}
}

// threshold gives a grade without a quota to all who meet its conditions. Of
// several grades without any condition the first is given, and a lower one only
// to whom people decided it for, with a reason.
func (s *solver) threshold(step template.GradeStep) {
	free := unconditional(step)
	for _, p := range s.waiting() {
		rule := RuleThreshold
		if free {
			rule = RuleRest
		}
		if d := s.decisionBelow(p.ID, step.Key); free && d != nil && unconditional(s.scale.Steps[s.place(d.Grade)]) {
			p.pass(step.Key, SkippedDecided, "")
			continue
		}
		if !s.able(p, step) {
			continue
		}
		if free && s.decisionOn(p.ID, step.Key) != nil {
			rule = RuleDecided
		}
		s.give(p, step, rule)
	}
}

func unconditional(step template.GradeStep) bool {
	return step.From == nil && step.Quota == nil && len(step.Needs) == 0
}

// standing orders candidates best first: by score, by the chain, then by id,
// which decides nothing but the order on paper.
func standing(a, b *person, step string) int {
	if c := level(a, b, step); c != 0 {
		return c
	}
	return ranking.Compare(a.ID, b.ID)
}

// level is 0 when two candidates are tied for the step.
func level(a, b *person, step string) int {
	if c := b.Score.Cmp(a.Score); c != 0 {
		return c
	}
	first, second := a.chain(step), b.chain(step)
	for k := range min(len(first), len(second)) {
		if c := second[k].Cmp(first[k]); c != 0 {
			return c
		}
	}
	return 0
}
