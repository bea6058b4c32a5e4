package graph

import (
	"context"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/graph/exec"
	"leitai/graph/model"
	"leitai/internal/fault"
)

// How many characters an input takes: what is not named below takes a line. The
// sizes are those of the papers the texts end up in, with room to spare.
const (
	mostLine      = 200
	mostID        = 200 // of a global id, or of a UUID that the client made
	mostNumber    = 60  // of a decimal, a date or a moment
	mostCursor    = 2_000
	mostPosition  = 4_096 // of a cursor of subscriptions, which stands for many tenants
	mostAddress   = 1_000 // of a webhook
	mostParagraph = 2_000
	mostPaper     = 20_000
	mostDocument  = 60_000 // of a template
)

// mostText is the one table of limits, by the name of an argument or input
// field, or by type and field where a name means different things.
var mostText = map[string]int{
	"after": mostCursor, "before": mostCursor,

	"reason": mostParagraph, "note": mostParagraph, "comment": mostParagraph, "record": mostParagraph, "basis": mostParagraph,
	"measure": mostParagraph, "problem": mostParagraph, "plan": mostParagraph, "responsibility": mostParagraph, "content": mostParagraph,
	"purpose": mostParagraph, "funds": mostParagraph, "formula": mostParagraph,

	"criteria": mostPaper, "text": mostPaper, "body": mostPaper, "minutes": mostPaper,

	"WebhookCreateInput.address": mostAddress, "WebhookChangeInput.address": mostAddress,

	"Query.facts.since": mostDocument,
	"Query.search.text": mostLine,

	"Subscription.roundProgress.since": mostPosition, "Subscription.published.since": mostPosition, "Subscription.inbox.since": mostPosition, "Subscription.jobProgress.since": mostPosition,

	"TemplateCreateInput.document": mostDocument, "TemplateUpdateInput.document": mostDocument, "Query.templateCheck.document": mostDocument,
}

// mostOf is the limit of a scalar.
func mostOf(typeName, owner, field string) int {
	switch typeName {
	case "String":
		if most, named := mostText[owner+"."+field]; named {
			return most
		}
		if most, named := mostText[field]; named {
			return most
		}
		return mostLine
	case "ID":
		return mostID
	}
	return mostNumber
}

// TextLimits refuses every argument and input field with more characters than
// it takes, before its field is resolved: a mutation answers with the fault and
// the field among its user errors, a query with an error.
type TextLimits struct{ schema *ast.Schema }

var _ interface {
	graphql.HandlerExtension
	graphql.FieldInterceptor
} = (*TextLimits)(nil)

// ExtensionName names the extension.
func (*TextLimits) ExtensionName() string { return "TextLimits" }

// Validate takes the schema over whose inputs are measured.
func (l *TextLimits) Validate(schema graphql.ExecutableSchema) error {
	l.schema = schema.Schema()
	return nil
}

// InterceptField measures what was sent to a field.
func (l *TextLimits) InterceptField(ctx context.Context, next graphql.Resolver) (any, error) {
	field := graphql.GetFieldContext(ctx)
	if field == nil || field.Field.Field == nil || len(field.Field.Arguments) == 0 || field.Field.Definition == nil {
		return next(ctx)
	}
	var bad fault.List
	sent := field.Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	for _, a := range field.Field.Definition.Arguments {
		path := a.Name
		if a.Name == "input" {
			path = "" // user errors name the fields inside
		}
		l.measure(&bad, a.Type, field.Object+"."+field.Field.Name, a.Name, path, sent[a.Name])
	}
	if bad == nil {
		return next(ctx)
	}
	if payload, ok := refusedPayload(ctx, field, sent, bad); ok {
		return payload, nil
	}
	return nil, bad
}

// measure adds what is too long of a value.
func (l *TextLimits) measure(bad *fault.List, t *ast.Type, owner, name, path string, value any) {
	switch v := value.(type) {
	case map[string]any:
		input := l.schema.Types[t.Name()]
		if input == nil {
			return
		}
		for _, f := range input.Fields {
			if one := v[f.Name]; !brief(one) {
				l.measure(bad, f.Type, input.Name, f.Name, strings.TrimPrefix(path+"."+f.Name, "."), one)
			}
		}
	case string:
		tooLong(bad, mostOf(t.Name(), owner, name), path, v)
	case json.Number: // as it was written
		tooLong(bad, mostOf(t.Name(), owner, name), path, v.String())
	case nil:
	default:
		if reflect.TypeOf(value).Kind() != reflect.Slice {
			return
		}
		of := t.Elem
		if of == nil {
			of = t // a single value stands for a list of one
		}
		for i, one := range graphql.CoerceList(value) {
			if !brief(one) {
				l.measure(bad, of, owner, name, path+"["+strconv.Itoa(i)+"]", one)
			}
		}
	}
}

// brief says whether a value is too short for every limit: most are, and neither
// path nor limit has to be found for them.
func brief(value any) bool {
	switch v := value.(type) {
	case nil, bool:
		return true
	case string:
		return len(v) <= mostNumber // the least of all limits
	case json.Number:
		return len(v) <= mostNumber
	}
	return false
}

func tooLong(bad *fault.List, most int, path, text string) {
	if len(text) <= most {
		return
	}
	if have := utf8.RuneCountInString(text); have > most {
		*bad = append(*bad, fault.New(fault.TextTooLong, "have", strconv.Itoa(have), "most", strconv.Itoa(most)).At("%s", path))
	}
}

// refusedPayload makes the payload by which a mutation says that it was refused;
// false for a field that has none.
func refusedPayload(ctx context.Context, field *graphql.FieldContext, sent map[string]any, bad fault.List) (any, bool) {
	if field.Object != "Mutation" || field.Field.Name == "" {
		return nil, false
	}
	resolver, known := reflect.TypeFor[exec.MutationResolver]().MethodByName(strings.ToUpper(field.Field.Name[:1]) + field.Field.Name[1:])
	if !known || resolver.Type.NumOut() != 2 || resolver.Type.Out(0).Kind() != reflect.Pointer {
		return nil, false
	}
	payload := reflect.New(resolver.Type.Out(0).Elem())
	errors := payload.Elem().FieldByName("UserErrors")
	if !errors.IsValid() || errors.Type() != reflect.TypeFor[[]*model.UserError]() {
		return nil, false
	}
	list := make([]*model.UserError, len(bad))
	for i, f := range bad {
		list[i] = userError(f, languageOf(ctx))
	}
	errors.Set(reflect.ValueOf(list))
	input, _ := sent["input"].(map[string]any)
	if id, ok := input["clientMutationId"].(string); ok && len(id) <= mostLine {
		if at := payload.Elem().FieldByName("ClientMutationID"); at.IsValid() && at.Type() == reflect.TypeFor[*string]() {
			at.Set(reflect.ValueOf(&id))
		}
	}
	return payload.Interface(), true
}
