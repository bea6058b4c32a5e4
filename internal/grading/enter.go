package grading

import "leitai/internal/template"

// OfEntered is the value of a scale's "of" whose grades people enter, each with
// a reason, because no score leads to them (E20).
const OfEntered = "entered"

// enterAll takes the grades people entered on a scale of: entered. Conditions on
// other scales, bars and quotas bind them like everybody; thresholds do not,
// because there is no score. Whoever has no entry has no grade.
func (s *solver) enterAll() {
	for _, step := range s.scale.Steps {
		step.From = nil
		s.enter(step)
	}
	for _, p := range s.people {
		if !p.done {
			for _, step := range s.scale.Steps {
				p.notEntered(step.Key)
			}
		}
	}
}

// enter gives one grade to those it was entered for.
func (s *solver) enter(step template.GradeStep) {
	var named []*person
	for _, p := range s.waiting() {
		d := s.standingDecision(p.ID)
		switch {
		case d == nil:
		case d.Grade != step.Key:
			p.pass(step.Key, SkippedOtherwise, "")
		case s.able(p, step):
			named = append(named, p)
		}
	}
	if step.Quota == nil {
		s.giveAll(named, step)
		return
	}
	f := &filling{solver: s, step: step, seats: s.countSeats(step)}
	f.left = f.seats.Seats
	if f.seats.units(named) > f.left && !f.seats.AtLeast {
		named, _ = f.tooMany(named, nil)
	}
	s.giveAll(named, step)
	f.settle(s.people)
}

func (s *solver) giveAll(people []*person, step template.GradeStep) {
	for _, p := range people {
		s.give(p, step, RuleEntered)
	}
}

// notEntered notes a grade that nobody entered, unless a reason is there.
func (p *person) notEntered(step string) {
	for _, pass := range p.line.Passed {
		if pass.Step == step {
			return
		}
	}
	p.pass(step, SkippedNotEntered, "")
}

// Missing lists who has no grade yet, in the order of the lines.
func (s Solution) Missing() []string {
	var out []string
	for _, l := range s.Lines {
		if l.Grade == "" {
			out = append(out, l.Subject)
		}
	}
	return out
}
