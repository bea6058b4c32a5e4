package audit

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

type list []Event

func (l *list) Collect(e Event) { *l = append(*l, e) }

func TestRecordGoesToTheSink(t *testing.T) {
	t.Parallel()
	var into list
	ctx := Into(context.Background(), &into)
	id := uuid.New()
	if err := Record(ctx, "round:open", "round", id, map[string]any{"to": "open", "from": "notified", "n": 1.50}); err != nil {
		t.Fatal(err)
	}
	if err := Record(ctx, "round:open", "round", id, nil); err != nil {
		t.Fatal(err)
	}
	if len(into) != 2 || string(into[0].Detail) != `{"from":"notified","n":1.5,"to":"open"}` || string(into[1].Detail) != `{}` ||
		into[0].Action != "round:open" || into[0].ObjectKind != "round" || into[0].ObjectID != id {
		t.Errorf("%+v", into)
	}
	for name, detail := range map[string]any{"no JSON": make(chan int), "a NUL": "a\x00b", "a NUL in a name": map[string]int{"\x00": 1}} {
		if err := Record(ctx, "round:open", "round", id, detail); err == nil {
			t.Errorf("%s was recorded", name)
		}
	}
	if err := Record(context.Background(), "round:open", "round", id, nil); err == nil || len(into) != 2 {
		t.Error("an act without a sink was lost in silence")
	}
}

func TestCanonicalForm(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		` { "b" : [1.0, 2.50, -0, 1e3, 1.5E-3] , "a" : null } `: `{"a":null,"b":[1,2.5,0,1000,0.0015]}`,
		`"a\u4e2d\/"`: `"a中/"`, `true`: `true`, `[]`: `[]`, `123456789012345678901234567890.10`: `123456789012345678901234567890.1`,
	} {
		have, err := canonical([]byte(in))
		if err != nil || string(have) != want {
			t.Errorf("%s: %s, %v", in, have, err)
		}
	}
	for _, bad := range []string{``, `{`, `1 2`, `1e99999999999`, `nul`} {
		if have, err := canonical([]byte(bad)); err == nil {
			t.Errorf("%q became %s", bad, have)
		}
	}
}

// chain makes a chain of drawn entries.
func chain(t *rapid.T, n int) []Entry {
	entries := make([]Entry, n)
	tenant := uuid.New()
	for i := range entries {
		entries[i] = Entry{
			ID: uuid.New(), Tenant: tenant, Region: "990101", At: time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")),
			Actor: uuid.New(), Credential: rapid.String().Draw(t, "credential"), RequestID: rapid.String().Draw(t, "request"), Action: "round:open",
			ObjectKind: "round", ObjectID: uuid.New(), Detail: json.RawMessage(`{"n":` + rapid.StringMatching(`[1-9][0-9]{0,5}\.[0-9]{1,3}`).Draw(t, "n") + `}`),
		}
		if rapid.Bool().Draw(t, "tells more") {
			entries[i].Unit, entries[i].Reason = uuid.New(), rapid.String().Draw(t, "reason")
			entries[i].Before, entries[i].After = json.RawMessage(`{"state":"open"}`), json.RawMessage(`{"state":"closed"}`)
		}
	}
	if _, err := Link(Start(), entries); err != nil {
		t.Fatal(err)
	}
	return entries
}

func all(entries []Entry) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// A chain holds however it was cut into transactions, and no single change of
// any field goes unnoticed.
func TestEveryChangeBreaksTheChain(t *testing.T) {
	t.Parallel()
	changes := map[string]func(*Entry){
		"id": func(e *Entry) { e.ID = uuid.New() }, "tenant": func(e *Entry) { e.Tenant = uuid.New() }, "region": func(e *Entry) { e.Region += "1" },
		"seq": func(e *Entry) { e.Seq++ }, "at": func(e *Entry) { e.At = e.At.Add(time.Microsecond) }, "actor": func(e *Entry) { e.Actor = uuid.New() },
		"credential": func(e *Entry) { e.Credential += "x" }, "request": func(e *Entry) { e.RequestID += "x" }, "action": func(e *Entry) { e.Action = "round:close" },
		"kind": func(e *Entry) { e.ObjectKind = "mark" }, "object": func(e *Entry) { e.ObjectID = uuid.New() }, "detail": func(e *Entry) { e.Detail = json.RawMessage(`{"n":0}`) },
		"no detail": func(e *Entry) { e.Detail = nil }, "previous": func(e *Entry) { e.Previous = append([]byte{e.Previous[0] ^ 1}, e.Previous[1:]...) },
		"unit": func(e *Entry) { e.Unit = uuid.New() }, "reason": func(e *Entry) { e.Reason += "x" }, "before": func(e *Entry) { e.Before = json.RawMessage(`{"state":"x"}`) },
		"after": func(e *Entry) { e.After = json.RawMessage(`{"state":"x"}`) },
		"hash":  func(e *Entry) { e.Hash = append([]byte{e.Hash[0] ^ 1}, e.Hash[1:]...) },
	}
	rapid.Check(t, func(t *rapid.T) {
		entries := chain(t, rapid.IntRange(1, 6).Draw(t, "length"))
		head, err := Verify(all(entries))
		if err != nil || head.Seq != int64(len(entries)) {
			t.Fatalf("head %d, %v", head.Seq, err)
		}
		at := rapid.IntRange(0, len(entries)-1).Draw(t, "at")
		for name, change := range changes {
			changed := append([]Entry(nil), entries...)
			change(&changed[at])
			var broken *Broken
			if _, err := Verify(all(changed)); !errors.As(err, &broken) || broken.Seq != int64(at+1) {
				t.Fatalf("%s of entry %d: %v", name, at+1, err)
			}
		}
		if at+1 < len(entries) {
			var broken *Broken
			if _, err := Verify(all(append(append([]Entry(nil), entries[:at]...), entries[at+1:]...))); !errors.As(err, &broken) || broken.Seq != int64(at+1) {
				t.Fatalf("removed entry %d: %v", at+1, err)
			}
		}
	})
}

// The form a database gives back has the same hash: keys in another order,
// spaces, numbers with other zeros, times in another zone.
func TestTheHashIsOfTheContent(t *testing.T) {
	t.Parallel()
	e := Entry{At: time.Date(2023, 4, 30, 8, 0, 0, 123_456_000, time.UTC), Detail: json.RawMessage(`{"b":1.5,"a":[1]}`)}
	same := Entry{At: e.At.In(time.FixedZone("", 8*3600)), Detail: json.RawMessage(`{"a": [1.0], "b": 1.50}`)}
	one, err := e.Sum()
	if err != nil {
		t.Fatal(err)
	}
	other, err := same.Sum()
	if err != nil || string(one) != string(other) {
		t.Errorf("%x and %x, %v", one, other, err)
	}
}

func TestLinkContinuesAHead(t *testing.T) {
	t.Parallel()
	entries := []Entry{{Detail: []byte(`{}`)}, {Detail: []byte(`{}`)}, {Detail: []byte(`{}`)}}
	head := Start()
	var err error
	for i := range entries { // three transactions
		if head, err = Link(head, entries[i:i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := Verify(all(entries)); err != nil || have.Seq != 3 || string(have.Hash) != string(head.Hash) {
		t.Errorf("%+v, %v", have, err)
	}
	if _, err := Link(head, []Entry{{Detail: []byte(`{`)}}); err == nil {
		t.Error("a detail that is no JSON was linked")
	}
	lost := errors.New("the connection is lost")
	if _, err := Verify(func(yield func(Entry, error) bool) { yield(Entry{}, lost) }); !errors.Is(err, lost) {
		t.Errorf("got %v", err)
	}
}
