package compare

import (
	"slices"
	"strconv"
	"strings"

	"leitai/internal/exact"
)

// Sums are what is left of a total without anybody's own score: for each source
// how many scores there are and what they come to, and the middle of the
// published totals. Every mean follows from them, and they read many times faster
// than the scores; how villages' own indices are distributed does not, nor what
// several sources that are mapped onto one dimension come to.
type Sums struct {
	Contestants int
	head        *head
	of          []summed // by source of the head
	published   summed
	middle      exact.Running // median of the published totals, where there are any
}

// summed is the sum of so many scores.
type summed struct {
	sum exact.Running
	n   int
}

func (s *summed) add(other *summed) {
	s.sum.Add(other.sum)
	s.n += other.n
}

// head is what the results of one template have in common, worked out once.
type head struct {
	sources []string
	shares  []exact.Running // of the whole weight of the template
	all     exact.Running   // of the shares: 1, or 0 where nothing weighs
	places  []int           // of the source's field in a view; unplaced, or beside for none
}

// Where a source has its place.
const (
	unplaced = -1 - iota // of no dimension
	beside               // of a dimension that the view does not know
)

// newHead weighs sources; their weights may have any common factor.
func (v *View) newHead(sources []string, weights []exact.Number) *head {
	h := &head{sources: sources, shares: make([]exact.Running, len(sources)), places: make([]int, len(sources))}
	whole := exact.Sum(weights...)
	for i, source := range sources {
		if h.places[i] = unplaced; whole.Sign() > 0 {
			h.shares[i] = share(weights[i], whole)
			h.all.Add(h.shares[i])
		}
		if d, ok := DimensionOf(source); ok {
			if h.places[i] = beside; v.known(d) {
				h.places[i] = v.place[d]
			}
		}
	}
	return h
}

// share is a weight over the whole, over one denominator for all where the
// weights are whole numbers.
func share(weight, whole exact.Number) exact.Running {
	w, ok := weight.Int64()
	all, fits := whole.Int64()
	if ok && fits {
		return exact.Fraction(w, all)
	}
	return exact.Start(weight.Quo(whole))
}

// Middle is the median of the published totals, rounded; false without any.
func (s *Sums) Middle(decimals int) (exact.Number, bool) {
	return s.middle.Round(decimals, exact.HalfUp), s.published.n > 0
}

// Sums adds a total up.
func (v *View) Sums(t *Total) Sums {
	sources, weights := make([]string, len(t.Columns)), make([]exact.Number, len(t.Columns))
	s := Sums{Contestants: t.Contestants, of: make([]summed, len(t.Columns))}
	for i := range t.Columns {
		c := &t.Columns[i]
		sources[i], weights[i], s.of[i] = c.Source, c.Weight, c.Scores.summed()
	}
	s.head, s.published = v.newHead(sources, weights), t.Published.summed()
	if middle, ok := t.Published.Middle(); ok {
		s.middle = exact.Start(middle)
	}
	return s
}

// Digest writes the sums of a total as one text: the sources and their weights,
// which results of one template share, then for each source how many scores there
// are, the numerators and the denominators of their sums, and the numerators of
// the two published totals in the middle, which may be one and the same.
func (t *Total) Digest() string {
	columns, weights := t.columns()
	var lists [5][]string
	for i := range columns {
		c := &columns[i]
		sum, n := c.Scores.Sum()
		numerator := sum.Mul(c.Scores.den)
		for k, text := range []string{c.Source, weights.text(i), strconv.Itoa(n), numerator.String(), c.Scores.den.String()} {
			lists[k] = append(lists[k], text)
		}
	}
	parts := make([]string, 0, len(lists)+1)
	for _, list := range lists {
		parts = append(parts, strings.Join(list, ","))
	}
	return parts[0] + ";" + strings.Join(append(parts[1:], strings.Join(t.Published.middle(), ",")), "|")
}

// middle gives the numerators of the figure in the middle, or of both.
func (s Scores) middle() []string {
	sorted := make([]exact.Number, 0, s.Len())
	for i := range s.Len() {
		if figure, ok := s.At(i); ok {
			sorted = append(sorted, figure.Mul(s.den))
		}
	}
	slices.SortFunc(sorted, exact.Number.Cmp)
	if len(sorted) == 0 {
		return nil
	}
	low, high := sorted[(len(sorted)-1)/2], sorted[len(sorted)/2]
	return []string{low.String(), high.String()}
}

// Read reads the digest of a total; what does not hold together is
// TOTAL_UNREADABLE. The sums are good until the next digest is read, and a view is
// not for several readers at a time.
func (v *View) Read(p Packed) (Sums, error) {
	s := Sums{Contestants: p.Contestants}
	top, rest, ok := strings.Cut(p.Digest, "|")
	if !ok {
		return s, unreadable()
	}
	var err error
	if s.head, err = v.headOf(top); err != nil {
		return s, err
	}
	total := 0 // the published totals come first, and are no source
	if strings.HasPrefix(top, published+",") || strings.HasPrefix(top, published+";") {
		total = 1
	}
	columns := v.room(total + len(s.head.sources))
	counts, rest, _ := strings.Cut(rest, "|")
	sums, rest, _ := strings.Cut(rest, "|")
	dens, middle, whole := strings.Cut(rest, "|")
	if !whole || !readSummed(columns, members{counts}, members{sums}, members{dens}) {
		return s, unreadable()
	}
	if s.of = columns[total:]; total == 1 {
		s.published = columns[0]
	}
	if ok = middle == ""; s.published.n > 0 {
		s.middle, ok = readMiddle(members{middle}, members{dens})
	}
	if !ok {
		return s, unreadable()
	}
	return s, nil
}

// headOf reads the head of a digest, or finds it read already.
func (v *View) headOf(text string) (*head, error) {
	if v.last.text == text && v.last.head != nil {
		return v.last.head, nil
	}
	h, known := v.heads[text]
	if !known {
		names, weighed, ok := strings.Cut(text, ";")
		var sources []string
		var weights []exact.Number
		if names != "" {
			sources = strings.Split(names, ",")
		}
		for list := (members{weighed}); list.rest != ""; {
			w, err := exact.Parse(list.next())
			if ok = ok && err == nil && w.Sign() >= 0; !ok {
				break
			}
			weights = append(weights, w)
		}
		if !ok || len(weights) != len(sources) {
			return nil, unreadable()
		}
		if len(sources) > 0 && sources[0] == published {
			sources, weights = sources[1:], weights[1:]
		}
		h = v.newHead(sources, weights)
		v.heads[text] = h
	}
	v.last.text, v.last.head = text, h
	return h, nil
}

// readSummed reads the columns of a digest into the room given.
func readSummed(into []summed, counts, sums, dens members) bool {
	for i := range into {
		n, ok := counts.number()
		if !ok || n < 0 {
			return false
		}
		into[i].n = int(n)
		if into[i].sum, ok = readFraction(&sums, &dens); !ok {
			return false
		}
	}
	return counts.rest == "" && sums.rest == "" && dens.rest == ""
}

// readFraction reads a numerator and a denominator, nearly always machine words.
func readFraction(nums, dens *members) (exact.Running, bool) {
	wideNum, wideDen := *nums, *dens
	num, ok := nums.number()
	den, fits := dens.number()
	if ok && fits && num != none && den > 0 {
		return exact.Fraction(num, den), true
	}
	*nums, *dens = wideNum, wideDen
	a, err := exact.Parse(nums.next())
	b, bad := exact.Parse(dens.next())
	if err != nil || bad != nil || !a.IsInt() || !b.IsInt() || b.Sign() <= 0 {
		return exact.Running{}, false
	}
	return exact.Start(a.Quo(b)), true
}

// readMiddle reads the median of the published totals, whose denominator is the
// first.
func readMiddle(middle, dens members) (exact.Running, bool) {
	again := dens
	low, ok := readFraction(&middle, &dens)
	high, fits := readFraction(&middle, &again)
	low.Add(high)
	const both = 2
	return low.Over(both), ok && fits && middle.rest == ""
}

// room gives room for the sums of one result, the same every time.
func (v *View) room(n int) []summed {
	if cap(v.spare) < n {
		v.spare = make([]summed, n)
	}
	return v.spare[:n]
}
