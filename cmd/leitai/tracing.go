package main

import (
	"context"
	"log/slog"

	"leitai/internal/telemetry"
	"leitai/internal/wiring"
)

// tracing are the settings of OpenTelemetry, beside those of its own environment.
type tracing struct {
	OTLPEndpoint string `name:"otlp-endpoint" env:"LEITAI_OTLP_ENDPOINT" placeholder:"URL" help:"Collector to which traces go by OTLP over HTTP, such as http://collector:4318/v1/traces; empty: OTEL_EXPORTER_OTLP_ENDPOINT, else no traces are made."`
}

// begin makes what traces; nil when nobody wants any.
func (t tracing) begin(ctx context.Context, logger *slog.Logger) (*telemetry.Traces, error) {
	return telemetry.NewTraces(ctx, telemetry.TraceOptions{Endpoint: t.OTLPEndpoint, Version: version, Logger: logger})
}

// wire begins to trace for a program.
func (t tracing) wire(ctx context.Context, o *wiring.Options) (err error) {
	o.Traces, err = t.begin(ctx, o.Logger)
	return err
}
