package contest_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"leitai/internal/contest"
)

// Inputs and results are kept as JSON between computing and publishing; what is
// read back must seal to the same bytes.
func TestInputsAndResultsSurviveStorage(t *testing.T) {
	t.Parallel()
	rounds := rapid.Custom(drawPlain)
	inputs := []contest.Input{sealable(), judgedBy(sealable(), "J7", "95")}
	for seed := range 4 {
		inputs = append(inputs, rounds.Example(seed).input())
	}
	for _, in := range inputs {
		result := compute(t, in)
		var storedInput contest.Input
		var storedResult contest.Result
		through(t, in, &storedInput)
		through(t, result, &storedResult)
		b, err := contest.Seal(storedInput, &storedResult, contest.NewSigner("2023", key("township")), contest.Sealed)
		if err != nil {
			t.Fatal(err)
		}
		if want := seal(t, in, contest.Sealed, "township"); b.Hash != want.Hash {
			t.Errorf("the stored round seals to %s, the computed one to %s", b.Hash, want.Hash)
		}
	}
}

// through writes a value as JSON and reads it into another.
func through(t *testing.T, from, into any) {
	t.Helper()
	data, err := json.Marshal(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}
