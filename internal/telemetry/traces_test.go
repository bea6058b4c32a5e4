package telemetry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/uuid"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

// made gives traces that end in memory.
func made(t *testing.T) (*Traces, *tracetest.InMemoryExporter) {
	t.Helper()
	exporter := tracetest.NewInMemoryExporter()
	traces, err := NewTraces(t.Context(), TraceOptions{Version: "1.2.3", Exporter: exporter})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = traces.Close() })
	return traces, exporter
}

func sent(t *testing.T, traces *Traces, to *tracetest.InMemoryExporter) tracetest.SpanStubs {
	t.Helper()
	if err := traces.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	return to.GetSpans()
}

// A request's statements lie in its operation, and that in the request; the log
// of any of them leads there.
func TestSpansOfARequestLieInEachOther(t *testing.T) {
	t.Parallel()
	traces, exporter := made(t)
	var out bytes.Buffer
	log := NewLogger(&out, slog.LevelInfo)
	ctx, answered := traces.Request(t.Context(), "POST /graphql")
	inside, done := Operation(ctx, "mutation", "roundOpen")
	Statement(inside, `UPDATE "rounds" SET state = $1`)(refused{"LT004", "round CANARY is not open"})
	log.InfoContext(inside, "hello")
	done("error")
	answered(500)
	spans := sent(t, traces, exporter)
	if len(spans) != 3 {
		t.Fatalf("%d spans", len(spans))
	}
	statement, operation, request := spans[0], spans[1], spans[2]
	if statement.Parent.SpanID() != operation.SpanContext.SpanID() || operation.Parent.SpanID() != request.SpanContext.SpanID() || request.Parent.IsValid() {
		t.Error("the spans do not lie in each other")
	}
	if statement.Name != "UPDATE rounds" || operation.Name != "graphql mutation roundOpen" || request.Name != "POST /graphql" {
		t.Errorf("named %q, %q, %q", statement.Name, operation.Name, request.Name)
	}
	for _, s := range spans {
		if s.Status.Code != codes.Error || strings.Contains(fmt.Sprint(s), "CANARY") {
			t.Errorf("%s: %+v", s.Name, s)
		}
	}
	if id := operation.SpanContext.TraceID().String(); !strings.Contains(out.String(), `"trace_id":"`+id+`"`) || !strings.Contains(out.String(), operation.SpanContext.SpanID().String()) {
		t.Errorf("the log leads nowhere: %s", out.String())
	}
}

// Long work has a trace of its own that who asked for it points to, without
// anything passing between them; each try lies in the same trace.
func TestLongWorkIsFoundFromWhereItWasAskedFor(t *testing.T) {
	t.Parallel()
	traces, exporter := made(t)
	job := uuid.Must(uuid.NewV7())
	ctx, answered := traces.Request(t.Context(), "POST /graphql")
	LinkWork(ctx, job)
	answered(200)
	for _, outcome := range []string{"retried", "done"} {
		_, over := traces.Work(t.Context(), "job", "export", job)
		over(outcome)
	}
	spans := sent(t, traces, exporter)
	if len(spans) != 3 || len(spans[0].Links) != 1 {
		t.Fatalf("%+v", spans)
	}
	aim := spans[0].Links[0].SpanContext.TraceID()
	if spans[1].SpanContext.TraceID() != aim || spans[2].SpanContext.TraceID() != aim || aim == spans[0].SpanContext.TraceID() {
		t.Error("the request does not point to the trace of the job")
	}
	if strings.Contains(aim.String(), strings.ReplaceAll(job.String(), "-", "")) {
		t.Error("the trace names the job")
	}
}

// Without traces there are no spans, in what asks for them neither.
func TestNothingIsTracedUnlessWanted(t *testing.T) {
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "")
	traces, err := NewTraces(t.Context(), TraceOptions{})
	if traces != nil || err != nil {
		t.Fatalf("%v %v", traces, err)
	}
	ctx, over := traces.Request(t.Context(), "GET /x")
	over(200)
	ctx, done := Operation(ctx, "query", "board")
	done("ok")
	Statement(ctx, "SELECT 1")(errors.New("x"))
	LinkWork(ctx, uuid.New())
	ctx, ended := traces.Work(ctx, "job", "export", uuid.New())
	ended("done")
	if trace.SpanContextFromContext(ctx).IsValid() || traces.Flush(ctx) != nil || traces.Close() != nil {
		t.Error("something is traced")
	}
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
	if !(TraceOptions{}).Wanted() {
		t.Error("the environment's collector is passed over")
	}
	t.Setenv("OTEL_SDK_DISABLED", "true")
	if (TraceOptions{Endpoint: "http://127.0.0.1:1"}).Wanted() {
		t.Error("the environment's switch is passed over")
	}
}

func TestStatementsAreNamedByWordsOfTheProgram(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		`SELECT "rounds"."id" FROM "rounds" WHERE x = $1`: "SELECT rounds", "\nSELECT user_id\nFROM open_request($1, $2)": "SELECT open_request",
		"INSERT INTO mark (id) VALUES ($1)": "INSERT mark", "update job SET x = 1": "UPDATE job", "DELETE FROM session s": "DELETE session",
		"WITH a AS (SELECT 1 FROM unit u) SELECT 2": "WITH unit", "SELECT set_config('a', $1, true)": "SELECT ", "": "OTHER ",
		"SELECT 1 FROM (SELECT 2 FROM mark)": "SELECT mark", "SELECT 1 FROM 王村": "SELECT ", "BEGIN": "OTHER ",
		"SELECT 1 FROM 'x'": "SELECT ", "COPY x FROM STDIN": "OTHER ", "SELECT FROM": "SELECT ",
		"SELECT 1 FROM " + strings.Repeat("a", 41): "SELECT ",
	} {
		if verb, table := StatementName(query); verb+" "+table != want {
			t.Errorf("%q is %q %q, not %q", query, verb, table, want)
		}
	}
}
