package compare

import (
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
	Digest       string // Total.Digest, for View.Read
}

// published is the source of the published totals.
const published = "total"

// Pack writes a total; its digest is written by itself.
func (t Total) Pack() Packed {
	columns, weights := t.columns()
	var sources, dens, scores, heavy strings.Builder
	for i, c := range columns {
		if i > 0 {
			sources.WriteByte(',')
			dens.WriteByte(',')
		}
		sources.WriteString(c.Source)
		dens.WriteString(c.Scores.den.String())
		c.Scores.append(&scores, scores.Len() == 0)
	}
	weights.append(&heavy, true)
	return Packed{Contestants: t.Contestants, Sources: "{" + sources.String() + "}", Weights: "{" + heavy.String() + "}",
		Denominators: "{" + dens.String() + "}", Scores: "{" + scores.String() + "}"}
}

// columns are those that are kept, with their weights over a common denominator,
// which their proportions do without: the published totals first, where there are
// any.
func (t *Total) columns() ([]Column, Scores) {
	weights := make([]*exact.Number, len(t.Columns))
	for i := range t.Columns {
		weights[i] = &t.Columns[i].Weight
	}
	columns := t.Columns
	if t.Published.Len() > 0 {
		columns = append([]Column{{Source: published, Scores: t.Published}}, columns...)
		weights = append([]*exact.Number{{}}, weights...)
	}
	return columns, NewScores(weights)
}

// Unpack reads a packed total; what does not hold together is
// TOTAL_UNREADABLE.
func Unpack(p Packed) (Total, error) {
	t := Total{Contestants: p.Contestants}
	if p.Contestants < 0 {
		return t, unreadable()
	}
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
	scores, err := braced(p.Scores)
	if err != nil {
		return t, err
	}
	n := strings.Count(p.Sources, ",") + 1
	t.Columns = make([]Column, 0, n)
	room := make([]int64, n*max(p.Contestants, 0)) // of all columns at once
	for sources.rest != "" {
		c := Column{Source: sources.next()}
		if c.Weight, err = exact.Parse(weights.next()); err != nil {
			return t, unreadable()
		}
		if len(room) < p.Contestants {
			return t, unreadable()
		}
		if c.Scores, err = readScores(dens.next(), &scores, room[:p.Contestants:p.Contestants]); err != nil {
			return t, err
		}
		room = room[p.Contestants:]
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

// readScores reads a column into the room given. Nearly all numerators are
// machine words.
func readScores(denominator string, from *members, room []int64) (Scores, error) {
	den, err := exact.Parse(denominator)
	if err != nil || den.Sign() <= 0 {
		return Scores{}, unreadable()
	}
	start := *from
	for i := range room {
		n, ok := from.number()
		if !ok {
			return readWide(den, &start, from, len(room))
		}
		room[i] = n
	}
	return Scores{den: den, nums: room}, nil
}

// number reads the next member as a machine word, none for NULL; false for
// anything else.
func (m *members) number() (int64, bool) {
	text := m.rest
	if strings.HasPrefix(text, null) && (len(text) == len(null) || text[len(null)] == ',') {
		m.rest = strings.TrimPrefix(text[len(null):], ",")
		return none, true
	}
	var n int64
	i := 0
	below := text != "" && text[0] == '-'
	if below {
		i = 1
	}
	digits := i
	for ; i < len(text) && text[i] != ','; i++ {
		d := text[i] - '0'
		if d > 9 || i-digits >= wordDigits {
			return 0, false
		}
		n = 10*n + int64(d)
	}
	if i == digits {
		return 0, false
	}
	if m.rest = ""; i < len(text) {
		m.rest = text[i+1:]
	}
	if below {
		n = -n
	}
	return n, true
}

// wordDigits is how many digits surely fit a machine word.
const wordDigits = 18

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
