package grading

import (
	"slices"
	"strconv"
	"strings"

	"leitai/internal/fault"
	"leitai/internal/template"
)

func itoa(n int) string { return strconv.Itoa(n) }

// checkDecisions refuses what cannot stand whatever the scores are, and lets
// the later of two decisions on one subject and grade count.
func (s *solver) checkDecisions() {
	var grades []string
	for _, step := range s.scale.Steps {
		grades = append(grades, step.Key)
	}
	for i := range s.decided {
		d := &s.decided[i]
		switch {
		case !slices.ContainsFunc(s.people, func(p *person) bool { return p.ID == d.Subject }):
			d.refuse(fault.New(fault.GradeStranger).About(d.Subject))
		case !slices.Contains(grades, d.Grade):
			d.refuse(fault.New(fault.GradeUnknown, "value", d.Grade, "choices", strings.Join(grades, ", ")))
		case strings.TrimSpace(d.Reason) == "":
			d.refuse(fault.New(fault.GradeReasonMissing))
		case strings.TrimSpace(d.By) == "":
			d.refuse(fault.New(fault.GradePersonMissing))
		}
		for j := range i {
			if earlier := &s.decided[j]; d.refused == nil && earlier.Subject == d.Subject {
				earlier.used = true // superseded
			}
		}
	}
}

// refuse keeps the first reason, and names the subject.
func (d *decision) refuse(f *fault.Fault) {
	if d.refused == nil {
		d.refused = f.About(d.Subject)
	}
}

// seconded reports whether somebody else than who decided approved it (Q18).
func (d *decision) seconded() bool {
	return strings.TrimSpace(d.Second) != "" && d.Second != d.By
}

// standingDecision gives the decision on a subject that still counts, or nil.
func (s *solver) standingDecision(subject string) *decision {
	for i := len(s.decided) - 1; i >= 0; i-- {
		if d := &s.decided[i]; d.Subject == subject && d.refused == nil && !d.used {
			return d
		}
	}
	return nil
}

// decisionOn is the decision that gives a subject the grade, or nil.
func (s *solver) decisionOn(subject, grade string) *decision {
	if d := s.standingDecision(subject); d != nil && d.Grade == grade {
		return d
	}
	return nil
}

// decisionBelow is the decision that gives a subject a lower grade, or nil.
func (s *solver) decisionBelow(subject, grade string) *decision {
	d := s.standingDecision(subject)
	if d == nil || s.place(d.Grade) <= s.place(grade) {
		return nil
	}
	return d
}

// place counts a grade's steps from the best, 0.
func (s *solver) place(grade string) int {
	return slices.IndexFunc(s.scale.Steps, func(step template.GradeStep) bool { return step.Key == grade })
}

// refuseUnused says why decisions that changed nothing could not: the grade was
// not open to a decision, or its conditions were not met. A decision that says
// what came out anyway stands.
func (s *solver) refuseUnused() {
	for i := range s.decided {
		d := &s.decided[i]
		if d.used || d.refused != nil {
			continue
		}
		p := s.people[slices.IndexFunc(s.people, func(p *person) bool { return p.ID == d.Subject })]
		if p.line.Grade == d.Grade {
			continue
		}
		at := slices.IndexFunc(p.line.Passed, func(pass Pass) bool { return pass.Step == d.Grade })
		if at >= 0 && slices.Contains([]Rule{SkippedBarred, SkippedNeeds, SkippedBelow}, p.line.Passed[at].Rule) {
			d.refuse(fault.New(fault.GradeNotEligible, "grade", d.Grade))
		} else {
			d.refuse(fault.New(fault.GradeFollowsScore))
		}
	}
}
