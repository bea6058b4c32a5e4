package exact_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
)

// anyFraction draws small fractions of few denominators, and some that leave
// machine words soon.
func anyFraction(t *rapid.T, label string) (exact.Running, exact.Number) {
	num := rapid.OneOf(rapid.Int64Range(-10_000, 10_000), rapid.Int64Range(-math.MaxInt64, math.MaxInt64)).Draw(t, label)
	den := rapid.OneOf(rapid.SampledFrom([]int64{1, 2, 3, 4, 20, 100, 2400}), rapid.Int64Range(1, math.MaxInt64)).Draw(t, label+" of")
	return exact.Fraction(num, den), exact.Ratio(num, den)
}

// Whatever is done to a running sum is what would be done to the number.
func TestARunningSumIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var sum exact.Running
		var want exact.Number
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			f, n := anyFraction(t, "part")
			if rapid.Bool().Draw(t, "as a number") {
				f = exact.Start(n)
			}
			sum.Add(f)
			want = want.Add(n)
			k := rapid.OneOf(rapid.Int64Range(1, 30), rapid.Int64Range(1, math.MaxInt64)).Draw(t, "k")
			times, over := sum.Times(k), sum.Over(k)
			if have := times.Number(); !have.Equal(want.Mul(exact.Int(k))) {
				t.Fatalf("%s times %d is %s", want, k, have)
			}
			if have := over.Number(); !have.Equal(want.Quo(exact.Int(k))) {
				t.Fatalf("%s over %d is %s", want, k, have)
			}
			if n.Sign() != 0 {
				if have := sum.Per(&f); !have.Equal(want.Quo(n)) {
					t.Fatalf("%s per %s is %s", want, n, have)
				}
			}
			if have := sum.Number(); !have.Equal(want) || have != want && have.String() != want.String() {
				t.Fatalf("%s, want %s", have, want)
			}
			decimals := rapid.IntRange(0, 4).Draw(t, "decimals")
			for _, mode := range exact.Modes() {
				if have := sum.Round(decimals, mode); !have.Equal(want.Round(decimals, mode)) {
					t.Fatalf("%s with %d decimals is %s, want %s", want, decimals, have, want.Round(decimals, mode))
				}
			}
			if sum.Sign() != want.Sign() {
				t.Fatalf("the sign of %s is %d", want, sum.Sign())
			}
		}
	})
}

func TestNothingAddedIsZero(t *testing.T) {
	t.Parallel()
	var sum exact.Running
	if sum.Sign() != 0 || sum.Number() != (exact.Number{}) {
		t.Errorf("%s", sum.Number())
	}
	one := exact.Fraction(1, 3)
	sum.Add(one)
	sum.Add(one)
	if sum.Number().String() != "2/3" || one.Number().String() != "1/3" {
		t.Errorf("%s, and what was added is %s", sum.Number(), one.Number())
	}
}
