package exact

// Running is a sum of fractions that is not put in lowest terms at every step:
// as exact as Number and several times as fast where many fractions of few
// denominators are added. What does not fit two machine words goes on as Number.
// The zero value is 0. Unlike a Number it is changed by adding to it.
type Running struct {
	num, under int64 // the denominator is under + 1, and in no lowest terms
	wide       Number
	over       bool // it is wide
}

// Fraction makes num/den, den above 0, without putting it in lowest terms.
func Fraction(num, den int64) Running { return Running{num: num, under: den - 1} }

// Start makes a running sum that begins with n.
func Start(n Number) Running {
	if n.wide == nil {
		return Running{num: n.num, under: n.under}
	}
	return Running{wide: n, over: true}
}

func (r *Running) den() int64 { return r.under + 1 }

// Add adds another one.
func (r *Running) Add(other Running) {
	if !r.over && !other.over && r.addSmall(&other) {
		return
	}
	*r = Running{wide: r.Number().Add(other.Number()), over: true}
}

// addSmall adds in machine words; false, and nothing is changed, where they do
// not do.
func (r *Running) addSmall(other *Running) bool {
	den, add := r.den(), other.den()
	num, more := r.num, other.num
	if den != add {
		var ok, fits, whole bool
		left, right := int64(1), int64(1) // what each is multiplied by
		switch {
		case den%add == 0:
			right = den / add
		case add%den == 0:
			left = add / den
		default:
			shared := int64(gcd(uint64(den), uint64(add)))
			left, right = add/shared, den/shared
		}
		num, ok = times(num, left)
		more, fits = times(more, right)
		den, whole = times(den, left)
		if !ok || !fits || !whole {
			return false
		}
	}
	sum, ok := plus(num, more)
	if ok {
		r.num, r.under = sum, den-1
	}
	return ok
}

// Times gives n times as much; n is 0 or more.
func (r *Running) Times(n int64) Running {
	if !r.over {
		if num, ok := times(r.num, n); ok {
			return Running{num: num, under: r.under}
		}
	}
	return Running{wide: r.Number().Mul(Int(n)), over: true}
}

// Over gives the n-th part; n is above 0.
func (r *Running) Over(n int64) Running {
	if !r.over {
		if den, ok := times(r.den(), n); ok {
			return Running{num: r.num, under: den - 1}
		}
	}
	return Running{wide: r.Number().Quo(Int(n)), over: true}
}

// Per divides by another one, which is not 0.
func (r *Running) Per(other *Running) Number {
	if !r.over && !other.over && r.under == other.under && other.num > 0 {
		return Ratio(r.num, other.num)
	}
	return r.Number().Quo(other.Number())
}

// Whole gives a sum of whole numbers; false for another one, or where it does not
// fit.
func (r *Running) Whole() (int64, bool) { return r.num, !r.over && r.under == 0 }

// Sign gives −1, 0 or 1.
func (r *Running) Sign() int {
	if r.over {
		return r.wide.Sign()
	}
	return order(r.num < 0, r.num > 0)
}

// Number is what it comes to.
func (r *Running) Number() Number {
	if r.over {
		return r.wide
	}
	return Ratio(r.num, r.den())
}

// Round is Number().Round(decimals, mode), without the lowest terms in between.
func (r *Running) Round(decimals int, mode Mode) Number {
	if !r.over {
		if rounded, ok := roundSmall(Number{num: r.num, under: r.under}, decimals, mode); ok {
			return rounded
		}
	}
	return r.Number().Round(decimals, mode)
}
