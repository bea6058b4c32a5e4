package comparison

import (
	"strconv"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// Query is what is asked for.
type Query struct {
	From, To   string   // months, for example 2023-04; both are part of the span
	Dimensions []string // looked at; none: all that the viewer may see
	Subject    string   // what is judged: village by default
	Without    Parts    // what nobody asks for
}

// Parts are parts of a comparison that cost much and are often not asked for.
type Parts uint8

// Means of single dimensions, and how villages' own indices are distributed.
const (
	Means Parts = 1 << iota
	Distribution
)

// Has says whether a part is among them.
func (p Parts) Has(part Parts) bool { return p&part != 0 }

// mostMonths bounds a span.
const mostMonths = 36

// span reads the months of a query.
func (q Query) span() (from, to calendar.Period, err error) {
	from, first := calendar.ParsePeriod(q.From)
	to, last := calendar.ParsePeriod(q.To)
	if first == nil && last == nil && from.Cadence() == calendar.Month && to.Cadence() == calendar.Month &&
		from.Compare(to) <= 0 && to.Compare(from.Add(mostMonths-1)) <= 0 {
		return from, to, nil
	}
	return from, to, fault.New(fault.ComparisonMonths, "from", q.From, "to", q.To, "most", strconv.Itoa(mostMonths)).At("to")
}

// subject is what is judged in the rounds compared.
func (q Query) subject() string {
	if q.Subject == "" {
		return "village"
	}
	return q.Subject
}

// rulingIn is the rule of a year: the newest of that year or of the last one
// before it that has one. Rules come newest year first, one a year.
func rulingIn(rules []Rule, year int) *Rule {
	for i := range rules {
		if rules[i].Year <= year {
			return &rules[i]
		}
	}
	return nil
}
