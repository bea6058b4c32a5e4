// Package export owns files of rows that users ask for: what may be asked for,
// writing the rows as CSV, XLSX or JSON lines while they are read, and the
// signed links that open a file for a while.
//
// It does not own the rows, nor who may read them: each source is a use case's
// own list, read page by page as the user who asked, so that an export shows
// what the same user sees elsewhere and nothing else. Nor does it own waiting,
// retries and progress (jobs), or where files lie (blob).
package export

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/sheet"
)

// JobKind is the kind of job that writes an export.
const JobKind = "export"

// Kind is what is exported.
type Kind string

// The kinds.
const (
	Facts    Kind = "facts"    // the flat list of dashboards
	Boards   Kind = "boards"   // published results, a row a subject and round
	Issues   Kind = "issues"   // the issue ledger
	Accounts Kind = "accounts" // entries of point accounts
	Marks    Kind = "marks"    // marks of a round
)

// Format is how rows are written.
type Format string

// The formats: for spreadsheets, and for programs.
const (
	CSV   Format = "csv"
	XLSX  Format = "xlsx"
	JSONL Format = "jsonl"
)

// Condition names a condition of a request, as the contract spells it.
type Condition string

// The conditions.
const (
	ByCompetition Condition = "competition"
	ByRound       Condition = "round"
	ByUnit        Condition = "unitCode"
	ByState       Condition = "issueState"
	From          Condition = "from"
	To            Condition = "to"
	Since         Condition = "since"
)

// Request is what a user asks for.
type Request struct {
	Kind        Kind           `json:"kind"`
	Format      Format         `json:"format"`
	Competition *uuid.UUID     `json:"competition,omitempty"`
	Round       *uuid.UUID     `json:"round,omitempty"`
	UnitCode    string         `json:"unitCode,omitempty"`
	State       string         `json:"state,omitempty"` // of issues
	From        string         `json:"from,omitempty"`  // first period, for example 2023-04
	To          string         `json:"to,omitempty"`    // last period
	Since       string         `json:"since,omitempty"` // of facts: changed after
	Language    fault.Language `json:"language"`        // of headings
}

// set lists the conditions that a request makes.
func (r Request) set() []Condition {
	var all []Condition
	for _, c := range []struct {
		name Condition
		is   bool
	}{
		{ByCompetition, r.Competition != nil}, {ByRound, r.Round != nil}, {ByUnit, r.UnitCode != ""}, {ByState, r.State != ""},
		{From, r.From != ""}, {To, r.To != ""}, {Since, r.Since != ""},
	} {
		if c.is {
			all = append(all, c.name)
		}
	}
	return all
}

// Column is one column of a kind. Its key never changes its meaning.
type Column struct{ Key, Zh, En string }

// Page is a stretch of rows.
type Page struct {
	Rows  [][]sheet.Value // a value a column; Number ones are decimals
	Next  string          // where the next page begins; empty: this was the last
	Total *int64          // of all pages; nil: not known
}

// Source gives the rows of a kind.
type Source struct {
	Kind       Kind
	Permission authz.Permission
	Takes      []Condition
	Needs      []Condition // of Takes
	Columns    []Column
	// Rows gives what reads the rows of a request, from the beginning.
	Rows func(r Request) Reader
}

// Reader reads the next page as the viewer of the context. It refuses what the
// viewer may not read and what is not there.
type Reader func(ctx context.Context) (Page, error)

// Paged makes the Rows of a list that is read by cursors; at is empty for the
// first page.
func Paged(page func(ctx context.Context, r Request, at string) (Page, error)) func(r Request) Reader {
	return func(r Request) Reader {
		at := ""
		return func(ctx context.Context) (Page, error) {
			p, err := page(ctx, r, at)
			at = p.Next
			return p, err
		}
	}
}

// Gate decides what the viewer of a context may do.
type Gate interface {
	Anywhere(ctx context.Context, p authz.Permission) error
}

// Files is where exports lie.
type Files interface {
	// Write writes a file as it is produced: after an error, of the writing or
	// of the context, there is none.
	Write(ctx context.Context, key, mediaType string, write func(io.Writer) error) error
	Open(ctx context.Context, key string) (io.ReadSeekCloser, int64, error)
	Delete(ctx context.Context, key string) error
}

// Made is an export of the viewer's that is done.
type Made struct {
	Input     json.RawMessage
	Key       string // empty when the file was swept
	Name      string
	MediaType string
	Until     time.Time // when it is swept
}

// Config is what the use cases lean on.
type Config struct {
	Sources []Source
	Gate    Gate
	Files   Files
	// Write runs one transaction of the viewer's tenant.
	Write func(ctx context.Context, do func(ctx context.Context) error) error
	// Enqueue puts a job into the queue, inside that transaction.
	Enqueue func(ctx context.Context, kind string, input any) (uuid.UUID, error)
	// Wake tells the workers that there is something to do.
	Wake func()
	// Find reads an export that the viewer asked for; NOT_FOUND for any other,
	// and for one that is not done.
	Find func(ctx context.Context, job uuid.UUID) (*Made, error)
	// AsAsker reads as the user who asked for a job that is done.
	AsAsker func(ctx context.Context, job, tenant uuid.UUID, do func(ctx context.Context) error) error
	Links   paging.Codec     // signs links: the key that signs cursors, another purpose
	Clock   func() time.Time // real time, by which links end
}

// Service is the use cases of exports.
type Service struct {
	c       Config
	sources map[Kind]Source
}

// New makes the use cases.
func New(c Config) *Service {
	s := &Service{c: c, sources: map[Kind]Source{}}
	for _, source := range c.Sources {
		s.sources[source.Kind] = source
	}
	return s
}
