package config

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"errors"
)

// Ring are keys of 32 bytes that encrypt what the database or a cookie keeps
// secret: the first encrypts, all decrypt, so that a rotation loses nothing.
type Ring [][]byte

// ErrSealed means that something cannot be decrypted: it was changed, it was
// sealed for another purpose, or its key has been retired.
var ErrSealed = errors.New("config: what is sealed cannot be opened with these keys")

// keyIDLength tells the keys of a ring apart; it says nothing about a key.
const keyIDLength = 4

// Seal encrypts with AES-256-GCM under the first key. The purpose is bound to
// it, for example the id of the row it stands in: sealed for one purpose it
// opens for no other. The result is the key's id, the nonce and the ciphertext.
func (r Ring) Seal(plain []byte, purpose string) ([]byte, error) {
	if len(r) == 0 {
		return nil, errors.New("config: there is no key to seal with")
	}
	gcm, err := cipherOf(r[0])
	if err != nil {
		return nil, err
	}
	out := append(make([]byte, 0, keyIDLength+gcm.NonceSize()+len(plain)+gcm.Overhead()), idOf(r[0])...)
	nonce := make([]byte, gcm.NonceSize())
	_, _ = rand.Read(nonce) // never fails: crypto/rand ends the program instead
	return gcm.Seal(append(out, nonce...), nonce, plain, []byte(purpose)), nil
}

// Open decrypts what Seal made with any key of the ring; ErrSealed otherwise.
func (r Ring) Open(sealed []byte, purpose string) ([]byte, error) {
	for _, key := range r {
		if len(sealed) < keyIDLength || string(idOf(key)) != string(sealed[:keyIDLength]) {
			continue
		}
		gcm, err := cipherOf(key)
		if err != nil {
			return nil, err
		}
		rest := sealed[keyIDLength:]
		if len(rest) < gcm.NonceSize() {
			return nil, ErrSealed
		}
		if plain, err := gcm.Open(nil, rest[:gcm.NonceSize()], rest[gcm.NonceSize():], []byte(purpose)); err == nil {
			return plain, nil
		}
	}
	return nil, ErrSealed
}

// Current reports whether something was sealed with the key that seals now.
func (r Ring) Current(sealed []byte) bool {
	return len(r) > 0 && len(sealed) >= keyIDLength && string(idOf(r[0])) == string(sealed[:keyIDLength])
}

func cipherOf(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func idOf(key []byte) []byte {
	sum := sha256.Sum256(append([]byte("leitai key id "), key...))
	return sum[:keyIDLength]
}
