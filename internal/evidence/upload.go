package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/viewer"
)

// MayUpload refuses whoever may enter no evidence anywhere, before a byte of
// the file is read.
func (s *Service) MayUpload(ctx context.Context) error {
	if err := s.gate.Anywhere(ctx, authz.EvidenceWrite); err != nil {
		return err
	}
	_, err := viewer.Actor(ctx)
	return err
}

// Inspect reads a file as it was sent; it needs no transaction, so that a slow
// sender holds none.
func (s *Service) Inspect(ctx context.Context, body io.Reader) (*Content, error) {
	return s.files.Inspect(ctx, body)
}

// Keep stores an inspected file and gives its row: the file is written first,
// the row after it, so that what is acknowledged is there. The same content is
// kept once by a tenant and answers with the same row.
func (s *Service) Keep(ctx context.Context, name string, c *Content) (*File, error) {
	if err := s.MayUpload(ctx); err != nil {
		return nil, err
	}
	who, err := viewer.Actor(ctx)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(c.Body)
	f := &File{ID: newID(), Tenant: who.Tenant, SHA256: hex.EncodeToString(sum[:]), MediaType: c.MediaType, Bytes: int64(len(c.Body)),
		Width: c.Width, Height: c.Height, Name: shown(name), UploadedBy: who.User, Senders: []uuid.UUID{who.User}, UploadedAt: s.clock()}
	kept, err := s.known(ctx, f)
	if kept != nil || err != nil {
		return kept, err
	}
	if err := s.room.AdmitFile(ctx, f.Bytes); err != nil {
		return nil, err
	}
	stem := fmt.Sprintf("%s/%04d/%s-%s", who.Tenant, f.UploadedAt.UTC().Year(), f.SHA256, f.ID)
	f.Key = stem + "." + c.Extension
	if err := s.files.Put(ctx, f.Key, c.MediaType, c.Body); err != nil {
		return nil, err
	}
	if len(c.Thumbnail) > 0 {
		f.Thumbnail = stem + "-small.jpg"
		if err := s.files.Put(ctx, f.Thumbnail, "image/jpeg", c.Thumbnail); err != nil {
			return nil, errors.Join(err, s.files.Delete(ctx, f.Key))
		}
	}
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if kept, err = st.TouchFile(ctx, f.SHA256, f.UploadedBy, f.UploadedAt); kept != nil || err != nil {
			return err // somebody sent the same a moment ago
		}
		if err := st.InsertFile(ctx, f); err != nil {
			return err
		}
		return audit.Record(ctx, "evidence:upload", "file", f.ID, map[string]any{"sha256": f.SHA256, "type": f.MediaType, "bytes": f.Bytes})
	})
	if err == nil && kept == nil {
		return f, nil
	}
	return kept, errors.Join(err, s.discard(context.WithoutCancel(ctx), f)) // nothing was acknowledged for it
}

// known finds the same content of the tenant.
func (s *Service) known(ctx context.Context, f *File) (kept *File, err error) {
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		kept, err = st.TouchFile(ctx, f.SHA256, f.UploadedBy, f.UploadedAt)
		if kept == nil || err != nil {
			return err
		}
		return audit.Record(ctx, "evidence:upload", "file", kept.ID, map[string]any{"sha256": f.SHA256, "again": true})
	})
	return kept, err
}

func (s *Service) discard(ctx context.Context, f *File) error {
	err := s.files.Delete(ctx, f.Key)
	if f.Thumbnail != "" {
		err = errors.Join(err, s.files.Delete(ctx, f.Thumbnail))
	}
	return err
}

// shown makes a name for downloads of what a sender called a file: its last
// part, without what controls a terminal, at most 120 characters.
func shown(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	if name == "." || name == "/" {
		return ""
	}
	if runes := []rune(name); len(runes) > 120 {
		name = string(runes[len(runes)-120:]) // the end has the extension
	}
	return name
}

// Files are swept when they are old enough that no upload can still be under way.
const (
	unusedFor  = 7 * 24 * time.Hour // a row that no piece names
	orphanedAt = 24 * time.Hour     // a file that no row names
)

// Sweep removes files of the viewer's tenant that were sent and never used, and
// those that a broken upload left behind. Everything a piece names stays. It
// gives the number of files removed from the store.
func (s *Service) Sweep(ctx context.Context) (removed int, err error) {
	who, err := viewer.From(ctx)
	if err != nil {
		return 0, err
	}
	var unused []*File
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if unused, err = st.DropUnused(ctx, s.clock().Add(-unusedFor)); err != nil || len(unused) == 0 {
			return err
		}
		return audit.Record(ctx, "evidence:sweep", "tenant", who.Tenant, map[string]any{"files": len(unused)})
	})
	if err != nil {
		return 0, err
	}
	for _, f := range unused {
		if err := s.discard(ctx, f); err != nil {
			return removed, err
		}
		removed++
	}
	orphans, err := s.orphans(ctx, who.Tenant)
	if err != nil {
		return removed, err
	}
	for _, key := range orphans {
		if err := s.files.Delete(ctx, key); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, nil
}

// orphans lists old files that no row names. Every upload makes a key of its
// own, so that a file found here can never become named again.
func (s *Service) orphans(ctx context.Context, tenant uuid.UUID) ([]string, error) {
	var old, orphans []string
	err := s.files.Walk(ctx, tenant.String()+"/", s.clock().Add(-orphanedAt), func(key string) error {
		old = append(old, key)
		return nil
	})
	if err != nil || len(old) == 0 {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		orphans = nil
		known, err := st.KnownKeys(ctx, old)
		for _, key := range old {
			if !known[key] {
				orphans = append(orphans, key)
			}
		}
		return err
	})
	return orphans, err
}
