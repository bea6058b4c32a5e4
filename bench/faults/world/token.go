package world

import "leitai/internal/identity"

// newToken draws a token, with its handle and the hash by which it is known.
func newToken() (token, handle string, hash []byte, err error) {
	token, handle = identity.NewToken()
	credential, _, err := identity.Credential("", token, "")
	return token, handle, credential.Hash[:], err
}
