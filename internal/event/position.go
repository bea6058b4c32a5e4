package event

import (
	"bytes"
	"maps"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/paging"
)

// Position is what a reader was told: for each tenant the seq of the last event
// it needs to hear of no more. A tenant that is missing was never listened to.
type Position map[uuid.UUID]int64

// tenants lists those of a position, sorted.
func (p Position) tenants() []uuid.UUID {
	return slices.SortedFunc(maps.Keys(p), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
}

// Columns gives the position as two columns of equal length, sorted by tenant.
func (p Position) Columns() (tenants []uuid.UUID, after []int64) {
	tenants = p.tenants()
	for _, t := range tenants {
		after = append(after, p[t])
	}
	return tenants, after
}

// most is how many tenants fit into a cursor.
const most = 100

// Encode makes the cursor of a position, bound to a scope. Of more tenants than
// fit the first are told; what the others publish is told again.
func (p Position) Encode(c paging.Codec, scope string) string {
	var values []paging.Value
	for i, t := range p.tenants() {
		if i == most {
			break
		}
		values = append(values, paging.Text(string(t[:])), paging.Text(strconv.FormatInt(p[t], 36)))
	}
	return c.Encode(scope, values...)
}

// DecodePosition reads a cursor that Encode made for the same scope; anything
// else is INVALID_CURSOR.
func DecodePosition(c paging.Codec, scope, cursor string) (Position, error) {
	values, err := c.Decode(scope, cursor)
	if err != nil {
		return nil, err
	}
	p := Position{}
	for i := 0; i+1 < len(values); i += 2 {
		tenant, bad := uuid.FromBytes([]byte(values[i].Text))
		seq, unread := strconv.ParseInt(values[i+1].Text, 36, 64)
		if bad != nil || unread != nil {
			return nil, fault.New(fault.InvalidCursor)
		}
		p[tenant] = seq
	}
	return p, nil
}
