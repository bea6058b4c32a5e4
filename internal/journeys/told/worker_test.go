package told_test

import (
	"context"
	"crypto/x509"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/event"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
)

// worker is what `leitai work` makes: a program with the role of background work.
func (b *bench) worker(t *testing.T, h *hook, metrics *telemetry.Metrics) *wiring.App {
	t.Helper()
	w := near("127.0.0.0/8")
	w.Lease = time.Hour // a slow machine is no dead process
	w.Roots = x509.NewCertPool()
	w.Roots.AddCert(h.Certificate())
	app, err := wiring.New(t.Context(), wiring.Options{DSN: b.DB.JobDSN, Keys: b.keys, Now: b.Clock.Now, Logger: slog.New(slog.DiscardHandler), Metrics: metrics, Webhooks: w})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	return app
}

// tries counts the attempts that ended somehow, as an operator sees them.
func tries(t *testing.T, metrics *telemetry.Metrics, outcome string) (n uint64) {
	t.Helper()
	families, err := metrics.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() != "leitai_webhook_attempt_duration_seconds" {
			continue
		}
		for _, m := range f.GetMetric() {
			for _, label := range m.GetLabel() {
				if label.GetName() != "outcome" {
					t.Errorf("attempts are told apart by %s", label.GetName())
				} else if label.GetValue() == outcome {
					n += m.GetHistogram().GetSampleCount()
				}
			}
		}
	}
	return n
}

// Workers hand out what happens as servers do, by the rights of their own role,
// several at once: every message is sent once and everybody is told once.
func TestWorkersTellTogether(t *testing.T) {
	t.Parallel()
	h := newHook(t)
	b := calling(t, h, near("127.0.0.0/8"))
	b.register(t, sample.Approver, h.URL, "round.opened", "issue.opened")
	const events = 6
	metrics := [2]*telemetry.Metrics{telemetry.NewMetrics("one"), telemetry.NewMetrics("two")}
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for _, m := range metrics {
		worker := b.worker(t, h, m)
		all.Go(func() { worker.KeepTelling(ctx) })
	}
	for i := range events {
		kind, object := event.RoundOpened, "round"
		if i%2 == 1 {
			kind, object = event.IssueOpened, "issue"
		}
		b.happen(t, sample.TownshipCode, event.Event{Kind: kind, Object: uuid.New(), ObjectKind: object})
	}
	settled := func() bool {
		return slices.Equal(b.Strings(t, `SELECT count(*) FILTER (WHERE state = 'delivered') || ' ' || (SELECT coalesce(bool_and(c.seq = t.seq), false) FROM event_tip t
			LEFT JOIN event_cursor c ON c.tenant_id = t.tenant_id AND c.reader = 'inbox') FROM webhook_delivery`), []string{"6 true"})
	}
	for begun := time.Now(); !settled() && time.Since(begun) < time.Minute; {
		time.Sleep(20 * time.Millisecond)
	}
	stop()
	all.Wait()
	ids := map[string]int{}
	for _, m := range h.messages() {
		ids[m.header.Get("webhook-id")]++
	}
	if len(ids) != events || len(h.messages()) != events {
		t.Errorf("%d events came as %d messages: %v", events, len(h.messages()), ids)
	}
	if n := tries(t, metrics[0], "delivered") + tries(t, metrics[1], "delivered"); n != events {
		t.Errorf("%d deliveries are measured", n)
	}
	if items := b.Strings(t, `SELECT count(*) = count(DISTINCT (user_id, source_id)) AND count(*) > 0 FROM inbox_item`); !slices.Equal(items, []string{"true"}) {
		t.Errorf("inboxes: %v", items)
	}
}
