package contest

import (
	"slices"
	"sync"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/outcome"
	"leitai/internal/ranking"
	"leitai/internal/scoring"
	"leitai/internal/template"
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
	index   func() map[string]int // position in rows by subject; made when somebody asks
	order   []int                 // position in rows of every standing

	lock     sync.Mutex                  // of what subjects share while they are valued at once
	special  bool                        // the rubric has items whose value is not the sum of their cells
	ranked   []int                       // positions of rank-points items
	weights  map[string]*scoring.Weights // worked out for subjects to which not everything applies
	formulas map[string][]string         // metrics of a metric item's formula, by item
}

// row is one subject with what is known of it.
type row struct {
	subject  *Subject
	links    []outcome.Link // by role and person
	marks    []filed        // by cell, then by judge and id
	starts   []int32        // of each cell's marks, and where the last ones end
	means    []exact.Number
	counts   []int  // of marks that a mean combines; 0: no mean
	meansNA  []bool // means that say that the cell does not apply
	decision string // about the whole subject
	zeroed   zeroed
	deduct   []Deduction             // by issue
	metrics  map[string]exact.Number // by key
	exams    map[int]*Exam           // by position of the item
	ballots  map[string]*BallotScore
	entered  map[string]exact.Number // by part
	facts    map[string]exact.Number

	valued
	score   scoring.Score // when ranked
	state   string        // "", ReasonAbsent, ReasonUnmarked or ReasonVetoed
	gaps    []Gap         // in the order of the rubric, then of the parts
	vetoes  []string      // keys of the veto items that struck
	needed  bool          // a decision had something to settle
	unsound bool          // a decision settles what was not missing
}

// zeroed are the cells, items and parts decided to be 0, by position.
type zeroed struct{ cells, items, parts map[int]bool }

// valued is what a subject's marks and figures came to.
type valued struct {
	values    []exact.Number // by cell
	rules     []string       // by cell: how the value came about; "" when a cell that does not count has none
	silent    []bool         // by cell: all its marks say that it does not apply; nil for none
	applies   []scoring.Applies
	items     []exact.Number // by item, where the item is measured or ranked; nil when the rubric has none
	itemRules []string       // by item: RuleZeroDecided …; nil when the rubric has none
	ranks     []int          // by item: rank in a rank-points item; nil when the rubric has none
	parts     []exact.Number // by part
	partRules []string
}

// filed is a mark with its cell.
type filed struct {
	cell int
	mark *Mark
}

// of gives the marks of one cell.
func (r *row) of(cell int) []filed {
	if r.starts == nil {
		return nil
	}
	return r.marks[r.starts[cell]:r.starts[cell+1]]
}

// judges is how many marks a cell's value combines.
func (r *row) judges(cell int) int {
	if r.counts != nil {
		return r.counts[cell]
	}
	return len(r.of(cell))
}

// few is how many marks of a cell are gathered without asking for memory.
const few = 8

// numbers appends the values of marks to a list.
func numbers(to []exact.Number, marks []filed) []exact.Number {
	for _, f := range marks {
		to = append(to, f.mark.Value)
	}
	return to
}

// arrange files the input under its subjects, or says everything that is wrong
// with it.
func arrange(in *Input) (*board, error) {
	plan, err := scoring.NewPlan(in.Template, in.Rubric)
	if err != nil {
		return nil, err
	}
	b := &board{in: in, plan: plan, weights: map[string]*scoring.Weights{}}
	b.index = sync.OnceValue(b.positions)
	if b.period, err = calendar.ParsePeriod(in.Round.Period); err != nil {
		return nil, err
	}
	for i := range plan.Items() {
		kind := plan.Items()[i].Kind
		b.special = b.special || scoring.Measured(kind)
		switch kind {
		case template.KindRankPoints:
			b.special, b.ranked = true, append(b.ranked, i)
		case template.KindMetric:
			names, _ := template.Formula(plan.Items()[i].Rule.Formula)
			put(&b.formulas, plan.Items()[i].Key, names)
		}
	}
	roster := slices.Clone(in.Roster)
	byID := func(x, y Subject) int { return ranking.Compare(x.ID, y.ID) }
	if !slices.IsSortedFunc(roster, byID) {
		slices.SortFunc(roster, byID)
	}
	b.rows = make([]row, len(roster))
	for i := range roster {
		b.rows[i].subject, b.rows[i].links = &roster[i], outcome.SortedLinks(roster[i].Links)
	}
	faults := b.checkRoster()
	faults = append(faults, b.fileMarks()...)
	faults = append(faults, b.fileMeans()...)
	faults = append(faults, b.fileFigures()...)
	faults = append(faults, b.fileDecisions()...)
	faults = append(faults, b.fileDeductions()...)
	faults = append(faults, b.fileHistory()...)
	return b, faults.Err()
}
