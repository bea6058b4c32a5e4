package graphtest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// The statements of a request count for its operation, the most expensive one of
// each; a stream is let by, and so is what has no name.
func TestStatementsAreNotedByOperation(t *testing.T) {
	t.Parallel()
	n := &noted{}
	times := 0
	edge := n.around(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		for range times {
			n.note(r.Context(), "SELECT 1")
		}
	}))
	send := func(statements int, body string) {
		times = statements
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Accept", "application/json, text/event-stream")
		edge.ServeHTTP(httptest.NewRecorder(), r)
	}
	send(2, `{"operationName":"HomePage","query":"query HomePage { agenda { kind } }"}`)
	send(5, `{"operationName":"HomePage","query":"query HomePage { agenda { kind } }"}`)
	send(3, `{"operationName":"HomePage","query":"query HomePage { agenda { kind } }"}`)
	send(4, `{"operationName":"RoundComing","query":" subscription RoundComing { roundProgress { seq } }"}`)
	send(4, `{"query":"{ agenda { kind } }"}`)
	n.note(t.Context(), "SELECT 2")
	if all := (&Kit{noted: n}).Noted(); len(all) != 1 || len(all["HomePage"]) != 5 {
		t.Errorf("noted: %v", all)
	}
}
