package exact_test

import (
	"math"
	"math/big"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/exact"
)

// edgy draws whole numbers that lie around every limit of a machine word.
func edgy() *rapid.Generator[int64] {
	edges := []int64{0, 1, -1, 2, 10, math.MaxInt32, math.MinInt32, 1 << 31, 1<<31 + 1, 3037000499, 3037000500, math.MaxInt64, math.MaxInt64 - 1, math.MinInt64, math.MinInt64 + 1}
	return rapid.OneOf(rapid.SampledFrom(edges), rapid.Int64(), rapid.Int64Range(-1000, 1000))
}

// rational reads a number back into the library that knows no limit.
func rational(t *rapid.T, n exact.Number) *big.Rat {
	r, ok := new(big.Rat).SetString(n.String())
	if !ok {
		t.Fatalf("%q is no rational", n)
	}
	return r
}

// Two words or as many as it takes: the result is the same, to the last digit,
// on both sides of every limit.
func TestSmallAndWideNumbersAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		den := func(label string) int64 {
			return edgy().Filter(func(i int64) bool { return i != 0 }).Draw(t, label)
		}
		a, b, c, d := edgy().Draw(t, "a"), den("b"), edgy().Draw(t, "c"), den("d")
		x, y := big.NewRat(a, b), big.NewRat(c, d)
		n, m := exact.Ratio(a, b), exact.Ratio(c, d)
		same := func(what string, have exact.Number, want *big.Rat) {
			if rational(t, have).Cmp(want) != 0 {
				t.Fatalf("%s of %s and %s is %s, want %s", what, x, y, have, want)
			}
		}
		same("sum", n.Add(m), new(big.Rat).Add(x, y))
		same("difference", n.Sub(m), new(big.Rat).Sub(x, y))
		same("product", n.Mul(m), new(big.Rat).Mul(x, y))
		same("negation", n.Neg(), new(big.Rat).Neg(x))
		if n.MultipleOf(m) != (c == 0 || new(big.Rat).Quo(x, y).IsInt()) {
			t.Fatalf("%s as a multiple of %s: %v", x, y, n.MultipleOf(m))
		}
		if c != 0 {
			same("quotient", n.Quo(m), new(big.Rat).Quo(x, y))
		}
		if n.Cmp(m) != x.Cmp(y) || n.Sign() != x.Sign() || n.IsInt() != x.IsInt() {
			t.Fatalf("%s and %s: order, sign or wholeness differ", x, y)
		}
		if i, ok := n.Int64(); ok != (x.IsInt() && x.Num().IsInt64()) || ok && i != x.Num().Int64() {
			t.Fatalf("%s as a whole number is %d, %v", x, i, ok)
		}
	})
}

// What is printed is what the other library prints of the rounded number, the
// sign of a zero aside.
func TestSmallAndWideNumbersPrintAlike(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		den := edgy().Filter(func(i int64) bool { return i != 0 }).Draw(t, "den")
		n := exact.Ratio(edgy().Draw(t, "num"), den)
		decimals := rapid.IntRange(0, 20).Draw(t, "decimals")
		want := rational(t, n.Round(decimals, exact.HalfUp)).FloatString(decimals)
		if have := n.Fixed(decimals); have != want {
			t.Fatalf("%s with %d decimals is %q, want %q", n, decimals, have, want)
		}
	})
}

// A number has one form, however it came about, so that comparing structures
// compares numbers.
func TestANumberHasOneForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, m := exact.Int(edgy().Draw(t, "n")), exact.Int(edgy().Draw(t, "m"))
		if back := n.Mul(m).Add(m).Sub(m); m.Sign() != 0 && !reflect.DeepEqual(back.Quo(m), n) {
			t.Fatalf("there and back, %s is another value", n)
		}
		if read := exact.Must(n.String()); !reflect.DeepEqual(read, n) {
			t.Fatalf("%s reads back as another value", n)
		}
	})
}

// Adding many at once, and their mean, come to the same as one after the other.
func TestSumsOfManyAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		dens := rapid.OneOf(rapid.Int64Range(1, 80), edgy().Filter(func(i int64) bool { return i != 0 }))
		ns := make([]exact.Number, rapid.IntRange(1, 8).Draw(t, "n"))
		want, folded := new(big.Rat), exact.Number{}
		for i := range ns {
			num, den := edgy().Draw(t, "num"), dens.Draw(t, "den")
			ns[i] = exact.Ratio(num, den)
			want.Add(want, big.NewRat(num, den))
			folded = folded.Add(ns[i])
		}
		sum, mean := exact.Sum(ns...), exact.Mean(ns...)
		if rational(t, sum).Cmp(want) != 0 || !reflect.DeepEqual(folded, sum) {
			t.Fatalf("the sum of %v is %s, want %s", ns, sum, want)
		}
		if want.Quo(want, big.NewRat(int64(len(ns)), 1)); rational(t, mean).Cmp(want) != 0 || !reflect.DeepEqual(folded.Quo(exact.Int(int64(len(ns)))), mean) {
			t.Fatalf("the mean of %v is %s, want %s", ns, mean, want)
		}
	})
}

// A number of so many decimals is a whole number of their power of ten, and
// nothing else is.
func TestScaled(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		num, den := edgy().Draw(t, "num"), rapid.Int64Range(1, 2000).Draw(t, "den")
		decimals := rapid.IntRange(-1, 20).Draw(t, "decimals")
		scaled, ok := exact.Ratio(num, den).Scaled(decimals)
		want := new(big.Rat).Mul(big.NewRat(num, den), new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(decimals, 0))), nil)))
		fits := decimals >= 0 && want.IsInt() && want.Num().IsInt64()
		if ok && (!fits || want.Num().Int64() != scaled) || !ok && fits && decimals <= 9 && num > -1e9 && num < 1e9 {
			t.Fatalf("%d/%d with %d decimals is %d, %v; want %s", num, den, decimals, scaled, ok, want)
		}
	})
}
