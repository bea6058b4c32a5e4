package blob

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"leitai/internal/fault"
)

const (
	tenant = "018f0000-0000-7000-8000-000000000001"
	upload = "018f0000-0000-7000-8000-0000000000aa"
)

func keyOf(end string) string {
	return tenant + "/2023/" + strings.Repeat("ab", 32) + "-" + upload + end
}

// What is written is read back whole, from a folder as from memory; what is
// deleted is gone, and deleting it again is no error.
func TestFilesComeBack(t *testing.T) {
	t.Parallel()
	for name, address := range map[string]string{"memory": "mem://", "folder": "file://" + t.TempDir() + "?metadata=skip"} {
		s, err := Open(t.Context(), address, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		body := bytes.Repeat([]byte("0123456789"), 1000)
		if err := s.Put(t.Context(), keyOf(".jpg"), "image/jpeg", body); err != nil {
			t.Fatal(err)
		}
		r, size, err := s.Open(t.Context(), keyOf(".jpg"))
		if err != nil || size != int64(len(body)) {
			t.Fatal(name, size, err)
		}
		if _, err := r.Seek(5000, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		rest, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(rest, body[5000:]) || r.Close() != nil {
			t.Errorf("%s: %d bytes after 5000, %v", name, len(rest), err)
		}
		for range 2 {
			if err := s.Delete(t.Context(), keyOf(".jpg")); err != nil {
				t.Error(name, err)
			}
		}
		if _, _, err := s.Open(t.Context(), keyOf(".jpg")); !errors.Is(err, fault.New(fault.NotFound)) {
			t.Errorf("%s: deleted and still %v", name, err)
		}
	}
	if _, err := Open(t.Context(), "ftp://x", Limits{}); err == nil {
		t.Error("an address nobody serves was opened")
	}
}

// Only keys of the program's own making name a file. covers T21
func TestKeysCannotClimb(t *testing.T) {
	t.Parallel()
	s := open(t, Limits{})
	for _, key := range []string{
		"", "x", "../../etc/passwd", "/etc/passwd", tenant + "/../../../etc/passwd", keyOf(".jpg") + "/../x.jpg", keyOf("/x.jpg"),
		strings.ToUpper(keyOf(".jpg")), keyOf(""), keyOf(".jpg\x00"), "\n" + keyOf(".jpg"), keyOf(".jpg\n"), strings.Replace(keyOf(".jpg"), "2023", "..", 1),
	} {
		_, _, err := s.Open(t.Context(), key)
		for verb, err := range map[string]error{"open": err, "put": s.Put(t.Context(), key, "image/jpeg", []byte("x")), "delete": s.Delete(t.Context(), key)} {
			if !errors.Is(err, fault.New(fault.NotFound)) {
				t.Errorf("%s %q: %v", verb, key, err)
			}
		}
	}
	for _, key := range []string{keyOf(".jpg"), keyOf("-small.jpg"), keyOf(".docx")} {
		if err := check(key); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// A walk names old files of one tenant and stops where it is told to.
func TestWalkNamesOldFiles(t *testing.T) {
	t.Parallel()
	s := open(t, Limits{})
	for _, key := range []string{keyOf(".jpg"), keyOf(".pdf"), strings.Replace(keyOf(".jpg"), "0001/", "0002/", 1)} {
		if err := s.Put(t.Context(), key, "image/jpeg", []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	walk := func(before time.Time) (seen []string) {
		if err := s.Walk(t.Context(), tenant+"/", before, func(key string) error { seen = append(seen, key); return nil }); err != nil {
			t.Fatal(err)
		}
		return seen
	}
	if whose, err := s.Tenants(t.Context()); err != nil || len(whose) != 2 || whose[0].String() != tenant {
		t.Errorf("files of %v, %v", whose, err)
	}
	if seen := walk(time.Now().Add(time.Hour)); len(seen) != 2 {
		t.Errorf("seen %v", seen)
	}
	if seen := walk(time.Now().Add(-time.Hour)); len(seen) != 0 {
		t.Errorf("new files seen: %v", seen)
	}
	stop := errors.New("enough")
	if err := s.Walk(t.Context(), tenant+"/", time.Now().Add(time.Hour), func(string) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}

// A reader who has gone does not wait for a turn to draw.
func TestWaitingForATurnEnds(t *testing.T) {
	t.Parallel()
	s := open(t, Limits{AtOnce: 1})
	s.turns <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Inspect(ctx, bytes.NewReader(jpegOf(t, corner(4, 4)))); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
