package authz

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/viewer"
)

// Since implements Decider: when the oldest of the viewer's live grants that
// give p at unit began to count. False where p is not held there.
func (a *Authz) Since(ctx context.Context, p Permission, unit uuid.UUID) (from time.Time, held bool) {
	v, err := viewer.From(ctx)
	if err != nil || !a.decide(v, p, unit) {
		return time.Time{}, false
	}
	if unit == uuid.Nil {
		unit = v.TenantUnit
	}
	at, b, current := position[p], bookOf(v), a.policy.Load()
	path, length := b.tree.path(unit)
	earliest := int64(0)
	a.live(v, b, func(e *entry, place int32) {
		covers := onPath(path[:length], place) || catalogue[at].Wide
		if covers && b.allows(current, roleSet{}.plus(e.role), at) && (!held || e.from < earliest) {
			earliest, held = e.from, true
		}
	})
	return time.Unix(0, earliest), held
}
