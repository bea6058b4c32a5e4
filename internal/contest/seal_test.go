package contest_test

import (
	"errors"
	"strings"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/fault"
)

func TestOnlySettledResultsAreSealed(t *testing.T) {
	t.Parallel()
	signer := contest.NewSigner("2023", key("township"))
	gaps := round("2023-04", [3]string{"90", "91", "92"}, [3]string{"80", "81", ""})
	if _, err := contest.Seal(gaps, compute(t, gaps), signer, contest.Sealed); fault.CodeOf(err) != fault.BundleUndecided {
		t.Errorf("with a mark missing: %v", err)
	}
	other := compute(t, seven("2023-05"))
	other.Standings[0].Rank = 2
	if _, err := contest.Seal(seven("2023-05"), other, signer, contest.Public); fault.CodeOf(err) != fault.BundleNotReproduced {
		t.Errorf("with a result of another round: %v", err)
	}
	if _, err := contest.Seal(seven("2023-05"), compute(t, seven("2023-05")), broken{signer}, contest.Sealed); !errors.Is(err, errBroken) {
		t.Errorf("with a signer that fails: %v", err)
	}
}

var errBroken = errors.New("the key is locked")

type broken struct{ contest.Signer }

func (broken) Sign([]byte) ([]byte, error) { return nil, errBroken }

func TestShortHash(t *testing.T) {
	t.Parallel()
	for hash, want := range map[string]string{
		"": "", "ab": "ab", "abcd": "abcd", "abcde": "abcd-e",
		strings.Repeat("0123456789abcdef", 4): "0123-4567-89ab-cdef-0123-4567-89ab-cdef",
	} {
		if got := contest.ShortHash(hash); got != want {
			t.Errorf("%q is printed as %q, want %q", hash, got, want)
		}
	}
}
