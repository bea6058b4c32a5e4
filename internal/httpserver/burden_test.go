package httpserver

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
)

// What an operation weighs is counted anew where a number in its variables
// changes it, whatever was counted before.
//
// covers T1
func TestWeightFollowsNumbersInVariables(t *testing.T) {
	t.Parallel()
	const text = "query($n: Int) { list(first: $n) { list(first: $n) { list(first: $n) { name } } } }"
	s := server(newTiny(), door{})
	for i, n := range []int{1, 1000, 2, 1000} {
		_, body, _ := ask(t, s, post(withVariables(text, fmt.Sprintf(`{"n": %d}`, n))))
		if refused := strings.Contains(body, `"QUERY_TOO_MANY_NODES"`); refused != (n == 1000) {
			t.Errorf("time %d, with %d: %.300s", i, n, body)
		}
	}
}

// The weight of an operation whose variables are texts alone is counted once for
// its text; each operation of a text has its own.
func TestWeightIsRememberedWithTheText(t *testing.T) {
	t.Parallel()
	const text = "query a($x: String) { named(like: $x) } query b { list(first: 3) { name } } query c($n: Int) { list(first: $n) { name } }"
	exec := newExecutor(Deps{Schema: newTiny(), Present: present})
	weigh := func(name string, variables map[string]any) *burden {
		t.Helper()
		o, errs := exec.CreateOperationContext(graphql.StartOperationTrace(t.Context()), &graphql.RawParams{Query: text, OperationName: name, Variables: variables})
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		w, _ := o.Stats.GetExtension(burdenExtension).(*burden)
		return w
	}
	a, b := weigh("a", map[string]any{"x": "1"}), weigh("b", nil)
	if again := weigh("a", map[string]any{"x": "2"}); again != a {
		t.Error("it was counted again for another text")
	}
	if a == b || *a == *b {
		t.Errorf("two operations have one weight, %+v", a)
	}
	if one, other := weigh("c", map[string]any{"n": json.Number("1")}), weigh("c", map[string]any{"n": json.Number("7")}); *one == *other {
		t.Errorf("1 and 7 weigh %+v", one)
	}
}

// An answer is sent whole: what asks for a part of it later is refused.
//
// covers T2
func TestNothingIsDeferred(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"{ ... @defer { name } }", "{ ...f @defer(label: \"x\") } fragment f on Query { name }", "{ self { ... @defer(if: false) { name } } }"} {
		schema := newTiny()
		if _, body, _ := ask(t, server(schema, door{}), post(query(text))); !strings.Contains(body, `"QUERY_INVALID"`) || schema.resolved.Load() != 0 {
			t.Errorf("%s: %s", text, body)
		}
	}
}
