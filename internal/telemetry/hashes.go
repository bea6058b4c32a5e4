package telemetry

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// HashMemory gives what is told every change of the memory that password hashes
// hold at the moment, in KiB.
func (m *Metrics) HashMemory() func(kib int64) {
	gauge := prometheus.NewGauge(prometheus.GaugeOpts{Name: "leitai_password_hash_memory_bytes", Help: "Memory that password hashes hold now."})
	err := m.Registry.Register(gauge)
	var before prometheus.AlreadyRegisteredError
	if errors.As(err, &before) { // two programs of a test share their metrics
		if known, ok := before.ExistingCollector.(prometheus.Gauge); ok {
			gauge = known
		}
	}
	return func(kib int64) { gauge.Add(float64(kib) * 1024) }
}
