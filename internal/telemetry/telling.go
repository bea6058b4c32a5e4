package telemetry

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Webhooks are the instruments of calling others. Its labels are outcomes and
// states of the program, never a tenant or an address. A nil *Webhooks measures
// nothing.
type Webhooks struct {
	took  *prometheus.HistogramVec
	state *prometheus.GaugeVec
}

// Webhooks gives the instruments of calling others.
func (m *Metrics) Webhooks() *Webhooks {
	if m == nil {
		return nil
	}
	w := &Webhooks{
		took: known(m, prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "leitai_webhook_attempt_duration_seconds", Help: "Time of one attempt to deliver to a webhook, by outcome: delivered, retried, failed, withheld or lost.",
			Buckets: prometheus.ExponentialBuckets(0.01, 3, 8)}, []string{"outcome"})),
		state: known(m, prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "leitai_webhook_deliveries", Help: "Deliveries of all replicas that are waiting, and those of them that are late: due for more than a minute. Every replica tells the same."}, []string{"state"})),
	}
	for _, outcome := range []string{"delivered", "retried", "failed", "withheld", "lost"} {
		w.took.WithLabelValues(outcome) // from the first page on, so that the first one of each is seen as one more
	}
	return w
}

// WebhookTried notes how an attempt ended.
func (w *Webhooks) WebhookTried(outcome string, took time.Duration) {
	if w != nil {
		w.took.WithLabelValues(outcome).Observe(took.Seconds())
	}
}

// WebhooksCounted notes how many deliveries wait, and how many of them are late.
func (w *Webhooks) WebhooksCounted(waiting, late int64) {
	if w != nil {
		w.state.WithLabelValues("waiting").Set(float64(waiting))
		w.state.WithLabelValues("late").Set(float64(late))
	}
}

// Stream counts what is held open for a reader: a socket (WebSocket), an operation on
// one, or events (a stream of server-sent events). over takes it off again.
func (m *Metrics) Stream(kind string) (over func()) {
	held := m.streams.WithLabelValues(kind)
	held.Inc()
	return held.Dec
}
