package evidence

import (
	"bytes"
	"testing"

	"github.com/google/uuid"
)

// A link from before a rotation opens its file until its key is retired.
func TestLinksOutliveARotation(t *testing.T) {
	t.Parallel()
	first, second := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)
	ring := [][]byte{first}
	s := signer{secrets: func() [][]byte { return ring }}
	pass := Pass{File: uuid.New(), User: uuid.New(), Key: "k"}
	before, err := s.sign(pass)
	if err != nil {
		t.Fatal(err)
	}
	ring = [][]byte{second, first}
	after, err := s.sign(pass)
	if err != nil || after == before {
		t.Fatalf("the new key does not sign: %v", err)
	}
	for _, link := range []string{before, after} {
		if got, ok := s.read(link); !ok || got.File != pass.File {
			t.Error("a link of a live key is refused")
		}
	}
	ring = [][]byte{second}
	if _, ok := s.read(before); ok {
		t.Error("a link of a retired key still opens its file")
	}
	if _, ok := s.read(after); !ok {
		t.Error("a link of the new key is refused")
	}
}
