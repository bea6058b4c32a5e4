package config

import (
	"bytes"
	"errors"
	"testing"
)

func ringOf(bytesOf ...byte) Ring {
	var r Ring
	for _, b := range bytesOf {
		r = append(r, bytes.Repeat([]byte{b}, 32))
	}
	return r
}

// What was sealed before a rotation opens after it, until its key is retired;
// nothing opens for another purpose or after a change of one bit.
func TestSealing(t *testing.T) {
	t.Parallel()
	old, both, fresh := ringOf(1), ringOf(2, 1), ringOf(2)
	sealed, err := old.Seal([]byte("JBSWY3DP"), "totp:u1")
	if err != nil || bytes.Contains(sealed, []byte("JBSWY3DP")) {
		t.Fatalf("%x %v", sealed, err)
	}
	for name, r := range map[string]Ring{"before": old, "after": both} {
		if plain, err := r.Open(sealed, "totp:u1"); err != nil || string(plain) != "JBSWY3DP" {
			t.Errorf("%s the rotation: %q %v", name, plain, err)
		}
	}
	if !old.Current(sealed) || both.Current(sealed) {
		t.Error("what has to be sealed anew is not told from what has not")
	}
	for name, open := range map[string]func() ([]byte, error){
		"a retired key":   func() ([]byte, error) { return fresh.Open(sealed, "totp:u1") },
		"another purpose": func() ([]byte, error) { return old.Open(sealed, "totp:u2") },
		"nothing":         func() ([]byte, error) { return old.Open(nil, "totp:u1") },
		"a key id only":   func() ([]byte, error) { return old.Open(sealed[:keyIDLength], "totp:u1") },
		"no keys":         func() ([]byte, error) { return Ring(nil).Open(sealed, "totp:u1") },
	} {
		if plain, err := open(); !errors.Is(err, ErrSealed) || plain != nil {
			t.Errorf("%s: %q %v", name, plain, err)
		}
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := old.Open(changed, "totp:u1"); !errors.Is(err, ErrSealed) {
			t.Errorf("byte %d changed: %v", i, err)
		}
	}
	again, err := old.Seal([]byte("JBSWY3DP"), "totp:u1")
	if err != nil || bytes.Equal(again, sealed) {
		t.Errorf("sealing twice gives the same: %v", err)
	}
	if _, err := Ring(nil).Seal([]byte("x"), ""); err == nil {
		t.Error("sealed without a key")
	}
	if _, err := (Ring{[]byte("short")}).Seal([]byte("x"), ""); err == nil {
		t.Error("sealed with half a key")
	}
}
