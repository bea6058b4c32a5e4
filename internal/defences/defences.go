// Package defences owns the proof that the tests of attacks are worth something:
// for each attack of the threat table the place of its defence, a small change
// that takes the defence away, and the test that then has to fail.
//
// A defence in Go is taken away by `go test -overlay`, one in the database by a
// statement that is run on the tests' template after the migrations. Neither
// leaves a switch in the product. `make prove-defences` does it for every
// attack; the test of this package keeps the places true.
//
// It does not own the attacks themselves: their tests stand beside what they
// attack.
package defences

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// Defence is one defence, and what happens without it.
type Defence struct {
	Attack  string `json:"attack"`  // T1 … T36; several, apart by spaces, that one defence stops
	What    string `json:"what"`    // the defence, in a few words
	File    string `json:"file"`    // where it is, from the root of the module
	Old     string `json:"old"`     // stands there once
	New     string `json:"new"`     // takes it away, and compiles
	SQL     string `json:"sql"`     // or: takes it away in the database
	Package string `json:"package"` // of the test, ./internal/…
	Test    string `json:"test"`    // that fails without the defence
}

//go:embed defences.json
var list []byte

// Attacks are the numbers of the attacks that the defence stops.
func (d Defence) Attacks() []string { return strings.Fields(d.Attack) }

// All lists the defences in the order of their attacks.
func All() ([]Defence, error) {
	var all []Defence
	if err := json.Unmarshal(list, &all); err != nil {
		return nil, fmt.Errorf("defences: %w", err)
	}
	return all, nil
}
