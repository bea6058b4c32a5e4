package template

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// maxFormula bounds how many nodes a formula may have, so that evaluating it
// has a small bound too.
const maxFormula = 200

// Formula reads a formula and gives the metrics it names, sorted. It may hold
// sums, products, min, max, comparisons, and, or, not, and conditions
// (a ? b : c) over named metrics and exact numbers, nothing else. The reason is
// empty when the formula is allowed.
func Formula(source string) (metrics []string, reason string) {
	metrics, why := readFormula(source)
	return metrics, why.EN
}

// readFormula gives the reason in both languages, for the author to read.
func readFormula(source string) (metrics []string, reason Text) {
	parsed, err := parser.Parse(source)
	if err != nil {
		return nil, Text{"写法有误，无法读懂（" + firstLine(err.Error()) + "）", firstLine(err.Error())}
	}
	w := &formulaWalk{}
	w.walk(parsed.Node)
	if w.nodes > maxFormula {
		return nil, Text{fmt.Sprintf("过长，最多 %d 步", maxFormula), fmt.Sprintf("more than %d steps", maxFormula)}
	}
	slices.Sort(w.metrics)
	return slices.Compact(w.metrics), w.reason
}

func firstLine(s string) string {
	for i, r := range s {
		if r == '\n' {
			return s[:i]
		}
	}
	return s
}

type formulaWalk struct {
	nodes   int
	metrics []string
	reason  Text
}

// refuse keeps the first reason; what is what was found in the formula.
func (w *formulaWalk) refuse(zh, en, what string) {
	if w.reason == (Text{}) {
		w.reason = Text{fmt.Sprintf(zh, what), fmt.Sprintf(en, what)}
	}
}

func (w *formulaWalk) refuseSign(sign string) {
	w.refuse("不能使用 %s", "%s is not allowed", sign)
}

var (
	formulaSigns     = []string{"+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "and", "&&", "or", "||"}
	formulaFunctions = []string{"min", "max"}
)

func (w *formulaWalk) walk(n ast.Node) {
	if w.nodes++; w.nodes > maxFormula {
		return
	}
	switch n := n.(type) {
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
	case *ast.IdentifierNode:
		if !metricShape.MatchString(n.Value) {
			w.refuse("%s 不是指标名称，应以小写字母开头，只含字母和数字", "%s is no name of a metric", n.Value)
		}
		w.metrics = append(w.metrics, n.Value)
	case *ast.UnaryNode:
		if !slices.Contains([]string{"-", "+", "not", "!"}, n.Operator) {
			w.refuseSign(n.Operator)
		}
		w.walk(n.Node)
	case *ast.BinaryNode:
		if !slices.Contains(formulaSigns, n.Operator) {
			w.refuseSign(n.Operator)
		}
		w.walk(n.Left)
		w.walk(n.Right)
	case *ast.ConditionalNode:
		w.walk(n.Cond)
		w.walk(n.Exp1)
		w.walk(n.Exp2)
	case *ast.BuiltinNode:
		w.call(n.Name, n.Arguments)
	case *ast.CallNode:
		callee, _ := n.Callee.(*ast.IdentifierNode)
		if callee == nil {
			w.refuse("不能调用 %s，只能调用 min 和 max", "%s cannot be called; min and max can", n.String())
			return
		}
		w.call(callee.Value, n.Arguments)
	default:
		w.refuseSign(n.String())
	}
}

func (w *formulaWalk) call(name string, arguments []ast.Node) {
	if !slices.Contains(formulaFunctions, name) {
		w.refuse("不能使用 %s，可用 min 和 max", "%s is not allowed; min and max are", name)
	}
	for _, a := range arguments {
		w.walk(a)
	}
}

// metricShape is what a metric may be called.
var metricShape = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*$`)
