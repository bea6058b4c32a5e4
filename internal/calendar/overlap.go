package calendar

import (
	"cmp"
	"slices"
)

// Inspection is one look at a place by a programme: a round or a visit. An
// empty place stands for every place of its area.
type Inspection struct {
	Area    string // a township
	Place   string // a village of it, or empty
	Program string // a competition; two looks of one programme do not overlap
	On      Date
}

// Overlap is a month in which more than one programme inspects a place (G6). An
// empty place means the whole area.
type Overlap struct {
	Area, Place string
	Month       Period
	Programs    []string // sorted, two or more
}

// Overlaps finds the months in which a place is inspected by more than one
// programme. Where the whole area is, its places are named only when still
// more programmes come to them. The answer is sorted by month, area and place,
// whatever the order of what comes in.
func Overlaps(all []Inspection) []Overlap {
	type cell struct {
		area, place string
		month       Period
	}
	programs := map[cell][]string{}
	for _, i := range all {
		c := cell{i.Area, i.Place, PeriodOf(Month, i.On)}
		if at, there := slices.BinarySearch(programs[c], i.Program); !there {
			programs[c] = slices.Insert(programs[c], at, i.Program)
		}
	}
	var found []Overlap
	for c, own := range programs {
		everywhere := programs[cell{area: c.area, month: c.month}]
		if c.place != "" {
			own = slices.Concat(own, everywhere)
			slices.Sort(own)
			own = slices.Compact(own)
			if len(own) == len(everywhere) { // told for the area
				continue
			}
		}
		if len(own) > 1 {
			found = append(found, Overlap{Area: c.area, Place: c.place, Month: c.month, Programs: slices.Clone(own)})
		}
	}
	slices.SortFunc(found, func(a, b Overlap) int {
		return cmp.Or(cmp.Compare(a.Month.String(), b.Month.String()), cmp.Compare(a.Area, b.Area), cmp.Compare(a.Place, b.Place))
	})
	return found
}
