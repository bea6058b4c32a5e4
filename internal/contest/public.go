package contest

import (
	"cmp"
	"slices"

	"leitai/internal/outcome"
	"leitai/internal/ranking"
	"leitai/internal/template"
)

// PublicInput is the input that the public form starts from: channel values
// instead of marks; decisions and entered values without reason and person; no
// links, so that no person's account can be read off, and no place of a person.
// Exams are means and counts, ballots blended scores and counts as they are.
func PublicInput(in Input) (Input, error) {
	b, err := arrange(&in)
	if err != nil {
		return Input{}, err
	}
	out := in
	out.Public, out.Marks, out.Means = true, nil, nil
	for i := range b.rows {
		r := &b.rows[i]
		if !r.subject.Absent {
			b.apply(r)
			out.Means = append(out.Means, b.meansOf(r)...)
		}
	}
	out.Roster = slices.Clone(in.Roster)
	for i := range out.Roster {
		out.Roster[i].Links = nil
		if in.Template.Subject == template.Person {
			out.Roster[i].Unit = "" // the place would tell who the pseudonym is
		}
	}
	out.Decisions = slices.Clone(in.Decisions)
	for i := range out.Decisions {
		out.Decisions[i].Reason, out.Decisions[i].By = "", ""
	}
	out.Entered = slices.Clone(in.Entered)
	for i := range out.Entered {
		out.Entered[i].Reason, out.Entered[i].By = "", ""
	}
	out.GradeDecisions = slices.Clone(in.GradeDecisions)
	for i := range out.GradeDecisions {
		out.GradeDecisions[i].withhold()
	}
	out.History = slices.Clone(in.History)
	for i := range out.History {
		out.History[i].Standings = slices.Clone(out.History[i].Standings)
		for k := range out.History[i].Standings {
			out.History[i].Standings[k].Links = nil
		}
	}
	return out, nil
}

// meansOf lists the cells of a subject that have a value.
func (b *board) meansOf(r *row) []Mean {
	var out []Mean
	for item := range b.plan.Items() {
		first, last := b.plan.CellsOf(item)
		for c := first; c < last && r.concerns(item); c++ {
			if value, na, gap := b.cell(r, c); gap == "" {
				cell := &b.plan.Cells()[c]
				out = append(out, Mean{Item: cell.Item, Channel: cell.Channel, Subject: r.subject.ID, Judges: len(r.of(c)), Value: value, NA: na})
			}
		}
	}
	return out
}

// Withheld and WithheldSecond stand in the public form for a reason or person
// that is there; the second approver stays another than the first.
const (
	Withheld       = "withheld"
	WithheldSecond = "withheld-second"
)

// withhold keeps of a decision that there were a reason and two persons.
func (d *GradeDecision) withhold() {
	hide := func(text *string, by string) {
		if *text != "" {
			*text = by
		}
	}
	if d.Second == d.By {
		hide(&d.Second, Withheld)
	} else {
		hide(&d.Second, WithheldSecond)
	}
	hide(&d.Reason, Withheld)
	hide(&d.By, Withheld)
}

// ordered puts every list of an input whose order does not matter into one
// order, so that the same input always has the same bytes.
func ordered(in Input) Input {
	in.Roster = slices.Clone(in.Roster)
	slices.SortFunc(in.Roster, func(a, b Subject) int { return ranking.Compare(a.ID, b.ID) })
	for i := range in.Roster {
		in.Roster[i].Links = outcome.SortedLinks(in.Roster[i].Links)
		in.Roster[i].Classes = sorted(in.Roster[i].Classes, cmp.Compare[string])
	}
	orderFigures(&in)
	in.Marks = sorted(in.Marks, func(a, b Mark) int { return cmp.Compare(a.ID, b.ID) })
	in.Means = sorted(in.Means, func(a, b Mean) int {
		return cmp.Or(ranking.Compare(a.Subject, b.Subject), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Channel, b.Channel))
	})
	in.Decisions = sorted(in.Decisions, func(a, b Decision) int {
		return cmp.Or(ranking.Compare(a.Subject, b.Subject), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Part, b.Part))
	})
	in.Deductions = sorted(in.Deductions, func(a, b Deduction) int { return cmp.Compare(a.Issue, b.Issue) })
	in.History = sorted(in.History, func(a, b Held) int { return cmp.Compare(a.Period, b.Period) })
	for i := range in.History {
		in.History[i].Standings = sorted(in.History[i].Standings, func(a, b HeldStanding) int { return ranking.Compare(a.Subject, b.Subject) })
		for k := range in.History[i].Standings {
			in.History[i].Standings[k].Links = outcome.SortedLinks(in.History[i].Standings[k].Links)
		}
	}
	return in
}

// orderFigures orders what version 2 of the rules adds. The order inside a mark's
// detail is that of whoever marked and stays.
func orderFigures(in *Input) {
	by := func(subjects, keys int) int { return cmp.Or(subjects, keys) }
	in.Metrics = sorted(in.Metrics, func(a, b Metric) int {
		return by(ranking.Compare(a.Subject, b.Subject), cmp.Compare(a.Key, b.Key))
	})
	in.Facts = sorted(in.Facts, func(a, b Fact) int {
		return by(ranking.Compare(a.Subject, b.Subject), cmp.Compare(a.Key, b.Key))
	})
	in.Exams = sorted(in.Exams, func(a, b Exam) int {
		return by(ranking.Compare(a.Subject, b.Subject), cmp.Compare(a.Item, b.Item))
	})
	in.Ballots = sorted(in.Ballots, func(a, b BallotScore) int {
		return by(ranking.Compare(a.Subject, b.Subject), cmp.Compare(a.Ballot, b.Ballot))
	})
	in.Entered = sorted(in.Entered, func(a, b Entered) int {
		return by(ranking.Compare(a.Subject, b.Subject), cmp.Compare(a.Part, b.Part))
	})
	in.GradeDecisions = sorted(in.GradeDecisions, func(a, b GradeDecision) int {
		return by(ranking.Compare(a.Subject, b.Subject), cmp.Compare(a.Scale, b.Scale))
	})
}

func sorted[T any](list []T, order func(a, b T) int) []T {
	list = slices.Clone(list)
	slices.SortStableFunc(list, order)
	return list
}
