package ranking

import (
	"cmp"
	"slices"

	"leitai/internal/exact"
)

// key is what a contestant is sorted by: the total as a machine word where all
// totals fit one, and its position in the list handed in.
type key struct {
	total int64
	at    int32
}

// scale is how many decimals a total may have to be sorted as a machine word.
const scale = 9

// sorted gives the order of contestants: the better first, equals by id. A
// province has tens of thousands of them, which are sorted as pairs of words and
// not moved meanwhile.
func sorted(contestants []Contestant, on string) []key {
	keys, words, inOrder := make([]key, len(contestants)), true, true
	for i := range contestants {
		total, ok := contestants[i].total(on).Scaled(scale)
		keys[i] = key{total, int32(i)}
		words = words && ok
		inOrder = inOrder && (i == 0 || Compare(contestants[i-1].ID, contestants[i].ID) < 0)
	}
	slices.SortFunc(keys, func(a, b key) int {
		first, second := &contestants[a.at], &contestants[b.at]
		var c int
		if words {
			c = cmp.Compare(b.total, a.total)
		} else {
			c = second.total(on).Cmp(first.total(on))
		}
		switch {
		case c != 0:
			return c
		case len(first.Ties) > 0 && len(second.Ties) > 0:
			if c := chain(first, second); c != 0 {
				return c
			}
		}
		if inOrder {
			return cmp.Compare(a.at, b.at)
		}
		return Compare(first.ID, second.ID)
	})
	return keys
}

// total is the number that a rule ranks on.
func (c *Contestant) total(on string) exact.Number {
	if on == OnExact {
		return c.Exact
	}
	return c.Published
}
