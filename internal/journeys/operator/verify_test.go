package operator

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"leitai/internal/contest"
	"leitai/internal/fault"
)

// numbers are the values of a bundle that a forger would want to change.
var numbers = map[string]*regexp.Regexp{
	"a mark":   regexp.MustCompile(`"value":"([0-9.]+)"`),
	"a weight": regexp.MustCompile(`"weight":"([0-9.]+)"`),
	"a total":  regexp.MustCompile(`"(?:total|shown)":"([0-9.]+)"`),
}

// checkBundle verifies a bundle with the program, then changes it byte by byte:
// each changed file is refused, with its old hash and with a new one.
func checkBundle(t *testing.T, b bundle) {
	t.Helper()
	if code, said := verify(t, b.body); code != 0 || !strings.Contains(said, "一致 OK") {
		t.Fatalf("%s: it ends with %d: %s", b.name, code, said)
	}
	for what, pattern := range numbers {
		places := pattern.FindAllSubmatchIndex(b.body, -1)
		if len(places) == 0 {
			t.Errorf("%s holds no %s", b.name, what)
		}
		step := max(len(places)/8, 1) // eight places or a few more, over the whole of the bundle
		for n := 0; n < len(places); n += step {
			for at := places[n][2]; at < places[n][3]; at++ {
				checkByte(t, b.name+", "+what, b.body, at)
			}
		}
	}
	at := numbers["a total"].FindSubmatchIndex(b.body)[2]
	for name, forged := range map[string][]byte{"changed": other(b.body, at), "hashed again": rehashed(t, other(b.body, at))} {
		if code, said := verify(t, forged); code != 1 || !strings.Contains(said, "BUNDLE_") {
			t.Errorf("%s, a total %s: it ends with %d: %s", b.name, name, code, said)
		}
	}
}

// checkByte puts another byte in one place.
func checkByte(t *testing.T, what string, body []byte, at int) {
	t.Helper()
	changed := other(body, at)
	if _, err := contest.Verify(changed, contest.Trust{}); fault.CodeOf(err) != fault.BundleHash {
		t.Errorf("%s at %d changed: %v", what, at, err)
	}
	if _, err := contest.Verify(rehashed(t, changed), contest.Trust{}); fault.CodeOf(err) != fault.BundleSignature {
		t.Errorf("%s at %d changed and hashed again: %v", what, at, err)
	}
}

// other changes one byte: a digit to the next, a point to a digit.
func other(body []byte, at int) []byte {
	changed := bytes.Clone(body)
	if changed[at] == '.' {
		changed[at] = '0'
	} else {
		changed[at] = '0' + (changed[at]-'0'+1)%10
	}
	return changed
}

// rehashed puts the hash of what is now inside onto a bundle.
func rehashed(t *testing.T, body []byte) []byte {
	t.Helper()
	first, last := bytes.Index(body, []byte(`"payload":`))+len(`"payload":`), bytes.LastIndex(body, []byte(`,"publicKey":`))
	at := bytes.Index(body, []byte(`"hash":"`)) + len(`"hash":"`)
	if last < first || at < len(`"hash":"`) {
		t.Fatal("the bundle has no payload or no hash")
	}
	sum := sha256.Sum256(body[first:last])
	changed := bytes.Clone(body)
	hex.Encode(changed[at:at+64], sum[:])
	return changed
}

// verify runs the command on a file.
func verify(t *testing.T, body []byte) (int, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bundle.json")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return run(t, "verify", path)
}
