package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"strings"

	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// TokenPrefix begins every API token, so that scanners of leaked secrets know it.
const TokenPrefix = "leitai_pat_"

// Lengths of the parts of a token: leitai_pat_<handle>_<secret><checksum>.
const (
	handleLength   = 10
	secretLength   = 43 // of 62 letters: 256 bits
	checksumLength = 6  // CRC-32 in base 62
)

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// newSessionSecret makes 256 random bits.
func newSessionSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// NewToken makes a token and its readable handle; what is kept of it is the
// hash in its credential.
func NewToken() (token, handle string) {
	handle = randomLetters(handleLength)
	body := TokenPrefix + handle + "_" + randomLetters(secretLength)
	return body + checksum(body), handle
}

// randomLetters draws without bias: bytes beyond a multiple of 62 are thrown away.
func randomLetters(n int) string {
	out := make([]byte, 0, n)
	var b [64]byte
	for len(out) < n {
		_, _ = rand.Read(b[:])
		for _, x := range b {
			if x < 248 && len(out) < n {
				out = append(out, letters[x%62])
			}
		}
	}
	return string(out)
}

// checksum tells a mistyped or cut token from a revoked one before the database
// is asked.
func checksum(body string) string {
	sum := crc32.ChecksumIEEE([]byte(body))
	var out [checksumLength]byte
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = letters[sum%62]
		sum /= 62
	}
	return string(out[:])
}

// Credential reads what a request carries: the Authorization header (Bearer, or
// the password of Basic, with a token in it) or else the value of the session
// cookie. found is false when it carries neither. What cannot be a secret of
// ours is UNAUTHENTICATED without asking the database.
func Credential(basicPassword, bearer, cookie string) (c viewer.Credential, found bool, err error) {
	switch {
	case bearer != "":
		c, err = tokenCredential(bearer)
	case basicPassword != "":
		c, err = tokenCredential(basicPassword)
	case cookie != "":
		c, err = SessionCredential(cookie)
	default:
		return viewer.Credential{}, false, nil
	}
	return c, true, err
}

// SessionCredential is the credential of a session's secret.
func SessionCredential(secret string) (viewer.Credential, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(secret)
	if err != nil || len(raw) != 32 {
		return viewer.Credential{}, fault.New(fault.Unauthenticated)
	}
	return viewer.Credential{Kind: viewer.Session, Hash: sha256.Sum256([]byte(secret))}, nil
}

func tokenCredential(token string) (viewer.Credential, error) {
	rest, ours := strings.CutPrefix(token, TokenPrefix)
	if !ours || len(rest) != handleLength+1+secretLength+checksumLength || rest[handleLength] != '_' {
		return viewer.Credential{}, fault.New(fault.Unauthenticated)
	}
	body, sum := token[:len(token)-checksumLength], token[len(token)-checksumLength:]
	if checksum(body) != sum {
		return viewer.Credential{}, fault.New(fault.Unauthenticated)
	}
	return viewer.Credential{Kind: viewer.Token, Hash: sha256.Sum256([]byte(token))}, nil
}

// String keeps a logged-in secret out of logs that print the struct.
func (l *LoggedIn) String() string { return fmt.Sprintf("session of %s in %s", l.User, l.Tenant) }
