package telemetry

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// Request begins the span of an HTTP request; over ends it with the status of the
// answer. Route is the pattern, never the path. What a caller says of a trace of
// its own is not believed, like its request id.
func (t *Traces) Request(ctx context.Context, route string) (inside context.Context, over func(status int)) {
	if t == nil {
		return ctx, func(int) {}
	}
	attributes := []attribute.KeyValue{attribute.String("http.route", route)}
	if method, pattern, both := strings.Cut(route, " "); both {
		attributes = []attribute.KeyValue{attribute.String("http.request.method", method), attribute.String("http.route", pattern)}
	}
	ctx, span := t.tracer.Start(ctx, route, trace.WithNewRoot(), trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(attributes...))
	return ctx, func(status int) {
		span.SetAttributes(attribute.Int("http.response.status_code", status))
		if status >= 500 {
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
}

// Work begins the span of one try of a piece of long work: a job or a delivery.
// Its trace is that of the work, to which whoever asked for it points by
// LinkWork. over ends it with the outcome, one of the program's words.
func (t *Traces) Work(ctx context.Context, what, kind string, work uuid.UUID) (inside context.Context, over func(outcome string)) {
	if t == nil {
		return ctx, func(string) {}
	}
	named := context.WithValue(ctx, traceKey{}, traceOf(work))
	ctx, span := t.tracer.Start(named, what+" "+kind, trace.WithNewRoot(), trace.WithSpanKind(trace.SpanKindConsumer),
		trace.WithAttributes(attribute.String("leitai.work", what), attribute.String("leitai.kind", kind)))
	return ctx, func(outcome string) {
		span.SetAttributes(attribute.String("leitai.outcome", outcome))
		if outcome == "failed" {
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
}

// LinkWork points from the span of the context to the trace of long work that it
// asked for.
func LinkWork(ctx context.Context, work uuid.UUID) {
	if span := spanOf(ctx); span != nil {
		span.AddLink(trace.Link{SpanContext: trace.NewSpanContext(trace.SpanContextConfig{TraceID: traceOf(work),
			SpanID: trace.SpanID(work[8:16]), TraceFlags: trace.FlagsSampled, Remote: true})})
	}
}

// spanOf is the span of the context that is recorded; nil: none.
func spanOf(ctx context.Context) trace.Span {
	if !tracing.Load() {
		return nil
	}
	if span := trace.SpanFromContext(ctx); span.IsRecording() {
		return span
	}
	return nil
}

// Operation begins the span of a GraphQL operation inside that of its request, by
// kind and first root field of the schema; over ends it with the outcome.
func Operation(ctx context.Context, kind, field string) (inside context.Context, over func(outcome string)) {
	parent := spanOf(ctx)
	if parent == nil {
		return ctx, func(string) {}
	}
	ctx, span := parent.TracerProvider().Tracer(scope).Start(ctx, "graphql "+kind+" "+field,
		trace.WithAttributes(attribute.String("graphql.operation.type", kind), attribute.String("leitai.field", field)))
	return ctx, func(outcome string) {
		span.SetAttributes(attribute.String("leitai.outcome", outcome))
		if outcome == "error" {
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
}

// Statement begins the span of an SQL statement inside that of what sends it,
// named by its verb and first table; over ends it, with the SQLSTATE of a
// failure. Neither the text nor a value gets into it.
func Statement(ctx context.Context, query string) (over func(err error)) {
	parent := spanOf(ctx)
	if parent == nil {
		return func(error) {}
	}
	verb, table := StatementName(query)
	name, attributes := verb, []attribute.KeyValue{attribute.String("db.system.name", "postgresql"), attribute.String("db.operation.name", verb)}
	if table != "" {
		name, attributes = verb+" "+table, append(attributes, attribute.String("db.collection.name", table))
	}
	_, span := parent.TracerProvider().Tracer(scope).Start(ctx, name, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attributes...))
	return func(err error) {
		if err != nil {
			span.SetStatus(codes.Error, "")
			var stated interface{ SQLState() string }
			if errors.As(err, &stated) {
				span.SetAttributes(attribute.String("db.response.status_code", stated.SQLState()))
			}
		}
		span.End()
	}
}

// verbs are what statements begin with; another beginning is told as OTHER.
var verbs = []string{"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "LOCK", "MERGE", "CALL"}

// StatementName gives the verb of a statement and the table or function that
// stands first in it; table is "" where it cannot be told for sure. Both are
// words of the program: values are never in the text of a statement, and what
// does not look like a name is left out.
func StatementName(query string) (verb, table string) {
	words := strings.Fields(query)
	verb = "OTHER"
	if len(words) == 0 {
		return verb, ""
	}
	for _, known := range verbs {
		if strings.EqualFold(words[0], known) {
			verb = known
		}
	}
	for i, word := range words[:len(words)-1] {
		switch strings.ToUpper(word) {
		case "FROM", "INTO", "UPDATE", "JOIN":
			if name := nameIn(words[i+1]); name != "" {
				return verb, name
			}
		}
	}
	return verb, ""
}

// nameIn reads a name of the schema off the beginning of a word: small letters,
// digits and _, at most 40.
func nameIn(word string) string {
	word = strings.TrimLeft(word, `"(`)
	end := strings.IndexFunc(word, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if end < 0 {
		end = len(word)
	}
	if end == 0 || end > 40 || word[0] >= '0' && word[0] <= '9' || word == "select" {
		return ""
	}
	return word[:end]
}
