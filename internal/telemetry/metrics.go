package telemetry

import (
	"runtime"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Metrics are the service's instruments on a registry of its own, so that two
// servers in one process (tests) never collide.
type Metrics struct {
	Registry *prometheus.Registry

	requests   *prometheus.HistogramVec
	operations *prometheus.HistogramVec
	refusals   *prometheus.CounterVec
	published  *prometheus.CounterVec
	logins     *prometheus.CounterVec
	epoch      prometheus.Gauge
	recompute  prometheus.Histogram
	throttled  *prometheus.CounterVec
	idempotent *prometheus.CounterVec
	kept       map[bool]prometheus.Counter // by whether the answer was held
	keptBytes  prometheus.Gauge
	waits      *prometheus.HistogramVec
	streams    *prometheus.GaugeVec
}

// NewMetrics registers every instrument; version goes into leitai_build_info.
func NewMetrics(version string) *Metrics {
	m := &Metrics{
		Registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "leitai_http_request_duration_seconds", Help: "Time to answer an HTTP request, by route and status class.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2.5, 10)}, []string{"route", "status"}),
		operations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "leitai_graphql_operation_duration_seconds", Help: "Time to run a GraphQL operation, by its first root field and outcome.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2.5, 10)}, []string{"kind", "field", "outcome"}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "leitai_refusals_total", Help: "Requests refused, by stable code."}, []string{"code"}),
		published: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "leitai_publications_total", Help: "Rounds published, by whether the revision corrects an earlier one."}, []string{"correction"}),
		logins: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "leitai_logins_total", Help: "Login attempts, by outcome."}, []string{"outcome"}),
		epoch: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "leitai_authorization_epoch", Help: "Epoch of the grants this replica decides by."}),
		recompute: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "leitai_round_computation_duration_seconds", Help: "Time to compute a round.",
			Buckets: prometheus.ExponentialBuckets(0.001, 3, 9)}),
	}
	m.throttled = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "leitai_throttled_total", Help: "Requests over a budget, by the budget and whether they were slowed or refused."}, []string{"budget", "outcome"})
	m.waits = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "leitai_place_wait_seconds", Help: "Time to wait for a place among the database connections or the heavy jobs, by outcome.",
		Buckets: prometheus.ExponentialBuckets(0.001, 4, 8)}, []string{"place", "outcome"})
	kept := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "leitai_kept_answers_total", Help: "Questions about published data alone, by whether the answer was held in memory."}, []string{"held"})
	m.kept = map[bool]prometheus.Counter{true: kept.WithLabelValues("true"), false: kept.WithLabelValues("false")}
	m.keptBytes = prometheus.NewGauge(prometheus.GaugeOpts{Name: "leitai_kept_answers_bytes", Help: "Bytes of answers held in memory."})
	m.idempotent = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "leitai_idempotent_requests_total", Help: "Mutations with an idempotency key, by what became of the claim."}, []string{"outcome"})
	m.streams = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "leitai_streams", Help: "What is held open for readers, by kind: sockets, operations on them, and streams of events."}, []string{"kind"})
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "leitai_build_info", Help: "Always 1; the labels tell the build.",
		ConstLabels: prometheus.Labels{"version": version, "go_version": runtime.Version()}})
	build.Set(1)
	m.Registry.MustRegister(m.requests, m.operations, m.refusals, m.published, m.logins, m.epoch, m.recompute, m.throttled, m.idempotent, kept, m.keptBytes, m.waits, m.streams, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Request records an HTTP answer; route is the pattern, never the path.
func (m *Metrics) Request(route, status string, took time.Duration) {
	m.requests.WithLabelValues(route, status).Observe(took.Seconds())
}

// Route gives what records the answers of one route without looking for it each
// time.
func (m *Metrics) Route(route string) func(status string, took time.Duration) {
	var known sync.Map // by status
	return func(status string, took time.Duration) {
		observer, found := known.Load(status)
		if !found {
			observer, _ = known.LoadOrStore(status, m.requests.WithLabelValues(route, status))
		}
		if o, ok := observer.(prometheus.Observer); ok {
			o.Observe(took.Seconds())
		}
	}
}

// Operation records a GraphQL operation by kind, first root field of the schema
// and outcome (ok, refused, error).
func (m *Metrics) Operation(kind, field, outcome string, took time.Duration) {
	m.operations.WithLabelValues(kind, field, outcome).Observe(took.Seconds())
}

// Refused counts a refusal by its registered code.
func (m *Metrics) Refused(code string) { m.refusals.WithLabelValues(code).Inc() }

// Published counts a publication.
func (m *Metrics) Published(correction bool) {
	label := "no"
	if correction {
		label = "yes"
	}
	m.published.WithLabelValues(label).Inc()
}

// Login counts a login attempt: ok, refused or throttled.
func (m *Metrics) Login(outcome string) { m.logins.WithLabelValues(outcome).Inc() }

// Epoch notes the epoch of the grants decided by.
func (m *Metrics) Epoch(epoch int64) { m.epoch.Set(float64(epoch)) }

// Computed records how long a round took to compute.
func (m *Metrics) Computed(took time.Duration) { m.recompute.Observe(took.Seconds()) }

// Throttled counts a request over a budget: which one, and whether it was slowed
// or refused. Neither is a caller's to choose.
func (m *Metrics) Throttled(budget, outcome string) {
	m.throttled.WithLabelValues(budget, outcome).Inc()
}

// Idempotent counts a mutation with an idempotency key: claimed, replayed, busy,
// reused, lost or refused.
func (m *Metrics) Idempotent(outcome string) { m.idempotent.WithLabelValues(outcome).Inc() }

// Kept counts a question about published data alone, and tells how many bytes of
// answers are held.
func (m *Metrics) Kept(held bool, bytes int64) {
	m.kept[held].Inc()
	m.keptBytes.Set(float64(bytes))
}

// Waited gives what records the waits for one kind of place: database or heavy.
func (m *Metrics) Waited(place string) func(wait time.Duration, refused bool) {
	given, refusals := m.waits.WithLabelValues(place, "given"), m.waits.WithLabelValues(place, "refused")
	return func(wait time.Duration, refused bool) {
		if refused {
			refusals.Observe(wait.Seconds())
			return
		}
		given.Observe(wait.Seconds())
	}
}

// Places tells, whenever it is asked, how many places of a kind are held and
// waited for, and how many one tenant holds at most.
func (m *Metrics) Places(place string, counts func() (held, waiting, most int)) {
	for state, pick := range map[string]func() float64{
		"held":    func() float64 { n, _, _ := counts(); return float64(n) },
		"waiting": func() float64 { _, n, _ := counts(); return float64(n) },
		"most":    func() float64 { _, _, n := counts(); return float64(n) },
	} {
		// Of two programs in one process (tests) the first one tells.
		_ = m.Registry.Register(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "leitai_places",
			Help:        "Places that all share: held, waited for, and held by one tenant at most.",
			ConstLabels: prometheus.Labels{"place": place, "state": state}}, pick))
	}
}
