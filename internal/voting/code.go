package voting

import (
	"crypto/sha256"
	"encoding/base32"
	"io"
	"strings"
)

// codeBytes is the length of a code: 128 random bits, so that guessing is
// hopeless and a plain SHA-256 keeps a code as safe as a slow hash would.
const codeBytes = 16

// codeLetters is Crockford's alphabet: no I, L, O or U, so that what is read
// from paper is typed right.
const codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var codeEncoding = base32.NewEncoding(codeLetters).WithPadding(base32.NoPadding)

// codeLength is the number of characters of a code.
const codeLength = 26

// newCode draws a code: what is printed, and the hash that is kept.
func newCode(random io.Reader) (printed string, hash []byte, err error) {
	var raw [codeBytes]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "", nil, err
	}
	sum := sha256.Sum256(raw[:])
	return grouped(codeEncoding.EncodeToString(raw[:])), sum[:], nil
}

// grouped sets a code in groups of four.
func grouped(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i += 4 {
		if i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(code[i:min(i+4, len(code))])
	}
	return b.String()
}

var misread = strings.NewReplacer("-", "", " ", "", "\t", "", "\r", "", "\n", "", "－", "", "O", "0", "I", "1", "L", "1")

// hashOf gives the hash of a typed code: lower case, spaces and hyphens do not
// matter, and the letters that look like digits are read as such. False for what
// cannot be a code.
func hashOf(typed string) ([]byte, bool) {
	if len(typed) > 4*codeLength {
		return nil, false
	}
	code := misread.Replace(strings.ToUpper(typed))
	raw, err := codeEncoding.DecodeString(code)
	if err != nil || len(raw) != codeBytes || codeEncoding.EncodeToString(raw) != code {
		return nil, false
	}
	sum := sha256.Sum256(raw)
	return sum[:], true
}
