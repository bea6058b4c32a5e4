package evidence

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// shelf is a store of files in memory that can fail.
type shelf struct {
	Files
	kept map[string][]byte
	old  []string // keys written long ago
	fail error
}

func (s *shelf) Put(_ context.Context, key, _ string, body []byte) error {
	if s.fail != nil && strings.Contains(key, "-small") {
		return s.fail
	}
	s.kept[key] = body
	return nil
}

func (s *shelf) Delete(_ context.Context, key string) error { delete(s.kept, key); return nil }

func (s *shelf) Open(_ context.Context, key string) (io.ReadSeekCloser, int64, error) {
	body, there := s.kept[key]
	if !there {
		return nil, 0, fault.New(fault.NotFound)
	}
	return nopCloser{bytes.NewReader(body)}, int64(len(body)), nil
}

func (s *shelf) Walk(_ context.Context, prefix string, _ time.Time, do func(string) error) error {
	for _, key := range s.old {
		if strings.HasPrefix(key, prefix) {
			if err := do(key); err != nil {
				return err
			}
		}
	}
	return nil
}

type nopCloser struct{ *bytes.Reader }

func (nopCloser) Close() error { return nil }

// ledger is the rows of files.
type ledger struct {
	Store
	rows    []*File
	unused  []*File
	failing error
}

func (l *ledger) TouchFile(_ context.Context, sum string, by uuid.UUID, at time.Time) (*File, error) {
	for _, f := range l.rows {
		if f.SHA256 == sum {
			f.UploadedAt, f.Senders = at, append(f.Senders, by)
			return f, nil
		}
	}
	return nil, nil
}

func (l *ledger) InsertFile(_ context.Context, f *File) error {
	if l.failing == nil {
		l.rows = append(l.rows, f)
	}
	return l.failing
}

func (l *ledger) DropUnused(context.Context, time.Time) ([]*File, error) { return l.unused, nil }

func (l *ledger) KnownKeys(_ context.Context, keys []string) (map[string]bool, error) {
	known := map[string]bool{}
	for _, f := range l.rows {
		known[f.Key] = slices.Contains(keys, f.Key)
	}
	return known, nil
}

// everybody may do everything.
type everybody struct{}

func (everybody) Require(context.Context, authz.Permission, uuid.UUID) error { return nil }
func (everybody) Anywhere(context.Context, authz.Permission) error           { return nil }
func (everybody) May(context.Context, authz.Permission, uuid.UUID) bool      { return true }
func (everybody) Scope(context.Context, authz.Permission) []uuid.UUID        { return nil }
func (everybody) Sight(context.Context, authz.Permission) authz.Sight        { return authz.Sight{All: true} }

type deaf struct{}

func (deaf) Collect(audit.Event) {}

func bench(t *testing.T) (*Service, *shelf, *ledger, context.Context, *time.Time) {
	t.Helper()
	now := time.Date(2023, 5, 4, 8, 0, 0, 0, time.UTC)
	files, rows := &shelf{kept: map[string][]byte{}}, &ledger{}
	work := func(ctx context.Context, do func(context.Context, Store) error) error {
		return do(audit.Into(ctx, deaf{}), rows)
	}
	s := New(Config{Write: work, Read: work, Gate: everybody{}, Files: files, Now: func() time.Time { return now }, Clock: func() time.Time { return now },
		Secrets: func() [][]byte { return [][]byte{bytes.Repeat([]byte{1}, 32)} }})
	who := &viewer.Viewer{User: wang, Person: wang, Tenant: shen, TimeZone: "Asia/Shanghai"}
	return s, files, rows, viewer.With(t.Context(), who), &now
}

func picture(body string) *Content {
	return &Content{MediaType: "image/jpeg", Extension: "jpg", Body: []byte(body), Thumbnail: []byte("small " + body), Width: 3, Height: 2}
}

// A file is there before its row is; the same content is kept once, whoever
// sends it, and a failure on the way leaves neither a file nor a row.
func TestKeep(t *testing.T) {
	t.Parallel()
	s, files, rows, ctx, _ := bench(t)
	f, err := s.Keep(ctx, `C:\照片\院落.jpg`, picture("a"))
	if err != nil || f.Name != "院落.jpg" || !strings.HasPrefix(f.Key, shen.String()+"/2023/"+f.SHA256+"-") || string(files.kept[f.Key]) != "a" || string(files.kept[f.Thumbnail]) != "small a" {
		t.Fatalf("%+v %v", f, err)
	}
	again, err := s.Keep(ctx, "x.jpg", picture("a"))
	if err != nil || again.ID != f.ID || len(files.kept) != 2 || len(rows.rows) != 1 {
		t.Errorf("the same again: %+v %v, %d files", again, err, len(files.kept))
	}
	broken := errors.New("disk full")
	files.fail = broken
	if _, err := s.Keep(ctx, "b.jpg", picture("b")); !errors.Is(err, broken) || len(files.kept) != 2 || len(rows.rows) != 1 {
		t.Errorf("%v left %d files, %d rows", err, len(files.kept), len(rows.rows))
	}
	files.fail, rows.failing = nil, errors.New("no connection")
	if _, err := s.Keep(ctx, "c.jpg", picture("c")); !errors.Is(err, rows.failing) || len(files.kept) != 2 {
		t.Errorf("%v left %d files", err, len(files.kept))
	}
}

// Sweeping removes what nobody used and what no row names, and nothing that a
// row does.
func TestSweep(t *testing.T) {
	t.Parallel()
	s, files, rows, ctx, _ := bench(t)
	kept, err := s.Keep(ctx, "a.jpg", picture("a"))
	if err != nil {
		t.Fatal(err)
	}
	orphan, foreign := shen.String()+"/2023/orphan.jpg", wang.String()+"/2023/orphan.jpg"
	files.kept[orphan], files.kept[foreign], files.kept["unused"], files.kept["unused-small"] = nil, nil, nil, nil
	files.old = []string{kept.Key, orphan, foreign}
	rows.unused = []*File{{Key: "unused", Thumbnail: "unused-small"}}
	if n, err := s.Sweep(ctx); err != nil || n != 2 {
		t.Errorf("%d removed, %v", n, err)
	}
	for key, want := range map[string]bool{kept.Key: true, kept.Thumbnail: true, foreign: true, orphan: false, "unused": false, "unused-small": false} {
		if _, there := files.kept[key]; there != want {
			t.Errorf("%s is there: %v", key, there)
		}
	}
}

// A signed link opens its file for a minute and nothing else, and not a moment
// longer; any changed character closes it. covers T18
func TestLinks(t *testing.T) {
	t.Parallel()
	s, _, _, ctx, now := bench(t)
	f, err := s.Keep(ctx, "a.jpg", picture("a"))
	if err != nil {
		t.Fatal(err)
	}
	link, err := s.Link(ctx, f, false)
	if err != nil {
		t.Fatal(err)
	}
	stream, pass, err := s.OpenLink(ctx, link, f.ID, false)
	if err != nil || pass.User != wang || pass.Tenant != shen || stream.MediaType != "image/jpeg" || stream.Bytes != 1 {
		t.Fatalf("%+v %+v %v", stream, pass, err)
	}
	closed := func(link string, id uuid.UUID, small bool) {
		t.Helper()
		if _, _, err := s.OpenLink(ctx, link, id, small); fault.CodeOf(err) != fault.LinkInvalid {
			t.Errorf("opened: %v", err)
		}
	}
	closed(link, newID(), false)
	closed(link, f.ID, true)
	for i := range len(link) {
		for _, b := range []byte("Aa0_") {
			if link[i] != b {
				closed(link[:i]+string(b)+link[i+1:], f.ID, false)
			}
		}
	}
	*now = now.Add(LinkLife - time.Second)
	if _, _, err := s.OpenLink(ctx, link, f.ID, false); err != nil {
		t.Errorf("a second before its end: %v", err)
	}
	*now = now.Add(time.Second)
	closed(link, f.ID, false)
}

// A name for downloads has no path and nothing that controls a terminal.
func TestShownNames(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{
		"../../etc/passwd": "passwd", `C:\x\台账.pdf`: "台账.pdf", "a\r\nb\x00.jpg": "ab.jpg", "": "", "/": "", strings.Repeat("长", 200) + ".pdf": strings.Repeat("长", 116) + ".pdf",
	} {
		if got := shown(sent); got != want {
			t.Errorf("%q is shown as %q", sent, got)
		}
	}
}
