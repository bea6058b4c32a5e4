package template

import (
	"flag"
	"os"
	"runtime/debug"
	"testing"
)

// The tests read thousands of small documents and keep none: collecting less
// often takes a third off their time. Half the usual number of drawn cases finds
// what it finds; -rapid.checks asks for more.
func TestMain(m *testing.M) {
	debug.SetGCPercent(800)
	if err := flag.Set("rapid.checks", "50"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
