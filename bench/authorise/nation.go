package main

import (
	"context"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/viewer"
)

// The national table of divisions, level by level.
var levels = []int{31, 342, 2_978, 41_352, 620_573}

const (
	province = iota
	prefecture
	county
	township
	village
)

var kinds = []string{"province", "prefecture", "county", "township", "village"}

// nation is the tree of units and a store of grants in memory. Grants are made
// anew whenever they are asked for, so that what the program holds is authz's.
type nation struct {
	starts []int   // number of the first unit of each level; the end of the last
	parent []int32 // of each unit; -1 for a province
	child  []int32 // first unit below each; they stand in a row
	total  int     // grants

	lock    sync.Mutex
	epoch   int64
	whole   map[uuid.UUID]bool       // tenants that hold every grant of the nation
	changed map[uuid.UUID][]change   // by tenant
	given   map[uuid.UUID]authz.Role // what a changed user holds now; "" nothing
}

type change struct {
	epoch int64
	user  uuid.UUID
}

// newNation makes the tree: units of a level are dealt to those above as evenly
// as they go.
func newNation(grants int) *nation {
	n := &nation{total: grants, epoch: 1, whole: map[uuid.UUID]bool{}, changed: map[uuid.UUID][]change{}, given: map[uuid.UUID]authz.Role{}, starts: []int{0}}
	for level, count := range levels {
		first := n.starts[level]
		n.starts = append(n.starts, first+count)
		for i := range count {
			above := int32(-1)
			if level > 0 {
				above = int32(n.starts[level-1] + i*levels[level-1]/count)
			}
			n.parent = append(n.parent, above)
		}
	}
	n.child = make([]int32, len(n.parent)+1)
	for i := range n.child {
		n.child[i] = int32(len(n.parent))
	}
	for i := len(n.parent) - 1; i >= 0; i-- {
		if above := n.parent[i]; above >= 0 {
			n.child[above] = int32(i)
		}
	}
	return n
}

func (n *nation) units() int { return len(n.parent) }

// level of a unit.
func (n *nation) level(unit int) int {
	level := 0
	for unit >= n.starts[level+1] {
		level++
	}
	return level
}

// id makes an id as the service does, random where it counts.
func id(kind uint32, number int) uuid.UUID {
	var made uuid.UUID
	binary.BigEndian.PutUint64(made[:8], uint64(number)<<32|uint64(kind)<<16)
	r := rand.New(rand.NewPCG(uint64(kind), uint64(number))) //nolint:gosec // ids of a benchmark, the same in every run
	binary.BigEndian.PutUint64(made[8:], r.Uint64())
	made[6], made[8] = made[6]&0x0f|0x70, made[8]&0x3f|0x80
	return made
}

func unitID(unit int) uuid.UUID         { return id(1, unit) }
func tenantID(unit int) uuid.UUID       { return id(2, unit) }
func userID(unit, number int) uuid.UUID { return id(3, unit<<6|number) }

// below lists the units at and below one.
func (n *nation) below(unit int) []int {
	all := []int{unit}
	for i := 0; i < len(all); i++ {
		if n.level(all[i]) == village {
			break
		}
		for c := int(n.child[all[i]]); c < len(n.parent) && n.parent[c] == int32(all[i]); c++ {
			all = append(all, c)
		}
	}
	return all
}

// tenants lists the units that have a tenant: prefectures, counties, townships.
func (n *nation) tenants() []int {
	var all []int
	for unit := n.starts[prefecture]; unit < n.starts[village]; unit++ {
		all = append(all, unit)
	}
	return all
}

// grantsIn is how many grants a tenant gave: all of them together are the total.
func (n *nation) grantsIn(unit int) int {
	first, tenants := n.starts[prefecture], n.starts[village]-n.starts[prefecture]
	at := unit - first
	return (at+1)*n.total/tenants - at*n.total/tenants
}

// rolesIn are the roles of a township's people, most of them at one village.
var rolesIn = []authz.Role{authz.TownshipApprover, authz.TownshipClerk, authz.Judge, authz.VillageSecretary, authz.Confirmer, authz.VillageClerk,
	authz.ItemOwner, authz.VillageSecretary, authz.ResidentCadre, authz.VillageSecretary, authz.LinkedLeader, authz.DepartmentAnalyst}

var since = time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)

// grant is the nth of a tenant; every user holds one or two.
func (n *nation) grant(unit, number int) authz.Grant {
	r := rand.New(rand.NewPCG(uint64(unit), uint64(number))) //nolint:gosec // the same nation in every run
	g := authz.Grant{User: userID(unit, number*3/4), Unit: unitID(unit), Role: rolesIn[number%len(rolesIn)], From: since}
	if n.level(unit) == township && number%len(rolesIn) > 2 {
		g.Unit = unitID(int(n.child[unit]) + r.IntN(15))
	}
	if g.Role == authz.DepartmentAnalyst {
		g.Dimensions = []string{"safety", "stability"}
	}
	if r.IntN(10) == 0 {
		g.Until = since.AddDate(10, 0, 0)
	}
	return g
}

var errNoTenant = errors.New("nobody asks")

func (n *nation) unitOf(ctx context.Context) (int, uuid.UUID, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return 0, uuid.Nil, errNoTenant
	}
	return int(binary.BigEndian.Uint32(v.Tenant[:4])), v.Tenant, nil
}

// ChangedSince implements authz.Source, as do the next four.
func (n *nation) ChangedSince(_ context.Context, epoch int64) (authz.News, error) {
	n.lock.Lock()
	defer n.lock.Unlock()
	news := authz.News{Epoch: n.epoch, Units: 1}
	for tenant, list := range n.changed {
		if list[len(list)-1].epoch > epoch {
			news.Tenants = append(news.Tenants, tenant)
		}
	}
	return news, nil
}

func (n *nation) OwnRoles(context.Context) ([]authz.OwnRole, error) { return nil, nil }

func (n *nation) OpenDrafts(context.Context) error { return nil }

func (n *nation) GrantsSince(ctx context.Context, epoch int64) (authz.Changes, error) {
	unit, tenant, err := n.unitOf(ctx)
	if err != nil {
		return authz.Changes{}, err
	}
	if epoch > 0 {
		return n.changesOf(tenant, epoch), nil
	}
	units := []int{unit}
	if n.whole[tenant] {
		units = n.tenants()
	}
	var all authz.Changes
	for _, unit := range units {
		for i := range n.grantsIn(unit) {
			all.Grants = append(all.Grants, n.grant(unit, i))
		}
	}
	return all, nil
}

func (n *nation) changesOf(tenant uuid.UUID, epoch int64) authz.Changes {
	n.lock.Lock()
	defer n.lock.Unlock()
	var c authz.Changes
	list := n.changed[tenant]
	for i := len(list) - 1; i >= 0 && list[i].epoch > epoch; i-- {
		c.Users = append(c.Users, list[i].user)
		if role := n.given[list[i].user]; role != "" {
			v := int(binary.BigEndian.Uint32(tenant[:4]))
			c.Grants = append(c.Grants, authz.Grant{User: list[i].user, Unit: unitID(v), Role: role, From: since})
		}
	}
	return c
}

// turn gives a user another role, or takes it.
func (n *nation) turn(tenant, user uuid.UUID, role authz.Role) {
	n.lock.Lock()
	defer n.lock.Unlock()
	n.epoch++
	n.given[user] = role
	n.changed[tenant] = append(n.changed[tenant], change{n.epoch, user})
}

func (n *nation) UnitsBelow(ctx context.Context, _ uuid.UUID) (authz.Units, error) {
	unit, tenant, err := n.unitOf(ctx)
	if err != nil {
		return authz.Units{}, err
	}
	list := n.below(unit)
	if n.whole[tenant] {
		list = list[:0]
		for i := range n.parent {
			list = append(list, i)
		}
	}
	var below authz.Units
	for _, i := range list {
		below.IDs = append(below.IDs, unitID(i))
		parent := unitID(0) // one tenant for all: the provinces stand below the first
		if n.parent[i] >= 0 {
			parent = unitID(int(n.parent[i]))
		}
		below.Parents = append(below.Parents, parent)
	}
	return below, nil
}

// as makes somebody of a tenant who asks, opened at the present epoch.
func (n *nation) as(ctx context.Context, a *authz.Authz, unit int, user uuid.UUID) (context.Context, error) {
	n.lock.Lock()
	epoch := n.epoch
	n.lock.Unlock()
	ctx = viewer.With(ctx, &viewer.Viewer{User: user, Tenant: tenantID(unit), TenantUnit: unitID(unit), TenantKind: kinds[n.level(unit)], Epoch: epoch})
	return ctx, a.Refresh(ctx, n)
}
