package paging

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"

	"leitai/internal/fault"
)

// Value is one column of a keyset, printed by the store so that it reads back
// exactly; Null keeps a missing value apart from an empty one. A client can
// read the values of its cursors: never order by what a reader may not see.
type Value struct {
	Text string
	Null bool
}

// Text makes the value of a column that is not null.
func Text(s string) Value { return Value{Text: s} }

// Null is the value of a column that is null.
var Null = Value{Null: true}

// Codec makes and checks cursors. The first key signs, every key verifies: put
// a new key in front and drop the old one a day later. Keys have 32 bytes or
// more, as those of config do; a shorter one weakens the signature. A Codec
// without keys panics when it signs and accepts nothing.
type Codec struct {
	Keys [][]byte
	// Live gives the keys of the moment instead, where they rotate while the
	// program runs.
	Live func() [][]byte
}

func (c Codec) keys() [][]byte {
	if c.Live != nil {
		return c.Live()
	}
	return c.Keys
}

const (
	version   = 1    // first byte of every cursor
	maxCursor = 4096 // characters; a keyset is a few dozen bytes
)

// encoding refuses trailing bits that are not zero.
var encoding = base64.RawURLEncoding.Strict()

// Scope binds cursors to one list: what the caller may see (the tenant), its
// filter and its order. Parts are told apart whatever characters they have.
func Scope(parts ...string) string {
	var b strings.Builder
	for _, part := range parts {
		fmt.Fprintf(&b, "%d:%s", len(part), part)
	}
	return b.String()
}

// Encode makes the cursor of a row from the values of its keyset, in the order
// of the list's columns.
func (c Codec) Encode(scope string, keyset ...Value) string {
	keys := c.keys()
	if len(keys) == 0 {
		panic("paging: a codec without keys cannot sign")
	}
	payload := []byte{version}
	for _, v := range keyset {
		if v.Null {
			payload = append(payload, 0)
			continue
		}
		payload = append(binary.AppendUvarint(payload, uint64(len(v.Text))+1), v.Text...)
	}
	return encoding.EncodeToString(append(payload, sign(keys[0], scope, payload)...))
}

// Decode gives back the keyset of a cursor. A cursor that this codec did not
// make for this scope, or of which any character was changed, is a
// *fault.Fault INVALID_CURSOR; which of these it was is not told.
func (c Codec) Decode(scope, cursor string) ([]Value, error) {
	refused := fault.New(fault.InvalidCursor)
	if len(cursor) > maxCursor || strings.ContainsAny(cursor, "\r\n") { // the decoder would skip line breaks
		return nil, refused
	}
	data, err := encoding.DecodeString(cursor)
	if err != nil || len(data) < 1+sha256.Size {
		return nil, refused
	}
	payload, signature := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	for _, key := range c.keys() {
		if hmac.Equal(signature, sign(key, scope, payload)) {
			if values, ok := open(payload); ok {
				return values, nil
			}
		}
	}
	return nil, refused
}

// sign covers the scope, which the cursor itself does not carry.
func sign(key []byte, scope string, payload []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(fmt.Appendf(nil, "leitai cursor\n%d:%s", len(scope), scope))
	mac.Write(payload)
	return mac.Sum(nil)
}

// open reads the values of a payload whose signature is right; a version it
// does not know is refused.
func open(payload []byte) ([]Value, bool) {
	if payload[0] != version {
		return nil, false
	}
	values := []Value{}
	for rest := payload[1:]; len(rest) > 0; {
		size, n := binary.Uvarint(rest)
		if n <= 0 || size > uint64(len(rest)-n)+1 {
			return nil, false
		}
		if rest = rest[n:]; size == 0 {
			values = append(values, Null)
			continue
		}
		values = append(values, Text(string(rest[:size-1])))
		rest = rest[size-1:]
	}
	return values, true
}
