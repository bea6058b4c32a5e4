package round

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/calendar"
)

// candidate is a person who may be seconded.
type candidate struct {
	person    uuid.UUID
	pseudonym string
	times     int           // seconded before
	last      calendar.Date // when last; zero: never
}

// draw picks n of a pool by a recorded seed (Q32): every candidate's lot is
// SHA-256 of seed, round and pseudonym on three lines, and the smallest lots
// win. Whoever knows the three repeats the draw with any program; the order of
// the pool does not matter, and the round's id keeps a lucky seed from being
// used twice.
func draw(seed string, round uuid.UUID, pool []candidate, n int) []candidate {
	sorted := slices.Clone(pool)
	slices.SortFunc(sorted, func(a, b candidate) int {
		x, y := lot(seed, round, a.pseudonym), lot(seed, round, b.pseudonym)
		return slices.Compare(x[:], y[:])
	})
	return sorted[:n]
}

// rotate picks those who served least often, then longest ago, then by
// pseudonym (Q32).
func rotate(pool []candidate, n int) []candidate {
	sorted := slices.Clone(pool)
	slices.SortFunc(sorted, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.times, b.times), cmp.Compare(a.last.String(), b.last.String()), cmp.Compare(a.pseudonym, b.pseudonym))
	})
	return sorted[:n]
}

// seat gives the number of the group, from 1, in which each of n more people
// sits: always the smallest group, the first of equals.
func seat(sizes []int, n int) []int {
	sizes = slices.Clone(sizes)
	out := make([]int, n)
	for i := range out {
		at := 0
		for p := range sizes {
			if sizes[p] < sizes[at] {
				at = p
			}
		}
		sizes[at]++
		out[i] = at + 1
	}
	return out
}
