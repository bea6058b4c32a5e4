package facts

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// Since is how far somebody has loaded: of every tenant the number of its
// newest publication then. One number for all would not do: tenants publish at
// the same moment, and the one that commits last may have the lower number.
type Since map[uuid.UUID]int64

// sinceVersion begins the bytes of a place.
const sinceVersion = 1

// mostSince bounds a place in characters: 4,000 tenants.
const mostSince = 120_000

var sinceEncoding = base64.RawURLEncoding.Strict()

// String writes a place. It is no secret and not signed: whoever makes one up
// gets other parts of what they may read.
func (s Since) String() string {
	if len(s) == 0 {
		return ""
	}
	out := []byte{sinceVersion}
	for _, tenant := range slices.SortedFunc(maps.Keys(s), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }) {
		out = binary.AppendUvarint(append(out, tenant[:]...), uint64(s[tenant]))
	}
	return sinceEncoding.EncodeToString(out)
}

// ParseSince reads a place; none is the beginning. What String did not write is
// FACTS_SINCE_INVALID.
func ParseSince(text string) (Since, error) {
	if text == "" {
		return nil, nil
	}
	shown := text[:min(len(text), 40)]
	refused := fault.New(fault.FactsSinceInvalid, "value", shown).At("since")
	if len(text) > mostSince || bytes.ContainsAny([]byte(text), "\r\n") { // the decoder would skip line breaks
		return nil, refused
	}
	data, err := sinceEncoding.DecodeString(text)
	if err != nil || len(data) < 1 || data[0] != sinceVersion {
		return nil, refused
	}
	s := Since{}
	for rest := data[1:]; len(rest) > 0; {
		if len(rest) < len(uuid.UUID{})+1 {
			return nil, refused
		}
		tenant := uuid.UUID(rest[:16])
		n, size := binary.Uvarint(rest[16:])
		if size <= 0 || n == 0 || n > 1<<62 {
			return nil, refused
		}
		s[tenant] = int64(n)
		rest = rest[16+size:]
	}
	return s, nil
}
