package config

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Rings are the names of the rings of a key folder.
var Rings = []string{signingPrefix, cursorPrefix, secretsPrefix}

// KeyState is one key of a folder, without the key.
type KeyState struct {
	Ring        string
	File        string
	Active      bool      // it signs or encrypts
	From        time.Time // when it begins to; zero: always
	Fingerprint string    // of a signing key: SHA-256 of the public key, in hex; it is public
}

// ListKeys tells what is in a folder, by ring, the newest first.
func ListKeys(folder string, now time.Time) ([]KeyState, error) {
	var all []KeyState
	for _, prefix := range Rings {
		ring, err := readFiles(folder, prefix)
		if err != nil {
			return nil, err
		}
		at := active(ring, now)
		for i, f := range ring {
			s := KeyState{Ring: prefix, File: f.name, Active: i == at, From: f.from}
			if prefix == signingPrefix {
				sum := sha256.Sum256(ed25519.NewKeyFromSeed(f.key)[ed25519.SeedSize:]) // the public half
				s.Fingerprint = hex.EncodeToString(sum[:])
			}
			all = append(all, s)
		}
	}
	return all, nil
}

// RotateKey adds a key to a ring that takes over at from; until then it verifies
// and decrypts only, so that replicas have time to read it. It gives the name of
// the new file. A ring whose last new key has not taken over yet is refused.
func RotateKey(folder, prefix string, now, from time.Time) (string, error) {
	if !slices.Contains(Rings, prefix) {
		return "", fmt.Errorf("config: %q is no ring; there are %v", prefix, Rings)
	}
	ring, err := readFiles(folder, prefix)
	if err != nil {
		return "", err
	}
	if ring[0].from.After(now) {
		return "", fmt.Errorf("config: %s takes over at %s; rotate again after that", ring[0].name, ring[0].from.Format(time.RFC3339))
	}
	name := nameOf(prefix, max(ring[0].number, 0)+1)
	return name, writeKey(filepath.Join(folder, name), from)
}

// RetireKeys removes the keys of a ring that were replaced at least keep ago;
// what they signed or encrypted is good no longer. It gives the names of the
// files it removed. The active key and newer ones stay.
func RetireKeys(folder, prefix string, now time.Time, keep time.Duration) ([]string, error) {
	ring, err := readFiles(folder, prefix)
	if err != nil {
		return nil, err
	}
	at := active(ring, now)
	if now.Sub(ring[at].from) < keep {
		return nil, nil
	}
	var removed []string
	for _, f := range ring[at+1:] {
		if err := os.Remove(filepath.Join(folder, f.name)); err != nil {
			return removed, err
		}
		removed = append(removed, f.name)
	}
	return removed, nil
}
