// Package evidence owns the pieces by which a mark or a finding can be checked
// again: photographs, documents, what was observed and what people answered,
// each tied to a village, an item and a day (B04, B06); taking a piece over into
// a later round instead of asking for it again (G4); what villages are asked
// for (G9) and what a template still misses; and the library of good practice
// with its rubrics (A42).
//
// It does not own what a file must be and where it lies (blob), what a missing
// piece stops (round), nor issues and visits that point to evidence.
package evidence

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	Anywhere(ctx context.Context, p authz.Permission) error
	May(ctx context.Context, p authz.Permission, unit uuid.UUID) bool
	Scope(ctx context.Context, p authz.Permission) []uuid.UUID
	Sight(ctx context.Context, p authz.Permission) authz.Sight
}

// Content is a file that was inspected: what of it is kept.
type Content struct {
	MediaType     string
	Extension     string // without the dot
	Body          []byte
	Thumbnail     []byte // JPEG; nil for documents and videos
	Width, Height int    // pixels; 0 for documents and videos
}

// Files is where files lie. Keys are made here and nowhere else.
type Files interface {
	// Inspect reads a file as it was sent; faults say why one is not taken.
	Inspect(ctx context.Context, body io.Reader) (*Content, error)
	Put(ctx context.Context, key, mediaType string, body []byte) error
	// Open reads a file and tells its size in bytes; NOT_FOUND when there is none.
	Open(ctx context.Context, key string) (io.ReadSeekCloser, int64, error)
	Delete(ctx context.Context, key string) error
	// Walk names the files under a prefix that were written before a moment.
	Walk(ctx context.Context, prefix string, before time.Time, do func(key string) error) error
}

// Work runs one transaction on the store; it may be run again.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	Gate        Gate
	Files       Files
	Now         func() time.Time
	Cursors     paging.Codec
	Secrets     func() [][]byte  // sign links to files; the first signs, all verify
	Clock       func() time.Time // real time, by which links end and files grow old
	Room        Room             // nil: without end
}

// Room says whether there is room for files.
type Room interface {
	// AdmitFile refuses a file of so many bytes.
	AdmitFile(ctx context.Context, bytes int64) error
	// AdmitPiece refuses a piece with a file that belongs to a round, or to none.
	AdmitPiece(ctx context.Context, round *uuid.UUID) error
}

// endless is room without a limit.
type endless struct{}

// AdmitFile implements Room.
func (endless) AdmitFile(context.Context, int64) error { return nil }

// AdmitPiece implements Room.
func (endless) AdmitPiece(context.Context, *uuid.UUID) error { return nil }

// Service is the use cases of evidence.
type Service struct {
	write, read Work
	gate        Gate
	files       Files
	now         func() time.Time
	cursors     paging.Codec
	links       signer
	clock       func() time.Time
	room        Room
}

// New makes the use cases.
func New(c Config) *Service {
	if c.Room == nil {
		c.Room = endless{}
	}
	return &Service{write: c.Write, read: c.Read, gate: c.Gate, files: c.Files, now: c.Now, cursors: c.Cursors,
		links: signer{secrets: c.Secrets}, clock: c.Clock, room: c.Room}
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// today is the date in the tenant's business time zone.
func (s *Service) today(who *viewer.Viewer) (calendar.Date, error) { return who.DateOf(s.now()) }

// within narrows a list to the units whose rows the viewer may read; nil means
// all of them. The second value tells cursors of different scopes apart.
func (s *Service) within(ctx context.Context, p authz.Permission) (units []uuid.UUID, parts []string) {
	if s.gate.May(ctx, p, uuid.Nil) {
		return nil, nil
	}
	units = s.gate.Scope(ctx, p)
	if units == nil {
		units = []uuid.UUID{}
	}
	for _, unit := range units {
		parts = append(parts, unit.String())
	}
	return units, parts
}
