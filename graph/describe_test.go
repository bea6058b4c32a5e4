package graph

import (
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// term is a Chinese word in parentheses, or a description that is Chinese itself.
var term = regexp.MustCompile(`\([^()]*\p{Han}[^()]*\)|^\p{Han}`)

// measures are words by which a number tells its unit or its range; the one of
// a revision is that it grows.
var measures = regexp.MustCompile(`(?i)\b(points?|percent|percentile|quantile|quartiles?|median|mean|index|lowest|highest|decimals?|weight|score|rank|ranks|gains?|share|ratio|` +
	`how (many|often|long)|number|counts?|times|length|most|least|from \d|up to|\d+ to \d+|\d+–\d+|of \d|below|above|` +
	`days?|months?|years?|hours?|minutes?|seconds?|milliseconds?|pixels|bytes|kilobytes|megabytes|characters|yuan|fen|` +
	`people|persons|members|judges|users|villages?|units?|contestants?|subjects?|ballots?|votes?|forms|codes|marks?|pieces|rows|steps|edges|places?|seats?|rounds?|exchanges|requests|grants|cells|items?|` +
	`version|revision|grows|position|row|year|amount|total|sum|value|base|found|closed|published)\b`)

// every calls what describes a part of the contract with its coordinate; typed
// is the type of a value, "" for what has none.
func every(schema *ast.Schema, told func(coordinate, description, typed string)) {
	arguments := func(at string, list ast.ArgumentDefinitionList) {
		for _, a := range list {
			told(at+"("+a.Name+":)", a.Description, a.Type.Name())
		}
	}
	for _, d := range schema.Types {
		if d.BuiltIn || strings.HasPrefix(d.Name, "__") {
			continue
		}
		told(d.Name, d.Description, "")
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			told(d.Name+"."+f.Name, f.Description, f.Type.Name())
			arguments(d.Name+"."+f.Name, f.Arguments)
		}
		for _, v := range d.EnumValues {
			told(d.Name+"."+v.Name, v.Description, "")
		}
	}
	for _, d := range schema.Directives {
		if d.Position == nil || d.Position.Src.BuiltIn {
			continue
		}
		told("@"+d.Name, d.Description, "")
		arguments("@"+d.Name, d.Arguments)
	}
}

// Every type, field, argument, value and directive says what it means, with its
// Chinese term; what mutations answer with needs none.
func TestEveryPartOfTheContractSaysWhatItMeans(t *testing.T) {
	t.Parallel()
	parts := 0
	every(contract(), func(coordinate, description, _ string) {
		parts++
		switch {
		case strings.HasSuffix(coordinate, "Payload") && strings.HasPrefix(description, "Answer of "):
		case !term.MatchString(description):
			t.Errorf("%s has no Chinese term in parentheses: %q", coordinate, description)
		case !strings.HasSuffix(strings.TrimSpace(description), "."):
			t.Errorf("%s is no sentence: %q", coordinate, description)
		}
	})
	if parts < 3000 {
		t.Errorf("only %d parts were looked at", parts)
	}
}

// Every number says its unit or its range.
func TestEveryNumberSaysWhatItMeasures(t *testing.T) {
	t.Parallel()
	numbers := 0
	every(contract(), func(coordinate, description, typed string) {
		if typed != "Int" && typed != "Decimal" {
			return
		}
		numbers++
		if !measures.MatchString(description) {
			t.Errorf("%s names neither a unit nor a range: %q", coordinate, description)
		}
	})
	if numbers < 300 {
		t.Errorf("only %d numbers were looked at", numbers)
	}
}
