// Package migrations owns the versioned SQL of the database and its checksum
// file, embedded into the program, so that a binary carries the schema it was
// built for.
//
// It does not own applying them (internal/postgres/migrate does). A file that
// landed under a released version never changes again: a correction is a new
// file. Name: <yyyymmdd><number>_<what>.sql, applied in the order of names, each
// as one transaction.
package migrations

import "embed"

// Files are the migrations with atlas.sum, which `go generate` rewrites.
//
//go:generate go run leitai/internal/postgres/migrate/sum .
//go:embed *.sql atlas.sum
var Files embed.FS
