// Package edge owns putting the HTTP edge on top of the use cases.
package edge

import (
	"context"
	"errors"
	"log/slog"

	"github.com/google/uuid"

	"leitai/graph"
	"leitai/internal/bulletin"
	"leitai/internal/fault"
	"leitai/internal/httpserver"
	"leitai/internal/httpserver/imports"
	"leitai/internal/postgres"
	"leitai/internal/viewer"
	"leitai/internal/voting"
	"leitai/internal/wiring"
)

// New makes the server of an app.
func New(app *wiring.App, options httpserver.Options) *httpserver.Server {
	resolver := &graph.Resolver{Authz: app.Gate, Identity: app.Identity, Tenancy: app.Tenancy, Hosting: app.Hosting, Teams: app.Teams, Archives: app.Archives, Jobs: app.Jobs, Exports: app.Exports, Facts: app.Facts, Programme: app.Programme, Rights: app.Rights, Rounds: app.Rounds,
		Consequences: app.Consequences, Issues: app.Issues, Papers: app.Papers, Pieces: app.Evidence, Visits: app.Visits, Voting: app.Voting, Comparing: app.Comparison, Webhooks: app.Webhooks, Inbox: app.Inbox, Trusted: app.Trusted, Streams: app.Streams, Finder: app.Search, Agendas: app.Agenda, Now: app.Now}
	return httpserver.New(httpserver.Deps{
		Opener: opener{app, resolver}, Identity: app.Identity, Schema: graph.NewSchema(resolver),
		Present: graph.Presenter(app.Logger, app.Metrics.Refused), Documents: papers{app}, Booth: app.Voting, Evidence: app.Evidence, Archives: app.Archives, Exports: app.Exports, Imports: importer(app), Forms: app.Papers, Hosting: app.Hosting, Meter: app.Hosting.Meter, Metrics: app.Metrics, Traces: app.Traces, Logger: app.Logger,
		Known: app.DB.KnownTenant, Facts: app.Facts, Results: app.Rounds, Stamps: stamps{app}, Streams: streams{opener{app, resolver}}, Trusted: app.Trusted, Idempotency: app.Idempotency, Anywhere: app.Gate.Anywhere,
	}, options)
}

// opener opens the database side of a request and gives it its own loaders.
type opener struct {
	app      *wiring.App
	resolver *graph.Resolver
}

// OpenRequest implements httpserver.Opener.
func (o opener) OpenRequest(ctx context.Context, credential viewer.Credential) (context.Context, func(), error) {
	begin, keep := o.app.DB.Begin, httpserver.KeepWanted(ctx)
	if keep != nil {
		begin = o.app.DB.BeginStamped
	}
	ctx, request, v, err := begin(ctx, credential)
	if err != nil {
		return ctx, nil, err
	}
	if keep != nil {
		keep.Stamp, keep.Viewer = request.Stamp(), v
	}
	o.app.Metrics.Epoch(v.Epoch)
	o.app.Hosting.Meter.Count(v)
	end := func() {
		if err := request.End(); err != nil && !errors.Is(err, context.Canceled) {
			o.app.Logger.WarnContext(ctx, "the request's transaction did not end well", slog.Any("error", err))
		}
	}
	return graph.WithLoaders(ctx, o.resolver), end, nil
}

// Ready implements httpserver.Opener.
func (o opener) Ready(ctx context.Context) error { return o.app.DB.Ping(ctx) }

// importer takes spreadsheets in through the use cases.
func importer(app *wiring.App) *imports.Service {
	return imports.New(imports.Services{Papers: app.Papers, Rounds: app.Rounds, Past: app.Consequences, People: app.Tenancy, Voters: app.Voting,
		Together: postgres.Together(app.DB)})
}

// papers draws documents for the edge.
type papers struct{ app *wiring.App }

// Document implements httpserver.Documents.
func (p papers) Document(ctx context.Context, kind string, id uuid.UUID, format string) (httpserver.Paper, error) {
	if id == uuid.Nil {
		return httpserver.Paper{}, fault.New(fault.NotFound)
	}
	if kind == voting.KindForm || kind == voting.KindSummary {
		document, err := p.app.Voting.Document(ctx, kind, id)
		if err != nil {
			return httpserver.Paper{}, err
		}
		paper, err := bulletin.Render(document, format)
		return httpserver.Paper(paper), err
	}
	paper, err := p.app.Papers.Document(ctx, kind, id, format)
	return httpserver.Paper(paper), err
}

// Archive implements httpserver.Documents.
func (p papers) Archive(ctx context.Context, competition uuid.UUID, code string) (httpserver.Paper, error) {
	paper, err := p.app.Papers.Archive(ctx, competition, code)
	return httpserver.Paper(paper), err
}

// Filled implements httpserver.Documents.
func (p papers) Filled(ctx context.Context, kind string, id, form uuid.UUID) (httpserver.Paper, error) {
	paper, err := p.app.Papers.Filled(ctx, kind, id, form)
	return httpserver.Paper(paper), err
}
