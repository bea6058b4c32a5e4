package exact_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"leitai/internal/exact"

	"pgregory.net/rapid"
)

// anyNumber draws decimals, fractions and whole numbers, small and huge.
func anyNumber() *rapid.Generator[exact.Number] {
	return rapid.Custom(func(t *rapid.T) exact.Number {
		num := rapid.OneOf(rapid.Int64Range(-200, 200), rapid.Int64()).Draw(t, "num")
		den := rapid.OneOf(rapid.SampledFrom([]int64{1, 2, 3, 4, 5, 8, 10, 25, 100, 300, 1000}), rapid.Int64Range(1, 1<<62)).Draw(t, "den")
		return exact.Ratio(num, den)
	})
}

func ratOf(n exact.Number) *big.Rat {
	r, ok := new(big.Rat).SetString(n.String())
	if !ok {
		panic("not a rational: " + n.String())
	}
	return r
}

func TestNumbersAreARing(t *testing.T) {
	t.Parallel()
	zero, one := exact.Number{}, exact.Int(1)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyNumber().Draw(t, "a"), anyNumber().Draw(t, "b"), anyNumber().Draw(t, "c")
		for law, holds := range map[string]bool{
			"a+b = b+a":       a.Add(b).Equal(b.Add(a)),
			"(a+b)+c":         a.Add(b).Add(c).Equal(a.Add(b.Add(c))),
			"a+0 = a":         a.Add(zero).Equal(a) && zero.Add(a).Equal(a),
			"a−a = 0":         a.Sub(a).Equal(zero) && a.Add(a.Neg()).Sign() == 0,
			"a−b = a+(−b)":    a.Sub(b).Equal(a.Add(b.Neg())),
			"a·b = b·a":       a.Mul(b).Equal(b.Mul(a)),
			"(a·b)·c":         a.Mul(b).Mul(c).Equal(a.Mul(b.Mul(c))),
			"a·1 = a, a·0 =0": a.Mul(one).Equal(a) && a.Mul(zero).Equal(zero),
			"a·(b+c)":         a.Mul(b.Add(c)).Equal(a.Mul(b).Add(a.Mul(c))),
			"(a/b)·b = a":     b.Sign() == 0 || a.Quo(b).Mul(b).Equal(a),
			"sum":             exact.Sum(a, b, c).Equal(a.Add(b).Add(c)) && exact.Sum().Equal(zero),
			"order":           a.Cmp(b) == -b.Cmp(a) && a.Cmp(b) == a.Sub(b).Sign() && (a.Cmp(b) > 0) == (a.Add(c).Cmp(b.Add(c)) > 0),
		} {
			if !holds {
				t.Fatalf("%s fails for %v, %v, %v", law, a, b, c)
			}
		}
	})
}

func TestArithmeticChangesNoOperand(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyNumber().Draw(t, "a"), anyNumber().Draw(t, "b")
		before := a.String() + " " + b.String()
		a.Add(b)
		a.Sub(b)
		a.Mul(b)
		a.Neg()
		a.Floor()
		a.Ceil()
		a.Round(2, exact.HalfUp)
		exact.Sum(a, b, a)
		if b.Sign() != 0 {
			a.Quo(b)
		}
		if after := a.String() + " " + b.String(); after != before {
			t.Fatalf("%s became %s", before, after)
		}
	})
}

func TestParse(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]exact.Number{
		"0": exact.Int(0), "-0": exact.Int(0), "93.5": exact.Ratio(187, 2), "-0.25": exact.Ratio(-1, 4), "100": exact.Int(100),
		"40%": exact.Ratio(2, 5), "-12.5%": exact.Ratio(-1, 8), "0%": exact.Int(0), "1/3": exact.Ratio(1, 3), "-2/6": exact.Ratio(-1, 3),
		"007.50": exact.Ratio(15, 2), "010": exact.Int(10), "0.10": exact.Ratio(1, 10),
		"010/3": exact.Ratio(10, 3), "1/010": exact.Ratio(1, 10), "08/9": exact.Ratio(8, 9), "-09/010": exact.Ratio(-9, 10), // no octal
	} {
		if got, err := exact.Parse(s); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v; want %v", s, got, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", " ", "%", "-", "--1", "+1", "1-", "1-2", ".", ".5", "-.5", "5.", "-5.", "1.2.3", "1..2", "/", "1/", "/2", "1/2/3", "1/0", "0/0", "1/-2", "1.5/2", "1/2.5",
		"1e5", "1E5", "1p2", "0x10", "0b1", "0o7", "1_000", "1,000", "1 000", " 1", "1 ", "1\n", "40 %", "40%%", "%40", "NaN", "Inf", "-Inf", "null",
		"５", "٣", "½", "一", "1/3%", strings.Repeat("9", 201), "0." + strings.Repeat("0", 300) + "1", strings.Repeat("9", 10<<20), "1e999999999", "-%", "-/2", "\x001",
	} {
		if got, err := exact.Parse(s); err == nil {
			t.Errorf("%.40q was read as %.40v", s, got)
		} else if len(err.Error()) > 300 {
			t.Errorf("the error about %.40q has %d bytes", s, len(err.Error()))
		}
	}
}

func TestStringReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := anyNumber().Draw(t, "a")
		back, err := exact.Parse(a.String())
		if err != nil || !back.Equal(a) {
			t.Fatalf("%v reads back as %v, %v", a, back, err)
		}
		data, err := json.Marshal(a)
		if err != nil || data[0] != '"' {
			t.Fatalf("%v in JSON is %s, %v", a, data, err)
		}
		var fromJSON exact.Number
		if err := json.Unmarshal(data, &fromJSON); err != nil || !fromJSON.Equal(a) {
			t.Fatalf("%s reads back as %v, %v", data, fromJSON, err)
		}
	})
}

func TestStringIsTheShortestDecimalOrAFraction(t *testing.T) {
	t.Parallel()
	for want, n := range map[string]exact.Number{
		"0": {}, "93.5": exact.Must("93.50"), "100": exact.Must("100.000"), "-0.125": exact.Ratio(-1, 8), "1/3": exact.Ratio(2, 6), "-7/12": exact.Ratio(7, -12),
		"0.0009765625": exact.Ratio(1, 1024), "1200": exact.Int(1200), "0.4": exact.Must("40%"),
	} {
		if got := n.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	var list []exact.Number
	if err := json.Unmarshal([]byte(`["93.5", 0.1, -3, "1/3", 100.00]`), &list); err != nil || fmt.Sprint(list) != "[93.5 0.1 -3 1/3 100]" {
		t.Errorf("%v, %v", list, err)
	}
	for _, bad := range []string{`"x"`, `1e2`, `null`, `true`, `""`, `{}`, `[1]`, `"1\n"`} {
		n := exact.Int(7)
		if err := json.Unmarshal([]byte(bad), &n); err == nil || !n.Equal(exact.Int(7)) {
			t.Errorf("%s became %v, %v", bad, n, err)
		}
	}
}

func TestWholeNumbers(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int64{"5": 5, "-5.0": -5, "10/2": 5, "9223372036854775807": 1<<63 - 1, "-9223372036854775808": -1 << 63} {
		if got, ok := exact.Must(s).Int64(); !ok || got != want || !exact.Must(s).IsInt() {
			t.Errorf("%s: %d, %v", s, got, ok)
		}
	}
	for _, s := range []string{"0.5", "1/3", "9223372036854775808", "-9223372036854775809"} {
		if got, ok := exact.Must(s).Int64(); ok || got != 0 {
			t.Errorf("%s: %d", s, got)
		}
	}
}

func TestWhatPanics(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]func(){
		"division by zero": func() { exact.Int(1).Quo(exact.Number{}) }, "a ratio over zero": func() { exact.Ratio(1, 0) },
		"a constant that is no number": func() { exact.Must("x") }, "an unknown rounding mode": func() { exact.Int(1).Round(2, "up") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error(name, "does not panic")
				}
			}()
			f()
		}()
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"93.5", "-0.25", "40%", "1/3", "010/3", "1/0", "1e5", ".5", "", "-", "0x1", "9999999999999999999999/7"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := exact.Parse(s)
		if err != nil {
			return
		}
		if strings.Trim(s, "0123456789.-/%") != "" {
			t.Errorf("%q was read as %v", s, n)
		}
		// big.Rat reads a decimal as it is meant; a fraction's halves are decimals without a point.
		body, percent := strings.CutSuffix(s, "%")
		num, den, _ := strings.Cut(body, "/")
		want, _ := new(big.Rat).SetString(num)
		if d, ok := new(big.Int).SetString(den, 10); ok {
			want.Quo(want, new(big.Rat).SetInt(d))
		}
		if percent {
			want.Quo(want, big.NewRat(100, 1))
		}
		if ratOf(n).Cmp(want) != 0 {
			t.Errorf("%q was read as %v, not %v", s, n, want)
		}
	})
}
