package telemetry

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Traces makes the spans of OpenTelemetry. What they carry are words of the
// program alone: patterns of routes, fields of the schema, verbs and tables of
// statements, kinds and outcomes. No text, variable, path, village, person or
// token gets into one. A nil *Traces makes none.
type Traces struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// TraceOptions is what an operator decides about traces; what is not here is
// read from the environment as the specification of OpenTelemetry says
// (OTEL_TRACES_SAMPLER, OTEL_RESOURCE_ATTRIBUTES, OTEL_EXPORTER_OTLP_HEADERS …).
type TraceOptions struct {
	Endpoint string // URL to which OTLP goes over HTTP; empty: that of the environment
	Version  string
	Logger   *slog.Logger
	Exporter sdk.SpanExporter // instead of OTLP; tests alone set it
}

// endpointNames are what the specification calls the address of a collector.
var endpointNames = []string{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"}

// Wanted says whether traces go anywhere: somebody named a collector, and did
// not switch the whole off.
func (o TraceOptions) Wanted() bool {
	if strings.EqualFold(os.Getenv("OTEL_SDK_DISABLED"), "true") {
		return false
	}
	named := o.Endpoint != "" || o.Exporter != nil
	for _, name := range endpointNames {
		named = named || os.Getenv(name) != ""
	}
	return named
}

// tracing is whether anything in this process makes spans: while nothing does,
// nothing looks for one.
var tracing atomic.Bool

// NewTraces begins to make spans; nil when nobody wants any. A collector that does
// not answer delays nothing: what it does not take is dropped, and the log says so.
func NewTraces(ctx context.Context, o TraceOptions) (*Traces, error) {
	if !o.Wanted() {
		return nil, nil //nolint:nilnil // nil makes no spans
	}
	exporter := o.Exporter
	if exporter == nil {
		var options []otlptracehttp.Option
		if o.Endpoint != "" {
			at, err := url.Parse(o.Endpoint)
			if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
				return nil, errEndpoint // the exporter would take it for its default
			}
			options = append(options, otlptracehttp.WithEndpointURL(o.Endpoint))
		}
		var err error
		if exporter, err = otlptracehttp.New(ctx, options...); err != nil {
			return nil, fmt.Errorf("telemetry: the collector of traces: %w", err)
		}
	}
	about, err := resource.New(ctx, resource.WithTelemetrySDK(),
		resource.WithAttributes(attribute.String("service.name", "leitai"), attribute.String("service.version", o.Version)), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("telemetry: OTEL_RESOURCE_ATTRIBUTES: %w", err)
	}
	if o.Logger != nil {
		otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { o.Logger.Warn("traces were not sent", slog.Any("error", err)) }))
	}
	// The provider is ours alone and never the global one: what modules of others
	// would tell of themselves is not for us to vouch for.
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(about), sdk.WithIDGenerator(ids{}))
	tracing.Store(true)
	return &Traces{provider: provider, tracer: provider.Tracer(scope)}, nil
}

var errEndpoint = errors.New("--otlp-endpoint: should be a URL such as http://collector:4318/v1/traces")

// scope names who makes the spans.
const scope = "leitai"

// Flush sends what was not sent yet.
func (t *Traces) Flush(ctx context.Context) error {
	if t == nil {
		return nil
	}
	return t.provider.ForceFlush(ctx)
}

// Close sends what was not sent yet, for some seconds at most, and makes no more.
func (t *Traces) Close() error {
	if t == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return t.provider.Shutdown(ctx)
}

// ids makes ids by chance, but for the traces of long work, whose id follows from
// that of the work: who asks for it and who does it need not tell each other.
type ids struct{}

type traceKey struct{}

// NewIDs implements sdktrace.IDGenerator.
func (ids) NewIDs(ctx context.Context) (id trace.TraceID, span trace.SpanID) {
	if set, ok := ctx.Value(traceKey{}).(trace.TraceID); ok {
		id = set
	} else {
		_, _ = rand.Read(id[:]) // never fails: crypto/rand ends the program instead
	}
	_, _ = rand.Read(span[:])
	return id, span
}

// NewSpanID implements sdktrace.IDGenerator.
func (ids) NewSpanID(context.Context, trace.TraceID) (span trace.SpanID) {
	_, _ = rand.Read(span[:])
	return span
}

// traceOf is the trace of a piece of long work. It is a digest, so that a
// sampler that goes by the id takes a fair share.
func traceOf(work uuid.UUID) trace.TraceID {
	sum := sha256.Sum256(work[:])
	return trace.TraceID(sum[:16])
}
