package golden

import (
	"crypto/ed25519"
	"crypto/sha256"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/exact"
)

// checkBundles seals every month in both forms, verifies what came out, and
// adds every village's trace up to its published total, as printed.
func (c *arenaCase) checkBundles(t *testing.T, base played) {
	t.Helper()
	seed := sha256.Sum256([]byte("golden"))
	signer := contest.NewSigner("golden", ed25519.NewKeyFromSeed(seed[:]))
	trust := contest.Trust{Fingerprints: []string{contest.Fingerprint(signer.PublicKey())}}
	for i, month := range c.Months {
		for _, form := range []contest.Form{contest.Sealed, contest.Public} {
			b, err := contest.Seal(base.inputs[i], base.results[i], signer, form)
			if err != nil {
				t.Fatalf("%s %s: %v", month, form, err)
			}
			report, err := contest.Verify(b.Bytes, trust)
			if err != nil {
				t.Fatalf("%s %s: %v", month, form, err)
			}
			for k, trace := range report.Result.Traces {
				if got, want := printed(trace), report.Result.Standings[k].Total; !got.Equal(want) {
					t.Errorf("%s %s: the printed trace of %s sums to %s, published is %s", month, form, trace.Subject, got, want)
				}
			}
		}
	}
}

// printed sums the shown values of the lines that make a total.
func printed(trace contest.Trace) exact.Number {
	var sum exact.Number
	for _, l := range trace.Lines {
		if l.Kind == contest.LineItem || l.Kind == contest.LineRounding {
			sum = sum.Add(exact.Must(l.Shown))
		}
	}
	return sum
}
