package contest

import (
	"cmp"
	"slices"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/ranking"
	"leitai/internal/scoring"
)

// board is an input put in order: subjects by natural order of id, everything
// else filed under its subject.
type board struct {
	in      *Input
	plan    *scoring.Plan
	period  calendar.Period
	history []Held // by period
	periods []calendar.Period
	rows    []row
	index   map[string]int // position in rows by subject
}

// row is one subject with what is known of its cells.
type row struct {
	subject  *Subject
	links    []outcome.Link // by role and person
	marks    []filed        // by cell, then by judge and id
	means    []exact.Number
	counts   []int               // of marks that a mean combines; 0: no mean
	decision string              // about the whole subject
	zeroed   map[int]bool        // cells decided to be 0
	deduct   []Deduction         // by issue
	values   []exact.Number      // by cell, when ranked
	rules    []string            // by cell: how the value came about; "" when a cell that does not count has none
	score    scoring.Score       // when ranked
	state    string              // "", ReasonAbsent or ReasonUnmarked
	gaps     map[int]scoring.Gap // by cell
}

// filed is a mark with its cell.
type filed struct {
	cell int
	mark *Mark
}

// of gives the marks of one cell.
func (r *row) of(cell int) []filed {
	first, _ := slices.BinarySearchFunc(r.marks, cell, func(f filed, c int) int { return cmp.Compare(f.cell, c) })
	last := first
	for last < len(r.marks) && r.marks[last].cell == cell {
		last++
	}
	return r.marks[first:last]
}

// judges is how many marks a cell's value combines.
func (r *row) judges(cell int) int {
	if r.counts != nil {
		return r.counts[cell]
	}
	return len(r.of(cell))
}

func numbers(marks []filed) []exact.Number {
	out := make([]exact.Number, len(marks))
	for i, f := range marks {
		out[i] = f.mark.Value
	}
	return out
}

// arrange files the input under its subjects, or says everything that is wrong
// with it.
func arrange(in *Input) (*board, error) {
	plan, err := scoring.NewPlan(in.Template, in.Rubric)
	if err != nil {
		return nil, err
	}
	b := &board{in: in, plan: plan, index: make(map[string]int, len(in.Roster))}
	if b.period, err = calendar.ParsePeriod(in.Round.Period); err != nil {
		return nil, err
	}
	roster := slices.Clone(in.Roster)
	slices.SortFunc(roster, func(x, y Subject) int { return ranking.Compare(x.ID, y.ID) })
	b.rows = make([]row, len(roster))
	for i := range roster {
		b.rows[i].subject, b.rows[i].links = &roster[i], outcome.SortedLinks(roster[i].Links)
		b.index[roster[i].ID] = i
	}
	faults := b.checkRoster()
	faults = append(faults, b.fileMarks()...)
	faults = append(faults, b.fileMeans()...)
	faults = append(faults, b.fileDecisions()...)
	faults = append(faults, b.fileDeductions()...)
	faults = append(faults, b.fileHistory()...)
	return b, faults.Err()
}
