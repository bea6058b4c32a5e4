package graphtest_test

import (
	"testing"

	"leitai/internal/exact"
)

func numberOf(t *testing.T, text string) exact.Number {
	t.Helper()
	n, err := exact.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func sumOf(t *testing.T, texts []string) exact.Number {
	t.Helper()
	var sum exact.Number
	for _, text := range texts {
		sum = sum.Add(numberOf(t, text))
	}
	return sum
}
