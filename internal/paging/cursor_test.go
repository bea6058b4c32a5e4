package paging_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"leitai/internal/fault"
	"leitai/internal/paging"

	"pgregory.net/rapid"
)

func key(b byte) []byte { return bytes.Repeat([]byte{b}, 32) }

func codec(keys ...[]byte) paging.Codec { return paging.Codec{Keys: keys} }

func anyKeyset() *rapid.Generator[[]paging.Value] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) paging.Value {
		if rapid.Bool().Draw(t, "null") {
			return paging.Null
		}
		return paging.Text(string(rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "text")))
	}), 0, 4)
}

func TestCursorReadsBackWhatItWasMadeOf(t *testing.T) {
	t.Parallel()
	c := codec(key(1))
	rapid.Check(t, func(t *rapid.T) {
		scope, keyset := rapid.String().Draw(t, "scope"), anyKeyset().Draw(t, "keyset")
		cursor := c.Encode(scope, keyset...)
		got, err := c.Decode(scope, cursor)
		if err != nil || !slices.Equal(got, keyset) {
			t.Fatalf("%v came back as %v, %v", keyset, got, err)
		}
		if again := c.Encode(scope, keyset...); again != cursor {
			t.Fatal("the same row has two cursors")
		}
		if strings.Trim(cursor, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Fatalf("%q does not fit into an address", cursor)
		}
	})
}

// Every character, replaced by every other byte, dropped, doubled or cut off.
//
// covers T8
func TestAnyChangeOfACursorIsRefused(t *testing.T) {
	t.Parallel()
	c := codec(key(1))
	scope := paging.Scope("tenant-a", `{"state":"open"}`, "held,id")
	for _, keyset := range [][]paging.Value{
		{paging.Text("2023-05-04"), paging.Text("0189e0a4")}, {paging.Null, paging.Text("x")}, {paging.Text("沈庄村")}, {},
	} {
		cursor := c.Encode(scope, keyset...)
		for i := range len(cursor) {
			for b := range 256 {
				if changed := cursor[:i] + string([]byte{byte(b)}) + cursor[i+1:]; changed != cursor {
					refuse(t, c, scope, changed)
				}
			}
			refuse(t, c, scope, cursor[:i])
			refuse(t, c, scope, cursor[:i]+cursor[i+1:])
			for _, extra := range []string{"A", "=", "\n", "\r", "\x00", cursor[i : i+1]} {
				refuse(t, c, scope, cursor[:i]+extra+cursor[i:])
			}
		}
		refuse(t, c, scope, cursor+"=")
		refuse(t, c, scope, cursor+"\n")
		refuse(t, c, scope, cursor+cursor)
	}
}

func refuse(t *testing.T, c paging.Codec, scope, cursor string) {
	t.Helper()
	if values, err := c.Decode(scope, cursor); !errors.Is(err, fault.New(fault.InvalidCursor)) || values != nil {
		t.Fatalf("%q was read as %v, %v", cursor, values, err)
	}
}

// covers T8
func TestCursorOfAnotherScopeIsRefused(t *testing.T) {
	t.Parallel()
	c := codec(key(1))
	mine := paging.Scope("tenant-a", "filter", "order")
	cursor := c.Encode(mine, paging.Text("1"))
	if _, err := c.Decode(mine, cursor); err != nil {
		t.Fatal(err)
	}
	for _, scope := range []string{
		paging.Scope("tenant-b", "filter", "order"), paging.Scope("tenant-a", "other", "order"), paging.Scope("tenant-a", "filter", "order desc"),
		paging.Scope("tenant-a", "filterorder"), paging.Scope("tenant-afilter", "order"), paging.Scope("tenant-a", "filter", "order", ""), paging.Scope(), "",
	} {
		refuse(t, c, scope, cursor)
	}
}

func TestScopeTellsPartsApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.StringMatching(`[0-9:,a]{0,6}`)
		a, b := rapid.SliceOfN(part, 0, 4).Draw(t, "a"), rapid.SliceOfN(part, 0, 4).Draw(t, "b")
		if (paging.Scope(a...) == paging.Scope(b...)) != slices.Equal(a, b) {
			t.Fatalf("%q and %q", a, b)
		}
	})
}

func TestKeysRotate(t *testing.T) {
	t.Parallel()
	before, during, after := codec(key(1)), codec(key(2), key(1)), codec(key(2))
	old := before.Encode("s", paging.Text("1"))
	if _, err := during.Decode("s", old); err != nil {
		t.Errorf("an old cursor during the rotation: %v", err)
	}
	young := during.Encode("s", paging.Text("1"))
	if _, err := after.Decode("s", young); err != nil || young == old {
		t.Errorf("a new cursor after the rotation: %v", err)
	}
	refuse(t, after, "s", old)
	refuse(t, before, "s", young)
	refuse(t, paging.Codec{}, "s", old)
}

func TestACodecWithoutKeysSignsNothing(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a codec without keys signed")
		}
	}()
	paging.Codec{}.Encode("s")
}

func TestHugeCursorIsRefused(t *testing.T) {
	t.Parallel()
	c := codec(key(1))
	refuse(t, c, "s", strings.Repeat("A", 10<<20))
	refuse(t, c, "s", "")
}

func FuzzDecode(f *testing.F) {
	c := codec(key(1))
	f.Add("s", c.Encode("s", paging.Text("a"), paging.Null))
	f.Add("", "")
	f.Add("s", "AQ")
	f.Fuzz(func(t *testing.T, scope, cursor string) {
		values, err := c.Decode(scope, cursor)
		if err == nil && c.Encode(scope, values...) != cursor {
			t.Errorf("%q is a second cursor of %v", cursor, values)
		}
	})
}

// Keys that rotate under a running program: a cursor from before is good until
// its key is gone.
func TestCursorsOutliveARotation(t *testing.T) {
	t.Parallel()
	keys := [][]byte{key(1)}
	c := paging.Codec{Live: func() [][]byte { return keys }}
	before := c.Encode("s", paging.Text("x"))
	keys = [][]byte{key(2), key(1)}
	after := c.Encode("s", paging.Text("x"))
	if before == after {
		t.Error("the new key does not sign")
	}
	for _, cursor := range []string{before, after} {
		if _, err := c.Decode("s", cursor); err != nil {
			t.Errorf("%v", err)
		}
	}
	keys = keys[:1]
	refuse(t, c, "s", before)
	if _, err := c.Decode("s", after); err != nil {
		t.Errorf("%v", err)
	}
}
