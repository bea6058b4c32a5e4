package hosting

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Count is the requests of a tenant on a day by one kind of credential.
type Count struct {
	Tenant   uuid.UUID
	Day      time.Time // midnight UTC of the date in Asia/Shanghai
	Kind     viewer.CredentialKind
	Requests int64
}

// Spent is how a tenant stands with the requests of its plan.
type Spent struct {
	Tenant   uuid.UUID
	Requests int64 // of tokens this month
	Most     *int64
	Running  bool // a round is under way
}

// flushing is how often counts are written: a crash loses at most those since
// the last time, and a limit is exact to that time on each replica.
const flushing = 30 * time.Second

// idle is for how long a tenant that asks nothing is remembered.
const idle = 10 * time.Minute

// Meter counts requests in memory and writes them in batches. It is safe for
// concurrent use.
type Meter struct {
	now     func() time.Time
	outside Unbounded
	read    Work

	lock   sync.Mutex
	counts map[Count]int64 // by the count without its number
	known  map[uuid.UUID]*spending
}

// spending is what a replica knows of a tenant's requests by token.
type spending struct {
	Spent
	asked bool      // the database was
	since int64     // requests counted since
	used  time.Time // by a token
}

func newMeter(c Config) *Meter {
	return &Meter{now: c.Now, outside: c.Outside, read: c.Read, counts: map[Count]int64{}, known: map[uuid.UUID]*spending{}}
}

// Count counts one request of the viewer; the program's own are not counted.
func (m *Meter) Count(v *viewer.Viewer) {
	if v.Credential.Kind != viewer.Session && v.Credential.Kind != viewer.Token {
		return
	}
	moment := m.now()
	local := moment.In(zone)
	key := Count{Tenant: v.Tenant, Kind: v.Credential.Kind, Day: time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)}
	m.lock.Lock()
	defer m.lock.Unlock()
	m.counts[key]++
	if key.Kind != viewer.Token {
		return
	}
	s := m.known[v.Tenant]
	if s == nil {
		s = &spending{Spent: Spent{Tenant: v.Tenant}}
		m.known[v.Tenant] = s
	}
	s.since++
	s.used = moment
}

// Admit refuses a request by token (PLAN_LIMIT) when the requests of the
// tenant's plan are spent. One that writes passes while a round is under way:
// no limit stops a round. People who signed in are never refused.
func (m *Meter) Admit(ctx context.Context, writes bool) error {
	v, err := viewer.From(ctx)
	if err != nil || v.Credential.Kind != viewer.Token {
		return err
	}
	over, spent := m.over(v.Tenant)
	if !over || writes && spent.Running {
		return nil
	}
	if writes { // one may have begun since
		running := false
		err := m.read(ctx, func(ctx context.Context, st Store) (err error) {
			running, err = st.RoundRunning(ctx)
			return err
		})
		if err != nil || running {
			return err
		}
	}
	return fault.New(fault.PlanLimit, "plan", "API", "what", requestsEn, "have", strconv.FormatInt(spent.Requests, 10),
		"most", strconv.FormatInt(*spent.Most, 10)).Call("what", requestsZh, requestsEn)
}

func (m *Meter) over(tenant uuid.UUID) (bool, Spent) {
	m.lock.Lock()
	defer m.lock.Unlock()
	s := m.known[tenant]
	if s == nil || !s.asked || s.Most == nil {
		return false, Spent{}
	}
	spent := s.Spent
	spent.Requests += s.since
	return spent.Requests > *s.Most, spent
}

// Flush writes what was counted and learns how the tenants stand. What cannot
// be written is kept for the next time.
func (m *Meter) Flush(ctx context.Context) error {
	counts, asked := m.take()
	if len(counts) == 0 && len(asked) == 0 {
		return nil
	}
	var standing []Spent
	err := m.outside(ctx, func(ctx context.Context, d Door) (err error) {
		standing, err = d.AddUsage(ctx, counts, asked, monthOf(m.now()))
		return err
	})
	m.lock.Lock()
	defer m.lock.Unlock()
	if err != nil {
		for _, c := range counts {
			n := c.Requests
			c.Requests = 0
			m.counts[c] += n
			if s := m.known[c.Tenant]; s != nil && c.Kind == viewer.Token {
				s.since += n
			}
		}
		return err
	}
	for _, spent := range standing {
		if s := m.known[spent.Tenant]; s != nil {
			s.Spent, s.asked = spent, true
		}
	}
	return nil
}

// take empties the counters and lists the tenants to ask after; those that were
// idle are forgotten.
func (m *Meter) take() (counts []Count, asked []uuid.UUID) {
	m.lock.Lock()
	defer m.lock.Unlock()
	for key, n := range m.counts {
		key.Requests = n
		counts = append(counts, key)
	}
	clear(m.counts)
	for tenant, s := range m.known {
		if m.now().Sub(s.used) > idle {
			delete(m.known, tenant)
			continue
		}
		s.since = 0
		asked = append(asked, tenant)
	}
	slices.SortFunc(counts, func(a, b Count) int {
		return cmp.Or(slices.Compare(a.Tenant[:], b.Tenant[:]), a.Day.Compare(b.Day), cmp.Compare(a.Kind, b.Kind))
	})
	return counts, asked
}

// Run writes what was counted every half minute until the context ends, and
// then once more.
func (m *Meter) Run(ctx context.Context, logger *slog.Logger) {
	ticker := time.NewTicker(flushing)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			if err := m.Flush(last); err != nil {
				logger.ErrorContext(last, "the last counts of requests were not written", slog.Any("error", err))
			}
			return
		case <-ticker.C:
		}
		if err := m.Flush(ctx); err != nil && ctx.Err() == nil {
			logger.WarnContext(ctx, "counts of requests were not written; they are kept for the next time", slog.Any("error", err))
		}
	}
}
