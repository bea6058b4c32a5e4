package template

import (
	"slices"
	"strings"
	"testing"
)

func TestFormulasThatAreAllowed(t *testing.T) {
	t.Parallel()
	for source, metrics := range map[string][]string{
		"visited >= households":                              {"households", "visited"},
		"min(10, income / 10000)":                            {"income"},
		"max(a, b, 0) - 2.5 * c":                             {"a", "b", "c"},
		"income > 100000 ? 10 : income / 10":                 {"income"},
		"a >= 1 and (b >= 2 or not c)":                       {"a", "b", "c"},
		"-x + 1":                                             {"x"},
		"income - incomeBefore >= 30000 && income >= 100000": {"income", "incomeBefore"},
		"5": nil,
	} {
		got, reason := Formula(source)
		if reason != "" || !slices.Equal(got, metrics) {
			t.Errorf("%s: %v, %q; want %v", source, got, reason, metrics)
		}
	}
}

// A formula has no clock, no loop, no memory, no text and no power.
func TestFormulasThatAreNot(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"now()", "date()", "sum(list)", "all(1..9, # > 1)", "map([1, 2], # * 2)", "let x = 1; x", "a ** 2", "a % 2", "a ^ 2", `"text"`, `a == "b"`,
		"[1, 2]", "{a: 1}", "a.b", "a[0]", "a?.b", "a ?? b", "1..3", "a in b", `a matches "x"`, "len(a)", "$env", "A > 1", "snake_case > 1",
		"abs(a)", "round(a)", "x ? 1", "(", "", "a; b",
	} {
		if metrics, reason := Formula(source); reason == "" {
			t.Errorf("%s is allowed, over %v", source, metrics)
		}
	}
}

// A long formula is refused before anything else is said about it.
func TestFormulaHasABound(t *testing.T) {
	t.Parallel()
	if _, reason := Formula("a" + strings.Repeat(" + a", 90)); reason != "" {
		t.Errorf("90 sums are refused: %s", reason)
	}
	if _, reason := Formula("a" + strings.Repeat(" + a", 200)); reason == "" {
		t.Error("200 sums are allowed")
	}
	if _, reason := Formula(strings.Repeat("(", 1500) + "a" + strings.Repeat(")", 1500)); strings.Contains(reason, "\n") {
		t.Errorf("the reason has several lines: %s", reason)
	}
}
