package export

import (
	"encoding/json"
	"io"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
)

// done puts an export that is done, with its file.
func (w *world) done(t *testing.T) uuid.UUID {
	t.Helper()
	input, err := json.Marshal(Request{Kind: Issues, Format: CSV})
	if err != nil {
		t.Fatal(err)
	}
	id := uuid.New()
	w.made[id] = &Made{Input: input, Key: id.String(), Name: "台账.csv", MediaType: "text/csv", Until: w.now.AddDate(0, 0, 7)}
	w.shelf.files[id.String()] = []byte("rows")
	return id
}

// through opens a file by a link, as whoever has it does.
func (w *world) through(t *testing.T, link string, id uuid.UUID) fault.Code {
	t.Helper()
	p, err := w.ReadLink(link, id)
	if err != nil {
		return fault.CodeOf(err)
	}
	stream, err := w.OpenLink(t.Context(), p)
	if err != nil {
		return fault.CodeOf(err)
	}
	defer func() { _ = stream.Body.Close() }()
	if body, err := io.ReadAll(stream.Body); err != nil || string(body) != "rows" || stream.Bytes != 4 {
		t.Fatalf("%q %v", body, err)
	}
	return ""
}

// covers T18
func TestALinkOpensItsFileForAWhile(t *testing.T) {
	t.Parallel()
	w := newWorld(ledger(1, plain))
	id, other := w.done(t), w.done(t)
	link, until, err := w.Link(w.as(t, me), id)
	if err != nil || !until.Equal(w.now.Add(LinkLife)) {
		t.Fatal(until, err)
	}
	if code := w.through(t, link, id); code != "" {
		t.Fatalf("it does not open: %s", code)
	}
	if code := w.through(t, link, other); code != fault.LinkInvalid {
		t.Errorf("another export: %q", code)
	}
	for i := range link {
		changed := []byte(link)
		changed[i] ^= 1
		if code := w.through(t, string(changed), id); code != fault.LinkInvalid {
			t.Fatalf("altered at %d: %q", i, code)
		}
	}
	for _, forged := range []string{"", "x", w.c.Links.Encode("another purpose"), w.c.Links.Encode(purpose)} {
		if code := w.through(t, forged, id); code != fault.LinkInvalid {
			t.Errorf("%q: %q", forged, code)
		}
	}
	w.now = w.now.Add(LinkLife - time.Second)
	if code := w.through(t, link, id); code != "" {
		t.Errorf("a second before its end: %s", code)
	}
	w.now = w.now.Add(time.Second)
	if code := w.through(t, link, id); code != fault.LinkInvalid {
		t.Errorf("at its end: %q", code)
	}
}

// A link is worth what its user may read at the moment.
//
// covers T18
func TestALinkOfAnotherOrWithoutRightsOpensNothing(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(w *world){
		"the right to read":   func(w *world) { delete(w.gate, authz.IssueRead) },
		"the right to export": func(w *world) { delete(w.gate, authz.ExportRequest) },
		"the account":         func(w *world) { w.gone = true },
	} {
		w := newWorld(ledger(1, plain))
		id := w.done(t)
		link, _, err := w.Link(w.as(t, me), id)
		if err != nil {
			t.Fatal(err)
		}
		take(w)
		if code := w.through(t, link, id); code != fault.LinkInvalid {
			t.Errorf("without %s: %q", name, code)
		}
	}
	w := newWorld(ledger(1, plain))
	id := w.done(t)
	link, _, err := w.Link(w.as(t, uuid.New()), id) // somebody else names the export
	if err != nil {
		t.Fatal(err)
	}
	if code := w.through(t, link, id); code != fault.LinkInvalid {
		t.Errorf("a link of another user: %q", code)
	}
	if _, err := w.Open(w.as(t, uuid.New()), id); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("another user: %v", err)
	}
}

func TestAFileWhoseDaysAreOverIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(ledger(1, plain))
	id := w.done(t)
	if _, err := w.Open(w.as(t, me), id); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.AddDate(0, 0, 7)
	if _, err := w.Open(w.as(t, me), id); fault.CodeOf(err) != fault.ExportGone {
		t.Errorf("after seven days: %v", err)
	}
	w.now = w.now.AddDate(0, 0, -1)
	w.made[id].Key = ""
	if _, err := w.Open(w.as(t, me), id); fault.CodeOf(err) != fault.ExportGone {
		t.Errorf("swept: %v", err)
	}
}
