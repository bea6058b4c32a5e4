package httpserver

import (
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"leitai/internal/fault"
)

// What a service could not do at the moment is tried anew under the same key; an
// answer that says so must not be given again for a day.
func TestWhatPassesIsNotKept(t *testing.T) {
	t.Parallel()
	answer := func(code fault.Code) *graphql.Response {
		r := &graphql.Response{Data: []byte(`{"roundPublish":null}`)}
		if code != "" {
			r.Errors = gqlerror.List{{Message: string(code), Extensions: map[string]any{"code": string(code)}}}
		}
		return r
	}
	for code, want := range map[fault.Code]bool{"": true, fault.StaleRevision: true,
		fault.Internal: false, fault.RequestTimeout: false, fault.Throttled: false} {
		if worthKeeping(answer(code)) != want {
			t.Errorf("%q: kept %v, should be %v", code, !want, want)
		}
	}
	if worthKeeping(&graphql.Response{Data: []byte("null")}) {
		t.Error("nothing is kept")
	}
}
