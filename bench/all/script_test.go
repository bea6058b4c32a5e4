package main

import (
	"slices"
	"testing"
)

func TestArgumentsBecomeVariablesOfThePgbenchScript(t *testing.T) {
	t.Parallel()
	s := &script{}
	s.line("BEGIN")
	s.line("SELECT f($2, $1)", "a", "b")
	s.line(" SELECT $1::text, $10 ", "c", "", "", "", "", "", "", "", "", "d")
	if want := "BEGIN;\nSELECT f(:v2, :v1);\nSELECT :v3::text, :v12;\n"; s.text.String() != want {
		t.Errorf("%q", s.text.String())
	}
	if len(s.definitions) != 24 || !slices.Equal(s.definitions[:6], []string{"-D", "v1=a", "-D", "v2=b", "-D", "v3=c"}) || s.definitions[23] != "v12=d" {
		t.Errorf("%v", s.definitions)
	}
}

func TestAMedianIsAValueThatWasSeen(t *testing.T) {
	t.Parallel()
	if m := median([]int{9, 1, 5}, itself); m != 5 {
		t.Error(m)
	}
	if m := median([]int{9, 1, 5, 7}, itself); m != 7 {
		t.Error(m)
	}
}
