package comparison

import (
	"cmp"
	"slices"

	"leitai/internal/compare"
	"leitai/internal/contest"
	"leitai/internal/exact"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// IssueCount counts the issues of one item of a competition.
type IssueCount struct {
	Item                    string // empty: of none
	Opened, Closed, Overdue int
}

// SourceIssues is IssueCount by the source that scores of the item have; empty
// for those of no item, or of one that this round has not.
type SourceIssues struct {
	Source                  string
	Opened, Closed, Overdue int
}

// Judging is how much a round's result depends on who judged. Nothing of it names
// a judge, and nothing is told where fewer than three judged: it would give one
// away.
type Judging struct {
	Ranges int           // contestants with a range of ranks when any one judge is left out
	Width  int           // worst minus best rank, summed over them
	Effect *exact.Number // mean distance of a judge from the others, in percent of the scale of marks, four decimals; nil where the plan does not tell severity from quality
}

// Tally is what a computed round leaves for comparison; the one function that
// says so, at publishing and for rounds published before. The input is that of
// the sealed form, or of the public one, which leaves nothing of judging.
func Tally(in contest.Input, result *contest.Result, counts []IssueCount) (compare.Total, Judging, []SourceIssues, error) {
	yields, worths, err := contest.Yields(in)
	if err != nil {
		return compare.Total{}, Judging{}, nil, err
	}
	t := tally{sources: sourcesOf(in.Rubric), of: map[string]contest.Yield{}}
	for _, y := range yields {
		t.of[y.Subject] = y
	}
	for i := range result.Standings {
		if s := &result.Standings[i]; s.Rank > 0 {
			t.ranked = append(t.ranked, s)
		}
	}
	total := t.total(worths)
	judging := judged(t.ranked)
	judging.Effect = severity(in)
	return total, judging, t.issues(counts), nil
}

type tally struct {
	sources map[string]string // of items, by key
	of      map[string]contest.Yield
	ranked  []*contest.Standing // best first
}

// sourcesOf names the source of each item: its dimension where it has one.
func sourcesOf(items []template.Item) map[string]string {
	out := make(map[string]string, len(items))
	for i := range items {
		if d := items[i].Dimension; d != "" {
			out[items[i].Key] = compare.Dimension(d)
		} else {
			out[items[i].Key] = compare.Item(items[i].Key)
		}
	}
	return out
}

// total makes the columns: every source with its weight in the template, and what
// each contestant got there in percent of what was to be had.
func (t *tally) total(worths contest.Worths) compare.Total {
	out := compare.Total{Contestants: len(t.ranked)}
	at := map[string]int{}
	weigh := func(source string, worth exact.Number) {
		k, known := at[source]
		if !known {
			k = len(out.Columns)
			at[source] = k
			out.Columns = append(out.Columns, compare.Column{Source: source})
		}
		out.Columns[k].Weight = out.Columns[k].Weight.Add(worth)
	}
	for _, w := range worths.Items {
		weigh(t.sources[w.Key], w.Worth)
	}
	for _, w := range worths.Parts {
		weigh(compare.Part(w.Key), w.Worth)
	}
	totals := make([]*exact.Number, len(t.ranked))
	scores := make([][]*exact.Number, len(out.Columns))
	for k := range scores {
		scores[k] = make([]*exact.Number, len(t.ranked))
	}
	for i, s := range t.ranked {
		totals[i] = &s.Total
		for source, score := range t.scores(t.of[s.Subject]) {
			if k, known := at[source]; known {
				scores[k][i] = &score
			}
		}
	}
	for k := range out.Columns {
		out.Columns[k].Scores = compare.NewScores(scores[k])
	}
	out.Published = compare.NewScores(totals)
	return out
}

var hundred = exact.Int(100)

// scores are a contestant's scores by source, 0 to 100.
func (t *tally) scores(y contest.Yield) map[string]exact.Number {
	got, worth := map[string]exact.Number{}, map[string]exact.Number{}
	for _, share := range y.Items {
		source := t.sources[share.Key]
		got[source], worth[source] = got[source].Add(share.Got), worth[source].Add(share.Worth)
	}
	for _, share := range y.Parts {
		got[compare.Part(share.Key)], worth[compare.Part(share.Key)] = share.Got, share.Worth
	}
	for source := range got {
		got[source] = got[source].Mul(hundred).Quo(worth[source])
	}
	return got
}

// issues files counts under the sources of this round.
func (t *tally) issues(counts []IssueCount) []SourceIssues {
	var out []SourceIssues
	for _, c := range counts {
		source := t.sources[c.Item]
		k := slices.IndexFunc(out, func(s SourceIssues) bool { return s.Source == source })
		if k < 0 {
			k = len(out)
			out = append(out, SourceIssues{Source: source})
		}
		out[k].Opened, out[k].Closed, out[k].Overdue = out[k].Opened+c.Opened, out[k].Closed+c.Closed, out[k].Overdue+c.Overdue
	}
	slices.SortFunc(out, func(a, b SourceIssues) int { return cmp.Compare(a.Source, b.Source) })
	return out
}

// judged sums up the rank ranges, which a result has from three judges up.
func judged(ranked []*contest.Standing) Judging {
	var j Judging
	for _, s := range ranked {
		if s.Range != nil {
			j.Ranges, j.Width = j.Ranges+1, j.Width+s.Range.Worst-s.Range.Best
		}
	}
	return j
}

// fewestJudges is from how many judges of a cell on their severity is summed up.
const fewestJudges = 3

// severity is the mean distance of judges from each other over all cells of the
// round with enough judges; nil where there is none whose marking plan is
// connected (case s6).
func severity(in contest.Input) *exact.Number {
	plan, err := scoring.NewPlan(in.Template, in.Rubric)
	if err != nil {
		return nil
	}
	cells := map[[2]string][]scoring.Observation{}
	for _, m := range in.Marks {
		key := [2]string{m.Item, m.Channel}
		cells[key] = append(cells[key], scoring.Observation{Judge: m.Judge, Subject: m.Subject, Mark: m.Value})
	}
	var sum exact.Number
	n := 0
	for c, cell := range plan.Cells() {
		high := plan.High(c)
		found, err := scoring.Severity(cells[[2]string{cell.Item, cell.Channel}])
		if err != nil || len(found.Judges) < fewestJudges || high.Sign() <= 0 {
			continue
		}
		for _, j := range found.Judges {
			distance := j.Effect
			if distance.Sign() < 0 {
				distance = distance.Neg()
			}
			sum, n = sum.Add(distance.Mul(hundred).Quo(high)), n+1
		}
	}
	if n == 0 {
		return nil
	}
	mean := sum.Quo(exact.Int(int64(n))).Round(shownEffect, exact.HalfUp)
	return &mean
}

// shownEffect is how many decimals of a severity are kept, as where one is shown.
const shownEffect = 4
