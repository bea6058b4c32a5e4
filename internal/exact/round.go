package exact

import (
	"fmt"
	"math/big"
	"strings"
)

// Mode says how a number halfway between two neighbours is rounded.
type Mode string

// HalfUp rounds halves away from zero (四舍五入), HalfEven to the even
// neighbour, Down towards zero.
const (
	HalfUp   Mode = "half-up"
	HalfEven Mode = "half-even"
	Down     Mode = "down"
)

// Modes lists the rounding modes a template may name.
func Modes() []Mode { return []Mode{HalfUp, HalfEven, Down} }

// up reports whether a truncated number goes one further from zero: half says
// how what was cut off compares with a half, odd whether the number is odd.
func (m Mode) up(half int, odd bool) bool {
	switch m {
	case HalfUp:
		return half >= 0
	case HalfEven:
		return half > 0 || half == 0 && odd
	case Down:
		return false
	}
	panic("exact: unknown rounding mode " + string(m))
}

// Round gives n rounded to a number of decimals (0 or more).
func (n Number) Round(decimals int, mode Mode) Number {
	if n.wide == nil {
		if rounded, ok := roundSmall(n, decimals, mode); ok {
			return rounded
		}
	}
	pow := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	scaled := new(big.Rat).Mul(n.rat(), new(big.Rat).SetInt(pow))
	whole, rest := new(big.Int).QuoRem(scaled.Num(), scaled.Denom(), new(big.Int))
	twice := new(big.Int).Lsh(new(big.Int).Abs(rest), 1)
	if mode.up(twice.Cmp(scaled.Denom()), whole.Bit(0) == 1) {
		whole.Add(whole, big.NewInt(int64(scaled.Sign())))
	}
	return narrow(new(big.Rat).SetFrac(whole, pow))
}

// Floor gives the greatest whole number that is not above n.
func (n Number) Floor() Number {
	r := n.rat()
	q := new(big.Int).Div(r.Num(), r.Denom()) // Euclidean: floors for a positive divisor
	return narrow(new(big.Rat).SetInt(q))
}

// Ceil gives the least whole number that is not below n.
func (n Number) Ceil() Number { return n.Neg().Floor().Neg() }

// Fixed prints n with exactly so many decimals, rounded half-up; use it on
// numbers that are already rounded, or to show a number that is kept exact.
func (n Number) Fixed(decimals int) string {
	if text, ok := fixedSmall(n, decimals); ok {
		return text
	}
	return n.Round(decimals, HalfUp).rat().FloatString(decimals)
}

// String prints n without loss: the shortest decimal when there is one, else a
// fraction in lowest terms such as "1/3". Parse reads it back, up to the 200
// characters it takes.
func (n Number) String() string {
	if text, ok := shortest(n); ok {
		return text
	}
	r := n.rat()
	places, ok := decimals(r.Denom())
	if !ok {
		return r.String()
	}
	return r.FloatString(places)
}

// decimals tells how many decimals a fraction with this denominator needs, and
// whether a finite number is enough.
func decimals(den *big.Int) (int, bool) {
	twos, fives := 0, 0
	d := new(big.Int).Set(den)
	two, five, rest := big.NewInt(2), big.NewInt(5), new(big.Int)
	for q := new(big.Int); ; twos++ {
		if q.QuoRem(d, two, rest); rest.Sign() != 0 {
			break
		}
		d.Set(q)
	}
	for q := new(big.Int); ; fives++ {
		if q.QuoRem(d, five, rest); rest.Sign() != 0 {
			break
		}
		d.Set(q)
	}
	return max(twos, fives), d.IsInt64() && d.Int64() == 1
}

// MarshalJSON prints the number as a JSON string, because a JSON number would
// be read as a float elsewhere.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(`"` + n.String() + `"`), nil }

// UnmarshalJSON reads a JSON string, or a plain JSON number digit by digit.
func (n *Number) UnmarshalJSON(data []byte) error {
	s := strings.Trim(string(data), `"`)
	parsed, err := Parse(s)
	if err != nil {
		return fmt.Errorf("exact: %w", err)
	}
	*n = parsed
	return nil
}

// HasFraction reports whether n has no finite decimal, such as 1/3.
func (n Number) HasFraction() bool {
	_, finite := decimals(n.rat().Denom())
	return !finite
}
