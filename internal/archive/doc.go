// Package archive owns what becomes of a tenant and of a person as a whole: the
// one file with everything a tenant owns, its way into another database, the
// end of a tenant after a period of grace, and the erasure of a person.
//
// It does not own which tables there are (postgres reads the catalogue, so that
// a new table is covered without anyone remembering), what the rows mean, or
// opening, suspending and paying for tenants (hosting).
//
// An archive is a ZIP file: rows as JSON lines in the order of their keys, one
// part a table; the accounts at home in the tenant; the units it refers to with
// the line above them; the stored files; and at the end a manifest with the
// count and SHA-256 of every part, signed with the key that signs bundles. Two
// archives of the same rows are the same bytes but for the time in the manifest.
//
// Ballots, the codes that open them and the counts of paper never leave: an
// archive holds what is ever said of an evaluation (its scores and counts) and
// nothing that links a voter to a ballot or orders the ballots.
package archive

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"
)

// Form is how much an archive holds of what opens doors.
type Form string

// The operator's archive moves a tenant with its accounts and tokens as they
// are. The one a tenant takes itself holds no password, no token and no other
// secret: after an import its users are given new ones.
const (
	OfOperator Form = "operator"
	OfTenant   Form = "tenant"
)

// Subject is the tenant an archive is of, at the moment it was made.
type Subject struct {
	ID       uuid.UUID `json:"id"`
	Kind     string    `json:"kind"`
	Name     string    `json:"name"`
	Region   string    `json:"region"`
	Unit     uuid.UUID `json:"unit"`
	UnitCode string    `json:"unitCode"`
	UnitName string    `json:"unitName"`
	AuditSeq int64     `json:"auditSeq"`  // of the last entry of its audit
	AuditSum string    `json:"auditHash"` // in hex
}

// Kinds of parts.
const (
	KindUnits = "units"
	KindUsers = "users"
	KindRows  = "rows"
	KindFile  = "file"
)

// Part is one entry of an archive.
type Part struct {
	Path    string   `json:"path"`
	Kind    string   `json:"kind"`
	Table   string   `json:"table,omitempty"`
	Columns []string `json:"columns,omitempty"` // of every line, sorted
	Count   int      `json:"count"`             // lines; 1 for a file
	Bytes   int64    `json:"bytes"`
	SHA256  string   `json:"sha256"`
}

// Omission is a table that is not in an archive, and why.
type Omission struct {
	Table  string `json:"table"`
	Reason string `json:"reason"`
}

// Source is the rows of one tenant, all of one moment.
type Source interface {
	ArchiveSubject(ctx context.Context) (Subject, error)
	// ArchiveSchema gives the version of the newest migration.
	ArchiveSchema(ctx context.Context) (string, error)
	// ArchiveParts lists units, users and rows in the order in which they are
	// written, and what is left out.
	ArchiveParts(ctx context.Context, form Form) ([]Part, []Omission, error)
	// ArchiveLines gives the rows of a part as JSON, in the order of their keys.
	ArchiveLines(ctx context.Context, form Form, part Part, each func(line []byte) error) error
}

// Files is the store of uploaded files. Keys begin with the tenant's id.
type Files interface {
	Open(ctx context.Context, key string) (io.ReadSeekCloser, int64, error)
	Put(ctx context.Context, key, mediaType string, body []byte) error
	Delete(ctx context.Context, key string) error
	Walk(ctx context.Context, prefix string, before time.Time, do func(key string) error) error
}
