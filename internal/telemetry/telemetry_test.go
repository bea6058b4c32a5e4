package telemetry

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
)

func TestLoggerCarriesTheRequestID(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := NewLogger(&out, slog.LevelInfo).With("part", "x")
	log.InfoContext(WithRequestID(context.Background(), "r-1"), "hello")
	log.Info("outside")
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if !strings.Contains(lines[0], `"request_id":"r-1"`) || strings.Contains(lines[1], "request_id") {
		t.Fatalf("lines %q", lines)
	}
}

func TestMetricsAreLintClean(t *testing.T) {
	t.Parallel()
	m := NewMetrics("1.2.3")
	route := m.Route("POST /graphql")
	route("2xx", time.Millisecond)
	route("2xx", time.Millisecond)
	m.Request("POST /graphql", "2xx", time.Millisecond)
	if n := testutil.CollectAndCount(m.Registry, "leitai_http_request_duration_seconds"); n != 1 {
		t.Errorf("%d series of one route and status", n)
	}
	m.Kept(true, 7)
	m.Operation("query", "board", "ok", time.Millisecond)
	m.Refused("NOT_FOUND")
	m.Published(true)
	m.Published(false)
	m.Login("ok")
	m.Epoch(4)
	m.Computed(time.Millisecond)
	m.Throttled("token", "refused")
	m.Waited("database")(time.Millisecond, false)
	m.Waited("heavy")(0, true)
	m.Places("database", func() (held, waiting, most int) { return 3, 2, 1 })
	m.Connections(func() (used, idle, most int) { return 1, 2, 3 })
	m.Crossed()("database")
	m.Rounds().PublishRefused("NOT_ANNOUNCED")
	m.Rounds().Burdened(12.5)
	m.Jobs().JobsCounted("export", 1, 2)
	m.Webhooks().WebhooksCounted(1, 2)
	figures := m.Figures()
	for kind := range gauges {
		figures.FiguresCounted(kind, []Counted{{TenantKind: "township", State: "open", Late: "none", Count: 1}})
	}
	figures.EpochStored(4)
	problems, err := testutil.GatherAndLint(m.Registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	families, err := m.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			for _, label := range metric.GetLabel() {
				switch label.GetName() {
				case "route", "status", "kind", "field", "outcome", "code", "correction", "version", "go_version", "budget", "place", "state", "held",
					"tenant_kind", "demo", "past_due", "light", "count", "blocker", "layer":
				default:
					t.Errorf("%s has an unexpected label %q", family.GetName(), label.GetName())
				}
			}
		}
	}
}
