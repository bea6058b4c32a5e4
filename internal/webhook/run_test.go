package webhook

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
)

// tried notes what is measured.
type tried struct {
	outcomes      []string
	waiting, late []int64
}

func (m *tried) WebhookTried(outcome string, _ time.Duration) {
	m.outcomes = append(m.outcomes, outcome)
}

func (m *tried) WebhooksCounted(waiting, late int64) {
	m.waiting, m.late = append(m.waiting, waiting), append(m.late, late)
}

// noted is a store of one delivery that keeps what is noted of it.
type noted struct {
	Store
	delivery Delivery
	endpoint Endpoint
	attempts []*Attempt
}

func (n *noted) WebhookDelivery(context.Context, uuid.UUID) (*Delivery, error) {
	d := n.delivery
	return &d, nil
}

func (n *noted) WebhookEndpoint(context.Context, uuid.UUID) (*Endpoint, error) {
	e := n.endpoint
	return &e, nil
}

func (n *noted) NoteWebhook(_ context.Context, d *Delivery, a *Attempt, e *Endpoint) error {
	n.delivery, n.endpoint, n.attempts = *d, *e, append(n.attempts, a)
	return nil
}

// A process that comes late, because the hold on its delivery ran out while it
// called, undoes nothing of what another one noted: its attempt is logged, and
// the message is not sent again for it.
func TestWhoComesLateUndoesNothing(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	for state, want := range map[State]string{Delivered: "lost", Failed: "lost", Withheld: "lost", Waiting: "retried"} {
		n, m := &noted{delivery: Delivery{ID: uuid.New(), State: state, Attempts: 1, Due: now}}, &tried{}
		if state != Waiting {
			n.delivery.SettledAt = &now
		}
		before := n.delivery
		s := New(Config{Now: func() time.Time { return now }, Measure: m,
			Write: func(ctx context.Context, do func(context.Context, Store) error) error { return do(ctx, n) }})
		err := s.note(t.Context(), &shipment{delivery: &before, endpoint: &Endpoint{}, begun: now}, &Attempt{ID: uuid.New(), Error: "WEBHOOK_UNREACHABLE"}, Answer{})
		if err != nil || len(n.attempts) != 1 || !slices.Equal(m.outcomes, []string{want}) {
			t.Fatalf("%s: %v, %d attempts, %v", state, err, len(n.attempts), m.outcomes)
		}
		if same := n.delivery == before && n.endpoint.FailingSince == nil; same != (state != Waiting) {
			t.Errorf("%s: %+v became %+v", state, before, n.delivery)
		}
	}
}

// idle is a queue in which nothing is to be done but to count.
type idle struct {
	looks  int
	counts []time.Time
}

func (q *idle) WebhooksBehind(context.Context, int) ([]uuid.UUID, error) {
	q.looks++
	return nil, nil
}

func (q *idle) ClaimWebhooks(context.Context, time.Time, time.Time, int) ([]Claim, error) {
	return nil, nil
}

func (q *idle) CountWebhooks(_ context.Context, moment time.Time) (waiting, late int64, err error) {
	q.counts = append(q.counts, moment)
	return 5, 2, nil
}

func (q *idle) SweepWebhooks(context.Context, time.Time, int) (int, error) { return 0, nil }

// A wake-up makes the next look at once; without one it is made anyway. What
// waits is counted now and then, however often anybody looks.
func TestAWakeUpIsALook(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q, m, wake := &idle{}, &tried{}, make(chan struct{}, 1)
		s := New(Config{Now: time.Now, Measure: m, Claims: func(ctx context.Context, do func(context.Context, Queue) error) error { return do(ctx, q) }})
		ctx, stop := context.WithCancel(t.Context())
		begun := time.Now()
		go s.Run(ctx, wake)
		synctest.Wait()
		before := q.looks
		wake <- struct{}{}
		synctest.Wait()
		if q.looks != before+1 || time.Since(begun) != 0 {
			t.Errorf("%d looks, then %d after %v", before, q.looks, time.Since(begun))
		}
		time.Sleep(counting + pausing)
		synctest.Wait()
		if q.looks <= before+1 {
			t.Error("nobody looks who is not woken")
		}
		if !slices.Equal(m.waiting, []int64{5, 5}) || !slices.Equal(m.late, []int64{2, 2}) || !q.counts[0].Equal(begun.Add(-lateness).UTC()) {
			t.Errorf("counted %v %v of before %v", m.waiting, m.late, q.counts)
		}
		stop()
	})
}
