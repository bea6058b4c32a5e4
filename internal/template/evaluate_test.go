package template

import (
	"maps"
	"strings"
	"testing"

	"leitai/internal/exact"
	"leitai/internal/fault"

	"pgregory.net/rapid"
)

func figures(pairs ...string) map[string]exact.Number {
	all := map[string]exact.Number{}
	for i := 0; i < len(pairs); i += 2 {
		all[pairs[i]] = exact.Must(pairs[i+1])
	}
	return all
}

func TestEvaluate(t *testing.T) {
	t.Parallel()
	known := figures("a", "2", "b", "0.1", "c", "1/3", "zero", "0", "income", "130000", "incomeBefore", "100000")
	for source, want := range map[string]string{
		"1": "1", "0.1 + 0.2": "0.3", "a * b": "0.2", "c * 3": "1", "1 / 3": "1/3", "10 - a - 3": "5", "a + 3 * 4": "14", "(a + 3) * 4": "20", "-a": "-2", "+a": "2",
		"min(a, b, c)": "0.1", "max(a, b, c)": "2", "min(a)": "2", "max(-1, -a)": "-1", "min(10, income / 10000)": "10",
		"a > 1": "1", "a >= 2": "1", "a < 2": "0", "a <= 1.99": "0", "a == 2.0": "1", "a != 2": "0", "1 < a < 3": "1", "1 < a < 2": "0",
		"a > 1 and b > 1": "0", "a > 1 && b < 1": "1", "a > 5 or b < 1": "1", "a > 5 || b > 1": "0", "not (a > 1)": "0", "!zero": "1", "true": "1", "false": "0", "true + true": "2",
		"a > 1 ? 10 : 20": "10", "zero ? 10 : 20": "20", "if a > 5 { 1 } else if a > 1 { 2 } else { 3 }": "2",
		"zero > 0 ? a / zero : 7": "7", "zero == 0 or 1 / zero > 1": "1", "zero != 0 and 1 / zero > 1": "0", "a > 1 ? a : unknown": "2",
		"income - incomeBefore >= 30000 && income >= 100000": "1", "9223372036854775807 + 1": "9223372036854775808", "0.1000000000000000055511151231257827": "0.1000000000000000055511151231257827",
		"/* 收入 */ a + 0.30": "2.3", "a |  max(5)": "5",
	} {
		got, bad := Evaluate(source, known)
		if bad != nil || !got.Equal(exact.Must(want)) {
			t.Errorf("%s = %v, %v; want %s", source, got, bad, want)
		}
	}
}

func TestEvaluateStopsAndNames(t *testing.T) {
	t.Parallel()
	known := figures("a", "2", "zero", "0", "long", strings.Repeat("9", 150), "prime", "1/"+strings.Repeat("7", 120))
	for source, want := range map[string]struct {
		code     fault.Code
		part, at string
	}{
		"a + 1 / zero":                      {fault.FormulaDivision, "1 / zero", "7"},
		"a / (a - 2)":                       {fault.FormulaDivision, "a / (a - 2)", "3"},
		"max(a, visited)":                   {fault.FormulaMetricMissing, "visited", "8"},
		"visited and a > 1":                 {fault.FormulaMetricMissing, "visited", "1"},
		"1 + long * long":                   {fault.FormulaGrows, "long * long", "10"},
		"prime + 1 / " + "13 + prime*prime": {fault.FormulaGrows, "", ""},
	} {
		got, bad := Evaluate(source, known)
		if bad == nil || bad.Code != want.code || want.part != "" && (bad.Args["part"] != want.part || bad.Args["at"] != want.at) || got.Sign() != 0 {
			t.Errorf("%s = %v, %v (%v)", source, got, bad, bad)
		}
	}
}

// A formula that is not allowed is not evaluated either, whoever hands it in.
func TestEvaluateRefusesWhatReadingRefuses(t *testing.T) {
	t.Parallel()
	for _, source := range []string{"", "now()", "a ** 9", "1e9", "0x10", "1_000", ".5", "min()", "a / 0", "a / (1 - 1)", "sum([1])", "repeat(a, 9)", strings.Repeat("1+", 5000) + "1", "a + \xff", `"a" + "b"`, "len(a)"} {
		got, bad := Evaluate(source, figures("a", "1"))
		if bad == nil || bad.Code != fault.TemplateFormula || got.Sign() != 0 {
			t.Errorf("%.40s = %v, %v", source, got, bad)
		}
	}
}

// However it is written, a formula ends within its steps and digits.
func TestEvaluateAlwaysEnds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		known := figures("a", rapid.SampledFrom([]string{"0", "1", "-3", "1/7", strings.Repeat("8", 90)}).Draw(t, "a"), "b", rapid.SampledFrom([]string{"0", "2", "0.001"}).Draw(t, "b"))
		before := maps.Clone(known)
		source := drawFormula(t, 0)
		first, bad := Evaluate(source, known)
		again, badAgain := Evaluate(source, known)
		if !first.Equal(again) || (bad == nil) != (badAgain == nil) || len(first.String()) > maxDigits {
			t.Fatalf("%s: %v, %v and %v, %v", source, first, bad, again, badAgain)
		}
		for k, v := range before {
			if !known[k].Equal(v) {
				t.Fatalf("%s changed %s", source, k)
			}
		}
	})
}

func drawFormula(t *rapid.T, deep int) string {
	if deep > 5 {
		return rapid.SampledFrom([]string{"a", "b", "3", "0.5", "missing"}).Draw(t, "leaf")
	}
	left, right := func() string { return drawFormula(t, deep+1) }, func() string { return drawFormula(t, deep+1) }
	switch rapid.SampledFrom([]string{"leaf", "sign", "call", "if", "not"}).Draw(t, "kind") {
	case "sign":
		return "(" + left() + " " + rapid.SampledFrom(formulaSigns).Draw(t, "sign") + " " + right() + ")"
	case "call":
		return rapid.SampledFrom(formulaFunctions).Draw(t, "call") + "(" + left() + ", " + right() + ")"
	case "if":
		return "(" + left() + " ? " + right() + " : " + left() + ")"
	case "not":
		return "not (" + left() + ")"
	}
	return drawFormula(t, 9)
}
