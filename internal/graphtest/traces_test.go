package graphtest_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"leitai/internal/graphtest"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
)

// tracedWords are what a span may say, by attribute; a word of the program each.
var tracedWords = map[attribute.Key]*regexp.Regexp{
	"http.request.method": regexp.MustCompile(`^(GET|POST)$`), "http.route": regexp.MustCompile(`^/[a-z/{}]*$`), "http.response.status_code": regexp.MustCompile(`^[2-5]\d\d$`),
	"graphql.operation.type": regexp.MustCompile(`^(query|mutation)$`), "leitai.field": regexp.MustCompile(`^[a-zA-Z]+$`),
	"leitai.outcome": regexp.MustCompile(`^[a-z]+$`), "leitai.work": regexp.MustCompile(`^job$`), "leitai.kind": regexp.MustCompile(`^export$`),
	"db.system.name": regexp.MustCompile(`^postgresql$`), "db.operation.name": regexp.MustCompile(`^[A-Z]+$`), "db.collection.name": regexp.MustCompile(`^[a-z_]+$`),
	"db.response.status_code": regexp.MustCompile(`^[0-9A-Z]{5}$`),
}

// A trace leads from a request through its operation to its statements, and to
// the job it asked for; it names no village, no person, no token, nothing that
// was entered, and no id of ours.
//
// covers T32
func TestTracesNameNobody(t *testing.T) {
	t.Parallel()
	k := exporting(t)
	exporter := tracetest.NewInMemoryExporter()
	traces, err := telemetry.NewTraces(t.Context(), telemetry.TraceOptions{Version: "test", Exporter: exporter})
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	app, err := wiring.New(t.Context(), wiring.Options{DSN: k.DB.AppDSN, Keys: *k.Keys, Now: k.Clock.Now, Traces: traces,
		Logger: telemetry.NewLogger(&log, slog.LevelInfo), Metrics: telemetry.NewMetrics("test")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	traced := k.Beside(app)
	const canary = "CANARY雀"
	traced.Must(t, "C1", issueWorth, graphtest.Vars{"c": k.CompetitionID(), "unit": graphtest.VillageCode(1), "title": canary, "base": "1"})
	traced.As(t, "C1", `query CANARYname { nosuch(x: "CANARY") }`, nil)
	traced.As(t, "C1", `mutation CANARYname($c: ID!) { issueOpen(input: {competition: $c, unitCode: "CANARY", title: "CANARY", base: "1", due: "2999-12-31"}) { userErrors { code } } }`,
		graphtest.Vars{"c": k.CompetitionID()})
	traced.Get(t, "leitai_pat_CANARY", "/documents/CANARY/"+k.CompetitionID())
	job := exported(t, traced, "C1", "ISSUES", "CSV", nil)
	if err := traces.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	seen := checkSpans(t, exporter.GetSpans())
	for _, want := range []string{"POST /graphql", "graphql mutation issueOpen", "graphql mutation exportRequest", "SELECT open_request", "INSERT issue", "job export", "GET /documents/{kind}/{id}"} {
		if seen[want] == 0 {
			t.Errorf("no span is named %q: %v", want, seen)
		}
	}
	told := fmt.Sprintf("%+v", exporter.GetSpans())
	for what, secret := range map[string]string{"what was entered": "CANARY", "a village": graphtest.VillageCode(1), "a person": k.World.Person("C1").ID.String(),
		"a token": k.Token("C1"), "a competition": k.World.Competition.String(), "a job": job} {
		if strings.Contains(told, secret) {
			t.Errorf("the spans tell %s", what)
		}
	}
	if !strings.Contains(log.String(), `"trace_id":"`) || strings.Contains(log.String(), "CANARY") {
		t.Errorf("the log: %s", log.String())
	}
}

// checkSpans holds every word of every span against what a span may say, and
// gives how many there are of each name.
func checkSpans(t *testing.T, spans tracetest.SpanStubs) map[string]int {
	t.Helper()
	seen, links := map[string]int{}, 0
	for _, s := range spans {
		seen[s.Name]++
		links += len(s.Links)
		for _, a := range s.Attributes {
			if allowed := tracedWords[a.Key]; allowed == nil || !allowed.MatchString(a.Value.String()) {
				t.Errorf("%s: %s is %q", s.Name, a.Key, a.Value.String())
			}
		}
		if len(s.Events) > 0 || s.Status.Description != "" || s.SpanContext.TraceState().Len() > 0 {
			t.Errorf("%s says more: %+v", s.Name, s)
		}
	}
	if links != 1 {
		t.Errorf("%d links to a job", links)
	}
	return seen
}
