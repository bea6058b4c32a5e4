package compare

import (
	"strconv"
	"strings"

	"leitai/internal/exact"
)

// Packed is a total as it is kept: lists in braces, as arrays are written in the
// database. Scores stand column after column; the published totals come first,
// under the source "total" with weight 0, where there are any.
type Packed struct {
	Contestants  int
	Sources      string // text[]
	Weights      string // numeric[], whole numbers
	Denominators string // numeric[], whole numbers
	Scores       string // numeric[], whole numbers; NULL for no figure
}

// published is the source of the published totals.
const published = "total"

// Pack writes a total.
func (t Total) Pack() Packed {
	weights := make([]*exact.Number, len(t.Columns))
	for i := range t.Columns {
		weights[i] = &t.Columns[i].Weight
	}
	whole := NewScores(weights) // over a common denominator, which their proportions do without
	var sources, dens, scores, heavy strings.Builder
	columns := t.Columns
	if t.Published.Len() > 0 {
		columns = append([]Column{{Source: published, Scores: t.Published}}, columns...)
		heavy.WriteString("0")
	}
	for i, c := range columns {
		if i > 0 {
			sources.WriteByte(',')
			dens.WriteByte(',')
		}
		sources.WriteString(c.Source)
		dens.WriteString(c.Scores.den.String())
		c.Scores.append(&scores, scores.Len() == 0)
	}
	whole.append(&heavy, heavy.Len() == 0)
	return Packed{t.Contestants, "{" + sources.String() + "}", "{" + heavy.String() + "}", "{" + dens.String() + "}", "{" + scores.String() + "}"}
}

// Unpack reads a packed total; what does not hold together is
// TOTAL_UNREADABLE.
func Unpack(p Packed) (Total, error) {
	t := Total{Contestants: p.Contestants}
	sources, err := listed(p.Sources)
	if err != nil {
		return t, err
	}
	weights, err := listed(p.Weights)
	if err != nil {
		return t, err
	}
	dens, err := listed(p.Denominators)
	if err != nil {
		return t, err
	}
	scores, err := listed(p.Scores)
	if err != nil {
		return t, err
	}
	t.Columns = make([]Column, 0, strings.Count(p.Sources, ",")+1)
	for sources.rest != "" {
		c := Column{Source: sources.next()}
		if c.Weight, err = exact.Parse(weights.next()); err != nil {
			return t, unreadable()
		}
		if c.Scores, err = readScores(dens.next(), &scores, p.Contestants); err != nil {
			return t, err
		}
		if c.Source == published {
			t.Published = c.Scores
			continue
		}
		t.Columns = append(t.Columns, c)
	}
	if weights.rest != "" || dens.rest != "" || scores.rest != "" {
		return t, unreadable()
	}
	return t, nil
}

// readScores reads a column. Nearly all numerators are machine words.
func readScores(denominator string, from *members, contestants int) (Scores, error) {
	den, err := exact.Parse(denominator)
	if err != nil || den.Sign() <= 0 {
		return Scores{}, unreadable()
	}
	start := *from
	s := Scores{den: den, nums: make([]int64, contestants)}
	for i := range s.nums {
		text := from.next()
		if text == null {
			s.nums[i] = none
			continue
		}
		if s.nums[i], err = strconv.ParseInt(text, 10, 64); err != nil || s.nums[i] == none {
			return readWide(den, &start, from, contestants)
		}
	}
	return s, nil
}

// readWide reads a column again whose numerators are longer.
func readWide(den exact.Number, from, end *members, contestants int) (Scores, error) {
	texts := make([]string, contestants)
	for i := range texts {
		texts[i] = from.next()
		if texts[i] == null {
			texts[i] = ""
			continue
		}
		if n, err := exact.Parse(texts[i]); err != nil || !n.IsInt() {
			return Scores{}, unreadable()
		}
	}
	*end = *from
	return wideScores(den, texts), nil
}
