package telemetry

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Counted is one count over all tenants. Every word in it is one of the
// program's: no tenant, village or person is named.
type Counted struct {
	TenantKind, State, Late string
	Demo                    bool
	Count                   int64
}

// Figures are the instruments of what is counted over all tenants. One process
// counts at a time, and only that one tells. A nil *Figures measures nothing.
type Figures struct {
	told   tally
	read   prometheus.Gauge
	took   prometheus.Gauge
	whole  prometheus.Gauge
	proved *prometheus.CounterVec
	differ prometheus.Gauge
}

// Figures gives the instruments of what is counted over all tenants.
func (m *Metrics) Figures() *Figures {
	if m == nil {
		return nil
	}
	f := &Figures{
		read: known(m, prometheus.NewGauge(prometheus.GaugeOpts{Name: "leitai_figures_last_timestamp_seconds",
			Help: "When this process last tried to count over all tenants; 0: it was never its turn."})),
		took:  known(m, prometheus.NewGauge(prometheus.GaugeOpts{Name: "leitai_figures_duration_seconds", Help: "Time that the last count over all tenants took."})),
		whole: known(m, prometheus.NewGauge(prometheus.GaugeOpts{Name: "leitai_figures_complete", Help: "1 when the last count over all tenants counted everything, 0 when a part failed."})),
		proved: known(m, prometheus.NewCounterVec(prometheus.CounterOpts{Name: "leitai_publications_proved_total",
			Help: "Publications computed again from their bundles, by outcome: reproduced, differs or unread."}, []string{"outcome"})),
		differ: known(m, prometheus.NewGauge(prometheus.GaugeOpts{Name: "leitai_publications_differing",
			Help: "Publications that this process found not to be reproducible, and not right again since."})),
	}
	f.whole.Set(1)
	for _, outcome := range []string{"reproduced", "differs", "unread"} {
		f.proved.WithLabelValues(outcome)
	}
	// Of two programs in one process (tests) the first one tells.
	_ = m.Registry.Register(&f.told)
	return f
}

// FiguresCounted tells all counts of a kind, and no longer those told before.
func (f *Figures) FiguresCounted(kind string, all []Counted) {
	if f != nil {
		f.told.set(kind, slices.Clone(all))
	}
}

// FiguresOver tells no counts any more: another process does.
func (f *Figures) FiguresOver() {
	if f != nil {
		f.told.clear()
	}
}

// FiguresRead notes how counting went.
func (f *Figures) FiguresRead(at time.Time, took time.Duration, whole bool) {
	if f == nil {
		return
	}
	f.read.Set(float64(at.UnixMilli()) / 1000)
	f.took.Set(took.Seconds())
	f.whole.Set(map[bool]float64{true: 1}[whole])
}

// EpochStored tells the epoch of the grants that are stored.
func (f *Figures) EpochStored(epoch int64) {
	if f != nil {
		f.told.setEpoch(epoch)
	}
}

// PublicationProved notes how computing a publication again went, and how many
// are known to differ.
func (f *Figures) PublicationProved(outcome string, differing int) {
	if f != nil {
		f.proved.WithLabelValues(outcome).Inc()
		f.differ.Set(float64(differing))
	}
}

// gauge is how one kind of figures is told: with the kind of tenant and whether
// it is a demonstration, and the state and the days past due where it has them.
type gauge struct {
	desc        *prometheus.Desc
	state, late bool
}

func gaugeOf(name, help, state string, late bool) gauge {
	labels := []string{"tenant_kind", "demo"}
	if state != "" {
		labels = append(labels, state)
	}
	if late {
		labels = append(labels, "past_due")
	}
	return gauge{desc: prometheus.NewDesc(name, help, labels, nil), state: state != "", late: late}
}

var (
	gauges = map[string]gauge{
		"tenants":    gaugeOf("leitai_tenants", "Tenants, by kind and state.", "state", false),
		"rounds":     gaugeOf("leitai_rounds", "Rounds that are not over, by state and days past their day, or past the end of objections.", "state", true),
		"marks":      gaugeOf("leitai_marks_waiting", "Marks that wait for a second person, in rounds that take marks.", "", false),
		"objections": gaugeOf("leitai_objections_waiting", "Objections that wait for a decision (filed) or to be carried out (accepted), by days past their period.", "state", true),
		"issues":     gaugeOf("leitai_issues_unfinished", "Issues that are not closed, by light (blue, yellow, red) and days past due.", "light", true),
		"ballots":    gaugeOf("leitai_ballot_people", "Voters of the roster, those present and what was cast, of evaluations closed in the last 31 days.", "count", false),
	}
	storedEpoch = prometheus.NewDesc("leitai_authorization_epoch_stored", "Epoch of the grants that are stored; replicas decide by leitai_authorization_epoch.", nil, nil)
)

// tally is what was counted last, as a whole: a page of metrics never shows half
// of a count.
type tally struct {
	mu     sync.Mutex
	counts map[string][]Counted
	epoch  int64
}

func (t *tally) set(kind string, all []Counted) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[string][]Counted{}
	}
	t.counts[kind] = all
}

func (t *tally) setEpoch(epoch int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.epoch = epoch
}

func (t *tally) clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts, t.epoch = nil, 0
}

// Describe implements prometheus.Collector.
func (t *tally) Describe(to chan<- *prometheus.Desc) {
	for _, g := range gauges {
		to <- g.desc
	}
	to <- storedEpoch
}

// Collect implements prometheus.Collector.
func (t *tally) Collect(to chan<- prometheus.Metric) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for kind, all := range t.counts {
		g, known := gauges[kind]
		if !known {
			continue
		}
		for _, c := range all {
			labels := []string{c.TenantKind, strconv.FormatBool(c.Demo)}
			if g.state {
				labels = append(labels, c.State)
			}
			if g.late {
				labels = append(labels, c.Late)
			}
			to <- prometheus.MustNewConstMetric(g.desc, prometheus.GaugeValue, float64(c.Count), labels...)
		}
	}
	if t.epoch > 0 {
		to <- prometheus.MustNewConstMetric(storedEpoch, prometheus.GaugeValue, float64(t.epoch))
	}
}
