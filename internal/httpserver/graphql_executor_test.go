package httpserver

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// An operation whose text is known is understood as it was when the text was
// new: the same variables, the same refusal in the same place.
func TestAKnownTextIsUnderstoodAsANewOne(t *testing.T) {
	t.Parallel()
	const two = `query A($f: Filter, $n: Int = 2) { find(filter: $f) list(first: $n) { name } } mutation B($v: Int!) { set(value: $v) }`
	for _, c := range []struct{ text, name, variables string }{
		{`{ name }`, "", `{}`}, {`{ name }`, "C", `{}`}, {two, "", `{}`}, {two, "A", `{}`}, {two, "B", `{"v": 1}`}, {two, "B", `{}`}, {two, "B", `{"v": "x"}`}, {two, "C", `{}`},
		{two, "A", `{"f": {"name": "x", "below": {"count": 3}}, "n": 5}`}, {two, "A", `{"f": {"colour": "BLUE"}}`}, {two, "A", `{"f": {"name": 5}}`},
		{two, "A", `{"f": {"one": {"id": "x", "every": true}}}`}, {two, "A", `{"f": {"unheardOf": 1}}`}, {two, "A", `{"f": {"below": [null]}}`}, {two, "A", `{"n": 1000000}`},
		{`query($f: [Filter!]) { find(any: $f) }`, "", `{"f": {"below": [{"one": {}}]}}`}, {`query($f: [Filter!]) { find(any: $f) }`, "", `{"f": {"name": "x"}}`},
	} {
		exec := newExecutor(Deps{Schema: newTiny(), Present: present, Logger: slog.New(slog.DiscardHandler)})
		understood := func() (*graphql.OperationContext, gqlerror.List) {
			decoder := json.NewDecoder(strings.NewReader(c.variables))
			decoder.UseNumber()
			asked := &graphql.RawParams{Query: c.text, OperationName: c.name, Extensions: map[string]any{"a": 1}, Headers: map[string][]string{"X": {"y"}}}
			if err := decoder.Decode(&asked.Variables); err != nil {
				t.Fatal(err)
			}
			asked.ReadTime.Start = graphql.Now()
			return exec.CreateOperationContext(graphql.StartOperationTrace(t.Context()), asked)
		}
		first, refused := understood()
		again, refusedAgain := understood()
		if !exec.parsed.has(c.text) || first.Doc == nil || again.Doc != first.Doc || again.Operation != first.Operation {
			t.Fatalf("%s was parsed anew", c.text)
		}
		if fmt.Sprint(refused) != fmt.Sprint(refusedAgain) || !reflect.DeepEqual(first.Variables, again.Variables) {
			t.Errorf("%s %s: %v, %v; at first %v, %v", c.name, c.variables, refusedAgain, again.Variables, refused, first.Variables)
		}
		if again.RawQuery != c.text || again.OperationName != c.name || again.DisableIntrospection != first.DisableIntrospection || again.Extensions["a"] != 1 || again.Headers.Get("X") != "y" ||
			again.RecoverFunc == nil || again.ResolverMiddleware == nil || again.RootResolverMiddleware == nil || again.Stats.OperationStart.IsZero() || again.Stats.Read.Start.IsZero() {
			t.Errorf("%s: %+v", c.text, again)
		}
		if ended := !again.Stats.Validation.End.IsZero(); ended != !first.Stats.Validation.End.IsZero() && refused == nil {
			t.Errorf("%s: validation ended %t", c.text, ended)
		}
	}
}
