package graphtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"

	"leitai/graph"
)

// Vars are the variables of an operation.
type Vars = map[string]any

// Result is one answer.
type Result struct {
	Status int
	Header http.Header
	Body   string // as sent, request id and all
	Data   map[string]any
	Errors []Error
}

// Error is a top-level error.
type Error struct {
	Message    string         `json:"message"`
	Path       []any          `json:"path"`
	Extensions map[string]any `json:"extensions"`
}

// Post sends an operation with a token over HTTP.
func (k *Kit) Post(t testing.TB, token, query string, vars Vars) *Result {
	t.Helper()
	return k.Speak(t, token, "", query, vars)
}

// As is Post as somebody of the county, by pseudonym.
func (k *Kit) As(t testing.TB, pseudonym, query string, vars Vars) *Result {
	t.Helper()
	return k.Post(t, k.Token(pseudonym), query, vars)
}

// Speak is Post with an Accept-Language.
func (k *Kit) Speak(t testing.TB, token, language, query string, vars Vars) *Result {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if language != "" {
		request.Header.Set("Accept-Language", language)
	}
	recorder := httptest.NewRecorder()
	k.handler.ServeHTTP(recorder, request)
	result := &Result{Status: recorder.Code, Header: recorder.Header(), Body: recorder.Body.String()}
	var answer struct {
		Data   map[string]any
		Errors []Error
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &answer); err != nil {
		t.Fatalf("the answer is no JSON: %v\n%s", err, result.Body)
	}
	result.Data, result.Errors = answer.Data, answer.Errors
	return result
}

// Must is As for an operation that has to be answered without any error, at the
// top or in a payload.
func (k *Kit) Must(t testing.TB, pseudonym, query string, vars Vars) *Result {
	t.Helper()
	r := k.As(t, pseudonym, query, vars)
	if codes := r.Codes(); len(codes) > 0 || r.Status != http.StatusOK {
		t.Fatalf("status %d, codes %v for %s\n%s", r.Status, codes, query, r.Body)
	}
	return r
}

// At gives a value of the data by field names and indices; it fails when there
// is none.
func (r *Result) At(t testing.TB, path ...any) any {
	t.Helper()
	var here any = r.Data
	for _, step := range path {
		ok := false
		switch s := step.(type) {
		case string:
			var object map[string]any
			if object, ok = here.(map[string]any); ok {
				here, ok = object[s]
			}
		case int:
			var list []any
			if list, ok = here.([]any); ok && s < len(list) {
				here = list[s]
			} else {
				ok = false
			}
		}
		if !ok {
			t.Fatalf("there is no %v in\n%s", path, r.Body)
		}
	}
	return here
}

// Text is At for a string.
func (r *Result) Text(t testing.TB, path ...any) string {
	t.Helper()
	s, ok := r.At(t, path...).(string)
	if !ok {
		t.Fatalf("%v is no text in\n%s", path, r.Body)
	}
	return s
}

// List is At for a list.
func (r *Result) List(t testing.TB, path ...any) []any {
	t.Helper()
	l, ok := r.At(t, path...).([]any)
	if !ok {
		t.Fatalf("%v is no list in\n%s", path, r.Body)
	}
	return l
}

// Int is At for a whole number.
func (r *Result) Int(t testing.TB, path ...any) int {
	t.Helper()
	n, ok := r.At(t, path...).(float64) // JSON has no other number
	if !ok {
		t.Fatalf("%v is no number in\n%s", path, r.Body)
	}
	return int(n)
}

// Codes lists the codes of the top-level errors, then those of the user errors
// of every payload.
func (r *Result) Codes() []string {
	var codes []string
	for _, e := range r.Errors {
		codes = append(codes, fmt.Sprint(e.Extensions["code"]))
	}
	for _, field := range r.Data {
		payload, _ := field.(map[string]any)
		list, _ := payload["userErrors"].([]any)
		for _, item := range list {
			if refused, ok := item.(map[string]any); ok {
				codes = append(codes, fmt.Sprint(refused["code"]))
			}
		}
	}
	return codes
}

// Statements runs a query as somebody, past the transport, and counts the SQL
// statements of the request: the opening one and what resolving took.
func (k *Kit) Statements(t testing.TB, pseudonym, query string, vars Vars) (int, map[string]any) {
	t.Helper()
	resolver := &graph.Resolver{Authz: k.App.Gate, Identity: k.App.Identity, Tenancy: k.App.Tenancy, Teams: k.App.Teams, Programme: k.App.Programme, Rights: k.App.Rights,
		Rounds: k.App.Rounds, Comparing: k.App.Comparison, Consequences: k.App.Consequences, Issues: k.App.Issues, Voting: k.App.Voting, Pieces: k.App.Evidence, Visits: k.App.Visits, Finder: k.App.Search, Agendas: k.App.Agenda, Now: k.App.Now}
	exec := executor.New(graph.NewSchema(resolver))
	exec.SetErrorPresenter(graph.Presenter(k.App.Logger, nil))
	ctx, request, _, err := k.App.DB.Begin(t.Context(), k.World.Person(pseudonym).Credential)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = request.End() }()
	data := run(t, exec, graph.WithLoaders(ctx, resolver), query, vars)
	return request.Statements(), data
}

func run(t testing.TB, exec *executor.Executor, ctx context.Context, query string, vars Vars) map[string]any { //nolint:revive // t goes first
	t.Helper()
	ctx = graphql.StartOperationTrace(ctx)
	operation, refused := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: vars})
	if refused != nil {
		t.Fatal(refused)
	}
	handler, ctx := exec.DispatchOperation(ctx, operation)
	response := handler(ctx)
	if len(response.Errors) > 0 {
		t.Fatal(response.Errors)
	}
	var data map[string]any
	if err := json.Unmarshal(response.Data, &data); err != nil {
		t.Fatal(err)
	}
	return data
}
