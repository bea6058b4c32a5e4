package httpserver

import (
	"github.com/vektah/gqlparser/v2/gqlerror"

	"leitai/internal/fault"
)

const (
	// mostFaults is how many mistakes of a document are told.
	mostFaults = 10
	// mostDetail is how much of a mistake is told, in characters.
	mostDetail = 300
)

// asGraphQL makes a top-level error of a fault.
func asGraphQL(f *fault.Fault) *gqlerror.Error {
	return &gqlerror.Error{Err: f, Message: f.Message(fault.Chinese), Extensions: map[string]any{"code": string(f.Code)}}
}

// withCodes gives parser and validation errors a stable code and takes out
// what might echo more than the query itself.
func withCodes(errs gqlerror.List) gqlerror.List {
	if len(errs) > mostFaults {
		errs = errs[:mostFaults]
	}
	for _, e := range errs {
		var f *fault.Fault
		switch code, _ := e.Extensions["code"].(string); code {
		case "", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED":
			f = fault.New(fault.QueryInvalid, "detail", clipped(e.Message))
		default:
			continue
		}
		e.Err, e.Extensions = f, map[string]any{"code": string(f.Code)}
	}
	return errs
}

// clipped is the beginning of a text.
func clipped(s string) string {
	if runes := []rune(s); len(runes) > mostDetail {
		return string(runes[:mostDetail]) + "…"
	}
	return s
}
