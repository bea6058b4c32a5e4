package template

import (
	"fmt"
	"regexp"
	"slices"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"

	"leitai/internal/exact"
)

const (
	// maxFormula bounds how many nodes a formula may have, so that evaluating
	// it has a small bound too.
	maxFormula = 200
	// maxFormulaText bounds how long a formula may be written, so that reading
	// it has a small bound as well.
	maxFormulaText = 4000
)

// Formula reads a formula and gives the metrics it names, sorted. It may hold
// sums, products, min, max, comparisons, and, or, not, and conditions
// (a ? b : c) over named metrics and exact numbers, nothing else. The reason is
// empty when the formula is allowed.
func Formula(source string) (metrics []string, reason string) {
	e, why := readFormula(source)
	return e.metrics, why.EN
}

// expression is a formula that was read: its tree, which holds nothing but
// what may be evaluated, and its numbers, read exactly from its text.
type expression struct {
	root    ast.Node
	metrics []string             // sorted, each once
	numbers map[int]exact.Number // by where they stand
}

// readFormula gives the reason in both languages, for the author to read.
func readFormula(source string) (expression, Text) {
	if len(source) > maxFormulaText {
		return expression{}, Text{fmt.Sprintf("过长，最多 %d 个字符", maxFormulaText), fmt.Sprintf("more than %d characters", maxFormulaText)}
	}
	if !utf8.ValidString(source) {
		return expression{}, Text{"不是有效的 UTF-8 文字", "no valid UTF-8 text"}
	}
	parsed, err := parser.Parse(source)
	if err != nil {
		return expression{}, Text{"写法有误，无法读懂（" + firstLine(err.Error()) + "）", firstLine(err.Error())}
	}
	w := &formulaWalk{source: []rune(source), numbers: map[int]exact.Number{}}
	w.walk(parsed.Node)
	if w.nodes > maxFormula {
		return expression{}, Text{fmt.Sprintf("过长，最多 %d 步", maxFormula), fmt.Sprintf("more than %d steps", maxFormula)}
	}
	slices.Sort(w.metrics)
	return expression{root: parsed.Node, metrics: slices.Compact(w.metrics), numbers: w.numbers}, w.reason
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
	source  []rune
	nodes   int
	metrics []string
	numbers map[int]exact.Number
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
	case *ast.IntegerNode, *ast.FloatNode:
		w.number(n)
	case *ast.BoolNode:
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
		w.binary(n)
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

// binary also refuses a divisor that is 0 whatever the metrics are.
func (w *formulaWalk) binary(n *ast.BinaryNode) {
	if !slices.Contains(formulaSigns, n.Operator) {
		w.refuseSign(n.Operator)
	}
	w.walk(n.Left)
	before := len(w.metrics)
	w.walk(n.Right)
	if n.Operator != "/" || len(w.metrics) > before || w.reason != (Text{}) || w.nodes > maxFormula {
		return
	}
	run := evaluation{expression: expression{numbers: w.numbers}}
	if by := run.eval(n.Right); run.fault == nil && by.Sign() == 0 {
		w.refuse("除数 %s 恒为 0", "the divisor %s is always 0", n.Right.String())
	}
}

func (w *formulaWalk) call(name string, arguments []ast.Node) {
	if !slices.Contains(formulaFunctions, name) {
		w.refuse("不能使用 %s，可用 min 和 max", "%s is not allowed; min and max are", name)
	}
	if len(arguments) == 0 {
		w.refuse("%s 括号内应有数值", "%s needs values", name)
	}
	for _, a := range arguments {
		w.walk(a)
	}
}

// metricShape is what a metric may be called.
var metricShape = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*$`)

// number reads a number from the text as its author wrote it: the parser has
// made a float of it, which nothing here may read.
func (w *formulaWalk) number(n ast.Node) {
	at := n.Location()
	if at.From < 0 || at.To > len(w.source) || at.From > at.To {
		w.refuseSign(n.String())
		return
	}
	text := string(w.source[at.From:at.To])
	value, err := exact.Parse(text)
	if err != nil {
		w.refuse("%s 不是精确的数，请写成小数", "%s is no exact number; write a decimal", clip(text))
	}
	w.numbers[at.From] = value
}
