// Package exact owns numbers that never lose a digit: rational arithmetic for
// every mark, weight and total, and the one place where rounding happens.
//
// It does not own what is rounded or when (templates say so), and knows no
// units. There is no floating point here or in any room built on it.
package exact

import (
	"fmt"
	"math"
	"math/big"
	"strings"
)

// Number is an exact rational number. The zero value is 0; a Number is never
// changed after it is made, so it may be shared and compared with Cmp.
type Number struct {
	num   int64    // of a number that fits two machine words, with …
	under int64    // … its denominator less one, so that the zero value is 0/1
	wide  *big.Rat // of any other; never changed
}

// Int makes the number i.
func Int(i int64) Number {
	if i == math.MinInt64 {
		return narrow(new(big.Rat).SetInt64(i))
	}
	return Number{num: i}
}

// Ratio makes num/den in lowest terms; den must not be 0.
func Ratio(num, den int64) Number {
	if den > 0 && num != math.MinInt64 {
		return small(num, den)
	}
	return narrow(big.NewRat(num, den))
}

// maxDigits bounds what Parse accepts, so that a hostile exponent or a long
// digit string cannot cost memory.
const maxDigits = 200

// Parse reads a decimal ("93.5", "-0.25"), a percentage ("40%" is 2/5) or a
// fraction of whole numbers ("1/3"). All digits are decimal: a leading zero
// ("010/3") means nothing. Exponents, spaces, a percentage of a fraction, and
// more than 200 characters are errors.
func Parse(s string) (Number, error) {
	body, percent := strings.CutSuffix(s, "%")
	num, den, fraction := strings.Cut(body, "/")
	whole, point, decimal := strings.Cut(strings.TrimPrefix(num, "-"), ".")
	if len(s) > maxDigits || !isDigits(whole) || decimal != isDigits(point) || fraction != isDigits(den) || fraction && (decimal || percent) {
		return Number{}, notANumber(s)
	}
	if n, ok := parseSmall(num, whole, point); ok && !fraction && !percent {
		return n, nil
	}
	r, ok := new(big.Rat).SetString(num) // without a slash it reads decimal digits only
	if !ok {
		return Number{}, notANumber(s)
	}
	if fraction {
		d, ok := new(big.Int).SetString(den, 10)
		if !ok || d.Sign() == 0 {
			return Number{}, notANumber(s)
		}
		r.Quo(r, new(big.Rat).SetInt(d))
	}
	if percent {
		r.Quo(r, big.NewRat(100, 1))
	}
	return narrow(r), nil
}

// parseSmall reads a decimal whose digits fit a machine word.
func parseSmall(sign, whole, point string) (Number, bool) {
	if len(whole)+len(point) >= len(powers) {
		return Number{}, false
	}
	var num int64
	for _, digits := range [2]string{whole, point} {
		for i := range len(digits) {
			num = num*10 + int64(digits[i]-'0')
		}
	}
	if sign[0] == '-' {
		num = -num
	}
	return small(num, powers[len(point)]), true
}

// isDigits reports whether s is one or more ASCII digits.
func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// notANumber names the offending text, cut short.
func notANumber(s string) error {
	if len(s) > maxDigits {
		s = s[:maxDigits/4] + "…"
	}
	return fmt.Errorf("exact: %q is not a decimal, a percentage or a fraction", s)
}

// Must is Parse for constants of the program; it panics on an error.
func Must(s string) Number {
	n, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return n
}

// Add gives n + m.
func (n Number) Add(m Number) Number {
	if bothSmall(n, m) {
		if sum, ok := addSmall(n, m); ok {
			return sum
		}
	}
	return narrow(new(big.Rat).Add(n.rat(), m.rat()))
}

// Sub gives n − m.
func (n Number) Sub(m Number) Number { return n.Add(m.Neg()) }

// Mul gives n · m.
func (n Number) Mul(m Number) Number {
	if bothSmall(n, m) {
		if product, ok := mulSmall(n, m); ok {
			return product
		}
	}
	return narrow(new(big.Rat).Mul(n.rat(), m.rat()))
}

// Quo gives n / m; it panics when m is 0, which its callers rule out.
func (n Number) Quo(m Number) Number {
	if bothSmall(n, m) && m.num != 0 {
		inverse := Number{num: m.den(), under: int64(magnitude(m.num)) - 1}
		if m.num < 0 {
			inverse.num = -inverse.num
		}
		if quotient, ok := mulSmall(n, inverse); ok {
			return quotient
		}
	}
	return narrow(new(big.Rat).Quo(n.rat(), m.rat()))
}

// MultipleOf reports whether n is a whole number of steps; a step of 0 is no
// step, and everything is a multiple of it.
func (n Number) MultipleOf(step Number) bool {
	if step.Sign() == 0 {
		return true
	}
	if bothSmall(n, step) { // in lowest terms: what n is parted into parts the step, and n counts whole steps of it
		return step.den()%n.den() == 0 && n.num%step.num == 0
	}
	return n.Quo(step).IsInt()
}

// Neg gives −n.
func (n Number) Neg() Number {
	if n.wide == nil {
		return Number{num: -n.num, under: n.under}
	}
	return narrow(new(big.Rat).Neg(n.wide))
}

// Cmp gives −1, 0 or 1 as n is less than, equal to or greater than m.
func (n Number) Cmp(m Number) int {
	if bothSmall(n, m) {
		return cmpSmall(n, m)
	}
	return n.rat().Cmp(m.rat())
}

// Equal reports whether n and m are the same number.
func (n Number) Equal(m Number) bool { return n.Cmp(m) == 0 }

// Sign gives −1, 0 or 1.
func (n Number) Sign() int {
	if n.wide == nil {
		return order(n.num < 0, n.num > 0)
	}
	return n.wide.Sign()
}

// IsInt reports whether n is a whole number.
func (n Number) IsInt() bool {
	if n.wide == nil {
		return n.under == 0
	}
	return n.wide.IsInt()
}

// Int64 gives the whole number n and true, or false when n is no whole number
// or does not fit.
func (n Number) Int64() (int64, bool) {
	if n.wide == nil && n.under == 0 {
		return n.num, true
	}
	r := n.rat()
	if !r.IsInt() || !r.Num().IsInt64() {
		return 0, false
	}
	return r.Num().Int64(), true
}

// Sum adds numbers; the sum of none is 0.
func Sum(ns ...Number) Number {
	num, den, rest := sumSmall(ns)
	total := small(num, den)
	for _, n := range rest {
		total = total.Add(n)
	}
	return total
}

// Mean is the sum of at least one number, divided by how many they are.
func Mean(ns ...Number) Number {
	num, den, rest := sumSmall(ns)
	if den, ok := times(den, int64(len(ns))); ok && len(rest) == 0 {
		return small(num, den)
	}
	return Sum(ns...).Quo(Int(int64(len(ns))))
}
