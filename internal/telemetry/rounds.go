package telemetry

import "github.com/prometheus/client_golang/prometheus"

// Rounds are the instruments of what happens to rounds. A nil *Rounds measures
// nothing.
type Rounds struct {
	refused *prometheus.CounterVec
	burden  prometheus.Histogram
}

// Rounds gives the instruments of what happens to rounds.
func (m *Metrics) Rounds() *Rounds {
	if m == nil {
		return nil
	}
	return &Rounds{
		refused: known(m, prometheus.NewCounterVec(prometheus.CounterOpts{Name: "leitai_publish_refusals_total",
			Help: "What kept a round from being published when somebody tried, by the stable code of each obstacle."}, []string{"blocker"})),
		burden: known(m, prometheus.NewHistogram(prometheus.HistogramOpts{Name: "leitai_village_month_burden",
			Help:    "Things that the template of a published round asks of each village in a month (ledgers, visits, photos, reports, meetings), once a round.",
			Buckets: []float64{2, 5, 8, 12, 16, 20, 30, 50}})),
	}
}

// PublishRefused counts one obstacle to publishing by its registered code.
func (r *Rounds) PublishRefused(code string) {
	if r != nil {
		r.refused.WithLabelValues(code).Inc()
	}
}

// Burdened notes how many things a published round asks of each village in a
// month.
func (r *Rounds) Burdened(things float64) {
	if r != nil {
		r.burden.Observe(things)
	}
}
