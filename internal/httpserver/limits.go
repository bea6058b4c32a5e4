package httpserver

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"leitai/internal/fault"
)

// What one operation may cost before any resolver runs.
const (
	maxTokens     = 5_000
	maxDepth      = 12
	maxAliases    = 30
	maxComplexity = 20_000
)

// limits refuses operations that are too deep or alias too much. Introspection
// queries are deeper by nature and read no rows, so they are let through.
type limits struct{}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = limits{}

// ExtensionName names the extension.
func (limits) ExtensionName() string { return "Limits" }

// Validate has nothing to check.
func (limits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext measures the operation and refuses it when it is over
// a limit.
func (limits) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	var m measure
	m.walk(operation.Operation.SelectionSet, 1)
	if m.aliases > maxAliases {
		return asGraphQL(fault.New(fault.TooManyAliases, "have", strconv.Itoa(m.aliases), "want", strconv.Itoa(maxAliases)))
	}
	if m.depth > maxDepth {
		return asGraphQL(fault.New(fault.QueryTooDeep, "have", strconv.Itoa(m.depth), "want", strconv.Itoa(maxDepth)))
	}
	return nil
}

// measure counts aliases and depth through fragments. Cycles were refused by
// validation; the budget stops a bomb of nested fragments.
type measure struct{ depth, aliases, steps int }

const maxSteps = 50_000

func (m *measure) walk(set ast.SelectionSet, depth int) {
	for _, selection := range set {
		if m.steps++; m.steps > maxSteps {
			m.depth = max(m.depth, maxDepth+1)
			return
		}
		switch s := selection.(type) {
		case *ast.Field:
			if strings.HasPrefix(s.Name, "__") {
				continue
			}
			if s.Alias != "" && s.Alias != s.Name {
				m.aliases++
			}
			m.depth = max(m.depth, depth)
			m.walk(s.SelectionSet, depth+1)
		case *ast.InlineFragment:
			m.walk(s.SelectionSet, depth)
		case *ast.FragmentSpread:
			if s.Definition != nil {
				m.walk(s.Definition.SelectionSet, depth)
			}
		}
	}
}

// asGraphQL makes a top-level error of a fault.
func asGraphQL(f *fault.Fault) *gqlerror.Error {
	return &gqlerror.Error{Err: f, Message: f.Message(fault.Chinese), Extensions: map[string]any{"code": string(f.Code)}}
}

// withCodes gives parser and validation errors a stable code and takes out
// what might echo more than the query itself.
func withCodes(errs gqlerror.List) gqlerror.List {
	for _, e := range errs {
		var f *fault.Fault
		switch code, _ := e.Extensions["code"].(string); code {
		case "COMPLEXITY_LIMIT_EXCEEDED":
			f = fault.New(fault.QueryTooComplex, "have", digits(e.Message), "want", strconv.Itoa(maxComplexity))
		case "", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED":
			f = fault.New(fault.QueryInvalid, "detail", e.Message)
		default:
			continue
		}
		e.Err, e.Extensions = f, map[string]any{"code": string(f.Code)}
	}
	return errs
}

// digits gives the first number in a sentence.
func digits(s string) string {
	start := strings.IndexAny(s, "0123456789")
	if start < 0 {
		return ""
	}
	end := start
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	return s[start:end]
}

// answerType chooses between the two media types of GraphQL over HTTP.
func answerType(r *http.Request) string {
	if strings.Contains(r.Header.Get("Accept"), responseType) {
		return responseType
	}
	return jsonType
}
