package graph

import (
	"errors"
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"leitai/graph/exec"
)

// MostTokens is how many lexical tokens an operation may have.
const MostTokens = 5_000

// Rules are the rules by which operations are validated: those of the
// specification, without a word about what the author may have meant. A caller
// who guesses names learns nothing of those that exist (T4).
func Rules() *rules.Rules {
	quiet := rules.NewRules()
	for name, rule := range rules.NewDefaultRules().GetInner() {
		quiet.AddRule(name, func(observers *core.Events, addError core.AddErrFunc) {
			rule(observers, func(options ...core.ErrorOption) { addError(append(options, unsuggested)...) })
		})
	}
	quiet.AddRule("Whole", whole)
	return quiet
}

// whole refuses @defer, which the parser knows although the contract has none:
// an answer is sent whole, and what is left for later would never be sent.
func whole(observers *core.Events, addError core.AddErrFunc) {
	observers.OnDirective(func(_ *core.Walker, directive *ast.Directive) {
		if directive.Name == "defer" {
			addError(core.Message("Unknown directive \"@%s\".", directive.Name), core.At(directive.Position))
		}
	})
}

// unsuggested cuts off what names the author may have meant.
func unsuggested(e *gqlerror.Error) {
	e.Message, _, _ = strings.Cut(e.Message, " Did you mean")
}

// contractSchema is the contract without anything behind it.
var contractSchema = sync.OnceValue(func() *ast.Schema { return exec.NewExecutableSchema(exec.Config{}).Schema() })

var errOneOperation = errors.New("exactly one query or mutation")

// checkDocument says why a text is not one valid query or mutation of the
// contract.
func checkDocument(text string) error {
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, MostTokens)
	if err != nil {
		return err
	}
	if len(document.Operations) != 1 || document.Operations[0].Operation == ast.Subscription {
		return errOneOperation
	}
	if bad := validator.ValidateWithRules(contractSchema(), document, Rules()); len(bad) > 0 {
		return bad[0]
	}
	return nil
}
