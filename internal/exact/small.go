package exact

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
)

// Most numbers of a contest are small fractions. They are kept as two machine
// words, and every operation that would not fit falls back to math/big, so that
// no digit is lost and no caller knows the difference. A value has one form
// only: whatever fits is small.

// small makes num/den in lowest terms; den is above 0 and num above the least
// int64.
func small(num, den int64) Number {
	if den == 1 {
		return Number{num: num}
	}
	if g := gcd(magnitude(num), uint64(den)); g > 1 {
		num, den = num/int64(g), den/int64(g)
	}
	return Number{num: num, under: den - 1}
}

// narrow keeps a rational as small as it is.
func narrow(r *big.Rat) Number {
	if r.Num().IsInt64() && r.Denom().IsInt64() && r.Num().Int64() != math.MinInt64 {
		return Number{num: r.Num().Int64(), under: r.Denom().Int64() - 1}
	}
	return Number{wide: r}
}

// den is the denominator of a small number.
func (n Number) den() int64 { return n.under + 1 }

// rat gives the number as a rational that the caller may not change.
func (n Number) rat() *big.Rat {
	if n.wide != nil {
		return n.wide
	}
	return big.NewRat(n.num, n.den())
}

// bothSmall reports whether an operation may try the short way.
func bothSmall(n, m Number) bool { return n.wide == nil && m.wide == nil }

// magnitude is the absolute value.
func magnitude(i int64) uint64 {
	if i < 0 {
		return uint64(-i)
	}
	return uint64(i)
}

// gcd is the greatest common divisor; that of 0 and b is b.
func gcd(a, b uint64) uint64 {
	for a != 0 {
		a, b = b%a, a
	}
	return b
}

// times multiplies; false when the product does not fit.
func times(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	if high != 0 || low > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(low), true
	}
	return int64(low), true
}

// plus adds; false when the sum does not fit.
func plus(a, b int64) (int64, bool) {
	sum := a + b
	if (a > 0 && b > 0 && sum < 0) || (a < 0 && b < 0 && sum >= 0) || sum == math.MinInt64 {
		return 0, false
	}
	return sum, true
}

// addSmall adds two small numbers; false when the sum may not fit.
func addSmall(n, m Number) (Number, bool) {
	switch {
	case n.num == 0:
		return m, true
	case m.num == 0:
		return n, true
	case n.under == m.under:
		sum, ok := plus(n.num, m.num)
		return small(sum, n.den()), ok
	}
	shared := int64(gcd(uint64(n.den()), uint64(m.den())))
	left, okLeft := times(n.num, m.den()/shared)
	right, okRight := times(m.num, n.den()/shared)
	den, okDen := times(n.den(), m.den()/shared)
	if !okLeft || !okRight || !okDen {
		return Number{}, false
	}
	sum, ok := plus(left, right)
	return small(sum, den), ok
}

// sumSmall adds numbers over one denominator, which is put into lowest terms by
// the caller, once; rest are those from the first on that does not fit.
func sumSmall(ns []Number) (num, den int64, rest []Number) {
	den = 1
	for i, n := range ns {
		if n.wide != nil {
			return num, den, ns[i:]
		}
		left, right, both := num, n.num, den
		okLeft, okRight, okDen := true, true, true
		if d := n.den(); d != den {
			shared := int64(gcd(uint64(d), uint64(den)))
			left, okLeft = times(num, d/shared)
			right, okRight = times(n.num, den/shared)
			both, okDen = times(den, d/shared)
		}
		sum, ok := plus(left, right)
		if !okLeft || !okRight || !okDen || !ok {
			return num, den, ns[i:]
		}
		num, den = sum, both
	}
	return num, den, nil
}

// mulSmall multiplies two small numbers; false when the product does not fit.
func mulSmall(n, m Number) (Number, bool) {
	across := int64(gcd(magnitude(n.num), uint64(m.den())))
	back := int64(gcd(magnitude(m.num), uint64(n.den())))
	num, ok := times(n.num/across, m.num/back)
	den, fits := times(n.den()/back, m.den()/across)
	if !ok || !fits {
		return Number{}, false
	}
	return Number{num: num, under: den - 1}, true
}

// cmpSmall compares two small numbers; their cross products take two words.
func cmpSmall(n, m Number) int {
	if n.under == m.under || (n.num < 0) != (m.num < 0) {
		return order(n.num < m.num, n.num > m.num)
	}
	high, low := bits.Mul64(magnitude(n.num), uint64(m.den()))
	otherHigh, otherLow := bits.Mul64(magnitude(m.num), uint64(n.den()))
	result := order(high < otherHigh || high == otherHigh && low < otherLow, high > otherHigh || high == otherHigh && low > otherLow)
	if n.num < 0 {
		return -result
	}
	return result
}

func order(less, greater bool) int {
	switch {
	case less:
		return -1
	case greater:
		return 1
	}
	return 0
}

// powers of ten that fit a machine word.
var powers = func() (p [19]int64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

// roundSmall rounds a small number; false when it must go the long way.
func roundSmall(n Number, decimals int, mode Mode) (Number, bool) {
	if decimals < 0 || decimals >= len(powers) {
		return Number{}, false
	}
	scaled, ok := times(n.num, powers[decimals])
	if !ok {
		return Number{}, false
	}
	den := n.den()
	whole, rest := scaled/den, scaled%den
	twice := 2 * magnitude(rest) // fits: the rest is below 2^63
	if mode.up(order(twice < uint64(den), twice > uint64(den)), whole&1 == 1) {
		if scaled < 0 {
			whole--
		} else {
			whole++
		}
	}
	return small(whole, powers[decimals]), true
}

// fixedSmall prints a small number with so many decimals, rounded half-up;
// false when it must go the long way.
func fixedSmall(n Number, decimals int) (string, bool) {
	if n.wide != nil {
		return "", false
	}
	rounded, ok := roundSmall(n, decimals, HalfUp)
	if !ok {
		return "", false
	}
	scaled, ok := times(rounded.num, powers[decimals]/rounded.den())
	if !ok {
		return "", false
	}
	var room [24]byte // a sign, a point and the digits of a machine word
	text := room[:0]
	if scaled < 0 {
		text = append(text, '-')
	}
	unit := uint64(powers[decimals])
	text = strconv.AppendUint(text, magnitude(scaled)/unit, 10)
	if decimals > 0 {
		point := len(text)
		text = strconv.AppendUint(text, unit+magnitude(scaled)%unit, 10) // the leading 1 keeps the zeros
		text[point] = '.'
	}
	return string(text), true
}

// Scaled gives n times a power of ten, for sorting many numbers by machine words;
// false when that is no whole number or does not fit.
func (n Number) Scaled(decimals int) (int64, bool) {
	if n.wide != nil || decimals < 0 || decimals >= len(powers) || powers[decimals]%n.den() != 0 {
		return 0, false
	}
	return times(n.num, powers[decimals]/n.den())
}

// shortest prints a small number with as many decimals as it has; false when it
// has no end, or must go the long way.
func shortest(n Number) (string, bool) {
	if n.wide != nil {
		return "", false
	}
	for decimals := range powers {
		if powers[decimals]%n.den() == 0 {
			return fixedSmall(n, decimals)
		}
	}
	return "", false
}
