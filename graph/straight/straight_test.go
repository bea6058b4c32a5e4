package straight_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"leitai/graph/straight"
)

func written(m graphql.Marshaler) string {
	var b bytes.Buffer
	m.MarshalGQL(&b)
	return b.String()
}

// A text looks the same, whichever way it is written, and is JSON.
func TestATextIsWrittenAsEverywhere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\x00-\x22\\<>&/村 ]*`)).Draw(rt, "s")
		w := &straight.Writer{}
		w.String(s)
		if got, want := written(w), written(graphql.MarshalString(s)); got != want {
			rt.Fatalf("%q is written %s, elsewhere %s", s, got, want)
		}
		var back string
		if err := json.Unmarshal([]byte(written(w)), &back); err != nil || back != s {
			rt.Fatalf("%q comes back as %q (%v)", s, back, err)
		}
	})
}

type village struct {
	name *string
	rank *int
	tags []string
}

// answering is a context in which errors of an answer are gathered.
func answering(t *testing.T) context.Context {
	t.Helper()
	return graphql.WithResponseContext(t.Context(), graphql.DefaultErrorPresenter, graphql.DefaultRecover)
}

func writeVillage(w *straight.Writer) func(v *village) bool {
	return func(v *village) bool {
		w.Open()
		w.Name(0, "name")
		straight.OptionalText(w, v.name)
		w.Name(1, "rank")
		straight.Optional(w, v.rank, w.Int)
		w.Name(2, "tags")
		w.Strings(v.tags)
		w.Name(3, "last")
		w.Bool(v.name == nil)
		w.Close()
		return true
	}
}

func TestObjectsOfAList(t *testing.T) {
	t.Parallel()
	name, first := `一"村`, 1
	for want, all := range map[string][]*village{
		`[]`: nil,
		`[{"name":"一\"村","rank":1,"tags":["红","a"],"last":false},{"name":null,"rank":null,"tags":[],"last":true}]`: {{name: &name, rank: &first, tags: []string{"红", "a"}}, {}},
	} {
		ctx, w := answering(t), &straight.Writer{}
		if !straight.List(ctx, w, all, writeVillage(w)) || written(w) != want || graphql.GetErrors(ctx) != nil {
			t.Errorf("it is written %s, not %s", written(w), want)
		}
	}
}

// Nothing in place of an object is an error, as it is with every other list.
func TestAMissingObjectIsTold(t *testing.T) {
	t.Parallel()
	ctx, w := answering(t), &straight.Writer{}
	if straight.List(ctx, w, []*village{{}, nil}, writeVillage(w)) || len(graphql.GetErrors(ctx)) != 1 {
		t.Error("a missing object was written")
	}
	if straight.List(ctx, w, []*village{{}}, func(*village) bool { return false }) {
		t.Error("an object that could not be written was written")
	}
}

func TestOtherValues(t *testing.T) {
	t.Parallel()
	w, inner := &straight.Writer{}, &straight.Writer{}
	inner.Int(-7)
	if !w.Value(inner, true) || !w.Value(graphql.MarshalString("x"), true) || !w.Value(graphql.Null, false) {
		t.Error("a value was not taken")
	}
	if w.Value(graphql.Null, true) {
		t.Error("null was taken where there must be something")
	}
	if got := written(w); got != `-7"x"null` {
		t.Error(got)
	}
}

// A name that fragments on different interfaces ask for twice is there once,
// and what was collected stays as it was.
func TestANameIsThereOnce(t *testing.T) {
	t.Parallel()
	field := func(name string) graphql.CollectedField {
		return graphql.CollectedField{Field: &ast.Field{Alias: name}}
	}
	collected := []graphql.CollectedField{field("a"), field("b"), field("a"), field("c")}
	got := straight.Fields(collected)
	if len(got) != 3 || got[0].Field != collected[0].Field || got[2].Alias != "c" || collected[2].Alias != "a" {
		t.Error(got)
	}
	if all := straight.Fields(collected[:2]); len(all) != 2 || &all[0] != &collected[0] {
		t.Error("names that differ were copied")
	}
}
