// Package config owns the secrets a running service needs beside its DSN: the
// key that signs bundles, the keys that sign cursors and those that encrypt what
// the database keeps secret, read from a folder of files so that a cluster can
// mount them and rotate them.
//
// It does not own flags (cmd) or what the keys are used for.
package config

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Names of the files in a key folder. Every cursor-*.key verifies cursors and
// every secrets-*.key decrypts; the last by name signs or encrypts, so that a new
// key takes over by its name.
const (
	signingFile   = "signing.key"
	cursorPrefix  = "cursor-"
	secretsPrefix = "secrets-"
	keySuffix     = ".key"
)

// Keys are the secrets of a service. They print as their ids only.
type Keys struct {
	SigningID string // first 16 hex digits of the public key's SHA-256
	Signing   ed25519.PrivateKey
	Cursors   [][]byte // the first signs, all verify
	Secrets   Ring     // the first encrypts, all decrypt
}

// String keeps secrets out of logs.
func (k Keys) String() string { return "keys(signing " + k.SigningID + ")" }

// LoadKeys reads the folder; every missing or malformed file is an error that
// names it and what it should hold.
func LoadKeys(folder string) (Keys, error) {
	seed, err := readKey(filepath.Join(folder, signingFile), ed25519.SeedSize)
	if err != nil {
		return Keys{}, err
	}
	keys := Keys{Signing: ed25519.NewKeyFromSeed(seed)}
	sum := sha256.Sum256(keys.Signing[ed25519.SeedSize:]) // the public half
	keys.SigningID = hex.EncodeToString(sum[:8])
	if keys.Cursors, err = readRing(folder, cursorPrefix); err != nil {
		return Keys{}, err
	}
	keys.Secrets, err = readRing(folder, secretsPrefix)
	return keys, err
}

// readRing reads every key of a prefix, the last by name first.
func readRing(folder, prefix string) ([][]byte, error) {
	names, err := filepath.Glob(filepath.Join(folder, prefix+"*"+keySuffix))
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	slices.Reverse(names)
	var ring [][]byte
	for _, name := range names {
		key, err := readKey(name, sha256.Size)
		if err != nil {
			return nil, err
		}
		ring = append(ring, key)
	}
	if len(ring) == 0 {
		return nil, fmt.Errorf("config: no %s*%s in %s; `leitai keys` makes them", prefix, keySuffix, folder)
	}
	return ring, nil
}

func readKey(path string, size int) ([]byte, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the operator names the folder
	if err != nil {
		return nil, fmt.Errorf("config: %w; `leitai keys` makes it", err)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != size {
		return nil, fmt.Errorf("config: %s should hold %d random bytes in base64", path, size)
	}
	return key, nil
}

// MakeKeys writes a fresh set into a folder that is made if need be. Keys that
// are there are kept: a signing key must never be lost, because printed hashes
// refer to it.
func MakeKeys(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for name, size := range map[string]int{signingFile: ed25519.SeedSize, cursorPrefix + "1" + keySuffix: sha256.Size,
		secretsPrefix + "1" + keySuffix: sha256.Size} {
		if err := writeKey(filepath.Join(folder, name), size); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

// writeKey makes one file that is complete when it appears.
func writeKey(path string, size int) error {
	if _, err := os.Stat(path); err == nil {
		return fs.ErrExist
	}
	key := make([]byte, size)
	_, _ = rand.Read(key) // never fails: crypto/rand ends the program instead
	fresh := path + ".new"
	if err := os.WriteFile(fresh, []byte(base64.StdEncoding.EncodeToString(key)+"\n"), 0o600); err != nil {
		return err
	}
	return os.Rename(fresh, path)
}
