package graph

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/fault"
)

func TestIDsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		k := kind(rapid.StringMatching(`[A-Z][A-Za-z]{0,20}`).Draw(t, "kind"))
		key := uuid.UUID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "key"))
		id := globalID(k, key)
		if strings.ContainsAny(id, "=+/ ") {
			t.Fatalf("%s does not fit into an address", id)
		}
		if name, back, ok := OpenID(id); !ok || name != string(k) || back != key {
			t.Fatalf("%s reads back as %s %s", id, name, back)
		}
		if _, err := idOf("Other", id); fault.CodeOf(err) != fault.NotFound {
			t.Fatalf("another kind: %v", err)
		}
	})
}

// An id has one spelling: no text that differs names the same object.
func TestIDsHaveOneSpelling(t *testing.T) {
	t.Parallel()
	key := uuid.Must(uuid.NewV7())
	id := GlobalID("Round", key)
	for i := range id {
		for _, c := range []string{"A", "z", "_", "-", "=", "\n", ""} {
			other := id[:i] + c + id[i+1:]
			if k, got, ok := openID(other); ok && other != id && k == roundKind && got == key {
				t.Errorf("%q names the same as %q", other, id)
			}
		}
	}
	if _, _, ok := openID(id + "\n"); ok {
		t.Error("a line break is skipped")
	}
}

func TestAnythingElseIsNoID(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		if text := rapid.String().Draw(t, "text"); len(text) < 20 {
			if _, err := idOf(roundKind, text); fault.CodeOf(err) != fault.NotFound {
				t.Fatalf("%q: %v", text, err)
			}
		}
	})
}

// All ids of an input that name nothing are listed, each with its place.
func TestTheReaderListsEveryBadID(t *testing.T) {
	t.Parallel()
	good, text := GlobalID("Person", uuid.Must(uuid.NewV7())), "x"
	var r reader
	r.id(personKind, good, "a")
	r.id(roundKind, good, "b")
	r.optional(personKind, nil, "c")
	r.optional(personKind, &text, "d[%d]", 3)
	r.all(personKind, []string{good, "y"}, "e")
	r.made("3f0c53a6-3c4e-4f5c-9d53-0c5d7a2f9e11", "f")
	r.made("{3f0c53a6-3c4e-4f5c-9d53-0c5d7a2f9e11}", "g")
	r.made(uuid.Nil.String(), "h")
	var fields []string
	for _, f := range fault.All(r.err()) {
		fields = append(fields, f.Field+" "+string(f.Code))
	}
	want := "b NOT_FOUND, d[3] NOT_FOUND, e[1] NOT_FOUND, g INVALID, h INVALID"
	if got := strings.Join(fields, ", "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if (&reader{}).err() != nil {
		t.Error("a reader without faults has an error")
	}
}
