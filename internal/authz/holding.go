package authz

import (
	"math"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Grant is one role given to a user at a unit, as the store knows it.
type Grant struct {
	ID         uuid.UUID
	User       uuid.UUID
	Tenant     uuid.UUID // that gave it
	Unit       uuid.UUID
	Role       Role
	Dimensions []string  // empty: all
	From       time.Time // counts from this moment
	Until      time.Time // no longer at this moment; zero: without end
	Revoked    bool
}

// grant is what the memory keeps of one: a million take some tens of megabytes.
type grant struct {
	id, tenant, unit uuid.UUID
	from, until      int64 // Unix nanoseconds, [from, until)
	dimensions       []string
	role             uint8
}

// holding is who holds what where. Lists are replaced, never changed in place.
type holding struct {
	lock   sync.RWMutex
	byUser map[uuid.UUID][]grant
}

// each calls with every grant that the tenant gave the user and that counts at
// the moment.
func (h *holding) each(user, tenant uuid.UUID, moment int64, with func(grant)) {
	h.lock.RLock()
	list := h.byUser[user]
	h.lock.RUnlock()
	for i := range list {
		if g := &list[i]; g.tenant == tenant && g.from <= moment && moment < g.until {
			with(*g)
		}
	}
}

// apply takes changed grants over: each replaces what was known under its id. A
// grant of a role this program does not know gives nothing.
func (h *holding) apply(changed []Grant) {
	h.lock.Lock()
	defer h.lock.Unlock()
	if h.byUser == nil {
		h.byUser = make(map[uuid.UUID][]grant, len(changed))
	}
	for _, c := range changed {
		old := h.byUser[c.User]
		list := make([]grant, 0, len(old)+1)
		for _, g := range old {
			if g.id != c.ID {
				list = append(list, g)
			}
		}
		if role, known := rolePosition[c.Role]; known && !c.Revoked {
			list = append(list, grant{id: c.ID, tenant: c.Tenant, unit: c.Unit, from: nanoseconds(c.From), until: end(c.Until),
				dimensions: c.Dimensions, role: uint8(role)})
		}
		if len(list) == 0 {
			delete(h.byUser, c.User)
			continue
		}
		h.byUser[c.User] = list
	}
}

func end(t time.Time) int64 {
	if t.IsZero() {
		return math.MaxInt64
	}
	return nanoseconds(t)
}

// nanoseconds is t.UnixNano within its range, and the nearest end beyond it.
func nanoseconds(t time.Time) int64 {
	switch year := t.Year(); {
	case year < 1700:
		return math.MinInt64
	case year > 2200:
		return math.MaxInt64
	}
	return t.UnixNano()
}
