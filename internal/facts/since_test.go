package facts_test

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/facts"
	"leitai/internal/fault"
)

func TestAPlaceReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := facts.Since{}
		for range rapid.IntRange(0, 40).Draw(t, "tenants") {
			var id uuid.UUID
			copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "tenant"))
			s[id] = rapid.Int64Range(1, 1<<40).Draw(t, "seq")
		}
		text := s.String()
		again, err := facts.ParseSince(text)
		if err != nil || !maps.Equal(s, again) && len(s)+len(again) > 0 {
			t.Fatalf("%v came back as %v (%v)", s, again, err)
		}
		if text != again.String() {
			t.Fatal("one place is written in two ways")
		}
		if strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Fatalf("%q does not fit into an address", text)
		}
	})
}

func TestWhatIsNoPlaceIsRefused(t *testing.T) {
	t.Parallel()
	good := facts.Since{uuid.New(): 7}.String()
	for _, text := range []string{"0", "latest", "2023-04-01", good[:len(good)-2], good + "A", good + "=", good + "\n", " " + good, "AQ==", strings.Repeat("A", 200_000), "Ag"} {
		if s, err := facts.ParseSince(text); !errors.Is(err, fault.New(fault.FactsSinceInvalid)) || s != nil {
			t.Errorf("%.40q was read as %v, %v", text, s, err)
		}
	}
	if s, err := facts.ParseSince(""); s != nil || err != nil {
		t.Errorf("the beginning is %v, %v", s, err)
	}
}

func FuzzParseSince(f *testing.F) {
	f.Add(facts.Since{uuid.New(): 1, uuid.New(): 300}.String())
	f.Add("AQ")
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := facts.ParseSince(text); err == nil && len(s) > 0 {
			if again, err := facts.ParseSince(s.String()); err != nil || !maps.Equal(s, again) {
				t.Errorf("%q is read as %v and then as %v", text, s, again)
			}
		}
	})
}
