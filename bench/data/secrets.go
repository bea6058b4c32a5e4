package data

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"hash/crc32"

	"leitai/internal/identity"
)

// Parts of an API token: leitai_pat_<handle>_<secret><checksum>. What is made
// here is held against the reader of the service, see newToken.
const (
	letters        = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	handleLength   = 10
	secretLength   = 43
	checksumLength = 6
)

// newToken draws a token that no seed gives away, with its handle and hash.
func newToken() (token, handle string, hash [32]byte, err error) {
	handle = randomLetters(handleLength)
	body := identity.TokenPrefix + handle + "_" + randomLetters(secretLength)
	sum := crc32.ChecksumIEEE([]byte(body))
	var check [checksumLength]byte
	for i := len(check) - 1; i >= 0; i-- {
		check[i] = letters[sum%62]
		sum /= 62
	}
	token = body + string(check[:])
	credential, _, err := identity.Credential("", token, "")
	if err != nil {
		return "", "", hash, fmt.Errorf("bench data: the form of tokens changed: %w", err)
	}
	return token, handle, credential.Hash, nil
}

// randomLetters draws without bias: bytes beyond a multiple of 62 are thrown away.
func randomLetters(n int) string {
	out := make([]byte, 0, n)
	var b [64]byte
	for len(out) < n {
		_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
		for _, x := range b {
			if x < 248 && len(out) < n {
				out = append(out, letters[x%62])
			}
		}
	}
	return string(out)
}

// nobodysPassword is thrown away: nobody signs in as these users.
func nobodysPassword() string {
	var b [24]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}
