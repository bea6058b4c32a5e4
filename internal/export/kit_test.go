package export

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/sheet"
	"leitai/internal/viewer"
)

// shelf is a store of files in memory: a file is there when it is whole.
type shelf struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (s *shelf) Write(_ context.Context, key, _ string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[key] = b.Bytes()
	return nil
}

type opened struct{ *bytes.Reader }

func (opened) Close() error { return nil }

func (s *shelf) Open(_ context.Context, key string) (io.ReadSeekCloser, int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, there := s.files[key]
	if !there {
		return nil, 0, fault.New(fault.NotFound)
	}
	return opened{bytes.NewReader(body)}, int64(len(body)), nil
}

func (s *shelf) Delete(_ context.Context, key string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, key)
	return nil
}

// gate knows what the user holds at the moment.
type gate map[authz.Permission]bool

func (g gate) Anywhere(_ context.Context, p authz.Permission) error {
	if !g[p] {
		return fault.New(fault.Forbidden, "permission", string(p))
	}
	return nil
}

// world is the use cases over what is in memory.
type world struct {
	*Service
	shelf *shelf
	gate  gate
	now   time.Time
	made  map[uuid.UUID]*Made
	asked []Request
	acts  []audit.Event
	gone  bool // the user who asked is disabled
}

var home, me = uuid.New(), uuid.New()

// Collect implements audit.Sink.
func (w *world) Collect(e audit.Event) { w.acts = append(w.acts, e) }

func (w *world) as(t testing.TB, user uuid.UUID) context.Context {
	t.Helper()
	return viewer.With(t.Context(), &viewer.Viewer{Tenant: home, User: user, TimeZone: "Asia/Shanghai"})
}

func newWorld(sources ...Source) *world {
	w := &world{shelf: &shelf{files: map[string][]byte{}}, gate: gate{authz.ExportRequest: true, authz.IssueRead: true},
		now: time.Date(2023, time.May, 4, 1, 0, 0, 0, time.UTC), made: map[uuid.UUID]*Made{}}
	w.Service = New(Config{Sources: sources, Gate: w.gate, Files: w.shelf, Clock: func() time.Time { return w.now }, Wake: func() {},
		Links: paging.Codec{Keys: [][]byte{bytes.Repeat([]byte{7}, 32)}},
		Write: func(ctx context.Context, do func(context.Context) error) error { return do(audit.Into(ctx, w)) },
		Enqueue: func(_ context.Context, _ string, input any) (uuid.UUID, error) {
			r, ok := input.(Request)
			if !ok {
				return uuid.Nil, fmt.Errorf("%T was queued", input)
			}
			w.asked = append(w.asked, r)
			return uuid.New(), nil
		},
		Find: func(ctx context.Context, job uuid.UUID) (*Made, error) {
			who, err := viewer.From(ctx)
			if m, known := w.made[job]; known && err == nil && who.User == me {
				return m, nil
			}
			return nil, fault.New(fault.NotFound)
		},
		AsAsker: func(ctx context.Context, _, tenant uuid.UUID, do func(context.Context) error) error {
			if w.gone || tenant != home {
				return fault.New(fault.Unauthenticated)
			}
			return do(viewer.With(ctx, &viewer.Viewer{Tenant: home, User: me, TimeZone: "Asia/Shanghai"}))
		}})
	return w
}

// work runs a request as its job does, and gives the file.
func (w *world) work(t testing.TB, r Request) (*File, []byte, error) {
	t.Helper()
	input, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	f, err := w.Run(t.Context(), Work{Job: uuid.New(), Lease: uuid.New(), Tenant: home, Input: input, Progress: func(int64, *int64) {},
		As: func(_ context.Context, do func(context.Context) error) error { return do(w.as(t, me)) }})
	if err != nil {
		return nil, nil, err
	}
	return f, w.shelf.files[f.Key], nil
}

// ledger is a source of so many rows in pages of ten.
func ledger(rows int, row func(i int) []sheet.Value) Source {
	return Source{Kind: Issues, Permission: authz.IssueRead, Takes: []Condition{ByCompetition, From, To}, Needs: nil,
		Columns: []Column{{Key: "number", Zh: "编号", En: "number"}, {Key: "title", Zh: "问题", En: "issue"}, {Key: "base", Zh: "扣分", En: "base"}},
		Rows: Paged(func(_ context.Context, _ Request, at string) (Page, error) {
			from, _ := strconv.Atoi(at) // empty is 0
			p := Page{}
			for i := from; i < min(from+10, rows); i++ {
				p.Rows = append(p.Rows, row(i))
			}
			if from+10 < rows {
				p.Next = strconv.Itoa(from + 10)
			}
			return p, nil
		})}
}

func plain(i int) []sheet.Value {
	return []sheet.Value{sheet.Number(strconv.Itoa(i + 1)), sheet.Text("垃圾未清运"), sheet.Number("0.50")}
}
