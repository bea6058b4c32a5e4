// Package scalar owns how exact numbers and dates look in GraphQL: always as
// strings, read digit by digit.
//
// It does not own the numbers (exact) or dates (calendar) themselves.
package scalar

import (
	"fmt"
	"io"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"leitai/internal/calendar"
	"leitai/internal/exact"
)

// MarshalDecimal writes a number as a string: a finite decimal as it is, any
// other with four decimals, so fields that must not lose a digit use a String
// with the fraction instead.
func MarshalDecimal(n exact.Number) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		text := n.String()
		if n.HasFraction() {
			text = n.Fixed(4)
		}
		_, _ = io.WriteString(w, strconv.Quote(text))
	})
}

// UnmarshalDecimal reads a decimal string, or a whole number literal. A float
// literal is refused, because it has lost its digits before it arrives here.
func UnmarshalDecimal(v any) (exact.Number, error) {
	switch value := v.(type) {
	case string:
		return exact.Parse(value)
	case int64:
		return exact.Int(value), nil
	case int:
		return exact.Int(int64(value)), nil
	case fmt.Stringer: // json.Number
		return exact.Parse(value.String())
	}
	return exact.Number{}, fmt.Errorf("a decimal is written as a string, for example \"93.5\"")
}

// MarshalDate writes YYYY-MM-DD.
func MarshalDate(d calendar.Date) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(d.String())) })
}

// UnmarshalDate reads YYYY-MM-DD and refuses days no calendar knows.
func UnmarshalDate(v any) (calendar.Date, error) {
	s, ok := v.(string)
	if !ok {
		return calendar.Date{}, fmt.Errorf("a date is written as a string, for example \"2023-04-30\"")
	}
	return calendar.ParseDate(s)
}
