package authz

import (
	"math/bits"
	"slices"
	"strings"
)

// OwnPrefix begins the key of every role that a tenant defines itself, so that
// none is ever taken for a built-in one, whatever later versions build in.
const OwnPrefix = "own-"

// MostOwnRoles is how many own roles of a tenant may stand at a time.
const MostOwnRoles = 50

// firstOwn is the place of the first own role; built-in ones stand before it.
const firstOwn = 64

// OwnRole is a role that a tenant defined for itself: it holds at and below the
// tenant's own units only, because it counts in grants of that tenant alone.
type OwnRole struct {
	Role        Role
	Zh, En      string // En may be empty
	Permissions []Permission
	Epoch       int64 // of its last change
}

// Own reports whether a key is that of a tenant's own role.
func (r Role) Own() bool { return strings.HasPrefix(string(r), OwnPrefix) }

// permissionSet is a set of permissions, one bit each in the catalogue's order.
type permissionSet [4]uint64

func (s *permissionSet) add(i int)      { s[i>>6] |= 1 << (i & 63) }
func (s *permissionSet) has(i int) bool { return s[i>>6]&(1<<(i&63)) != 0 }

// ownRoles decides for a tenant's own roles, beside the built-in policy: each is
// a set of permissions. It is never changed after it is made.
type ownRoles struct {
	told  []OwnRole // as the store holds them
	list  []OwnRole // those that count, with the permissions they give
	given []permissionSet
}

// newOwnRoles makes the overlay of what the store holds. A permission that the
// catalogue does not have or does not let anybody hand on is not given, whatever
// the store says.
func newOwnRoles(list []OwnRole) *ownRoles {
	o := &ownRoles{told: list}
	for _, role := range list[:min(len(list), MostOwnRoles)] {
		if !role.Role.Own() {
			continue
		}
		var given permissionSet
		role.Permissions = slices.Clone(role.Permissions)
		role.Permissions = slices.DeleteFunc(role.Permissions, func(p Permission) bool {
			i, known := position[p]
			if !known || !catalogue[i].Delegable {
				return true
			}
			given.add(i)
			return false
		})
		slices.SortFunc(role.Permissions, func(x, y Permission) int { return position[x] - position[y] })
		o.list, o.given = append(o.list, role), append(o.given, given)
	}
	return o
}

func (o *ownRoles) find(role Role) (int, bool) {
	if !role.Own() {
		return 0, false
	}
	i := slices.IndexFunc(o.list, func(own OwnRole) bool { return own.Role == role })
	return i, i >= 0
}

// same reports whether the store holds what is known.
func (o *ownRoles) same(list []OwnRole) bool {
	return slices.EqualFunc(o.told, list, func(x, y OwnRole) bool { return x.Role == y.Role && x.Epoch == y.Epoch })
}

// allows decides for a set of own roles, given by their places.
func (o *ownRoles) allows(held uint64, permission int) bool {
	for ; held != 0; held &= held - 1 {
		if i := bits.TrailingZeros64(held); i < len(o.given) && o.given[i].has(permission) {
			return true
		}
	}
	return false
}

// unpublished says whether a role reads something unpublished.
func (o *ownRoles) unpublished(role int) bool {
	return ReadsUnpublished(o.list[role].Permissions)
}

// ReadsUnpublished says whether one of the permissions is on something
// unpublished, so that whoever holds it reads unpublished rows.
func ReadsUnpublished(permissions []Permission) bool {
	return slices.ContainsFunc(permissions, func(p Permission) bool {
		info, _ := InfoOf(p)
		return info.Unpublished
	})
}

// roleSet is a set of roles in one tenant: built-in ones and the tenant's own,
// one bit each in the order of their lists.
type roleSet struct{ builtIn, own uint64 }

// plus adds the role of an entry.
func (s roleSet) plus(role uint8) roleSet {
	if role < firstOwn {
		s.builtIn |= 1 << role
	} else {
		s.own |= 1 << (role - firstOwn)
	}
	return s
}

func (s roleSet) has(r Role) bool {
	i, ok := rolePosition[r]
	return ok && s.builtIn&(1<<i) != 0
}

// roleAt names the role of an entry.
func (b *book) roleAt(role uint8) Role {
	if role < firstOwn {
		return roles[role].Role
	}
	return b.own.list[role-firstOwn].Role
}

// list names the roles of a set, built-in ones first.
func (b *book) list(s roleSet) []Role {
	var list []Role
	for i, info := range roles {
		if s.builtIn&(1<<i) != 0 {
			list = append(list, info.Role)
		}
	}
	for i, own := range b.own.list {
		if s.own&(1<<i) != 0 {
			list = append(list, own.Role)
		}
	}
	return list
}
