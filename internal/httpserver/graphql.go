package httpserver

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"leitai/graph"
	"leitai/internal/budget"
	"leitai/internal/fault"
	"leitai/internal/telemetry"
	"leitai/internal/viewer"
)

// graphQL is the transport of GraphQL over HTTP: POST with a JSON body for
// everything, GET for queries. It is our own because the stock one echoes
// malformed bodies, answers plain text where JSON is asked for, and takes no
// notice of what a client accepts.
//
// A request passes here in this order: what it accepts, who it is, what it asks
// (graphql_read.go, persisted.go), what that may cost (limits.go, rates.go);
// only then the database is opened for it. What is refused on the way costs
// little, and no resolver runs.
func (s *Server) graphQL() http.Handler {
	exec := newExecutor(s.deps)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if opensSocket(r) {
			s.serveSocket(w, r, exec)
			return
		}
		media, ok := answerType(r)
		if wantsEvents(r) {
			media, ok = responseType, true // of a refusal, before there is a stream
		}
		if !ok {
			s.refuse(w, r, fault.New(fault.NotAcceptable, "want", responseType+", "+jsonType))
			return
		}
		read, err := s.readGraphQL(w, r, exec)
		switch {
		case err == nil:
			read.media = media
			if wantsEvents(r) && read.refused == nil {
				s.serveEvents(w, r, exec, read)
				return
			}
			r, done := s.answerKept(w, r, read)
			if done {
				return
			}
			run := func(w http.ResponseWriter, r *http.Request) { s.runGraphQL(w, r, exec, read) }
			released(s.opened(read.credential, http.HandlerFunc(run))).ServeHTTP(w, r)
		case fault.CodeOf(err) == fault.Unauthenticated: // which authenticated tells better
			refuse := func(w http.ResponseWriter, r *http.Request) { s.refuseGraphQL(w, r, media, err) }
			released(s.authenticated(http.HandlerFunc(refuse))).ServeHTTP(w, r)
		default:
			s.refuseGraphQL(w, r, media, err)
		}
	})
}

// newExecutor makes what reads and runs operations. The order of its checks is
// that of their cost.
func newExecutor(deps Deps) *running {
	e := &running{Executor: executor.New(deps.Schema), schema: deps.Schema.Schema(), parsed: newDocuments()}
	e.SetQueryCache(e.parsed)
	e.SetParserTokenLimit(graph.MostTokens)
	e.SetDisableSuggestion(true)
	e.SetDefaultRulesFn(graph.Rules)
	e.SetErrorPresenter(deps.Present)
	e.SetRecoverFunc(graph.Recover(deps.Logger))
	for _, x := range []graphql.HandlerExtension{&limits{parsed: e.parsed}, &graph.OneOf{}, &graph.TextLimits{}, extension.Introspection{}} {
		e.Use(x)
		if check, is := x.(graphql.OperationContextMutator); is {
			e.checks = append(e.checks, check)
		}
	}
	return e
}

// operation is what a request asks, read and checked but not yet run.
type operation struct {
	begun      time.Time
	credential viewer.Credential // of who asks; not proved
	context    *graphql.OperationContext
	refused    gqlerror.List
	media      string // of the answer
	asked      *asked
	keep       *Keep          // under what its answer is kept; nil: it is not
	cost       int64          // charged, in units of a budget
	verdict    budget.Verdict // of the tightest budget, after the charge
}

// readGraphQL reads an operation and charges what it will cost. The database
// is not asked meanwhile: who sends slowly, or is held back, has no connection.
func (s *Server) readGraphQL(w http.ResponseWriter, r *http.Request, exec *running) (*operation, error) {
	credential, err := s.credential(r)
	if err != nil {
		return nil, err
	}
	who, err := s.asker(r.Context(), credential)
	if err != nil {
		return nil, err
	}
	asked, err := readAsked(r)
	if err != nil {
		return nil, err
	}
	read, err := s.understand(w, r, exec, who, asked)
	if err != nil {
		return nil, err
	}
	read.credential = credential
	return read, nil
}

// understand makes an operation of what was asked, by whichever way it came.
func (s *Server) understand(w http.ResponseWriter, r *http.Request, exec *running, who budget.Asker, asked *asked) (*operation, error) {
	o := &operation{begun: time.Now(), asked: asked}
	switch err := s.recall(w, r, who, asked); {
	case fault.CodeOf(err) == fault.PersistedQueryNotFound && asked.id == "":
		o.context, o.refused, o.cost = &graphql.OperationContext{}, gqlerror.List{asGraphQL(fault.New(fault.PersistedQueryNotFound))}, 1
		return o, nil
	case err != nil:
		return nil, err
	}
	ctx := graphql.StartOperationTrace(r.Context())
	o.context, o.refused = exec.CreateOperationContext(ctx, &asked.RawParams)
	if o.refused == nil {
		s.remember(who, asked)
	}
	cost, writes := costOf(o.context)
	o.cost = cost
	var err error
	o.verdict, err = s.charge(w, r, who, cost, writes)
	return o, err
}

// runGraphQL executes one operation and measures it.
func (s *Server) runGraphQL(w http.ResponseWriter, r *http.Request, exec *running, read *operation) {
	ctx := graphql.StartOperationTrace(r.Context())
	if err := s.trusted(ctx, read); err != nil {
		s.refuseGraphQL(w, r, read.media, err)
		return
	}
	if read.refused == nil {
		read.refused = s.misplaced(w, r, read.context.Operation)
	}
	if read.refused != nil {
		response := exec.DispatchError(graphql.WithOperationContext(ctx, read.context), withCodes(read.refused))
		s.writeGraphQL(w, r, read, refusedStatus(read.media, response.Errors), response)
		s.deps.Metrics.Operation("unknown", "none", "refused", time.Since(read.begun))
		return
	}
	if err := s.deps.Meter.Admit(ctx, read.context.Operation.Operation == ast.Mutation); err != nil {
		s.refuseGraphQL(w, r, read.media, err)
		return
	}
	key, err := idempotencyKey(r, read.context)
	switch {
	case err != nil:
		s.refuseGraphQL(w, r, read.media, err)
	case key != "":
		s.runOnce(w, r, exec, read, key)
	default:
		ctx, keeping := graph.WithKeeping(ctx)
		response := s.execute(ctx, exec, read)
		if kept := s.keep(read, keeping, response); kept != nil {
			s.sendKept(w, r, read.media, kept)
			return
		}
		s.writeGraphQL(w, r, read, http.StatusOK, response)
	}
}

// misplaced refuses an operation that may not come this way: a GET only asks,
// and a subscription needs a stream.
func (s *Server) misplaced(w http.ResponseWriter, r *http.Request, operation *ast.OperationDefinition) gqlerror.List {
	switch {
	case r.Method != http.MethodPost && operation.Operation != ast.Query:
		w.Header().Set("Allow", http.MethodPost)
		return gqlerror.List{asGraphQL(fault.New(fault.MutationByGet))}
	case operation.Operation == ast.Subscription:
		return gqlerror.List{asGraphQL(fault.New(fault.StreamWanted))}
	}
	return nil
}

// execute runs the operation and measures it.
func (s *Server) execute(ctx context.Context, exec *running, read *operation) *graphql.Response {
	operation := read.context.Operation
	field := rootField(s.deps.Schema.Schema(), operation)
	ctx, over := telemetry.Operation(ctx, string(operation.Operation), field)
	handler, ctx := exec.DispatchOperation(ctx, read.context)
	response := handler(ctx)
	if response == nil { // the context ended before there was anything to say
		response = exec.DispatchError(graphql.WithOperationContext(ctx, read.context), gqlerror.List{asGraphQL(fault.New(fault.RequestTimeout))})
	}
	outcome := "ok"
	if len(response.Errors) > 0 {
		outcome = "error"
	}
	over(outcome)
	s.deps.Metrics.Operation(string(operation.Operation), field, outcome, time.Since(read.begun))
	return response
}

// rootField names the first root field, which is bounded by the schema; the
// operation name is the caller's to choose and would not be.
func rootField(schema *ast.Schema, operation *ast.OperationDefinition) string {
	for _, selection := range operation.SelectionSet {
		field, ok := selection.(*ast.Field)
		if !ok || strings.HasPrefix(field.Name, "__") {
			continue
		}
		if of := field.ObjectDefinition; of != nil && (of == schema.Query || of == schema.Mutation || of == schema.Subscription) {
			return field.Name
		}
	}
	return "other"
}
