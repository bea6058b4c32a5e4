package contest

import (
	"slices"

	"leitai/internal/exact"
	"leitai/internal/scoring"
	"leitai/internal/template"
)

// shownDecimals is how many decimals a trace shows beside the exact values; as
// many as the scale has, if those are more.
const shownDecimals = 4

// tracing lists how one ranked subject's total came about. The shown values of
// the lines that make the total are rounded for the eye; the rounding line takes
// up what that costs, so that a reader can add up what is printed.
type tracing struct {
	b        *board
	r        *row
	lines    []Line
	decimals int
	shown    exact.Number // what the shown lines sum to
}

func (b *board) trace(r *row, grades []GradeResult) Trace {
	scale := b.plan.Scale()
	t := &tracing{b: b, r: r, decimals: max(shownDecimals, scale.Decimals)}
	t.lines = make([]Line, 0, len(r.marks)+len(r.values)+len(r.score.Items)+len(r.score.Parts)+len(grades)+4)
	for i := range b.plan.Items() {
		t.item(i)
	}
	for k := range b.plan.Parts() {
		t.part(k)
	}
	for _, d := range r.deduct {
		t.sum(Line{Kind: LineDeduct, Issue: d.Issue, Value: d.Points.Neg()})
	}
	if len(r.vetoes) > 0 {
		t.sum(Line{Kind: LineVeto, Item: r.vetoes[0], Value: r.score.Veto})
	}
	t.add(Line{Kind: LineSum, Value: r.score.Exact})
	t.add(Line{Kind: LineRounding, Rule: string(b.plan.Rounding()), Value: r.score.Rounding, Shown: r.score.Published.Sub(t.shown).Fixed(t.decimals)})
	t.add(Line{Kind: LineTotal, Value: r.score.Published, Shown: r.score.Published.Fixed(scale.Decimals)})
	for _, g := range grades {
		if i := slices.IndexFunc(g.Lines, func(l GradeLine) bool { return l.Subject == r.subject.ID }); i >= 0 {
			t.add(Line{Kind: LineGrade, Scale: g.Scale, Grade: g.Lines[i].Grade, Rule: g.Lines[i].Rule, Value: g.Lines[i].Value, Shown: g.Lines[i].Value.Fixed(scale.Decimals)})
		}
	}
	return Trace{Subject: r.subject.ID, Lines: t.lines}
}

// add appends a line that only informs.
func (t *tracing) add(l Line) {
	if l.Shown == "" {
		l.Shown = l.Value.Fixed(t.decimals)
	}
	t.lines = append(t.lines, l)
}

// sum appends a line that is part of the total.
func (t *tracing) sum(l Line) {
	t.shown = t.shown.Add(l.Value.Round(t.decimals, exact.HalfUp))
	t.add(l)
}

// item lists an item's marks, channels and figures, and what it contributes.
func (t *tracing) item(at int) {
	item := &t.b.plan.Items()[at]
	line := Line{Kind: LineItem, Item: item.Key, Value: t.r.score.Items[at]}
	switch {
	case !t.r.concerns(at):
		line.Rule = RuleSpread
		if t.r.applies[at] == scoring.AsFull {
			line.Rule = RuleFull
		}
		if !scoring.Beside(item.Kind) {
			t.sum(line)
		}
		return
	case item.Kind != template.KindPoints:
		line.Rule = string(item.Kind)
	}
	t.cells(at)
	if scoring.Measured(item.Kind) {
		if line.Rule = t.r.itemRules[at]; line.Rule == "" {
			line.Rule = string(item.Kind)
			t.measured(item, at)
		}
	}
	if item.Kind == template.KindRankPoints && t.r.ranks[at] > 0 {
		raw, _ := t.b.raw(at, &t.r.valued)
		t.add(Line{Kind: LineRank, Item: item.Key, Rank: t.r.ranks[at], Value: raw})
	}
	if item.Kind != template.KindVeto {
		t.sum(line)
	}
}

// cells lists the marks and the channels of an item.
func (t *tracing) cells(at int) {
	first, last := t.b.plan.CellsOf(at)
	veto := t.b.plan.Items()[at].Kind == template.KindVeto
	for c := first; c < last; c++ {
		if t.r.rules[c] == "" {
			continue
		}
		cell := &t.b.plan.Cells()[c]
		for _, f := range t.r.of(c) {
			t.add(Line{Kind: LineMark, Item: cell.Item, Channel: cell.Channel, Mark: f.mark.ID, Judge: f.mark.Judge, Value: f.mark.Value, Detail: f.mark.Detail})
		}
		if veto {
			continue
		}
		rule := t.r.rules[c]
		if t.r.silent != nil && t.r.silent[c] {
			rule = RuleSpread
		}
		t.add(Line{Kind: LineChannel, Item: cell.Item, Channel: cell.Channel, Rule: rule, Judges: t.r.judges(c), Factor: t.r.score.Weights.Cells[c].String(), Value: t.r.values[c]})
	}
}

// measured lists what a metric, exam or ballot item's points come from.
func (t *tracing) measured(item *template.Item, at int) {
	switch item.Kind {
	case template.KindMetric:
		for _, key := range t.b.formulas[item.Key] {
			t.add(Line{Kind: LineMetric, Item: item.Key, Metric: key, Value: t.r.metrics[key]})
		}
	case template.KindExam:
		if e := t.r.exams[at]; e != nil {
			t.add(Line{Kind: LineExam, Item: item.Key, Sat: e.Sat, Absent: e.Absent, Value: e.Mean})
		}
	case template.KindBallot:
		t.ballot(item.Rule.Ballot, Line{Item: item.Key})
	}
}

func (t *tracing) ballot(key string, l Line) {
	if s := t.r.ballots[key]; s != nil {
		l.Kind, l.Ballot, l.Valid, l.Value = LineBallot, key, s.Valid, s.Score
		t.add(l)
	}
}

// part lists the value of a part and what it contributes where it is not made of
// items, whose lines are part of the total already.
func (t *tracing) part(k int) {
	part := t.b.plan.Parts()[k]
	ofItems := part.From == scoring.FromItems
	if !ofItems {
		if key, ok := ballotOf(part); ok {
			t.ballot(key, Line{Part: part.Key})
		}
	}
	rule := part.From
	if t.r.partRules[k] != "" && !ofItems {
		rule = t.r.partRules[k]
	}
	t.add(Line{Kind: LinePart, Part: part.Key, Rule: rule, Factor: part.Weight.Quo(hundred).String(), Value: t.r.score.Parts[k]})
	if !ofItems {
		t.sum(Line{Kind: LineWeighted, Part: part.Key, Value: t.r.score.Weighted[k]})
	}
}
