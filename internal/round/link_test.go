package round

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// A link opens its own result and nothing else: no byte of it can be another,
// no other key signs it, and it outlives a rotation as long as its key is kept.
// covers T18
func TestALinkIsOneResult(t *testing.T) {
	t.Parallel()
	old, fresh := []byte(strings.Repeat("o", 32)), []byte(strings.Repeat("f", 32))
	signer := func(keys ...[]byte) linkSigner { return linkSigner{func() [][]byte { return keys }} }
	of := publicResult{uuid.New(), uuid.New()}
	text := signer(old).sign(of)
	for name, s := range map[string]linkSigner{"its key": signer(old), "after a rotation": signer(fresh, old)} {
		if got, ok := s.read(text); !ok || got != of {
			t.Errorf("%s: %v %t", name, got, ok)
		}
	}
	if _, ok := signer(fresh).read(text); ok {
		t.Error("the key is gone, and the link opens")
	}
	if again := signer(old).sign(of); again != text {
		t.Error("a result has two links")
	}
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(data) != linkBytes {
		t.Fatal(err, len(data))
	}
	for i := range data {
		for _, bit := range []byte{1, 0x80} {
			data[i] ^= bit
			if _, ok := signer(old).read(base64.RawURLEncoding.EncodeToString(data)); ok {
				t.Errorf("byte %d may be another", i)
			}
			data[i] ^= bit
		}
	}
	bare := append(of.round[:], of.version[:]...)
	sum := sha256.Sum256(bare)
	for _, forged := range []string{"", "x", text + "A", text[:len(text)-1], text[1:], strings.Repeat("A", len(text)), text + "=", " " + text,
		base64.RawURLEncoding.EncodeToString(append(sum[:], bare...)), base64.RawURLEncoding.EncodeToString(data[:sha256.Size])} {
		if _, ok := signer(old).read(forged); ok {
			t.Errorf("%q opens", forged)
		}
	}
}
