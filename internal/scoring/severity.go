package scoring

import (
	"cmp"
	"slices"
	"strconv"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// Observation is one judge's mark of one subject.
type Observation struct {
	Judge   string
	Subject string
	Mark    exact.Number
}

// Effect is how much a judge marks above (or, below 0, under) the others.
type Effect struct {
	Judge  string
	Effect exact.Number
	Marks  int // how many marks it is estimated from
}

// Adjusted is a subject's mean mark as it is and with the judges' effects taken
// off, each with its rank (1, 2, 2, 4) on the exact values.
type Adjusted struct {
	Subject      string
	Raw          exact.Number
	Adjusted     exact.Number
	RankRaw      int
	RankAdjusted int
}

// Severities is the answer of an estimate.
type Severities struct {
	Judges   []Effect   // by id
	Subjects []Adjusted // by adjusted rank, then by id
}

// Severity separates how severe judges are from how good subjects are: the
// least-squares fit of mark = subject + judge, exact, with the judges' effects
// summing to 0. Where judges fall into parts that share no subject the two
// cannot be told apart, and the estimate is refused (SEVERITY_DISCONNECTED).
func Severity(observations []Observation) (*Severities, error) {
	if len(observations) == 0 {
		return nil, fault.New(fault.SeverityEmpty)
	}
	seats := make([]Seat, len(observations))
	for i, o := range observations {
		seats[i] = Seat{Judge: o.Judge, Subject: o.Subject}
	}
	if parts := Connected(seats); len(parts) > 1 {
		return nil, fault.New(fault.SeverityApart, "value", strconv.Itoa(len(parts)))
	}
	f := fit(observations)
	effects := f.solve()
	out := &Severities{}
	for j, judge := range f.judges {
		out.Judges = append(out.Judges, Effect{Judge: judge, Effect: effects[j], Marks: f.marks[j]})
	}
	out.Subjects = f.adjusted(observations, effects)
	return out, nil
}

// fitting holds observations by judge and subject.
type fitting struct {
	judges   []string // by id
	subjects []string // by id
	marks    []int    // of each judge
	counts   [][]int  // marks by subject and judge
	sums     []exact.Number
	perJudge []exact.Number
}

func fit(observations []Observation) *fitting {
	f := &fitting{}
	for _, o := range observations {
		f.judges, f.subjects = append(f.judges, o.Judge), append(f.subjects, o.Subject)
	}
	slices.Sort(f.judges)
	slices.Sort(f.subjects)
	f.judges, f.subjects = slices.Compact(f.judges), slices.Compact(f.subjects)
	f.marks, f.perJudge = make([]int, len(f.judges)), make([]exact.Number, len(f.judges))
	f.sums, f.counts = make([]exact.Number, len(f.subjects)), make([][]int, len(f.subjects))
	for s := range f.counts {
		f.counts[s] = make([]int, len(f.judges))
	}
	for _, o := range observations {
		j, _ := slices.BinarySearch(f.judges, o.Judge)
		s, _ := slices.BinarySearch(f.subjects, o.Subject)
		f.marks[j]++
		f.counts[s][j]++
		f.sums[s], f.perJudge[j] = f.sums[s].Add(o.Mark), f.perJudge[j].Add(o.Mark)
	}
	return f
}

// total is how many marks a subject has.
func (f *fitting) total(subject int) exact.Number {
	n := 0
	for _, count := range f.counts[subject] {
		n += count
	}
	return exact.Int(int64(n))
}

// solve works out the judges' effects: the subjects are eliminated from the
// normal equations, and one of the equations, which follow from each other,
// gives way to the effects' sum of 0.
func (f *fitting) solve() []exact.Number {
	n := len(f.judges)
	rows := make([][]exact.Number, n)
	for j := range rows {
		rows[j] = make([]exact.Number, n+1)
		rows[j][j] = exact.Int(int64(f.marks[j]))
		rows[j][n] = f.perJudge[j]
	}
	for s := range f.subjects {
		total := f.total(s)
		for j, own := range f.counts[s] {
			if own == 0 {
				continue
			}
			share := exact.Int(int64(own)).Quo(total)
			rows[j][n] = rows[j][n].Sub(share.Mul(f.sums[s]))
			for k, other := range f.counts[s] {
				rows[j][k] = rows[j][k].Sub(share.Mul(exact.Int(int64(other))))
			}
		}
	}
	for k := range n {
		rows[n-1][k] = exact.Int(1)
	}
	rows[n-1][n] = exact.Number{}
	return eliminate(rows)
}

// eliminate solves a system with exactly one solution; each row ends with its
// right side.
func eliminate(rows [][]exact.Number) []exact.Number {
	n := len(rows)
	for at := range n {
		pivot := at
		for rows[pivot][at].Sign() == 0 {
			pivot++
		}
		rows[at], rows[pivot] = rows[pivot], rows[at]
		for k := n; k >= at; k-- {
			rows[at][k] = rows[at][k].Quo(rows[at][at])
		}
		for i := range n {
			factor := rows[i][at]
			if i == at || factor.Sign() == 0 {
				continue
			}
			for k := at; k <= n; k++ {
				rows[i][k] = rows[i][k].Sub(factor.Mul(rows[at][k]))
			}
		}
	}
	out := make([]exact.Number, n)
	for i := range out {
		out[i] = rows[i][n]
	}
	return out
}

// adjusted takes the effects off every mark and ranks both ways.
func (f *fitting) adjusted(observations []Observation, effects []exact.Number) []Adjusted {
	out := make([]Adjusted, len(f.subjects))
	for s, subject := range f.subjects {
		out[s] = Adjusted{Subject: subject, Raw: f.sums[s].Quo(f.total(s)), RankRaw: 1, RankAdjusted: 1}
	}
	for _, o := range observations {
		j, _ := slices.BinarySearch(f.judges, o.Judge)
		s, _ := slices.BinarySearch(f.subjects, o.Subject)
		out[s].Adjusted = out[s].Adjusted.Add(o.Mark.Sub(effects[j]).Quo(f.total(s)))
	}
	for i := range out {
		for k := range out {
			if out[k].Raw.Cmp(out[i].Raw) > 0 {
				out[i].RankRaw++
			}
			if out[k].Adjusted.Cmp(out[i].Adjusted) > 0 {
				out[i].RankAdjusted++
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Adjusted) int { return cmp.Compare(a.RankAdjusted, b.RankAdjusted) })
	return out
}
