package straight

import (
	"strings"
	"testing"
)

// A short list behind a long text makes room for itself, not for the text again
// and again.
func TestAListMakesRoomForItselfAlone(t *testing.T) {
	t.Parallel()
	w := &Writer{}
	w.String(strings.Repeat("村", 1<<18))
	long := len(w.text)
	all := make([]*int, 1000)
	for i := range all {
		all[i] = &i
	}
	if !List(t.Context(), w, all, func(n *int) bool { w.Int(*n); return true }) {
		t.Fatal("a list without nulls was refused")
	}
	if most := 3 * long; cap(w.text) > most {
		t.Errorf("%d bytes are held for %d", cap(w.text), len(w.text))
	}
}
