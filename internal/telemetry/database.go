package telemetry

import (
	"github.com/prometheus/client_golang/prometheus"
)

// Connections tells, whenever it is asked, how many connections of the pool
// serve somebody, are kept for the next, and may be open at most.
func (m *Metrics) Connections(counts func() (used, idle, most int)) {
	for state, pick := range map[string]func() float64{
		"used": func() float64 { n, _, _ := counts(); return float64(n) },
		"idle": func() float64 { _, n, _ := counts(); return float64(n) },
		"most": func() float64 { _, _, n := counts(); return float64(n) },
	} {
		// Of two programs in one process (tests) the first one tells.
		_ = m.Registry.Register(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "leitai_database_connections",
			Help: "Connections to the database: used, idle, and the most there may be.", ConstLabels: prometheus.Labels{"state": state}}, pick))
	}
}

// Crossed gives what counts a step over the border of a tenant that was refused,
// by the layer that refused it: authorization (a unit outside of the tenant's
// tree), program (a row of another tenant) or database (row-level security). What
// is not found because it is another tenant's is no such step: it is not seen.
func (m *Metrics) Crossed() func(layer string) {
	if m == nil {
		return func(string) {}
	}
	crossed := known(m, prometheus.NewCounterVec(prometheus.CounterOpts{Name: "leitai_cross_tenant_denials_total",
		Help: "Steps over the border of a tenant that were refused, by layer: authorization, program or database."}, []string{"layer"}))
	for _, layer := range []string{"authorization", "program", "database"} {
		crossed.WithLabelValues(layer)
	}
	return func(layer string) { crossed.WithLabelValues(layer).Inc() }
}
