package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

var (
	// object writes an object: type, Go type, what it collects by, body.
	object = regexp.MustCompile(`(?m)^func \(ec \*executionContext\) _([A-Za-z0-9]+)\(ctx context\.Context, sel ast\.SelectionSet, obj (\*\S+)\) graphql\.Marshaler \{\n\tfields := graphql\.CollectFields\(ec\.OperationContext, sel, (\w+)\)\n((?:\t.*\n|\n)*)\}\n`)
	// member is a field in the body of an object.
	member = regexp.MustCompile(`(?m)^\t\tcase "(\w+)":\n\t\t\tout\.Values\[i\] = ec\._[A-Za-z0-9]+_(\w+)\(ctx, field, obj\)\n`)
	// unmarshalers are made anew for every operation, for graphql.UnmarshalInputFromContext,
	// which nothing here calls.
	unmarshalers    = regexp.MustCompile(`(?s)\tinputUnmarshalMap := graphql\.BuildUnmarshalerMap\(\n.*?\n\t\)\n`)
	withUnmarshaler = regexp.MustCompile(`(?m)^\t+ctx = graphql\.WithUnmarshalerMap\(ctx, inputUnmarshalMap\)\n`)
	// enum marshals one of the model's enums, which are texts.
	enum = regexp.MustCompile(`^ec\.marshalN[A-Za-z0-9]+2leitaiᚋgraphᚋmodelᚐ[A-Za-z0-9]+$`)
)

// written says how a leaf is written, by what marshals it.
var written = map[string]string{
	"ec.marshalNString2string":       "straight.Text(out, %s)",
	"ec.marshalNID2string":           "straight.Text(out, %s)",
	"ec.marshalOString2ᚖstring":      "straight.OptionalText(out, %s)",
	"ec.marshalOID2ᚖstring":          "straight.OptionalText(out, %s)",
	"ec.marshalNInt2int":             "out.Int(%s)",
	"ec.marshalOInt2ᚖint":            "straight.Optional(out, %s, out.Int)",
	"ec.marshalNBoolean2bool":        "out.Bool(%s)",
	"ec.marshalOBoolean2ᚖbool":       "straight.Optional(out, %s, out.Bool)",
	"ec.marshalNString2ᚕstringᚄ":     "out.Strings(%s)",
	"ec.marshalNID2ᚕstringᚄ":         "out.Strings(%s)",
	"ec.marshalNDecimal2" + printed:  "straight.Text(out, %s)",
	"ec.marshalODecimal2ᚖ" + printed: "straight.OptionalText(out, %s)",
}

const printed = "leitaiᚋgraphᚋscalarᚐPrinted"

// write is the statement that writes a field.
func (s *shape) write() string {
	form, known := written[s.marshal]
	if !known && s.leaf && enum.MatchString(s.marshal) {
		form, known = "straight.Text(out, %s)", true
	}
	if known {
		return fmt.Sprintf(form, s.value)
	}
	return fmt.Sprintf("if !out.Value(%s(ctx, field.Selections, %s), %t) {\n\t\t\t\treturn false\n\t\t\t}", s.marshal, s.value, strings.HasPrefix(s.marshal, "ec.marshalN"))
}

// straightTypes are the types below which every field is plain, and whose
// function is written as expected.
func straightTypes(texts map[string]string, shapes map[string]map[string]*shape, free map[string]bool) map[string]bool {
	found := map[string]bool{}
	for _, text := range texts {
		for _, m := range object.FindAllStringSubmatch(text, -1) {
			found[m[1]] = free[m[1]] && len(member.FindAllString(m[4], -1)) == len(shapes[m[1]])
		}
	}
	return found
}

// straighten writes objects and lists of straight types into one piece of
// memory, and takes out what that leaves unused.
func straighten(text string, shapes map[string]map[string]*shape, straight map[string]bool) string {
	text = object.ReplaceAllStringFunc(text, func(whole string) string {
		m := object.FindStringSubmatch(whole)
		if !straight[m[1]] {
			return whole
		}
		return writer(m[1], m[2], m[3], m[4], shapes[m[1]])
	})
	text = fieldFunc.ReplaceAllStringFunc(text, func(whole string) string {
		if m := fieldFunc.FindStringSubmatch(whole); straight[m[1]] {
			return ""
		}
		return whole
	})
	text = list.ReplaceAllStringFunc(text, func(whole string) string {
		m := list.FindStringSubmatch(whole)
		if !straight[m[2]] || !strings.HasPrefix(m[3], "ᚖ") || m[4] == "" {
			return whole
		}
		collector := strings.ToLower(m[2][:1]) + m[2][1:] + "Implementors"
		return "\tout := &straight.Writer{}\n\tfields := straight.Fields(graphql.CollectFields(ec.OperationContext, sel, " + collector + "))\n" +
			"\tif !straight.List(ctx, out, v, func(obj *model." + m[2] + ") bool { return ec.write_" + m[2] + "(ctx, out, fields, obj) }) {\n\t\treturn graphql.Null\n\t}\n\treturn out\n"
	})
	if !strings.Contains(text, "straight.") {
		return text
	}
	return strings.Replace(text, "import (\n", "import (\n\t\"leitai/graph/straight\"\n", 1)
}

// writer is the function of an object, and what writes one into what is written
// already.
func writer(name, goType, collector, body string, fields map[string]*shape) string {
	var b strings.Builder
	fmt.Fprintf(&b, "func (ec *executionContext) _%s(ctx context.Context, sel ast.SelectionSet, obj %s) graphql.Marshaler {\n", name, goType)
	fmt.Fprintf(&b, "\tout := &straight.Writer{}\n\tif !ec.write_%s(ctx, out, straight.Fields(graphql.CollectFields(ec.OperationContext, sel, %s)), obj) {\n\t\treturn graphql.Null\n\t}\n\treturn out\n}\n\n", name, collector)
	fmt.Fprintf(&b, "func (ec *executionContext) write_%s(ctx context.Context, out *straight.Writer, fields []graphql.CollectedField, obj %s) bool {\n", name, goType)
	fmt.Fprintf(&b, "\tout.Open()\n\tfor i := range fields {\n\t\tfield := &fields[i]\n\t\tout.Name(i, field.Alias)\n\t\tswitch field.Name {\n\t\tcase \"__typename\":\n\t\t\tstraight.Text(out, %q)\n", name)
	for _, m := range member.FindAllStringSubmatch(body, -1) {
		fmt.Fprintf(&b, "\t\tcase %q:\n\t\t\t%s\n", m[1], fields[m[2]].write())
	}
	b.WriteString("\t\tdefault:\n\t\t\tpanic(\"unknown field \" + strconv.Quote(field.Name))\n\t\t}\n\t}\n\tout.Close()\n\treturn true\n}\n")
	return b.String()
}

var errUnmarshalers = errors.New("lighten: the input unmarshalers are not made where they were: gqlgen writes differently now")

// withoutUnmarshalers takes out what is made for every operation and read by
// nobody.
func withoutUnmarshalers(text string) (string, error) {
	if len(unmarshalers.FindAllString(text, -1)) != 1 || len(withUnmarshaler.FindAllString(text, -1)) < 2 {
		return "", errUnmarshalers
	}
	return withUnmarshaler.ReplaceAllString(unmarshalers.ReplaceAllString(text, ""), ""), nil
}
