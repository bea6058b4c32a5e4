package httpserver

import (
	"context"
	"math"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/complexity"
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"leitai/graph"
	"leitai/internal/fault"
)

// What one operation may cost before any resolver runs.
const (
	maxDepth      = 12
	maxInputDepth = 12 // of a value in the query itself
	maxAliases    = 30
	maxSelections = 2_000 // fields and fragments, those inside of fragments for every use
	maxNodes      = 50_000
	maxComplexity = 20_000
)

// limits refuses operations that ask for too much: by their form before they are
// validated, because validation itself takes longer the more there is, and by
// how many objects they may answer with and what these cost afterwards, when the
// variables are known.
type limits struct {
	parsed *documents
	schema graphql.ExecutableSchema
}

var _ interface {
	graphql.HandlerExtension
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
} = (*limits)(nil)

// ExtensionName names the extension.
func (*limits) ExtensionName() string { return "Limits" }

// Validate takes the schema over by which answers are counted.
func (l *limits) Validate(schema graphql.ExecutableSchema) error {
	l.schema = schema
	return nil
}

// MutateOperationParameters measures the form of a text that was not seen
// before. One that cannot be parsed is left for the parser to refuse.
func (l *limits) MutateOperationParameters(_ context.Context, request *graphql.RawParams) *gqlerror.Error {
	if l.parsed.has(request.Query) {
		return nil
	}
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: request.Query}, graph.MostTokens)
	if err != nil {
		return nil //nolint:nilerr // the executor parses again and tells it
	}
	if f := formOf(document).refusal(); f != nil {
		return asGraphQL(f)
	}
	return nil
}

// MutateOperationContext counts the objects that the operation may answer with
// and what they cost. The count is remembered where no variable can change it.
func (l *limits) MutateOperationContext(ctx context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	place := l.parsed.burdenOf(operation)
	w := place.Load()
	if w == nil {
		w = l.weigh(ctx, operation)
		if constant(operation.Operation) {
			place.Store(w)
		}
	}
	if w.nodes > maxNodes {
		return asGraphQL(fault.New(fault.QueryTooManyNodes, "have", strconv.FormatInt(w.nodes, 10), "want", strconv.Itoa(maxNodes)))
	}
	operation.Stats.SetExtension(burdenExtension, w)
	if w.complexity > maxComplexity {
		return asGraphQL(fault.New(fault.QueryTooComplex, "have", strconv.Itoa(w.complexity), "want", strconv.Itoa(maxComplexity)))
	}
	return nil
}

// burdenExtension is where an operation carries its weight.
const burdenExtension = "Burden"

// burden is what an operation comes to before anything is resolved.
type burden struct {
	nodes      int64 // objects
	complexity int   // not counted when there are too many objects
}

func (l *limits) weigh(ctx context.Context, operation *graphql.OperationContext) *burden {
	n := nodes{ctx: ctx, schema: l.schema, variables: operation.Variables}
	n.below(operation.Operation.SelectionSet, 1)
	w := &burden{nodes: n.total}
	if n.total <= maxNodes {
		w.complexity = complexity.Calculate(ctx, l.schema, operation.Operation, operation.Variables)
	}
	return w
}

// constant says whether an operation weighs the same whatever its variables are:
// no cost follows from a text (the graph's tests hold its costs to that).
func constant(operation *ast.OperationDefinition) bool {
	for _, v := range operation.VariableDefinitions {
		if v.Type.NamedType != "ID" && v.Type.NamedType != "String" {
			return false
		}
	}
	return true
}

// form is how a document is written: the most of every one of its operations,
// with fragments spread out. Cycles are left for validation to refuse.
type form struct {
	fragments                         map[string]*ast.FragmentDefinition
	open                              map[string]bool // fragments that are being spread
	depth, input, aliases, selections int
}

func formOf(document *ast.QueryDocument) *form {
	f := &form{fragments: make(map[string]*ast.FragmentDefinition, len(document.Fragments)), open: map[string]bool{}}
	for _, fragment := range document.Fragments {
		f.fragments[fragment.Name] = fragment
	}
	for _, operation := range document.Operations {
		for _, v := range operation.VariableDefinitions {
			f.value(v.DefaultValue, 1)
		}
		f.directives(operation.Directives)
		f.walk(operation.SelectionSet, 1)
	}
	return f
}

func (f *form) refusal() *fault.Fault {
	for _, limit := range []struct {
		code       fault.Code
		have, want int
	}{{fault.QueryTooLarge, f.selections, maxSelections}, {fault.TooManyAliases, f.aliases, maxAliases},
		{fault.QueryTooDeep, f.depth, maxDepth}, {fault.InputTooDeep, f.input, maxInputDepth}} {
		if limit.have > limit.want {
			args := []string{"want", strconv.Itoa(limit.want)}
			if limit.code != fault.QueryTooLarge { // it was not counted to the end
				args = append(args, "have", strconv.Itoa(limit.have))
			}
			return fault.New(limit.code, args...)
		}
	}
	return nil
}

// walk stops as soon as there is too much, whatever a bomb of fragments would
// come to.
func (f *form) walk(set ast.SelectionSet, depth int) {
	for _, selection := range set {
		if f.selections++; f.selections > maxSelections {
			return
		}
		switch s := selection.(type) {
		case *ast.Field:
			f.field(s, depth)
		case *ast.InlineFragment:
			f.directives(s.Directives)
			f.walk(s.SelectionSet, depth)
		case *ast.FragmentSpread:
			f.directives(s.Directives)
			if fragment := f.fragments[s.Name]; fragment != nil && !f.open[s.Name] {
				f.open[s.Name] = true
				f.walk(fragment.SelectionSet, depth)
				delete(f.open, s.Name)
			}
		}
	}
}

func (f *form) field(s *ast.Field, depth int) {
	if s.Alias != "" && s.Alias != s.Name {
		f.aliases++
	}
	f.directives(s.Directives)
	for _, a := range s.Arguments {
		f.value(a.Value, 1)
	}
	if strings.HasPrefix(s.Name, "__") { // introspection is deep by nature, and has a rule of its own
		f.walk(s.SelectionSet, depth)
		return
	}
	f.depth = max(f.depth, depth)
	if len(s.SelectionSet) > 0 {
		f.walk(s.SelectionSet, depth+1)
	}
}

func (f *form) directives(list ast.DirectiveList) {
	for _, d := range list {
		for _, a := range d.Arguments {
			f.value(a.Value, 1)
		}
	}
}

func (f *form) value(v *ast.Value, depth int) {
	if v == nil {
		return
	}
	f.input = max(f.input, depth)
	for _, child := range v.Children {
		f.value(child.Value, depth+1)
	}
}

// nodes counts objects: those a list may hold for each it may be in. Connections
// and edges are only wrapping. How many members a list has, the costs of the
// schema tell: what one more in each of them adds.
type nodes struct {
	ctx       context.Context //nolint:containedctx // of one count
	schema    graphql.ExecutableSchema
	variables map[string]any
	total     int64
}

func (n *nodes) below(set ast.SelectionSet, each int64) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			n.field(s, each)
		case *ast.InlineFragment:
			n.below(s.SelectionSet, each)
		case *ast.FragmentSpread:
			n.below(s.Definition.SelectionSet, each)
		}
	}
}

func (n *nodes) field(s *ast.Field, each int64) {
	if len(s.SelectionSet) == 0 || strings.HasPrefix(s.Name, "__") {
		return
	}
	each = saturated(each, n.members(s))
	if name := s.Definition.Type.Name(); !strings.HasSuffix(name, "Connection") && !strings.HasSuffix(name, "Edge") && name != "PageInfo" {
		n.total = min(n.total+each, math.MaxInt64/2)
	}
	n.below(s.SelectionSet, each)
}

// members is how many objects a field gives at most, as its cost counts them.
func (n *nodes) members(s *ast.Field) int64 {
	most := int64(1)
	args := s.ArgumentMap(n.variables)
	for _, object := range n.objects(s.ObjectDefinition) {
		none, told := n.schema.Complexity(n.ctx, object, s.Name, 0, args)
		one, _ := n.schema.Complexity(n.ctx, object, s.Name, 1, args)
		if told {
			most = max(most, int64(one)-int64(none))
		}
	}
	return most
}

// objects are the types whose field it may be.
func (n *nodes) objects(d *ast.Definition) []string {
	if d.Kind == ast.Object {
		return []string{d.Name}
	}
	var names []string
	for _, possible := range n.schema.Schema().GetPossibleTypes(d) {
		names = append(names, possible.Name)
	}
	return names
}

// saturated multiplies without ever coming out smaller.
func saturated(a, b int64) int64 {
	if a > math.MaxInt64/2/max(b, 1) {
		return math.MaxInt64 / 2
	}
	return a * b
}
