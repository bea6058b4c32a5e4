package contest

import (
	"slices"
	"strings"

	"leitai/internal/exact"
	"leitai/internal/grading"
	"leitai/internal/outcome"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// grades solves every grade scale of the template over the ranked subjects
// (E11–E22, D33). A scale whose grades need another scale's is solved after it;
// the answer comes in the template's order.
func (b *board) grades(standings []Standing) []GradeResult {
	scales := b.in.Template.Grades
	if len(scales) == 0 {
		return nil
	}
	out := make([]GradeResult, len(scales))
	held := map[string]map[string]string{} // by subject, then by scale
	done := map[string]bool{}
	for range scales {
		k := nextScale(scales, done)
		people, values := b.candidates(scales[k], standings, held)
		solution := grading.Solve(scales[k], people, b.gradeDecisions(scales[k].Key), scales...)
		out[k] = gradeResult(scales[k], solution, values)
		for _, l := range solution.Lines {
			if held[l.Subject] == nil {
				held[l.Subject] = map[string]string{}
			}
			held[l.Subject][scales[k].Key] = l.Grade
		}
		done[scales[k].Key] = true
	}
	return out
}

// nextScale is the first scale that needs none that is still to be solved; the
// first at all where they need each other in a ring.
func nextScale(scales []template.GradeScale, done map[string]bool) int {
	first := -1
	for k, scale := range scales {
		if done[scale.Key] {
			continue
		}
		if first < 0 {
			first = k
		}
		waits := slices.ContainsFunc(scale.Steps, func(s template.GradeStep) bool {
			return slices.ContainsFunc(s.Needs, func(n template.Need) bool {
				other := slices.ContainsFunc(scales, func(o template.GradeScale) bool { return o.Key == n.Scale && o.Key != scale.Key })
				return other && !done[n.Scale]
			})
		})
		if !waits {
			return k
		}
	}
	return first
}

// mostPersons bounds how many persons a team stands for; anything else counts
// as one.
const mostPersons = 10_000

// candidates are the ranked subjects with what the scale grades.
func (b *board) candidates(scale template.GradeScale, standings []Standing, held map[string]map[string]string) ([]grading.Candidate, map[string]exact.Number) {
	var people []grading.Candidate
	values := map[string]exact.Number{}
	for i := range standings {
		s := &standings[i]
		if s.Rank == 0 {
			continue
		}
		r := &b.rows[b.order[i]]
		c := grading.Candidate{ID: s.Subject, Score: b.graded(scale, r), Held: held[s.Subject], StepTies: map[string][]exact.Number{}}
		for _, step := range scale.Steps {
			c.StepTies[step.Key] = b.plan.TieBreak(step.TieBreak, r.values, r.score, r.facts)
		}
		if r.facts[FactBarred].Sign() != 0 {
			c.Barred = FactBarred
		}
		if persons, whole := r.facts[FactPersons].Int64(); whole && persons > 0 && persons <= mostPersons {
			c.Persons = int(persons)
		}
		values[s.Subject] = c.Score
		people = append(people, c)
	}
	return people, values
}

// gradedPart is how the `of` of a grade scale begins that grades one part.
const gradedPart = "parts."

// graded is what a scale grades of a subject, as it is printed: the published
// total, an item on its own scale or a part, rounded like the total; 0 where
// grades are entered.
func (b *board) graded(scale template.GradeScale, r *row) exact.Number {
	var value exact.Number
	if key, ok := strings.CutPrefix(scale.Of, scoring.GradedItem); ok {
		if i := b.plan.Position(key); i >= 0 {
			value, _ = b.plan.ItemPoints(r.reading(&r.valued), i)
		}
	} else if key, ok := strings.CutPrefix(scale.Of, gradedPart); ok {
		if k := slices.IndexFunc(b.plan.Parts(), func(p template.Part) bool { return p.Key == key }); k >= 0 {
			value = r.score.Parts[k]
		}
	} else if scale.Of != grading.OfEntered {
		return r.score.Published
	}
	return value.Round(b.plan.Scale().Decimals, b.plan.Rounding())
}

// gradeDecisions are the decisions about one scale.
func (b *board) gradeDecisions(scale string) []grading.Decision {
	var out []grading.Decision
	for _, d := range b.in.GradeDecisions {
		if d.Scale == scale {
			out = append(out, grading.Decision{Subject: d.Subject, Grade: d.Grade, Reason: d.Reason, By: d.By, Second: d.Second})
		}
	}
	slices.SortFunc(out, func(x, y grading.Decision) int { return strings.Compare(x.Subject, y.Subject) })
	return out
}

func gradeResult(scale template.GradeScale, s grading.Solution, values map[string]exact.Number) GradeResult {
	out := GradeResult{Scale: scale.Key, Decision: scale.Decision}
	for _, q := range s.Quotas {
		seats := GradeSeats{
			Grade: q.Step, Counted: q.Of, Of: q.N, Share: q.Shown, Seats: q.Seats, Taken: q.Awarded, Open: q.Open,
			Unused: q.Unused, Shortfall: q.Shortfall, Exceeded: q.Over, Tied: q.Tied,
		}
		if q.Beside != nil {
			seats.Beside = &SeatCount{Counted: q.Beside.Of, Of: q.Beside.N, Seats: q.Beside.Seats}
		}
		out.Steps = append(out.Steps, seats)
	}
	for _, l := range s.Lines {
		line := GradeLine{Subject: l.Subject, Grade: l.Grade, Value: values[l.Subject], Rule: string(l.Rule), Pending: l.Pending}
		for _, p := range l.Passed {
			line.PassedOver = append(line.PassedOver, PassedOver{Grade: p.Step, Rule: string(p.Rule), Detail: p.Detail})
		}
		out.Lines = append(out.Lines, line)
	}
	for _, r := range s.Refused {
		out.Refused = append(out.Refused, GradeRefusal{Subject: r.Decision.Subject, Grade: r.Decision.Grade, Code: string(r.Fault.Code)})
	}
	return out
}

// talks proposes an interview and rectification for the grades that call for
// them (E23), in the template's order of rules.
func talks(doc *template.Document, grades []GradeResult) []outcome.Proposal {
	var out []outcome.Proposal
	for i, rule := range doc.TalkIf {
		g := slices.IndexFunc(grades, func(r GradeResult) bool { return r.Scale == rule.Scale })
		if g < 0 {
			continue
		}
		for _, do := range []string{outcome.DoTalk, outcome.DoRectify} {
			for _, l := range grades[g].Lines {
				if slices.Contains(rule.Grades, l.Grade) {
					out = append(out, outcome.Proposal{Rule: i, When: rule.Scale, Do: do, Subject: l.Subject, Grade: l.Grade})
				}
			}
		}
	}
	return out
}
