package compare

import (
	"cmp"
	"slices"
	"strings"

	"leitai/internal/exact"
)

// Total is what one published result leaves for comparison: the scores of its
// contestants by source, on a scale of 0 to 100, with the weight of each source
// in the template. Totals merge: what is worked out of several is what would be
// worked out of all their contestants at once.
type Total struct {
	Columns     []Column
	Contestants int    // the length of every column
	Published   Scores // the published totals, best first; nobody is without one
}

// Column is one source of scores.
type Column struct {
	Source string       // as Dimension, Item and Part name it
	Weight exact.Number // in the template; only the proportions matter
	Scores Scores
}

// How the sources of scores are named: a dimension that the template itself
// named, an item without one, or a part of the total that is not made of items.
const (
	ofDimension = "dimension:"
	ofItem      = "item:"
	ofPart      = "part:"
)

// Dimension names a dimension that the template itself named.
func Dimension(key string) string { return ofDimension + key }

// Item names an item without a dimension.
func Item(key string) string { return ofItem + key }

// Part names a part of the total that is not made of items.
func Part(key string) string { return ofPart + key }

// DimensionOf is the dimension that a source names itself; false for one that
// needs a mapping.
func DimensionOf(source string) (string, bool) { return strings.CutPrefix(source, ofDimension) }

// KnownSource says whether a text names a source that can be mapped.
func KnownSource(source string) bool {
	for _, prefix := range []string{ofDimension, ofItem, ofPart} {
		if key, ok := strings.CutPrefix(source, prefix); ok {
			return key != "" && !strings.ContainsAny(key, " ,{}\"\\")
		}
	}
	return false
}

// Mapped gives a total whose sources are the dimensions that a mapping names;
// what it leaves empty stays as it is. Sources of one dimension become one: a
// contestant's score is their mean by the template's weights over those that it
// has.
func (t Total) Mapped(dimension func(source string) string) Total {
	out := t
	if !t.touched(dimension) {
		return out
	}
	out.Columns = nil
	at := map[string][]Column{}
	var order []string
	for _, c := range t.Columns {
		if to := dimension(c.Source); to != "" {
			c.Source = Dimension(to)
		}
		if at[c.Source] == nil {
			order = append(order, c.Source)
		}
		at[c.Source] = append(at[c.Source], c)
	}
	for _, source := range order {
		out.Columns = append(out.Columns, together(source, at[source], t.Contestants))
	}
	return out
}

// touched says whether a mapping changes anything.
func (t *Total) touched(dimension func(source string) string) bool {
	for i := range t.Columns {
		if to := dimension(t.Columns[i].Source); to != "" && ofDimension+to != t.Columns[i].Source {
			return true
		}
	}
	return false
}

func together(source string, columns []Column, contestants int) Column {
	if len(columns) == 1 {
		return columns[0]
	}
	out := Column{Source: source}
	for _, c := range columns {
		out.Weight = out.Weight.Add(c.Weight)
	}
	figures := make([]*exact.Number, contestants)
	for i := range figures {
		var sum, weights exact.Number
		for _, c := range columns {
			if score, ok := c.Scores.At(i); ok && c.Weight.Sign() > 0 {
				sum, weights = sum.Add(score.Mul(c.Weight)), weights.Add(c.Weight)
			}
		}
		if weights.Sign() > 0 {
			mean := sum.Quo(weights)
			figures[i] = &mean
		}
	}
	out.Scores = NewScores(figures)
	return out
}

// weight is that of all columns together.
func (t *Total) weight() exact.Number {
	var all exact.Number
	for i := range t.Columns {
		all = all.Add(t.Columns[i].Weight)
	}
	return all
}

// Merge puts totals of one or several townships into one: all contestants of
// them, and every template with the same say in the weights. In whatever steps it
// is done, the contestants are the same; what was merged already has one say in
// the weights, as a template has. Published totals of different templates have
// nothing in common and are left out.
func Merge(totals []Total) Total {
	var out Total
	at := map[string]int{}
	var figures [][]*exact.Number
	for _, t := range totals {
		whole := t.weight()
		for _, c := range t.Columns {
			k, known := at[c.Source]
			if !known {
				k = len(out.Columns)
				at[c.Source] = k
				out.Columns, figures = append(out.Columns, Column{Source: c.Source}), append(figures, nil)
			}
			if whole.Sign() > 0 {
				out.Columns[k].Weight = out.Columns[k].Weight.Add(c.Weight.Quo(whole))
			}
			figures[k] = append(figures[k], make([]*exact.Number, out.Contestants-len(figures[k]))...)
			figures[k] = append(figures[k], c.Scores.list()...)
		}
		out.Contestants += t.Contestants
	}
	for k := range out.Columns {
		figures[k] = append(figures[k], make([]*exact.Number, out.Contestants-len(figures[k]))...)
		out.Columns[k].Scores = NewScores(figures[k])
	}
	slices.SortFunc(out.Columns, func(a, b Column) int { return cmp.Compare(a.Source, b.Source) })
	return out
}
