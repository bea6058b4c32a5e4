// Package migrate owns how a database comes to the schema this program was
// built for: the roles (once, with an administrator's rights), then the
// versioned SQL files (with the owner's rights), each in one transaction, in
// order, once.
//
// It does not own the SQL (folder migrations does), and it never guesses: a
// file that was changed, left out or slipped in between is refused by name.
// Files and checksums are Atlas's versioned format, so that Atlas's tools read
// the folder too.
package migrate

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	atlas "ariga.io/atlas/sql/migrate"

	"leitai/internal/fault"
)

// Set is a folder of migrations whose checksum file was verified.
type Set struct {
	files []file // in the order of their versions
	sum   string
}

// file is one migration.
type file struct {
	name, version, text, hash string
}

// Load reads and verifies a folder of migrations. It answers
// MIGRATION_CHECKSUM when atlas.sum is missing or does not match the files.
func Load(fsys fs.FS) (*Set, error) {
	dir := &atlas.MemDir{}
	names, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	for _, name := range append(names, atlas.HashFileName) {
		content, err := fs.ReadFile(fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // a missing checksum file is reported below
		}
		if err != nil {
			return nil, fmt.Errorf("migrate: %w", err)
		}
		if err := dir.WriteFile(name, content); err != nil {
			return nil, fmt.Errorf("migrate: %w", err)
		}
	}
	if err := atlas.Validate(dir); err != nil {
		return nil, checksumFault(err)
	}
	return newSet(dir)
}

func newSet(dir atlas.Dir) (*Set, error) {
	sums, err := dir.Checksum()
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	files, err := dir.Files()
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	set := &Set{sum: sums.Sum()}
	for _, f := range files {
		// Atlas chains its hashes; a database notes each file's own, so that a
		// file slipped in does not make all later ones look changed.
		hash := sha256.Sum256(f.Bytes())
		set.files = append(set.files, file{name: f.Name(), version: f.Version(), text: string(f.Bytes()), hash: hex.EncodeToString(hash[:])})
	}
	slices.SortFunc(set.files, func(a, b file) int { return strings.Compare(a.version, b.version) })
	for i := 1; i < len(set.files); i++ {
		if set.files[i].version == set.files[i-1].version {
			return nil, fault.New(fault.MigrationChecksum, "file", set.files[i].name, "reason", "version used twice")
		}
	}
	return set, nil
}

func checksumFault(err error) error {
	var mismatch *atlas.ChecksumError
	if errors.As(err, &mismatch) {
		return fault.New(fault.MigrationChecksum, "file", mismatch.File, "reason", mismatch.Reason.String())
	}
	return fault.New(fault.MigrationChecksum, "file", atlas.HashFileName, "reason", err.Error())
}

// Sum is the checksum of all files together; two sets with equal sums make
// equal databases.
func (s *Set) Sum() string { return s.sum }

// Latest is the version of the last file, "" for an empty set.
func (s *Set) Latest() string {
	if len(s.files) == 0 {
		return ""
	}
	return s.files[len(s.files)-1].version
}

// Newest is the version of the last file of a folder, "" for an empty one: Latest
// of its set, told by the names alone. A server that starts wants to know no more
// and applies nothing; whoever applies them loads and verifies them.
func Newest(fsys fs.FS) (string, error) {
	names, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		return "", fmt.Errorf("migrate: %w", err)
	}
	newest := ""
	for _, name := range names {
		version, _, _ := strings.Cut(strings.TrimSuffix(name, ".sql"), "_")
		newest = max(newest, version)
	}
	return newest, nil
}

// WriteSum rewrites atlas.sum of a folder on disk to match its files.
func WriteSum(folder string) error {
	dir, err := atlas.NewLocalDir(folder)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	sum, err := dir.Checksum()
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := atlas.WriteSumFile(dir, sum); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}
