package calendar

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"leitai/internal/fault"
)

// Cadence is the length of a period, in the words of the template document.
type Cadence string

// The four cadences.
const (
	Month    Cadence = "month"
	Quarter  Cadence = "quarter"
	HalfYear Cadence = "half-year"
	Year     Cadence = "year"
)

// months tells how many months a period of the cadence has; 0 for an unknown
// cadence.
func (c Cadence) months() int {
	switch c {
	case Month:
		return 1
	case Quarter:
		return 3
	case HalfYear:
		return 6
	case Year:
		return 12
	}
	return 0
}

// maxPeriods bounds a range of periods: a hundred years of months.
const maxPeriods = 1200

// Period is one month, quarter, half-year or year. Periods may be compared
// with == and used as map keys; the zero value means "no period".
type Period struct {
	cadence Cadence
	year    int
	index   int // from 0 within the year
}

// PeriodOf gives the period of a cadence in which a date falls; an unknown
// cadence panics, because cadences are constants of the program.
func PeriodOf(c Cadence, d Date) Period {
	if c.months() == 0 {
		panic("calendar: unknown cadence " + string(c))
	}
	return Period{c, d.year, (int(d.month) - 1) / c.months()}
}

// ParsePeriod reads "2023-04", "2023-Q2", "2023-H1" or "2023". Anything else is
// a *fault.Fault PERIOD_INVALID.
func ParsePeriod(s string) (Period, error) {
	year, rest, dashed := strings.Cut(s, "-")
	p := Period{cadence: Year, year: digits(year)}
	if dashed {
		p.cadence, p.index = parsePart(rest)
	}
	known := p.cadence.months() > 0 && p.index >= 0 && p.index < 12/max(1, p.cadence.months())
	if !known || len(year) != 4 || p.year < firstYear || p.year > lastYear {
		return Period{}, fault.New(fault.PeriodInvalid, "value", short(s))
	}
	return p, nil
}

// parsePart reads what follows the year: "04", "Q2" or "H1".
func parsePart(s string) (Cadence, int) {
	switch {
	case len(s) != 2:
		return "", -1
	case s[0] == 'Q':
		return Quarter, digits(s[1:]) - 1
	case s[0] == 'H':
		return HalfYear, digits(s[1:]) - 1
	}
	return Month, digits(s) - 1
}

// MustPeriod is ParsePeriod for constants of the program.
func MustPeriod(s string) Period {
	p, err := ParsePeriod(s)
	if err != nil {
		panic(err)
	}
	return p
}

// Cadence tells how long the period is.
func (p Period) Cadence() Cadence { return p.cadence }

// IsZero reports whether this is no period at all.
func (p Period) IsZero() bool { return p == Period{} }

// Year gives the year the period lies in.
func (p Period) Year() int { return p.year }

// First gives the first day of the period.
func (p Period) First() Date {
	return Date{p.year, time.Month(p.index*p.cadence.months() + 1), 1}
}

// Last gives the last day of the period.
func (p Period) Last() Date { return p.Add(1).First().AddDays(-1) }

// Contains reports whether a date falls in the period.
func (p Period) Contains(d Date) bool { return PeriodOf(p.cadence, d) == p }

// Add gives the period n periods later, or earlier when n is negative.
func (p Period) Add(n int) Period {
	perYear := 12 / p.cadence.months()
	at := p.year*perYear + p.index + n
	return Period{p.cadence, at / perYear, at % perYear}
}

// Next gives the period after p.
func (p Period) Next() Period { return p.Add(1) }

// Previous gives the period before p.
func (p Period) Previous() Period { return p.Add(-1) }

// In gives the longer (or equal) period that p lies in, for example the
// half-year of a month; false when c is shorter than p or unknown.
func (p Period) In(c Cadence) (Period, bool) {
	if c.months() < p.cadence.months() {
		return Period{}, false
	}
	return PeriodOf(c, p.First()), true
}

// Months lists the months of the period in order.
func (p Period) Months() []Period {
	months := make([]Period, p.cadence.months())
	for i := range months {
		months[i] = PeriodOf(Month, p.First()).Add(i)
	}
	return months
}

// Compare orders periods by their first day, then the shorter first.
func (p Period) Compare(other Period) int {
	return cmp.Or(p.First().Compare(other.First()), cmp.Compare(p.cadence.months(), other.cadence.months()))
}

// Range lists the periods from one to another, both included. Ends of
// different cadence, in the wrong order, or more than 1200 periods apart are
// PERIOD_RANGE_INVALID.
func Range(from, to Period) ([]Period, error) {
	refuse := fault.New(fault.PeriodRangeInvalid, "from", from.String(), "to", to.String(), "most", strconv.Itoa(maxPeriods))
	if from.IsZero() || from.cadence != to.cadence || from.Compare(to) > 0 {
		return nil, refuse
	}
	perYear := 12 / from.cadence.months()
	n := (to.year-from.year)*perYear + to.index - from.index + 1
	if n > maxPeriods {
		return nil, refuse
	}
	periods := make([]Period, n)
	for i := range periods {
		periods[i] = from.Add(i)
	}
	return periods, nil
}

// String prints "2023-04", "2023-Q2", "2023-H1" or "2023"; "" for the zero
// period.
func (p Period) String() string {
	switch p.cadence {
	case Month:
		return fmt.Sprintf("%04d-%02d", p.year, p.index+1)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", p.year, p.index+1)
	case HalfYear:
		return fmt.Sprintf("%04d-H%d", p.year, p.index+1)
	case Year:
		return fmt.Sprintf("%04d", p.year)
	}
	return ""
}

// MarshalText writes String, also as a JSON string and as a JSON map key.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText wrote; "" is the zero period.
func (p *Period) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Period{}
		return nil
	}
	parsed, err := ParsePeriod(string(text))
	if err == nil {
		*p = parsed
	}
	return err
}
