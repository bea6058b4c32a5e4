package migrate

import (
	"encoding/base64"
	"testing"
)

// The example of RFC 7677: user "user", password "pencil".
func TestScramVerifierMatchesTheRFC(t *testing.T) {
	t.Parallel()
	salt, err := base64.StdEncoding.DecodeString("W22ZaJ0SNY7soEsUEjb6gQ==")
	if err != nil {
		t.Fatal(err)
	}
	got, err := scramVerifierOf("pencil", salt)
	const want = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
	if err != nil || got != want {
		t.Errorf("got %s, %v\nwant %s", got, err, want)
	}
}

func TestLineOfAPosition(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ position, line int }{{1, 1}, {3, 1}, {4, 2}, {6, 3}, {0, 1}, {99, 1}} {
		if got := lineOf("擂台\na\nb", tc.position); got != tc.line {
			t.Errorf("position %d: line %d, want %d", tc.position, got, tc.line)
		}
	}
}
