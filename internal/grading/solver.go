package grading

import (
	"slices"

	"leitai/internal/template"
)

// person is a candidate on the way to a grade.
type person struct {
	Candidate
	line Line
	done bool
}

func (p *person) chain(step string) []number {
	if own, ok := p.StepTies[step]; ok {
		return own
	}
	return p.Ties
}

// solver holds the work on one scale.
type solver struct {
	scale   template.GradeScale
	others  map[string][]string // grades of the other scales, best first
	people  []*person
	decided []decision
	quotas  []Seats
}

// decision is a decision with what became of it.
type decision struct {
	Decision
	used    bool
	refused *refusal
}

func start(scale template.GradeScale, people []Candidate, decided []Decision, others []template.GradeScale) *solver {
	s := &solver{scale: scale, others: map[string][]string{}}
	for _, o := range others {
		for _, step := range o.Steps {
			s.others[o.Key] = append(s.others[o.Key], step.Key)
		}
	}
	for _, c := range people {
		s.people = append(s.people, &person{Candidate: c, line: Line{Subject: c.ID}})
	}
	for _, d := range decided {
		s.decided = append(s.decided, decision{Decision: d})
	}
	s.checkDecisions()
	return s
}

// waiting lists those who have no grade yet.
func (s *solver) waiting() []*person {
	return slices.DeleteFunc(slices.Clone(s.people), func(p *person) bool { return p.done })
}

// able reports whether a candidate meets the conditions of a step, and notes
// the first one it does not meet.
func (s *solver) able(p *person, step template.GradeStep) bool {
	switch {
	case step.Quota != nil && p.Barred != "":
		p.pass(step.Key, SkippedBarred, p.Barred)
		return false
	case step.From != nil && p.Score.Cmp(*step.From) < 0:
		p.pass(step.Key, SkippedBelow, "")
		return false
	}
	return s.meetsNeeds(p, step)
}

// meetsNeeds compares the grades held on other scales with those needed.
func (s *solver) meetsNeeds(p *person, step template.GradeStep) bool {
	for _, need := range step.Needs {
		if !s.atLeast(need, p.Held[need.Scale]) {
			p.pass(step.Key, SkippedNeeds, need.Scale)
			return false
		}
	}
	return true
}

// atLeast reports whether a grade held is the one needed or a better one.
func (s *solver) atLeast(need template.Need, held string) bool {
	if held == need.Grade {
		return true
	}
	grades := s.others[need.Scale]
	has, wants := slices.Index(grades, held), slices.Index(grades, need.Grade)
	return has >= 0 && wants >= 0 && has <= wants
}

func (p *person) pass(step string, rule Rule, detail string) {
	p.line.Passed = append(p.line.Passed, Pass{Step: step, Rule: rule, Detail: detail})
}

// give settles a candidate's grade.
func (s *solver) give(p *person, step template.GradeStep, rule Rule) {
	p.done = true
	p.line.Grade, p.line.Rule = step.Key, rule
	if d := s.decisionOn(p.ID, step.Key); d != nil {
		p.decided(d)
	}
}

// decided notes the decision that a candidate's grade rests on.
func (p *person) decided(d *decision) {
	d.used = true
	p.line.Reason, p.line.By, p.line.Second = d.Reason, d.By, d.Second
}

func (s *solver) solution() Solution {
	out := Solution{Scale: s.scale.Key, Proposed: s.scale.Decision == proposedUpward, Quotas: s.quotas}
	slices.SortFunc(s.people, func(a, b *person) int { return standing(a, b, "") })
	for _, p := range s.people {
		out.Lines = append(out.Lines, p.line)
	}
	for _, d := range s.decided {
		if d.refused != nil {
			out.Refused = append(out.Refused, Refusal{Decision: d.Decision, Fault: d.refused})
		}
	}
	return out
}
