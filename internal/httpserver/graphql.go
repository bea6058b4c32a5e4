package httpserver

import (
	"encoding/json"
	"log/slog"
	"mime"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"leitai/graph"
	"leitai/internal/fault"
)

const (
	jsonType     = "application/json"
	responseType = "application/graphql-response+json"
)

// graphQL is the transport of GraphQL over HTTP: POST with a JSON body for
// everything, GET for queries. It is our own because the stock one echoes
// malformed bodies and answers plain text where JSON is asked for.
func (s *Server) graphQL() http.Handler {
	exec := executor.New(s.deps.Schema)
	exec.SetQueryCache(lru.New[*ast.QueryDocument](1000))
	exec.SetParserTokenLimit(maxTokens)
	exec.SetDisableSuggestion(true)
	exec.SetErrorPresenter(s.deps.Present)
	exec.SetRecoverFunc(graph.Recover(s.deps.Logger))
	exec.Use(limits{})
	exec.Use(&graph.TextLimits{})
	exec.Use(extension.FixedComplexityLimit(maxComplexity))
	exec.Use(extension.Introspection{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		read, err := s.readGraphQL(w, r, exec)
		run := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.runGraphQL(w, r, exec, read) })
		if err != nil {
			run = func(w http.ResponseWriter, r *http.Request) { s.refuse(w, r, err) }
		}
		if err != nil && fault.CodeOf(err) != fault.Unauthenticated { // which authenticated tells better
			run(w, r)
			return
		}
		released(s.authenticated(run)).ServeHTTP(w, r)
	})
}

// operation is what a request asks, read and checked but not yet run.
type operation struct {
	begun   time.Time
	context *graphql.OperationContext
	refused gqlerror.List
}

// readGraphQL reads an operation and charges what it will cost. The database
// is not asked meanwhile: who sends slowly, or is held back, has no connection.
func (s *Server) readGraphQL(w http.ResponseWriter, r *http.Request, exec *executor.Executor) (*operation, error) {
	credential, err := s.credential(r)
	if err != nil {
		return nil, err
	}
	who, err := s.asker(r.Context(), credential)
	if err != nil {
		return nil, err
	}
	params, err := s.graphQLParams(r)
	if err != nil {
		return nil, err
	}
	o := &operation{begun: time.Now()}
	ctx := graphql.StartOperationTrace(r.Context())
	o.context, o.refused = exec.CreateOperationContext(ctx, params)
	cost, writes := costOf(ctx, o.context)
	return o, s.charge(w, r, who, cost, writes)
}

// graphQLParams reads the operation from the body or, for GET, the URL.
func (s *Server) graphQLParams(r *http.Request) (*graphql.RawParams, error) {
	params := &graphql.RawParams{Headers: r.Header, ReadTime: graphql.TraceTiming{Start: graphql.Now()}}
	defer func() { params.ReadTime.End = graphql.Now() }()
	if r.Method == http.MethodGet {
		values := r.URL.Query()
		params.Query, params.OperationName = values.Get("query"), values.Get("operationName")
		for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
			if text := values.Get(name); text != "" {
				if err := json.Unmarshal([]byte(text), into); err != nil {
					return nil, fault.New(fault.BodyMalformed).At("%s", name)
				}
			}
		}
	} else {
		kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil || kind != jsonType {
			return nil, fault.New(fault.MediaType, "want", jsonType)
		}
		decoder := json.NewDecoder(r.Body)
		decoder.UseNumber()
		if err := decoder.Decode(params); err != nil {
			return nil, bodyFault(err)
		}
		if decoder.More() {
			return nil, fault.New(fault.BodyMalformed)
		}
	}
	if params.Query == "" {
		return nil, fault.New(fault.Required, "want", "query").At("query")
	}
	return params, nil
}

// runGraphQL executes one operation and measures it.
func (s *Server) runGraphQL(w http.ResponseWriter, r *http.Request, exec *executor.Executor, read *operation) {
	begun, operation, refused := read.begun, read.context, read.refused
	ctx := graphql.StartOperationTrace(r.Context())
	if refused == nil && r.Method == http.MethodGet && operation.Operation.Operation != ast.Query {
		w.Header().Set("Allow", http.MethodPost)
		refused = gqlerror.List{asGraphQL(fault.New(fault.MutationByGet))}
	}
	if refused != nil {
		response := exec.DispatchError(graphql.WithOperationContext(ctx, operation), withCodes(refused))
		s.writeGraphQL(w, r, http.StatusBadRequest, response)
		s.deps.Metrics.Operation("unknown", "none", "refused", time.Since(begun))
		return
	}
	if err := s.deps.Meter.Admit(ctx, operation.Operation.Operation == ast.Mutation); err != nil {
		s.refuse(w, r, err)
		return
	}
	handler, ctx := exec.DispatchOperation(ctx, operation)
	response := handler(ctx)
	if response == nil { // the context ended before there was anything to say
		response = exec.DispatchError(graphql.WithOperationContext(ctx, operation), gqlerror.List{asGraphQL(fault.New(fault.RequestTimeout))})
	}
	outcome := "ok"
	if len(response.Errors) > 0 {
		outcome = "error"
	}
	s.deps.Metrics.Operation(string(operation.Operation.Operation), rootField(s.deps.Schema.Schema(), operation.Operation), outcome, time.Since(begun))
	s.writeGraphQL(w, r, http.StatusOK, response)
}

func (s *Server) writeGraphQL(w http.ResponseWriter, r *http.Request, status int, response *graphql.Response) {
	w.Header().Set("Content-Type", answerType(r)+"; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Add("Vary", "Accept, Accept-Language, Authorization, Cookie")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(response); err != nil {
		s.deps.Logger.DebugContext(r.Context(), "the answer was not taken", slog.Any("error", err))
	}
}

// rootField names the first root field, which is bounded by the schema; the
// operation name is the caller's to choose and would not be.
func rootField(schema *ast.Schema, operation *ast.OperationDefinition) string {
	for _, selection := range operation.SelectionSet {
		field, ok := selection.(*ast.Field)
		if !ok {
			continue
		}
		for _, root := range []*ast.Definition{schema.Query, schema.Mutation} {
			if root != nil && root.Fields.ForName(field.Name) != nil {
				return field.Name
			}
		}
	}
	return "other"
}
