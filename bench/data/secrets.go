package data

import (
	"crypto/rand"
	"fmt"

	"leitai/internal/identity"
)

// newToken draws a token that no seed gives away, with its handle and hash.
func newToken() (token, handle string, hash [32]byte, err error) {
	token, handle = identity.NewToken()
	credential, _, err := identity.Credential("", token, "")
	if err != nil {
		return "", "", hash, fmt.Errorf("bench data: a token that the service does not take: %w", err)
	}
	return token, handle, credential.Hash, nil
}

// nobodysPassword is thrown away: nobody signs in as these users.
func nobodysPassword() string { return rand.Text() }
