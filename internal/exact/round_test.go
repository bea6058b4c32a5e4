package exact_test

import (
	"math/big"
	"strings"
	"testing"

	"leitai/internal/exact"

	"pgregory.net/rapid"
)

func TestRoundEdges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n                 string
		decimals          int
		halfUp, even, low string
	}{
		{"2.5", 0, "3", "2", "2"},
		{"3.5", 0, "4", "4", "3"},
		{"-2.5", 0, "-3", "-2", "-2"},
		{"-3.5", 0, "-4", "-4", "-3"},
		{"0.5", 0, "1", "0", "0"},
		{"-0.5", 0, "-1", "0", "0"},
		{"0.005", 2, "0.01", "0", "0"},
		{"0.015", 2, "0.02", "0.02", "0.01"},
		{"-0.005", 2, "-0.01", "0", "0"},
		{"1.005", 2, "1.01", "1", "1"}, // binary floating point gives 1.00
		{"2.675", 2, "2.68", "2.68", "2.67"},
		{"92.345", 2, "92.35", "92.34", "92.34"},
		{"0.0049999999999999999999", 2, "0", "0", "0"},
		{"0.0050000000000000000001", 2, "0.01", "0.01", "0"},
		{"99.995", 2, "100", "100", "99.99"},
		{"1/3", 2, "0.33", "0.33", "0.33"},
		{"2/3", 2, "0.67", "0.67", "0.66"},
		{"-2/3", 2, "-0.67", "-0.67", "-0.66"},
		{"1/3", 0, "0", "0", "0"},
		{"7", 2, "7", "7", "7"},
		{"0", 2, "0", "0", "0"},
	} {
		n := exact.Must(c.n)
		got := []string{n.Round(c.decimals, exact.HalfUp).String(), n.Round(c.decimals, exact.HalfEven).String(), n.Round(c.decimals, exact.Down).String()}
		if want := []string{c.halfUp, c.even, c.low}; strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s to %d decimals: %v, want %v", c.n, c.decimals, got, want)
		}
	}
}

// Golden totals that differ by 1/300 are one published total (Q11's reason).
func TestATieThatExistsOnlyAfterRounding(t *testing.T) {
	t.Parallel()
	a, b := exact.Must("84.29"), exact.Must("84.29").Add(exact.Ratio(1, 300))
	if a.Equal(b) || !a.Round(2, exact.HalfUp).Equal(b.Round(2, exact.HalfUp)) {
		t.Errorf("%v and %v", a, b)
	}
}

// reference rounds by comparing the distances to both neighbours, without any
// of the product's arithmetic.
func reference(n *big.Rat, decimals int, mode exact.Mode) *big.Rat {
	unit := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
	units := new(big.Rat).Quo(n, unit)
	floor := new(big.Int).Div(units.Num(), units.Denom())
	low := new(big.Rat).Mul(new(big.Rat).SetInt(floor), unit)
	high := new(big.Rat).Add(low, unit)
	if low.Cmp(n) == 0 {
		return low
	}
	near, far := low, high // near: towards zero
	if n.Sign() < 0 {
		near, far = high, low
	}
	if mode == exact.Down {
		return near
	}
	toLow, toHigh := new(big.Rat).Sub(n, low), new(big.Rat).Sub(high, n)
	switch toLow.Cmp(toHigh) {
	case -1:
		return low
	case 1:
		return high
	}
	if mode == exact.HalfUp {
		return far
	}
	if floor.Bit(0) == 0 {
		return low
	}
	return high
}

func TestRoundAgreesWithItsDefinition(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, decimals := anyNumber().Draw(t, "n"), rapid.IntRange(0, 6).Draw(t, "decimals")
		if rapid.Bool().Draw(t, "halfway") { // a number that is exactly between two neighbours
			n = exact.Int(rapid.Int64Range(-1000, 1000).Draw(t, "k")).Mul(exact.Int(2)).Add(exact.Int(1)).Quo(exact.Int(2))
			for range decimals {
				n = n.Quo(exact.Int(10))
			}
		}
		for _, mode := range exact.Modes() {
			got := n.Round(decimals, mode)
			if want := reference(ratOf(n), decimals, mode); ratOf(got).Cmp(want) != 0 {
				t.Fatalf("%v to %d decimals, %s: %v, want %v", n, decimals, mode, got, want)
			}
			if !got.Round(decimals, mode).Equal(got) || !n.Neg().Round(decimals, mode).Equal(got.Neg()) {
				t.Fatalf("%v to %d decimals, %s: rounding twice or the negative differs", n, decimals, mode)
			}
		}
	})
}

func TestRoundKeepsOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyNumber().Draw(t, "a"), anyNumber().Draw(t, "b")
		for _, mode := range exact.Modes() {
			if c := a.Round(2, mode).Cmp(b.Round(2, mode)); c != 0 && c != a.Cmp(b) {
				t.Fatalf("%s swaps %v and %v", mode, a, b)
			}
		}
	})
}

func TestFloorAndCeil(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][2]string{
		"2.5": {"2", "3"}, "-2.5": {"-3", "-2"}, "3": {"3", "3"}, "-3": {"-3", "-3"}, "0": {"0", "0"}, "1/3": {"0", "1"}, "-1/3": {"-1", "0"},
		"1.6": {"1", "2"}, // 40% of 4 seats: at most 1
		"3.6": {"3", "4"}, // 30% of 12 persons: at least 4
	} {
		n := exact.Must(s)
		if got := [2]string{n.Floor().String(), n.Ceil().String()}; got != want {
			t.Errorf("%s: %v, want %v", s, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := anyNumber().Draw(t, "n")
		low, high := n.Floor(), n.Ceil()
		if !low.IsInt() || low.Cmp(n) > 0 || high.Cmp(n) < 0 || high.Sub(low).Cmp(exact.Int(1)) > 0 || n.IsInt() != low.Equal(high) {
			t.Fatalf("%v lies between %v and %v", n, low, high)
		}
	})
}

func TestFixed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n        string
		decimals int
		want     string
	}{
		{"93.5", 2, "93.50"}, {"100", 0, "100"}, {"1/3", 4, "0.3333"}, {"2/3", 4, "0.6667"}, {"-0.001", 2, "0.00"}, {"-0.005", 2, "-0.01"}, {"0", 2, "0.00"}, {"99.995", 2, "100.00"},
	} {
		if got := exact.Must(c.n).Fixed(c.decimals); got != c.want {
			t.Errorf("%s with %d decimals: %s, want %s", c.n, c.decimals, got, c.want)
		}
	}
}
