package overhttp_test

import (
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// The documented query of facts, sent where nothing is published yet: an empty
// page, and where to go on from.
func TestTheQueryOfFactsOverHTTP(t *testing.T) {
	t.Parallel()
	d := newDesk(t, graphtest.New(t))
	r := d.must(t, sample.Clerk, "facts", vars{"from": "2023-04", "measures": []string{"TOTAL", "RANK"}, "first": 50})
	if r.Int(t, "facts", "factsVersion") != 1 || len(r.List(t, "facts", "nodes")) != 0 || r.At(t, "facts", "pageInfo", "hasNextPage") != false {
		t.Errorf("%s", r.Body)
	}
	d.must(t, sample.Clerk, "facts", vars{"since": r.Text(t, "facts", "since")})
}
