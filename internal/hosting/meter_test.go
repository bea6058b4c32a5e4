package hosting

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// books is a door that keeps usage as the database would.
type books struct {
	Door
	lock   sync.Mutex
	spent  map[uuid.UUID]int64
	all    int64
	most   *int64
	during bool // a round is under way
	broken error
}

func (b *books) AddUsage(_ context.Context, counts []Count, asked []uuid.UUID, _ time.Time) ([]Spent, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.broken != nil {
		return nil, b.broken
	}
	for _, c := range counts {
		b.all += c.Requests
		if c.Kind == viewer.Token {
			b.spent[c.Tenant] += c.Requests
		}
	}
	var answer []Spent
	for _, t := range asked {
		answer = append(answer, Spent{Tenant: t, Requests: b.spent[t], Most: b.most, Running: b.during})
	}
	return answer, nil
}

// watched is a meter over books, with a clock that is set.
func watched(most int64) (*Meter, *books, *time.Time) {
	b := &books{spent: map[uuid.UUID]int64{}, most: &most}
	moment := time.Date(2026, 3, 31, 15, 59, 0, 0, time.UTC) // a minute before April in Asia/Shanghai
	clock := &moment
	m := newMeter(Config{Now: func() time.Time { return *clock },
		Outside: func(ctx context.Context, do func(context.Context, Door) error) error { return do(ctx, b) },
		Read: func(ctx context.Context, do func(context.Context, Store) error) error {
			return do(ctx, &kept{running: b.during})
		}})
	return m, b, clock
}

func asker(kind viewer.CredentialKind) (context.Context, *viewer.Viewer) {
	v := &viewer.Viewer{Tenant: uuid.New(), Credential: viewer.Credential{Kind: kind}}
	return viewer.With(context.Background(), v), v
}

func TestSpentRequestsRefuseTokensOnly(t *testing.T) {
	t.Parallel()
	m, b, _ := watched(3)
	ctx, v := asker(viewer.Token)
	for range 4 {
		m.Count(v)
		if err := m.Admit(ctx, false); err != nil {
			t.Fatalf("before the database was asked: %v", err)
		}
	}
	if err := m.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if err := m.Admit(ctx, false); fault.CodeOf(err) != fault.PlanLimit {
		t.Errorf("over the limit: %v", err)
	}
	if err := m.Admit(ctx, true); fault.CodeOf(err) != fault.PlanLimit {
		t.Errorf("a change over the limit without a round: %v", err)
	}
	person := *v
	person.Credential.Kind = viewer.Session
	if err := m.Admit(viewer.With(ctx, &person), false); err != nil {
		t.Errorf("a person is refused: %v", err)
	}
	b.during = true // it began since the last flush
	if err := m.Admit(ctx, true); err != nil {
		t.Errorf("a change while a round is under way: %v", err)
	}
	if err := m.Admit(ctx, false); fault.CodeOf(err) != fault.PlanLimit {
		t.Errorf("a query while a round is under way: %v", err)
	}
	if err := m.Admit(context.Background(), false); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
}

// What is counted between two flushes counts against the limit.
func TestRequestsSinceTheLastFlushCount(t *testing.T) {
	t.Parallel()
	m, _, _ := watched(2)
	ctx, v := asker(viewer.Token)
	m.Count(v)
	if err := errors.Join(m.Flush(ctx), m.Admit(ctx, false)); err != nil {
		t.Fatal(err)
	}
	m.Count(v)
	if err := m.Admit(ctx, false); err != nil {
		t.Fatalf("the last request of the plan: %v", err)
	}
	m.Count(v)
	if err := m.Admit(ctx, false); fault.CodeOf(err) != fault.PlanLimit {
		t.Errorf("one more: %v", err)
	}
}

func TestNothingCountedIsLostByAFailure(t *testing.T) {
	t.Parallel()
	m, b, clock := watched(100)
	ctx, v := asker(viewer.Token)
	m.Count(v)
	b.broken = errors.New("the connection is lost")
	if err := m.Flush(ctx); !errors.Is(err, b.broken) {
		t.Fatalf("got %v", err)
	}
	*clock = clock.Add(2 * time.Minute) // April by now
	m.Count(v)
	b.broken = nil
	if err := m.Flush(ctx); err != nil || b.all != 2 {
		t.Fatalf("%d requests arrived, %v", b.all, err)
	}
	if err := m.Flush(ctx); err != nil || b.all != 2 {
		t.Errorf("requests are written twice: %d, %v", b.all, err)
	}
	m.Count(&viewer.Viewer{Tenant: v.Tenant, Credential: viewer.Credential{Kind: "system"}})
	if counts, _ := m.take(); len(counts) != 0 {
		t.Errorf("the program's own work is counted: %v", counts)
	}
	*clock = clock.Add(time.Hour)
	m.take()
	if len(m.known) != 0 {
		t.Error("an idle tenant is remembered")
	}
}

// However requests and flushes interleave, the books hold what was counted.
func TestBooksHoldWhatWasCounted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m, b, clock := watched(1 << 40)
		counted := int64(0)
		tenants := []uuid.UUID{uuid.New(), uuid.New()}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0:
				b.broken = nil
				_ = m.Flush(context.Background())
			case 1:
				b.broken = errors.New("broken")
				_ = m.Flush(context.Background())
			case 2:
				*clock = clock.Add(7 * time.Hour)
			default:
				m.Count(&viewer.Viewer{Tenant: rapid.SampledFrom(tenants).Draw(t, "tenant"),
					Credential: viewer.Credential{Kind: rapid.SampledFrom([]viewer.CredentialKind{viewer.Session, viewer.Token}).Draw(t, "kind")}})
				counted++
			}
		}
		b.broken = nil
		if err := m.Flush(context.Background()); err != nil || b.all != counted {
			t.Fatalf("%d of %d requests arrived, %v", b.all, counted, err)
		}
	})
}

func TestTheLastCountsAreWrittenAtTheEnd(t *testing.T) {
	t.Parallel()
	m, b, _ := watched(9)
	_, v := asker(viewer.Session)
	m.Count(v)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	m.Run(ctx, slog.New(slog.DiscardHandler))
	if b.all != 1 {
		t.Errorf("%d requests arrived", b.all)
	}
}
