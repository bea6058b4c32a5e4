package httpserver

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is put, what is held stays within its bytes, and what is given back
// is what was put under that very key.
func TestKeptAnswersAreBoundedInBytes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.Int64Range(1, 1<<16).Draw(t, "most")
		k := newKept(most)
		put := map[keptKey][]byte{} // the newest under each key
		for range rapid.IntRange(0, 200).Draw(t, "times") {
			var name [8]byte
			binary.BigEndian.PutUint64(name[:], uint64(rapid.IntRange(0, 60).Draw(t, "key")))
			key := keptKey(sha256.Sum256(name[:]))
			body := bytes.Repeat(name[7:], rapid.IntRange(0, 9000).Draw(t, "size"))
			a := &keptAnswer{body: body}
			k.put(key, a)
			if a.size() <= most/8 { // one that is too large changes nothing
				put[key] = body
			}
			if k.bytes() > most || k.bytes() < 0 {
				t.Fatalf("%d of %d bytes are held", k.bytes(), most)
			}
			if have := k.get(key); have != nil && !bytes.Equal(have.body, put[key]) {
				t.Fatal("another answer is given back")
			}
		}
		if k.lru.Len() == 0 && k.bytes() != 0 {
			t.Fatalf("nothing is held, and yet %d bytes", k.bytes())
		}
	})
	if newKept(0) != nil {
		t.Error("no memory keeps answers")
	}
}

func TestATagIsRecognised(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]bool{`"a"`: true, `W/"a"`: true, `"b", "a"`: true, `*`: true, `"b"`: false, ``: false, `a`: false, `"aa"`: false} {
		if got := hasTag(sent, `"a"`); got != want {
			t.Errorf("%s: %t", sent, got)
		}
	}
}
