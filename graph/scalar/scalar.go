// Package scalar owns how the scalars of the public contract are written and
// read: exact numbers, dates and moments as strings, whole numbers of 32 bits.
// What it refuses it refuses with a fault, so that a caller learns what would
// be right.
//
// It does not own the numbers (exact) or dates (calendar) themselves.
package scalar

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"leitai/internal/calendar"
	"leitai/internal/exact"
	"leitai/internal/fault"
)

// MarshalDecimal writes a number as a string: a finite decimal as it is, any
// other with four decimals, so fields that must not lose a digit use a String
// with the fraction instead.
func MarshalDecimal(n exact.Number) graphql.Marshaler {
	text := n.String()
	if n.HasFraction() {
		text = n.Fixed(4)
	}
	return quoted(text)
}

// Printed is a decimal as it was published, with its fixed decimals: 80.30 and
// not 80.3, because people compare it with what is on paper.
type Printed string

// MarshalGQL writes the decimal as a string.
func (p Printed) MarshalGQL(w io.Writer) { quoted(string(p)).MarshalGQL(w) }

// UnmarshalGQL reads what MarshalGQL wrote.
func (p *Printed) UnmarshalGQL(v any) error {
	n, ok := v.(string)
	if !ok {
		return invalid(v, `"93.50"`)
	}
	if _, err := UnmarshalDecimal(n); err != nil {
		return err
	}
	*p = Printed(n)
	return nil
}

// UnmarshalDecimal reads a decimal string, or a whole number literal. A float
// literal is refused, because it has lost its digits before it arrives here.
func UnmarshalDecimal(v any) (exact.Number, error) {
	text := ""
	switch value := v.(type) {
	case string:
		text = value
	case int64:
		text = strconv.FormatInt(value, 10)
	case int:
		text = strconv.Itoa(value)
	case fmt.Stringer: // json.Number, which has kept its digits
		text = value.String()
	}
	n, err := exact.Parse(text)
	if err != nil || strings.ContainsAny(text, "/%") { // neither a fraction nor a percentage is a decimal
		return exact.Number{}, invalid(v, `"93.5"`)
	}
	return n, nil
}

// MarshalDate writes YYYY-MM-DD.
func MarshalDate(d calendar.Date) graphql.Marshaler { return quoted(d.String()) }

// UnmarshalDate reads YYYY-MM-DD and refuses days no calendar knows.
func UnmarshalDate(v any) (calendar.Date, error) {
	s, ok := v.(string)
	if !ok {
		return calendar.Date{}, invalid(v, `"2023-04-30"`)
	}
	return calendar.ParseDate(s)
}

// MarshalDateTime writes RFC 3339 to the microsecond, in UTC.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return quoted(t.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano))
}

// UnmarshalDateTime reads RFC 3339.
func UnmarshalDateTime(v any) (time.Time, error) {
	if s, ok := v.(string); ok {
		if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, invalid(v, `"2023-05-04T09:00:00+08:00"`)
}

// MarshalInt writes a whole number.
func MarshalInt(n int) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Itoa(n)) })
}

// UnmarshalInt reads a whole number of 32 bits, which is what GraphQL's Int is.
func UnmarshalInt(v any) (int, error) {
	var n int64
	switch value := v.(type) {
	case int64:
		n = value
	case int:
		n = int64(value)
	case fmt.Stringer: // json.Number
		var err error
		if n, err = strconv.ParseInt(value.String(), 10, 32); err != nil {
			return 0, invalid(v, intRange)
		}
	default:
		return 0, invalid(v, intRange)
	}
	if n < math.MinInt32 || n > math.MaxInt32 {
		return 0, invalid(v, intRange)
	}
	return int(n), nil
}

const intRange = "-2147483648 … 2147483647"

func quoted(text string) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(text)) })
}

// invalid shows at most a few words of what was sent.
func invalid(v any, want string) error {
	text := []rune(fmt.Sprint(v))
	if len(text) > 50 {
		text = append(text[:50], '…')
	}
	return fault.New(fault.Invalid, "value", string(text), "want", want)
}
