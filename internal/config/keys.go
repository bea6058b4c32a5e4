// Package config owns the secrets a running service needs beside its DSN: the
// key that signs bundles, the keys that sign cursors and those that encrypt what
// the database keeps secret, read from a folder of files so that a cluster can
// mount them and rotate them.
//
// It does not own flags (cmd) or what the keys are used for.
package config

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"time"
)

// Names of the files in a key folder: signing.key and signing-2.key…, cursor-1.key…,
// secrets-1.key…. Every cursor key verifies cursors and links of files and every
// secrets key decrypts; of each ring the one with the highest number that is
// active signs or encrypts, so that a new key takes over by its name.
const (
	signingPrefix = "signing"
	cursorPrefix  = "cursor"
	secretsPrefix = "secrets"
	keySuffix     = ".key"
)

// Keys are the secrets of a service. They print as their ids only.
type Keys struct {
	SigningID string // first 16 hex digits of the public key's SHA-256
	Signing   ed25519.PrivateKey
	Cursors   [][]byte // cursors of pages, links of files and of public results: the first signs, all verify
	Secrets   Ring     // the first encrypts, all decrypt
}

// String keeps secrets out of logs.
func (k Keys) String() string { return "keys(signing " + k.SigningID + ")" }

// LoadKeys reads the folder as it is at this moment; every missing or malformed
// file is an error that names it and what it should hold.
func LoadKeys(folder string) (Keys, error) {
	return loadKeys(folder, time.Now()) //nolint:forbidigo // keys become active in real time
}

func loadKeys(folder string, now time.Time) (Keys, error) {
	signing, err := readFiles(folder, signingPrefix)
	if err != nil {
		return Keys{}, err
	}
	keys := Keys{Signing: ed25519.NewKeyFromSeed(ordered(signing, now)[0])}
	keys.SigningID = signingID(keys.Signing)
	for prefix, ring := range map[string]func([][]byte){
		cursorPrefix: func(r [][]byte) { keys.Cursors = r }, secretsPrefix: func(r [][]byte) { keys.Secrets = r },
	} {
		files, err := readFiles(folder, prefix)
		if err != nil {
			return Keys{}, err
		}
		ring(ordered(files, now))
	}
	return keys, nil
}

// signingID names a signing key by its public half.
func signingID(key ed25519.PrivateKey) string {
	sum := sha256.Sum256(key[ed25519.SeedSize:]) // the public half
	return hex.EncodeToString(sum[:8])
}

// MakeKeys writes a fresh set into a folder that is made if need be. Keys that
// are there are kept: a signing key must never be lost, because printed hashes
// refer to it.
func MakeKeys(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for _, prefix := range []string{signingPrefix, cursorPrefix, secretsPrefix} {
		if have, err := names(folder, prefix); err != nil || len(have) > 0 {
			if err != nil {
				return err
			}
			continue
		}
		if err := writeKey(filepath.Join(folder, nameOf(prefix, 1)), time.Time{}); err != nil {
			return err
		}
	}
	return nil
}
