package budget

import (
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Plan are the budgets of a replica, in units of cost. People have far more than
// programs, and a tenant's programs together have their own, so that a
// dashboard never takes what the clerks of the same tenant need.
type Plan struct {
	Token, Session               Limit // of one credential
	TenantTokens, TenantSessions Limit // of all credentials of a tenant together
	// Patience is the longest that work is slowed; what still owes then goes on.
	Patience time.Duration
	// Entries bounds what is remembered, some 150 bytes each.
	Entries int
}

// Default is the plan of a server: a cheap question is one unit.
func Default() Plan {
	return Plan{
		Token: perSecond(100, 2_000), TenantTokens: perSecond(300, 6_000),
		Session: perSecond(500, 20_000), TenantSessions: perSecond(3_000, 120_000),
		Patience: 2 * time.Second, Entries: 50_000,
	}
}

// Scaled gives the plan with every rate and burst times percent/100, rounded
// down, at least one a second; 0 or less charges nobody.
func (p Plan) Scaled(percent int) Plan {
	if percent <= 0 {
		return Plan{}
	}
	for _, l := range []*Limit{&p.Token, &p.Session, &p.TenantTokens, &p.TenantSessions} {
		rate := int64(time.Second / l.Every)
		*l = perSecond(max(1, rate*int64(percent)/100), max(1, l.Burst*int64(percent)/100))
	}
	return p
}

func perSecond(units, burst int64) Limit {
	return Limit{Every: time.Second / time.Duration(units), Burst: burst}
}

// Asker is whose budget a request is charged to.
type Asker struct {
	Credential [32]byte  // the hash under which it is stored
	Tenant     uuid.UUID // uuid.Nil while it is not known
	Program    bool      // a token, not a person's session
}

// Verdict is what the plan says to one request. Policy and Limit are those of
// the tightest budget, for the answer's headers.
type Verdict struct {
	Decision
	Policy string // "token", "session", "tenant-tokens" or "tenant-sessions"
	Limit  Limit
}

// Meter charges requests to budgets. It is safe for concurrent use and forgets
// who has not asked for longest when it is full.
type Meter struct {
	plan Plan
	now  func() time.Time
	lock sync.Mutex
	due  *simplelru.LRU[account, int64]
}

type account struct {
	of      [32]byte // a credential's hash or a tenant's id
	tenant  bool
	program bool
}

// NewMeter makes a meter by the given clock. A plan without Entries charges
// nobody.
func NewMeter(plan Plan, now func() time.Time) *Meter {
	m := &Meter{plan: plan, now: now}
	if plan.Entries > 0 {
		m.due, _ = simplelru.NewLRU[account, int64](plan.Entries, nil) // fails for sizes below one only
	}
	return m
}

// charged is one budget of an asker.
type charged struct {
	account account
	name    string
	limit   Limit
}

// budgets of an asker: its own and its tenant's.
func (m *Meter) budgets(a Asker) []charged {
	own := charged{account{of: a.Credential, program: a.Program}, "session", m.plan.Session}
	all := charged{account{tenant: true, program: a.Program}, "tenant-sessions", m.plan.TenantSessions}
	if a.Program {
		own.name, own.limit = "token", m.plan.Token
		all.name, all.limit = "tenant-tokens", m.plan.TenantTokens
	}
	if a.Tenant == uuid.Nil {
		return []charged{own}
	}
	copy(all.account.of[:], a.Tenant[:])
	return []charged{own, all}
}

// Ask charges a request that may be refused: nothing is charged unless every
// budget allows it.
func (m *Meter) Ask(a Asker, cost int64) Verdict { return m.charge(a, cost, Limit.Take, false) }

// Work charges what must not be refused, the acts of people at work. It is
// always Allowed; Wait, never above the plan's Patience, is how long to hold it
// back.
func (m *Meter) Work(a Asker, cost int64) Verdict {
	v := m.charge(a, cost, Limit.Owe, true)
	v.Allowed, v.Wait = true, min(v.Wait, m.plan.Patience)
	return v
}

func (m *Meter) charge(a Asker, cost int64, by func(Limit, int64, int64, int64) (int64, Decision), always bool) Verdict {
	if m.due == nil {
		return Verdict{Decision: Decision{Allowed: true}}
	}
	now := m.now().UnixNano()
	m.lock.Lock()
	defer m.lock.Unlock()
	all := m.budgets(a)
	next := make([]int64, len(all))
	var tightest Verdict
	allowed := true
	for i, b := range all {
		due, _ := m.due.Get(b.account)
		var d Decision
		next[i], d = by(b.limit, due, now, cost)
		allowed = allowed && d.Allowed
		if i == 0 || d.Wait > tightest.Wait || d.Wait == tightest.Wait && d.Remaining < tightest.Remaining {
			tightest = Verdict{Decision: d, Policy: b.name, Limit: b.limit}
		}
	}
	if allowed || always {
		for i, b := range all {
			m.due.Add(b.account, next[i])
		}
	}
	return tightest
}
