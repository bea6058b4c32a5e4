// Package httpserver owns the edge: routes, request ids, access logs, limits on
// bodies and time, credentials read from headers and cookies, sign-in, the
// GraphQL transport, documents, health and metrics, budgets of requests and the gate of
// heavy work, and a graceful stop.
//
// It does not own what a request means: GraphQL fields belong to graph,
// passwords and tokens to identity, rows to postgres.
package httpserver

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/budget"
	"leitai/internal/console"
	"leitai/internal/fault"
	"leitai/internal/httpserver/explorer"
	"leitai/internal/httpserver/static"
	"leitai/internal/identity"
	"leitai/internal/persisted"
	"leitai/internal/telemetry"
	"leitai/internal/viewer"
)

// Opener opens the database side of a request: it proves the credential, puts
// the viewer into the context and returns what ends the request's transaction.
type Opener interface {
	OpenRequest(ctx context.Context, credential viewer.Credential) (context.Context, func(), error)
	// Ready reports whether the database answers and its schema is served by this binary.
	Ready(ctx context.Context) error
}

// Deps is everything the edge calls.
type Deps struct {
	Opener    Opener
	Identity  *identity.Service
	Schema    graphql.ExecutableSchema
	Present   graphql.ErrorPresenterFunc
	Documents Documents
	Imports   Imports
	Forms     Forms
	Booth     Booth
	Evidence  Evidence
	Archives  Archives
	Exports   Exports
	Hosting   Hosting
	Facts     Facts
	Results   Results
	Meter     Meter // nil admits everything

	Trusted     Trusted
	Idempotency Idempotency
	// Anywhere refuses who holds a permission nowhere in the tenant.
	Anywhere func(ctx context.Context, p authz.Permission) error

	Stamps  Stamper // nil keeps no answers
	Streams Streams // nil: no subscriptions
	Metrics *telemetry.Metrics
	Traces  *telemetry.Traces // nil: none
	Logger  *slog.Logger

	// Known tells whose a credential was when it was last proved; nil charges
	// each credential alone.
	Known func(viewer.Credential) (tenant uuid.UUID, ok bool)
	Clock func() time.Time // real time, of budgets; nil is the machine's
}

// Options are the edge's settings.
type Options struct {
	Listen         string         // host:port
	SecureCookies  bool           // __Host- cookies; off only for plain http on loopback
	BodyLimit      int64          // bytes of a request body
	RequestTimeout time.Duration  // of one request, database included
	StopTimeout    time.Duration  // to finish requests after a signal
	TrustedProxies []netip.Prefix // networks whose X-Forwarded-For is believed
	Demo           bool           // everything served is invented: every page says 演示数据
	Streams        StreamLimits

	Sharing
}

// Defaults gives the options of docs: 1 MB bodies, 30 s a request, 20 s to stop.
func Defaults() Options {
	return Options{Listen: "127.0.0.1:8080", SecureCookies: true, BodyLimit: 1 << 20,
		RequestTimeout: 30 * time.Second, StopTimeout: 20 * time.Second,
		Streams: DefaultStreamLimits(),
		Sharing: Sharing{Budgets: budget.Default(), Heavy: 6, Kept: 64 << 20}}
}

// Server is the edge, ready to listen.
type Server struct {
	deps    Deps
	options Options
	handler http.Handler
	ready   readiness
	kept    *kept
	crowd   *crowd
	streams *streams

	patterns []string // of the routes
	rates    rates
	memory   *persisted.Memory // of operations that clients sent with their hash
}

// New builds the routes; nothing listens yet.
func New(deps Deps, options Options) *Server {
	if deps.Meter == nil {
		deps.Meter = unmetered{}
	}
	s := &Server{deps: deps, options: options, crowd: newCrowd(time.Now), streams: newStreams(options.Streams), memory: persisted.NewMemory()}
	if deps.Stamps != nil {
		s.kept = newKept(options.Kept)
	}
	s.rates = newRates(deps, options)
	s.handler = s.routes()
	return s
}

// Handler is the whole edge as one handler, for tests.
func (s *Server) Handler() http.Handler { return s.handler }

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	route := func(pattern string, h http.Handler) { mux.Handle(pattern, s.observe(pattern, h)) }

	route("GET /healthz", http.HandlerFunc(s.healthz))
	route("GET /readyz", http.HandlerFunc(s.readyz))

	graphQL := s.graphQL()
	route("POST /graphql", graphQL)
	route("GET /graphql", graphQL)

	route("POST /auth/login", http.HandlerFunc(s.login))
	route("POST /auth/logout", http.HandlerFunc(s.logout))
	route("POST /auth/tenant", http.HandlerFunc(s.switchTenant))
	route("POST /auth/password", s.authenticated(http.HandlerFunc(s.changePassword)))
	s.authRoutes(route)
	s.invitationRoutes(route)

	route("GET /documents/{kind}/{id}", s.signedIn(s.heavy(released(s.authenticated(s.metered(s.document))))))
	route("GET /archives/{competition}/{code}", s.signedIn(s.heavy(released(s.authenticated(s.metered(s.archive))))))
	route("POST /imports/{kind}", s.heavy(released(s.authenticated(s.metered(s.importFile)))))
	route("POST /forms/{kind}", s.heavy(released(s.authenticated(s.metered(s.addForm)))))
	route("GET /tenant/export", http.HandlerFunc(s.tenantExport))
	route("POST /evidence", s.heavy(http.HandlerFunc(s.upload)))
	route("GET /evidence/{id}", s.charged(costOfFile, s.download(false)))
	route("GET /evidence/{id}/small", s.charged(costOfFile, s.download(true)))
	route("GET /exports/{id}", s.charged(costOfFile, http.HandlerFunc(s.exported)))
	route("POST /signup", http.HandlerFunc(s.signup))
	route("POST /signup/state", http.HandlerFunc(s.signupState))
	route("GET /signup/units", http.HandlerFunc(s.signupUnits))
	route("GET /statement.csv", s.signedIn(s.heavy(released(s.authenticated(s.metered(s.statement))))))
	route("GET /export/facts.csv", s.signedIn(s.heavy(s.factsFile(factsCSV))))
	route("GET /export/facts.json", s.signedIn(s.heavy(s.factsFile(factsJSON))))
	route("GET /public/{link}", http.HandlerFunc(s.public)) // round.PublicPrefix
	s.ballotRoutes(mux)
	route("GET /explorer/", explorer.Handler(s.options.Demo))
	route("GET /signin", http.HandlerFunc(s.signinPage))
	route("POST /signin", http.HandlerFunc(s.signinForm))
	route("GET /console/", static.Handler(s.consoleSite())) // console.Prefix
	route("GET /{$}", http.RedirectHandler(console.Prefix, http.StatusSeeOther))

	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.refuse(w, r, fault.New(fault.CrossSite)) }))
	inner := s.limit(s.routed(mux))
	return s.addressed(s.identify(s.survive(s.cors(guard.Handler(inner), inner))))
}

// consoleSite is the web console: every address below its own is the page, which
// reads it.
func (s *Server) consoleSite() static.Site {
	site := static.Site{Files: console.Files(), Prefix: console.Prefix, Policy: console.Policy, Whole: true}
	if s.options.Demo {
		site.Mark = console.DemoMark
	}
	return site
}

// Run listens until ctx ends, then stops taking connections, finishes the
// requests under way and returns.
func (s *Server) Run(ctx context.Context, listening func(addr net.Addr)) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.options.Listen)
	if err != nil {
		return err
	}
	stopOperations, err := s.serveOperations(ctx)
	if err != nil {
		_ = listener.Close() // nobody was let in yet
		return err
	}
	defer stopOperations()
	server := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       s.options.RequestTimeout,
		WriteTimeout:      s.options.RequestTimeout + 5*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(s.deps.Logger.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	s.ready.set(true)
	if listening != nil {
		listening(listener.Addr())
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.ready.set(false)
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.options.StopTimeout)
	defer cancel()
	s.drainStreams(stop) // the server itself waits for no socket
	if err := server.Shutdown(stop); err != nil {
		return errors.Join(errors.New("requests were still running when the time to stop was over"), err)
	}
	return nil
}
