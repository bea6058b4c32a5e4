package template

import (
	"os"
	"runtime/debug"
	"testing"
)

// The tests read thousands of small documents and keep none: collecting less
// often takes a third off their time.
func TestMain(m *testing.M) {
	debug.SetGCPercent(800)
	os.Exit(m.Run())
}
