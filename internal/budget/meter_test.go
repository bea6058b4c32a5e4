package budget

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/google/uuid"
)

// frozen is a clock that stands until it is moved.
type frozen struct{ at time.Time }

func (c *frozen) now() time.Time { return c.at }

func small() Plan {
	return Plan{
		Token: Limit{time.Second, 5}, TenantTokens: Limit{time.Second, 8},
		Session: Limit{time.Second, 50}, TenantSessions: Limit{time.Second, 80},
		Patience: 3 * time.Second, Entries: 100,
	}
}

func asker(credential, tenant byte, program bool) Asker {
	return Asker{Credential: [32]byte{credential}, Tenant: uuid.UUID{tenant}, Program: program}
}

func TestBudgetsOfTokensTenantsAndPeopleAreApart(t *testing.T) {
	t.Parallel()
	clock := &frozen{time.Unix(1e9, 0)}
	m := NewMeter(small(), clock.now)
	allowed := func(a Asker, n int) (got int) {
		for range n {
			if m.Ask(a, 1).Allowed {
				got++
			}
		}
		return got
	}
	for i, c := range []struct {
		who  Asker
		ask  int
		want int
	}{
		{asker(1, 1, true), 100, 5},   // a token has its own budget
		{asker(2, 1, true), 100, 3},   // and another one what is left of the tenant's
		{asker(3, 1, true), 100, 0},   // a third nothing
		{asker(4, 1, false), 100, 50}, // people of the same tenant do not notice
		{asker(5, 2, true), 100, 5},   // nor do programs of another tenant
		{asker(6, 2, false), 100, 50}, // nor its people
	} {
		if got := allowed(c.who, c.ask); got != c.want {
			t.Errorf("%d: %d of %d allowed, want %d", i, got, c.ask, c.want)
		}
	}
	clock.at = clock.at.Add(2 * time.Second)
	if got := allowed(asker(3, 1, true), 100); got != 2 {
		t.Errorf("two seconds later %d are allowed", got)
	}
}

func TestARefusalChargesNoBudget(t *testing.T) {
	t.Parallel()
	clock := &frozen{time.Unix(1e9, 0)}
	m := NewMeter(small(), clock.now)
	for range 1000 {
		m.Ask(asker(1, 1, true), 1)
	}
	v := m.Ask(asker(2, 1, true), 1)
	if !v.Allowed || v.Policy != "tenant-tokens" || v.Remaining != 2 {
		t.Errorf("what was refused to one token is charged to its tenant: %+v", v)
	}
	if v = m.Ask(asker(1, 1, true), 1); v.Allowed || v.Policy != "token" || v.Wait != time.Second {
		t.Errorf("%+v", v)
	}
}

func TestWorkIsSlowedAndNeverRefused(t *testing.T) {
	t.Parallel()
	clock := &frozen{time.Unix(1e9, 0)}
	m := NewMeter(small(), clock.now)
	who, slowed := asker(1, 1, false), 0
	for range 500 {
		v := m.Work(who, 1)
		if !v.Allowed || v.Wait > 3*time.Second {
			t.Fatalf("%+v", v)
		}
		if v.Wait > 0 {
			slowed++
		}
	}
	if slowed != 450 {
		t.Errorf("%d of 500 were slowed", slowed)
	}
	if m.Ask(who, 1).Allowed {
		t.Error("work is not charged")
	}
	if v := m.Work(asker(2, 2, false), 1); v.Wait != 0 {
		t.Errorf("another tenant is slowed: %+v", v)
	}
}

func TestAnUnknownTenantIsChargedNothing(t *testing.T) {
	t.Parallel()
	m := NewMeter(small(), (&frozen{time.Unix(1e9, 0)}).now)
	for i := range 20 {
		a := asker(byte(i), 0, true)
		a.Tenant = uuid.Nil
		if !m.Ask(a, 1).Allowed {
			t.Fatal("strangers share a tenant's budget")
		}
	}
}

func TestTheMemoryOfAMeterIsBounded(t *testing.T) {
	t.Parallel()
	m := NewMeter(small(), (&frozen{time.Unix(1e9, 0)}).now)
	for i := range 10_000 {
		a := asker(0, byte(i%7), true)
		binary.BigEndian.PutUint32(a.Credential[:], uint32(i))
		m.Ask(a, 1)
	}
	if n := m.due.Len(); n != 100 {
		t.Errorf("%d entries are kept", n)
	}
}

func TestAPlanWithoutEntriesChargesNobody(t *testing.T) {
	t.Parallel()
	m := NewMeter(Plan{}, time.Now)
	for range 1000 {
		if v := m.Ask(asker(1, 1, true), 1000); !v.Allowed || v.Policy != "" {
			t.Fatalf("%+v", v)
		}
	}
}

// People may do far more than programs, and a tenant more than one of its
// tokens: otherwise a dashboard could use up what its clerks need.
func TestTheDefaultPlanPutsPeopleFirst(t *testing.T) {
	t.Parallel()
	p := Default()
	rate := func(l Limit) float64 { return float64(time.Second) / float64(l.Every) }
	if rate(p.Session) < 5*rate(p.Token) || rate(p.TenantSessions) < 5*rate(p.TenantTokens) || p.Session.Burst < 5*p.Token.Burst ||
		rate(p.TenantTokens) <= rate(p.Token) || p.Entries < 1000 || p.Patience <= 0 {
		t.Errorf("%+v", p)
	}
}

func TestAPlanIsScaled(t *testing.T) {
	t.Parallel()
	p := Default()
	if p.Scaled(100) != p || p.Scaled(0) != (Plan{}) {
		t.Errorf("%+v", p.Scaled(100))
	}
	if got := p.Scaled(250).Token; got != perSecond(250, 5000) {
		t.Errorf("%+v", got)
	}
	if got := p.Scaled(1).Token; got != perSecond(1, 20) {
		t.Errorf("%+v", got)
	}
}
