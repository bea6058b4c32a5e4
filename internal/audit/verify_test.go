package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// Any one entry changed, removed, moved, doubled or cut off at the end is found
// against the head that was noted.
//
// covers T30
func TestAnyOneChangeIsFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		entries := chain(t, rapid.IntRange(2, 8).Draw(t, "length"))
		head, err := Verify(all(entries))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := VerifyTo(all(entries), head, Start(), Head{Seq: 1, Hash: entries[0].Hash}); err != nil || got.Seq != head.Seq {
			t.Fatalf("untouched: %v", err)
		}
		i, j := rapid.IntRange(0, len(entries)-1).Draw(t, "one"), rapid.IntRange(0, len(entries)-2).Draw(t, "other")
		if j >= i {
			j++
		}
		for name, bad := range map[string][]Entry{
			"removed": slices.Delete(slices.Clone(entries), i, i+1),
			"doubled": slices.Insert(slices.Clone(entries), j, entries[i]),
			"swapped": swapped(entries, i, j),
			"none":    nil,
		} {
			var broken *Broken
			if _, err := VerifyTo(all(bad), head); !errors.As(err, &broken) {
				t.Fatalf("%s: %v", name, err)
			}
		}
	})
}

func swapped(entries []Entry, i, j int) []Entry {
	other := slices.Clone(entries)
	other[i], other[j] = other[j], other[i]
	return other
}

// A chain that was made anew from its beginning holds in itself, and not
// against a head of the old one.
func TestAChainMadeAnewIsFound(t *testing.T) {
	t.Parallel()
	entries := []Entry{{Detail: []byte(`{"n":1}`)}, {Detail: []byte(`{"n":2}`)}, {Detail: []byte(`{"n":3}`)}}
	head, err := Link(Start(), entries)
	if err != nil {
		t.Fatal(err)
	}
	anew := []Entry{{Detail: []byte(`{"n":1}`)}, {Detail: []byte(`{"n":9}`)}, {Detail: []byte(`{"n":3}`)}}
	if _, err := Link(Start(), anew); err != nil {
		t.Fatal(err)
	}
	var broken *Broken
	if _, err := Verify(all(anew)); err != nil {
		t.Fatalf("in itself: %v", err)
	}
	if _, err := VerifyTo(all(anew), head); !errors.As(err, &broken) || broken.Seq != 3 {
		t.Errorf("got %v", err)
	}
	if _, err := VerifyTo(all(entries[:2]), head); !errors.As(err, &broken) || broken.Seq != 3 || !strings.Contains(broken.Error(), "entry 3") {
		t.Errorf("cut off: %v", err)
	}
	if _, err := VerifyTo(all(entries), Head{Seq: 3, Hash: []byte("x")}, head); !errors.As(err, &broken) {
		t.Errorf("two heads of one number: %v", err)
	}
}

// A tenant of which nothing is told yet has no head to pass through, however it
// was noted.
func TestHeadOfNothing(t *testing.T) {
	t.Parallel()
	if _, err := VerifyWhole(all(nil), Head{}, Start()); err != nil {
		t.Errorf("an empty chain: %v", err)
	}
	entries := []Entry{{Detail: []byte(`{"n":1}`)}}
	head, err := Link(Start(), entries)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := VerifyWhole(all(entries), head, Start(), Head{}); err != nil {
		t.Errorf("a chain that was empty when it was noted: %v", err)
	}
}

// Entries of before units, reasons and changes were noted keep their hash.
func TestTheFormOfAnOldEntry(t *testing.T) {
	t.Parallel()
	id := uuid.MustParse("01890000-0000-7000-8000-000000000001")
	e := Entry{ID: id, Tenant: id, Region: "990101", Seq: 1, At: time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC), Actor: id, Action: "round:open",
		ObjectKind: "round", ObjectID: id, Detail: json.RawMessage(`{}`), Previous: make([]byte, 32)}
	form := `{"action":"round:open","actor":"` + id.String() + `","at":"2026-11-21T08:00:00Z","credential":"","detail":{},"id":"` + id.String() +
		`","objectId":"` + id.String() + `","objectKind":"round","previous":"` + strings.Repeat("00", 32) + `","region":"990101","requestId":"","seq":1,"tenant":"` + id.String() + `"}`
	want := sha256.Sum256([]byte(form))
	if got, err := e.Sum(); err != nil || hex.EncodeToString(got) != hex.EncodeToString(want[:]) {
		t.Errorf("%x, %v", got, err)
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	var into list
	ctx := Into(context.Background(), &into)
	type state struct {
		State, Venue string
		Due          *string `json:",omitempty"`
	}
	due, unit := "2023-05-08", uuid.New()
	err := Record(ctx, "round:close", "round", unit, nil, At(unit), Because("人齐"), Changed(state{"open", "v", nil}, state{"closed", "v", &due}))
	if err != nil {
		t.Fatal(err)
	}
	e := into[0]
	if e.Unit != unit || e.Reason != "人齐" || string(e.Before) != `{"State":"open"}` || string(e.After) != `{"Due":"2023-05-08","State":"closed"}` {
		t.Errorf("%s %s %+v", e.Before, e.After, e)
	}
	for name, note := range map[string]Note{
		"no object": Changed("a", "b"), "no JSON": Changed(make(chan int), nil), "no JSON after": Changed(nil, make(chan int)),
		"a NUL": Because("a\x00"), "no text": Because("\xff"), "too long": Because(strings.Repeat("长", longestReason+1)),
	} {
		if err := Record(ctx, "round:close", "round", unit, nil, note); err == nil || len(into) != 1 {
			t.Errorf("%s was recorded", name)
		}
	}
}

// Nothing can be added past the tip, although the chain holds in itself.
func TestNothingIsAddedPastTheTip(t *testing.T) {
	t.Parallel()
	entries := []Entry{{Detail: []byte(`{}`)}, {Detail: []byte(`{}`)}, {Detail: []byte(`{}`)}}
	head, err := Link(Start(), entries)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := VerifyWhole(all(entries), head); err != nil || got.Seq != 3 {
		t.Errorf("to its tip: %v", err)
	}
	var broken *Broken
	if _, err := VerifyWhole(all(entries), Head{Seq: 2, Hash: entries[1].Hash}); !errors.As(err, &broken) || broken.Seq != 3 {
		t.Errorf("past its tip: %v", err)
	}
	if _, err := VerifyWhole(all(entries), Start()); !errors.As(err, &broken) || broken.Seq != 1 {
		t.Errorf("without a tip: %v", err)
	}
}
