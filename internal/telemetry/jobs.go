package telemetry

import (
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Jobs are the instruments of long work. Its labels are kinds and outcomes of
// the program, never a tenant or a user. A nil *Jobs measures nothing.
type Jobs struct {
	state  *prometheus.GaugeVec
	busy   *prometheus.GaugeVec
	waited *prometheus.HistogramVec
	took   *prometheus.HistogramVec
}

// Jobs gives the instruments of long work.
func (m *Metrics) Jobs() *Jobs {
	if m == nil {
		return nil
	}
	return &Jobs{
		state: known(m, prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "leitai_jobs", Help: "Jobs of all replicas, by kind, that are queued or running; every replica with workers tells the same."}, []string{"kind", "state"})),
		busy: known(m, prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "leitai_jobs_here", Help: "Jobs that workers of this process are doing, by kind."}, []string{"kind"})),
		waited: known(m, prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "leitai_job_wait_seconds", Help: "Time that a job waited for a worker, by kind.",
			Buckets: prometheus.ExponentialBuckets(0.25, 4, 8)}, []string{"kind"})),
		took: known(m, prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "leitai_job_duration_seconds", Help: "Time of one try of a job, by kind and outcome: done, failed, cancelled, retried, returned or lost.",
			Buckets: prometheus.ExponentialBuckets(0.1, 4, 8)}, []string{"kind", "outcome"})),
	}
}

// known registers an instrument, or gives the one of that name: two programs of
// a test share their metrics.
func known[C prometheus.Collector](m *Metrics, made C) C {
	var before prometheus.AlreadyRegisteredError
	if err := m.Registry.Register(made); errors.As(err, &before) {
		if have, ok := before.ExistingCollector.(C); ok {
			return have
		}
	}
	return made
}

// JobBegun notes that a worker began a job that waited so long.
func (j *Jobs) JobBegun(kind string, waited time.Duration) {
	if j != nil {
		j.busy.WithLabelValues(kind).Inc()
		j.waited.WithLabelValues(kind).Observe(waited.Seconds())
	}
}

// JobOver notes how a try ended.
func (j *Jobs) JobOver(kind, outcome string, took time.Duration) {
	if j != nil {
		j.busy.WithLabelValues(kind).Dec()
		j.took.WithLabelValues(kind, outcome).Observe(took.Seconds())
	}
}

// JobsCounted notes how many jobs of a kind wait and run.
func (j *Jobs) JobsCounted(kind string, queued, running int64) {
	if j != nil {
		j.state.WithLabelValues(kind, "queued").Set(float64(queued))
		j.state.WithLabelValues(kind, "running").Set(float64(running))
	}
}
