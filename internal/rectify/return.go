package rectify

import (
	"cmp"
	"slices"

	"leitai/internal/calendar"
)

// returnDays is after how many calendar days what was put right is looked at
// again (回头看).
const returnDays = 90

// ReturnDue is the day by which a closed issue is looked at again (E25).
func ReturnDue(closed calendar.Date) calendar.Date { return closed.AddDays(returnDays) }

// Case is what makes a problem known again in another year.
type Case struct {
	ID      string
	Place   string // the village
	Item    string // key of the item it was found in
	Problem string // type of problem; empty: none was given
	Opened  calendar.Date
}

// Recurring lists the earlier cases of the same problem at the same place: of
// an earlier calendar year, with the same type of problem, or, where one of the
// two has no type, of the same item (E26: 年年述、年年改、年年在). Oldest first.
func Recurring(c Case, all []Case) []Case {
	var earlier []Case
	for _, other := range all {
		if other.Place == c.Place && other.Opened.Year() < c.Opened.Year() && c.same(other) {
			earlier = append(earlier, other)
		}
	}
	slices.SortFunc(earlier, func(a, b Case) int {
		return cmp.Or(a.Opened.Compare(b.Opened), cmp.Compare(a.ID, b.ID))
	})
	return earlier
}

func (c Case) same(other Case) bool {
	if c.Problem != "" && other.Problem != "" {
		return c.Problem == other.Problem
	}
	return c.Item != "" && c.Item == other.Item
}
