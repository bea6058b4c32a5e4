package outcome

import (
	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// Values of a roll-up's settings (Q16).
const (
	MonthsFromFirst      = "from-first-round"
	AggregateMean        = "mean"
	AggregateSum         = "sum"
	AggregateMeanOfRanks = "mean-of-ranks"

	// RollupTerm is the whole of a term (D32): it is counted from the first round,
	// whatever the rule says, because a term is no stretch of the calendar.
	RollupTerm = "term"

	// FromRounds is the source of a roll-up, or of one of its parts, that is the
	// rounds or shorter roll-ups summed up.
	FromRounds = "rounds"
)

// RollupMonths gives how many months the roll-up of this key spans.
func RollupMonths(key string) (int, error) {
	switch key {
	case "quarter":
		return 3, nil
	case "half-year":
		return 6, nil
	case "year":
		return 12, nil
	case RollupTerm:
		return 24, nil
	}
	return 0, fault.New(fault.RollupUnknown, "value", key).At("rollup")
}

// Span is the stretch of time a roll-up covers, months included at both ends.
type Span struct{ From, To calendar.Period }

// SpanOf gives the span of `months` months that period lies in: counted in
// calendar quarters, half-years and years, or from the first round on (Q16).
// The first period must not be after period when counting from it.
func SpanOf(counting string, months int, first, period calendar.Period) Span {
	at := calendar.PeriodOf(calendar.Month, period.First())
	start := calendar.PeriodOf(calendar.Month, first.First())
	if counting != MonthsFromFirst {
		start = calendar.MustPeriod("1900-01") // a year's start, so that blocks of 3, 6 and 12 fall on the calendar's
	}
	n := (at.Year()-start.Year())*12 + int(at.First().Month()) - int(start.First().Month())
	from := start.Add(n / months * months)
	return Span{From: from, To: from.Add(months - 1)}
}

// Contains reports whether a period starts inside the span.
func (s Span) Contains(p calendar.Period) bool {
	return !p.First().Before(s.From.First()) && !p.First().After(s.To.Last())
}
