package data

import (
	"crypto/ed25519"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/round"
)

// A township's year: 12 rounds of some 18 villages, 20 items and 2 judges.
func BenchmarkPlay(b *testing.B) {
	plan, err := program(20, 2, 12, 0)
	if err != nil {
		b.Fatal(err)
	}
	seal := round.SealWith(contest.NewSigner("bench", ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))))
	town := settle(1./1360, 1).townships[0]
	for b.Loop() {
		if _, err := play(b.Context(), town, plan, seal); err != nil {
			b.Fatal(err)
		}
	}
}
