package archive

import (
	"cmp"
	"context"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/contest"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Gate decides what the viewer of a context may do; uuid.Nil stands for the
// unit of the viewer's tenant.
type Gate interface {
	Require(ctx context.Context, p authz.Permission, unit uuid.UUID) error
	RolesWith(p authz.Permission) []authz.Role
}

// Store is what the use cases need of one open transaction.
type Store interface {
	Source
	KeptLeaving
	KeptErasure
	// TakeExportTurn tells whether nobody else exports this tenant at the moment,
	// on any replica; the turn ends with the transaction.
	TakeExportTurn(ctx context.Context) (bool, error)
}

// Work runs one transaction on the store. A transaction that fails because
// another one came first is run again, so what it does must not reach outside.
type Work func(ctx context.Context, do func(ctx context.Context, s Store) error) error

// Config is what the use cases lean on.
type Config struct {
	Write, Read Work
	Gate        Gate
	Files       Files
	Signer      contest.Signer
	Now         func() time.Time
	GraceDays   int // between the confirmation of an end and the end; 0 means 30
}

// Service is the use cases of archives, of leaving and of erasure.
type Service struct {
	c    Config
	turn chan struct{} // one export of this process at a time
}

// New makes the use cases.
func New(c Config) *Service {
	c.GraceDays = cmp.Or(c.GraceDays, 30)
	return &Service{c: c, turn: make(chan struct{}, 1)}
}

// moment is now as the database keeps it.
func (s *Service) moment() time.Time { return s.c.Now().UTC().Truncate(time.Microsecond) }

// Export writes the archive of the viewer's tenant, without what opens doors.
// The act is in the audit before a byte leaves. Rows are of one moment; rowsDone
// is called when they are through, so that no transaction waits for the files.
// There is one export at a time.
func (s *Service) Export(ctx context.Context, out io.Writer, rowsDone func()) error {
	if err := s.c.Gate.Require(ctx, authz.TenantExport, uuid.Nil); err != nil {
		return err
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	default:
		return fault.New(fault.ArchiveBusy)
	}
	v, err := viewer.From(ctx)
	if err != nil {
		return err
	}
	err = s.c.Write(ctx, func(ctx context.Context, _ Store) error {
		if err := s.c.Gate.Require(ctx, authz.TenantExport, uuid.Nil); err != nil {
			return err
		}
		return audit.Record(ctx, "tenant:export", "tenant", v.Tenant, map[string]any{"form": OfTenant})
	})
	if err != nil {
		return err
	}
	w := NewWriter(out, OfTenant)
	err = s.c.Read(ctx, func(ctx context.Context, st Store) error {
		free, err := st.TakeExportTurn(ctx)
		if err != nil {
			return err
		}
		if !free {
			return fault.New(fault.ArchiveBusy)
		}
		return w.Rows(ctx, st)
	})
	if err != nil {
		return err
	}
	rowsDone()
	if err := w.Files(ctx, s.c.Files, s.c.Now()); err != nil {
		return err
	}
	_, err = w.Close(s.c.Signer, s.c.Now())
	return err
}

// change is a write that first asks for a permission on the tenant, inside the
// transaction too, so that a right taken away meanwhile does not count.
func (s *Service) change(ctx context.Context, p authz.Permission, do func(ctx context.Context, v *viewer.Viewer, st Store) error) error {
	if err := s.c.Gate.Require(ctx, p, uuid.Nil); err != nil {
		return err
	}
	return s.c.Write(ctx, func(ctx context.Context, st Store) error {
		v, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		if err := s.c.Gate.Require(ctx, p, uuid.Nil); err != nil {
			return err
		}
		return do(ctx, v, st)
	})
}

// longestReason in characters.
const longestReason = 500

// reasonOf is a reason as it is kept; false when there is none or it is too long.
func reasonOf(given string) (string, bool) {
	trimmed := strings.TrimSpace(given)
	n := utf8.RuneCountInString(trimmed)
	return trimmed, utf8.ValidString(trimmed) && n > 0 && n <= longestReason && strings.IndexFunc(trimmed, unicode.IsControl) < 0
}
