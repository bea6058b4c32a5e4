package grading

import (
	"slices"

	"leitai/internal/fault"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// filling is the work on one grade with a quota.
type filling struct {
	*solver
	step   template.GradeStep
	seats  Seats
	left   int
	closed bool // no further seat is given by standing
	gap    bool // somebody eligible who stands higher has no seat
}

// fill hands out the seats of a step by standing, whole ties at a time.
func (s *solver) fill(step template.GradeStep) {
	f := &filling{solver: s, step: step, seats: s.countSeats(step)}
	f.left = f.seats.Seats
	waiting := s.waiting()
	for _, group := range ties(waiting, step.Key) {
		var able, not []*person
		for _, p := range group {
			if s.able(p, step) {
				able = append(able, p)
			} else {
				not = append(not, p)
			}
		}
		f.group(able)
		if step.Unused == unusedEmpty && !f.seats.AtLeast { // a seat stays with whom it would have gone to (Q21)
			f.left -= min(f.left, f.seats.units(not))
		}
	}
	f.tell(waiting)
	f.settle(waiting)
}

// group gives seats to candidates who are tied with each other.
func (f *filling) group(able []*person) {
	size := f.seats.units(able)
	f.closed = f.closed || f.left == 0
	switch {
	case len(able) == 0:
	case f.closed:
		f.beyond(able)
	case size <= f.left:
		f.award(able, RuleSeat)
	case f.seats.AtLeast && (len(able) == 1 || f.step.Ties != tiesDecide):
		f.award(able, RuleTieIncluded)
	case len(able) > 1:
		f.edge(able)
	default: // a team with more persons than seats are left
		f.closed = true
		f.beyond(able)
	}
}

func (f *filling) award(people []*person, rule Rule) {
	for _, p := range people {
		f.give(p, f.step, rule)
	}
	f.left = max(0, f.left-f.seats.units(people))
}

// edge lets the committee decide who of a tie gets the seats that are left; a
// tied one that it decided another grade for has been decided against. Seats
// that remain are open while somebody of the tie is undecided (Q17).
func (f *filling) edge(tied []*person) {
	f.closed = true
	var chosen, against, rest []*person
	for _, p := range tied {
		switch {
		case f.decisionOn(p.ID, f.step.Key) != nil:
			chosen = append(chosen, p)
		case f.decisionBelow(p.ID, f.step.Key) != nil:
			p.decided(f.decisionBelow(p.ID, f.step.Key))
			against = append(against, p)
		default:
			rest = append(rest, p)
		}
	}
	if f.seats.units(chosen) > f.left && !f.seats.AtLeast {
		chosen, rest = f.tooMany(chosen, rest)
	}
	f.award(chosen, RuleDecided)
	for _, p := range against {
		p.pass(f.step.Key, SkippedDecided, "")
	}
	f.gap = len(against)+len(rest) > 0
	if f.seats.AtLeast && len(rest) == 0 && f.left > 0 { // a floor is still to be reached
		f.closed, f.gap = false, false
	}
	if f.left == 0 {
		f.passAll(rest, SkippedDecided)
		return
	}
	if len(rest) > 0 {
		f.seats.Open = f.left
	}
	for _, p := range rest {
		p.pass(f.step.Key, SkippedOpen, "")
		p.line.Pending = f.step.Key
		f.seats.Tied = append(f.seats.Tied, p.ID)
	}
}

// tooMany refuses decisions for more seats than are left: all of them under a
// hard quota, those without a second approver under one in principle.
func (f *filling) tooMany(chosen, rest []*person) (kept, undecided []*person) {
	undecided = rest
	for _, p := range chosen {
		d := f.decisionOn(p.ID, f.step.Key)
		switch {
		case !f.seats.Soft:
			d.refuse(fault.New(fault.GradeDecisionsExceed, "grade", f.step.Key, "seats", itoa(f.left)))
		case !d.seconded():
			d.refuse(fault.New(fault.GradeSecondMissing))
		default:
			kept = append(kept, p)
			continue
		}
		undecided = append(undecided, p)
	}
	return kept, undecided
}

// beyond gives seats that people decided after the quota was used up: never
// under a hard ceiling, in principle with a second approver, freely above a
// floor, and always in the order of standing.
func (f *filling) beyond(able []*person) {
	var given []*person
	for _, p := range able {
		d := f.decisionOn(p.ID, f.step.Key)
		switch {
		case d == nil:
		case !f.seats.AtLeast && !f.seats.Soft:
			d.refuse(fault.New(fault.GradeQuotaFull, "grade", f.step.Key, "seats", itoa(f.seats.Seats)))
		case f.gap:
			d.refuse(fault.New(fault.GradeOutOfOrder, "grade", f.step.Key))
		case f.seats.Soft && !f.seats.AtLeast && !d.seconded():
			d.refuse(fault.New(fault.GradeSecondMissing))
		default:
			given = append(given, p)
			continue
		}
		p.pass(f.step.Key, SkippedFull, "")
	}
	f.award(given, RuleBeyond)
	f.gap = f.gap || len(given) < len(able)
}

func (f *filling) passAll(people []*person, rule Rule) {
	for _, p := range people {
		p.pass(f.step.Key, rule, "")
	}
}

// tell names the tie-break where it decided between equal scores.
func (f *filling) tell(waiting []*person) {
	for _, in := range waiting {
		if in.line.Grade != f.step.Key || in.line.Rule != RuleSeat && in.line.Rule != RuleTieIncluded {
			continue
		}
		for _, out := range waiting {
			last := len(out.line.Passed) - 1
			if out.done || last < 0 || !out.Score.Equal(in.Score) {
				continue
			}
			if pass := &out.line.Passed[last]; pass.Rule == SkippedFull || pass.Rule == SkippedLostTie || pass.Rule == SkippedOpen {
				in.line.Rule = RuleTieBreak
				if pass.Rule == SkippedFull {
					pass.Rule = SkippedLostTie
				}
			}
		}
	}
}

// settle closes the account of the seats.
func (f *filling) settle(waiting []*person) {
	var holders []*person
	for _, p := range waiting {
		if p.line.Grade == f.step.Key {
			holders = append(holders, p)
		}
	}
	q := &f.seats
	q.Awarded = q.units(holders)
	q.Over = max(0, q.Awarded-q.Seats)
	if missing := max(0, q.Seats-q.Awarded-q.Open); q.AtLeast {
		q.Shortfall = missing
	} else {
		q.Unused = missing
	}
	slices.SortFunc(q.Tied, ranking.Compare)
	f.quotas = append(f.quotas, *q)
}

// ties splits candidates into groups that stand level, best first.
func ties(people []*person, step string) [][]*person {
	slices.SortFunc(people, func(a, b *person) int { return standing(a, b, step) })
	var groups [][]*person
	for i, p := range people {
		if i == 0 || level(people[i-1], p, step) != 0 {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], p)
	}
	return groups
}
