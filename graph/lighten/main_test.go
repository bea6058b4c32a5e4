package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// field is a field as gqlgen writes it.
type field struct {
	name, marshal string // marshal: the rest of the marshaler's name
	read          string // what its value is; empty: a field of the object
	through       string // a chain of directives; empty: none
	child         string // the object type below; empty: a leaf
}

var (
	text  = field{name: "title", marshal: "NString2string"}
	link  = field{name: "path", marshal: "OString2ᚖstring"}
	date  = field{name: "day", marshal: "NDate2leitaiᚋinternalᚋcalendarᚐDate"}
	state = field{name: "state", marshal: "NState2leitaiᚋgraphᚋmodelᚐState"}
	// asked is answered by a resolver, guarded by a directive; a method may fail.
	asked   = field{name: "bundle", marshal: "OString2ᚖstring", read: "ec.Resolvers.Board().Bundle(ctx, obj)"}
	guarded = field{name: "secret", marshal: "OString2ᚖstring", through: "func(ctx context.Context, next graphql.Resolver) graphql.Resolver {\n\t\t\tnext = ec.can(next)\n\t\t\treturn next\n\t\t}"}
	method  = field{name: "count", marshal: "NInt2int", read: "obj.Count(), nil"}
)

func below(name, child string) field {
	return field{name: name, marshal: "N" + child + "2ᚖleitaiᚋgraphᚋmodelᚐ" + child, child: child}
}

func listed(name, child string) field {
	return field{name: name, marshal: "N" + child + "2ᚕᚖleitaiᚋgraphᚋmodelᚐ" + child + "ᚄ", child: child}
}

// function is the function of a field with its context.
func (f field) function(object string) string {
	read, through := f.read, f.through
	if read == "" {
		read = "obj." + strings.ToUpper(f.name[:1]) + f.name[1:] + ", nil"
	}
	if through == "" {
		through = "nil"
	}
	context := fmt.Sprintf("\treturn graphql.NewScalarFieldContext(%q, field, %t, %[2]t, errors.New(\"field of type String does not have child fields\"))\n", object, false)
	if f.child != "" {
		context = "\tfc = &graphql.FieldContext{\n\t\tObject:     \"" + object + "\",\n\t\tField:      field,\n\t\tIsMethod:   false,\n\t\tIsResolver: false,\n" +
			"\t\tChild: func(ctx context.Context, field graphql.CollectedField) (*graphql.FieldContext, error) {\n\t\t\treturn ec.childFields_" + f.child + "(ctx, field)\n\t\t},\n\t}\n\treturn fc, nil\n"
	}
	own := object + "_" + f.name
	return "func (ec *executionContext) _" + own + "(ctx context.Context, field graphql.CollectedField, obj *model." + object + ") (ret graphql.Marshaler) {\n" +
		"\treturn graphql.ResolveField(\n\t\tctx,\n\t\tec.OperationContext,\n\t\tfield,\n" +
		"\t\tfunc(ctx context.Context, field graphql.CollectedField) (*graphql.FieldContext, error) {\n\t\t\treturn ec.fieldContext_" + own + "(ctx, field)\n\t\t},\n" +
		"\t\tfunc(ctx context.Context) (any, error) {\n\t\t\treturn " + read + "\n\t\t},\n\t\t" + through + ",\n" +
		"\t\tfunc(ctx context.Context, selections ast.SelectionSet, v any) graphql.Marshaler {\n\t\t\treturn ec.marshal" + f.marshal + "(ctx, selections, v)\n\t\t},\n" +
		strings.Repeat("\t\ttrue,\n", 2) + "\t)\n}\n" +
		"func (ec *executionContext) fieldContext_" + own + "(_ context.Context, field graphql.CollectedField) (fc *graphql.FieldContext, err error) {\n" + context + "}\n\n"
}

// object is the function of an object, with those of its fields.
func objectOf(name string, fields ...field) string {
	var b strings.Builder
	for _, f := range fields {
		b.WriteString(f.function(name))
	}
	fmt.Fprintf(&b, "var %[1]sImplementors = []string{%[2]q}\n\nfunc (ec *executionContext) _%[2]s(ctx context.Context, sel ast.SelectionSet, obj *model.%[2]s) graphql.Marshaler {\n"+
		"\tfields := graphql.CollectFields(ec.OperationContext, sel, %[1]sImplementors)\n\n\tout := graphql.NewFieldSet(fields)\n\tfor i, field := range fields {\n\t\tswitch field.Name {\n"+
		"\t\tcase \"__typename\":\n\t\t\tout.Values[i] = graphql.MarshalString(%[2]q)\n", strings.ToLower(name[:1])+name[1:], name)
	for _, f := range fields {
		fmt.Fprintf(&b, "\t\tcase %q:\n", f.name)
		if f.read != "" && strings.HasPrefix(f.read, "ec.") {
			fmt.Fprintf(&b, "\t\t\tfield := field\n\t\t\tout.Concurrently(i, func(ctx context.Context) graphql.Marshaler { return ec._%s_%s(ctx, field, obj) })\n", name, f.name)
			continue
		}
		fmt.Fprintf(&b, "\t\t\tout.Values[i] = ec._%s_%s(ctx, field, obj)\n\t\t\tif out.Values[i] == graphql.Null {\n\t\t\t\tout.Invalids++\n\t\t\t}\n", name, f.name)
	}
	b.WriteString("\t\tdefault:\n\t\t\tpanic(\"unknown field \" + strconv.Quote(field.Name))\n\t\t}\n\t}\n\tout.Dispatch(ctx)\n\tif out.Invalids > 0 {\n\t\treturn graphql.Null\n\t}\n" +
		"\tatomic.AddInt32(&ec.Deferred, int32(min(0, math.MaxInt32)))\n\treturn out\n}\n\n")
	return b.String()
}

const noNulls = "\n\tfor _, e := range ret {\n\t\tif e == graphql.Null {\n\t\t\treturn graphql.Null\n\t\t}\n\t}\n"

// listOf marshals a list; ending is the check that no member is null.
func listOf(name, ending string) string {
	return fmt.Sprintf("func (ec *executionContext) marshalN%[1]s2ᚕᚖleitaiᚋgraphᚋmodelᚐ%[1]sᚄ(ctx context.Context, sel ast.SelectionSet, v []*model.%[1]s) graphql.Marshaler {\n"+
		"\tret := graphql.MarshalSliceConcurrently(ctx, len(v), 0, false, func(ctx context.Context, i int) graphql.Marshaler {\n\t\tfc := graphql.GetFieldContext(ctx)\n\t\tfc.Result = &v[i]\n"+
		"\t\treturn ec.marshalN%[1]s2ᚖleitaiᚋgraphᚋmodelᚐ%[1]s(ctx, sel, v[i])\n\t})\n%[2]s\n\treturn ret\n}\n\n", name, ending)
}

const root = `package exec

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

func (e *executableSchema) Exec(ctx context.Context) graphql.ResponseHandler {
	ec := newExecutionContext(e)
	inputUnmarshalMap := graphql.BuildUnmarshalerMap(
		ec.unmarshalInputMarkInput,
		ec.unmarshalInputRoundInput,
	)
	if query {
		ctx = graphql.WithUnmarshalerMap(ctx, inputUnmarshalMap)
		return ec._Query(ctx)
	}
	ctx = graphql.WithUnmarshalerMap(ctx, inputUnmarshalMap)
	return ec._Mutation(ctx)
}
`

// lightened writes files as gqlgen does, runs the program on them, and gives what
// they are then.
func lightened(t *testing.T, files map[string]string) (map[string]string, error) {
	t.Helper()
	dir := t.TempDir()
	var names []string
	for name, body := range files {
		if name != "root_.generated.go" {
			body = "package exec\n\nimport (\n\t\"context\"\n\t\"errors\"\n\t\"leitai/graph/model\"\n\t\"math\"\n\t\"strconv\"\n\t\"sync/atomic\"\n\n" +
				"\t\"github.com/99designs/gqlgen/graphql\"\n\t\"github.com/vektah/gqlparser/v2/ast\"\n)\n\n" + body
		}
		names = append(names, filepath.Join(dir, name))
		if err := os.WriteFile(names[len(names)-1], []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	err := rewrite(names)
	now := map[string]string{}
	for _, name := range names {
		body, readErr := os.ReadFile(name)
		if readErr != nil {
			t.Fatal(readErr)
		}
		if _, parseErr := parser.ParseFile(token.NewFileSet(), name, body, 0); parseErr != nil {
			t.Fatalf("what was written is no Go: %v", parseErr)
		}
		now[filepath.Base(name)] = string(body)
	}
	return now, err
}

// has complains of what a text should hold and does not, and of what it should not.
func has(t *testing.T, name, body string, should, shouldNot []string) {
	t.Helper()
	for _, s := range should {
		if !strings.Contains(body, s) {
			t.Errorf("%s: there is no %q in\n%s", name, s, body)
		}
	}
	for _, s := range shouldNot {
		if strings.Contains(body, s) {
			t.Errorf("%s: there is %q in\n%s", name, s, body)
		}
	}
}

// What is plain all the way down is written straight; what a resolver, a
// directive or a method answers anywhere below stays as it was, and beside it a
// plain leaf loses what a leaf does not need.
func TestWhatIsRewrittenAndWhatIsLeft(t *testing.T) {
	t.Parallel()
	plain := objectOf("Row", text, link, state, date)
	straightRow := []string{"func (ec *executionContext) write_Row(", "straight.Text(out, obj.Title)", "straight.OptionalText(out, obj.Path)", "straight.Text(out, obj.State)",
		`if !out.Value(ec.marshalNDate2leitaiᚋinternalᚋcalendarᚐDate(ctx, field.Selections, obj.Day), true)`, `straight.Text(out, "Row")`, `"leitai/graph/straight"`}
	const concurrent, direct, resolved = "graphql.MarshalSliceConcurrently(", "\treturn ec.marshalNString2string(ctx, field.Selections, obj.Title)\n}", "return graphql.ResolveField("
	board := func(f ...field) string { return objectOf("Board", append([]field{text}, f...)...) }
	stays := []string{"write_Board(", "_Board_title(ctx context.Context, field graphql.CollectedField, obj *model.Board) (ret graphql.Marshaler) {\n\treturn graphql.ResolveField("}
	for name, c := range map[string]struct {
		body              string
		should, shouldNot []string
	}{
		"a plain object":              {board(asked), append([]string{direct}, straightRow...), stays},
		"a field with a resolver":     {board(asked), []string{"ec.Resolvers.Board().Bundle(ctx, obj)", resolved, "ec.fieldContext_Board_bundle(ctx, field)"}, stays},
		"a field with a directive":    {board(guarded), []string{"next = ec.can(next)", resolved, "obj.Secret, nil"}, stays},
		"a field that is a method":    {board(method), []string{"return obj.Count(), nil", resolved}, stays},
		"an object below":             {board(below("row", "Row")), []string{"write_Board(", "if !out.Value(ec.marshalNRow2ᚖleitaiᚋgraphᚋmodelᚐRow(ctx, field.Selections, obj.Row), true)"}, []string{resolved}},
		"an object below, guarded":    {objectOf("Cell", guarded) + board(below("cell", "Cell")), []string{resolved, "ec.fieldContext_Board_cell(ctx, field)"}, append(stays, "write_Cell(")},
		"an object that is not known": {board(below("node", "Node")), []string{resolved, "ec.fieldContext_Board_node(ctx, field)"}, stays},
		"two that hold each other":    {objectOf("Cell", text, below("board", "Board")) + board(below("cell", "Cell")), []string{"write_Board(", "write_Cell("}, []string{resolved}},
		"a list of plain objects": {board(asked, listed("rows", "Row")) + listOf("Row", noNulls),
			[]string{"straight.Fields(graphql.CollectFields(ec.OperationContext, sel, rowImplementors))", "func(obj *model.Row) bool { return ec.write_Row(ctx, out, fields, obj) }"}, []string{concurrent}},
		"a list that may hold nulls":      {board(asked, listed("rows", "Row")) + listOf("Row", ""), []string{concurrent}, []string{"straight.List("}},
		"a list of what has resolvers":    {board(asked) + listOf("Board", noNulls), []string{concurrent, noNulls}, []string{"straight.List("}},
		"a list of what nobody has heard": {board(asked) + listOf("Node", noNulls), []string{concurrent, noNulls}, []string{"straight.List("}},
	} {
		now, err := lightened(t, map[string]string{"tiny.generated.go": plain + c.body, "leaf.generated.go": objectOf("Spare", asked, text)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		has(t, name, now["tiny.generated.go"], c.should, c.shouldNot)
	}
}

// A type is what all files tell of it; a file with nothing to rewrite is not
// touched, and imports that nothing names any more are gone.
func TestFilesAreReadTogether(t *testing.T) {
	t.Parallel()
	other := objectOf("Cell", guarded)
	now, err := lightened(t, map[string]string{"row.generated.go": objectOf("Row", text), "list.generated.go": listOf("Row", noNulls) + objectOf("Board", asked, link),
		"cell.generated.go": other, "root_.generated.go": root})
	if err != nil {
		t.Fatal(err)
	}
	has(t, "row", now["row.generated.go"], []string{"write_Row("}, []string{`"math"`, `"sync/atomic"`, "graphql.ResolveField"})
	has(t, "list", now["list.generated.go"], []string{"straight.List(", `"math"`, `"sync/atomic"`}, []string{"MarshalSliceConcurrently"})
	if !strings.HasSuffix(now["cell.generated.go"], other) {
		t.Errorf("a file without anything plain was changed:\n%s", now["cell.generated.go"])
	}
	has(t, "root", now["root_.generated.go"], []string{"return ec._Query(ctx)", "return ec._Mutation(ctx)"}, []string{"UnmarshalerMap", "inputUnmarshalMap"})
}

// Where gqlgen writes differently, the program says so instead of leaving a slow
// service or a broken one.
func TestAnotherGqlgenIsNoticed(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]map[string]string{
		"nothing to rewrite":        {"tiny.generated.go": objectOf("Board", asked)},
		"objects, but no leaves":    {"tiny.generated.go": objectOf("Row", text)},
		"leaves, but no objects":    {"tiny.generated.go": objectOf("Board", asked, text)},
		"unmarshalers of one place": {"tiny.generated.go": objectOf("Row", text) + objectOf("Board", asked, text), "root_.generated.go": strings.Replace(root, "\t\tctx = graphql.WithUnmarshalerMap(ctx, inputUnmarshalMap)\n", "", 1)},
		"no unmarshalers":           {"tiny.generated.go": objectOf("Row", text) + objectOf("Board", asked, text), "root_.generated.go": strings.Replace(root, "BuildUnmarshalerMap", "Unmarshalers", 1)},
	} {
		if _, err := lightened(t, files); err == nil || !strings.Contains(err.Error(), "lighten: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
