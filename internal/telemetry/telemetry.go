// Package telemetry owns what the service says of itself: structured logs with
// a request id, Prometheus metrics with bounded labels, and the traces of
// OpenTelemetry where an operator wants them.
//
// It does not own what is measured (each room calls it) and never carries a
// village, a person, a login or a free operation name as a label or an attribute.
package telemetry

import (
	"context"
	"io"
	"log/slog"

	"go.opentelemetry.io/otel/trace"
)

// NewLogger writes JSON lines to w; every line of a request carries its id, and
// what looks like a secret is left out of all of them.
func NewLogger(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(&requestHandler{slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: redact})})
}

type requestKey struct{}

// WithRequestID puts the id of the request into the context.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// RequestID returns the id of the request, or "" outside one.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// requestHandler adds the request id of the context to every record, and the ids
// of trace and span where there are any.
type requestHandler struct{ slog.Handler }

func (h *requestHandler) Handle(ctx context.Context, r slog.Record) error {
	if id := RequestID(ctx); id != "" {
		r.AddAttrs(slog.String("request_id", id))
	}
	if tracing.Load() {
		if at := trace.SpanContextFromContext(ctx); at.IsValid() {
			r.AddAttrs(slog.String("trace_id", at.TraceID().String()), slog.String("span_id", at.SpanID().String()))
		}
	}
	return h.Handler.Handle(ctx, r)
}

func (h *requestHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &requestHandler{h.Handler.WithAttrs(attrs)}
}

func (h *requestHandler) WithGroup(name string) slog.Handler {
	return &requestHandler{h.Handler.WithGroup(name)}
}
