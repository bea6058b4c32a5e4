package config

import (
	"cmp"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// file is one key of a ring. Its text is the key in base64 and, when it was made
// by a rotation, a second line "from <RFC 3339>": the moment from which it signs
// or encrypts. It verifies and decrypts as soon as it is read, so that every
// replica knows a key before the first one uses it.
type file struct {
	name   string
	number int
	key    []byte
	from   time.Time // zero: always
}

// fromWord begins the second line of a key file.
const fromWord = "from "

// nameOf names the nth key of a ring; the first signing key has no number.
func nameOf(prefix string, number int) string {
	if prefix == signingPrefix && number == 1 {
		return signingPrefix + keySuffix
	}
	return prefix + "-" + strconv.Itoa(number) + keySuffix
}

// numberIn reads the number of a key off its name; names that are no number
// come before all numbers, as their spelling orders them.
func numberIn(prefix, name string) int {
	rest := strings.TrimPrefix(strings.TrimPrefix(strings.TrimSuffix(name, keySuffix), prefix), "-")
	if rest == "" {
		return 1
	}
	n, err := strconv.Atoi(rest)
	if err != nil {
		return 0
	}
	return n
}

// names lists the files of a ring.
func names(folder, prefix string) ([]string, error) {
	all, err := filepath.Glob(filepath.Join(folder, prefix+"-*"+keySuffix))
	if err != nil {
		return nil, err
	}
	if prefix == signingPrefix {
		if first := filepath.Join(folder, nameOf(prefix, 1)); exists(first) {
			all = append(all, first)
		}
	}
	return all, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// readFiles reads every key of a ring, the highest number first.
func readFiles(folder, prefix string) ([]file, error) {
	paths, err := names(folder, prefix)
	if err != nil {
		return nil, err
	}
	var ring []file
	for _, path := range paths {
		f, err := readFile(path)
		if err != nil {
			return nil, err
		}
		f.number = numberIn(prefix, f.name)
		ring = append(ring, f)
	}
	if len(ring) == 0 {
		return nil, fmt.Errorf("config: no %s in %s; `leitai keys make` makes it", nameOf(prefix, 1), folder)
	}
	slices.SortFunc(ring, func(a, b file) int { return cmp.Or(cmp.Compare(b.number, a.number), cmp.Compare(b.name, a.name)) })
	return ring, nil
}

func readFile(path string) (file, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the operator names the folder
	if err != nil {
		return file{}, fmt.Errorf("config: %w", err)
	}
	encoded, second, dated := strings.Cut(strings.TrimSpace(string(text)), "\n")
	f := file{name: filepath.Base(path)}
	if f.key, err = base64.StdEncoding.DecodeString(strings.TrimSpace(encoded)); err != nil || len(f.key) != keySize {
		return file{}, fmt.Errorf("config: %s should hold %d random bytes in base64", path, keySize)
	}
	if dated {
		moment, ok := strings.CutPrefix(strings.TrimSpace(second), fromWord)
		if f.from, err = time.Parse(time.RFC3339, moment); err != nil || !ok {
			return file{}, fmt.Errorf("config: the second line of %s should be %q and a moment such as 2026-01-02T15:04:05Z", path, fromWord)
		}
	}
	return f, nil
}

// active is the key of a ring that signs or encrypts now: the highest number
// whose time has come, else the lowest number.
func active(ring []file, now time.Time) int {
	for i, f := range ring {
		if !f.from.After(now) {
			return i
		}
	}
	return len(ring) - 1
}

// ordered gives the keys of a ring, the active one first.
func ordered(ring []file, now time.Time) [][]byte {
	first := active(ring, now)
	keys := [][]byte{ring[first].key}
	for i, f := range ring {
		if i != first {
			keys = append(keys, f.key)
		}
	}
	return keys
}

// keySize is the length of every key: a seed of Ed25519, a key of HMAC-SHA-256
// or of AES-256.
const keySize = 32

// writeKey makes one file that is complete when it appears and is never
// replaced; a zero from is active at once.
func writeKey(path string, from time.Time) error {
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails: crypto/rand ends the program instead
	text := base64.StdEncoding.EncodeToString(key) + "\n"
	if !from.IsZero() {
		text += fromWord + from.UTC().Format(time.RFC3339) + "\n"
	}
	fresh := path + ".new"
	if err := os.WriteFile(fresh, []byte(text), 0o600); err != nil {
		return err
	}
	err := os.Link(fresh, path) // fails when it is there
	return errors.Join(ignoreExisting(err), os.Remove(fresh))
}

func ignoreExisting(err error) error {
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}
