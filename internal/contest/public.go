package contest

import (
	"cmp"
	"slices"

	"leitai/internal/outcome"
	"leitai/internal/ranking"
)

// PublicInput is the input that the public form starts from: channel values
// instead of marks; decisions without reason and person; no links, so that no
// person's account can be read off.
func PublicInput(in Input) (Input, error) {
	b, err := arrange(&in)
	if err != nil {
		return Input{}, err
	}
	out := in
	out.Public, out.Marks, out.Means = true, nil, nil
	for i := range b.rows {
		r := &b.rows[i]
		for c, cell := range b.plan.Cells() {
			if value, gap := b.cell(r, c); gap == "" && !r.subject.Absent {
				out.Means = append(out.Means, Mean{Item: cell.Item, Channel: cell.Channel, Subject: r.subject.ID, Judges: len(r.of(c)), Value: value})
			}
		}
	}
	out.Roster = slices.Clone(in.Roster)
	for i := range out.Roster {
		out.Roster[i].Links = nil
	}
	out.Decisions = slices.Clone(in.Decisions)
	for i := range out.Decisions {
		out.Decisions[i].Reason, out.Decisions[i].By = "", ""
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

// ordered puts every list of an input whose order does not matter into one
// order, so that the same input always has the same bytes.
func ordered(in Input) Input {
	in.Roster = slices.Clone(in.Roster)
	slices.SortFunc(in.Roster, func(a, b Subject) int { return ranking.Compare(a.ID, b.ID) })
	for i := range in.Roster {
		in.Roster[i].Links = outcome.SortedLinks(in.Roster[i].Links)
	}
	in.Marks = sorted(in.Marks, func(a, b Mark) int { return cmp.Compare(a.ID, b.ID) })
	in.Means = sorted(in.Means, func(a, b Mean) int {
		return cmp.Or(ranking.Compare(a.Subject, b.Subject), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Channel, b.Channel))
	})
	in.Decisions = sorted(in.Decisions, func(a, b Decision) int {
		return cmp.Or(ranking.Compare(a.Subject, b.Subject), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Channel, b.Channel))
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

func sorted[T any](list []T, order func(a, b T) int) []T {
	list = slices.Clone(list)
	slices.SortStableFunc(list, order)
	return list
}
