package template

import (
	"strconv"

	"github.com/expr-lang/expr/ast"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

const (
	// maxDigits bounds every number on the way to a result: what is longer
	// could neither be stored nor read back.
	maxDigits = 200
	// maxSteps bounds how many parts of a formula are evaluated; a chain of
	// comparisons reads its middle parts twice.
	maxSteps = 2 * maxFormula
)

// Evaluate gives the value of a formula over named metrics, exactly: a truth is
// 1 or 0, and anything but 0 is true. Only what decides the result is
// evaluated, so that a condition can guard a division. It stops, and names the
// part and where it stands, on a division by zero, a metric that has no value,
// and a number that grows beyond what can be stored. A formula that is not
// allowed is refused as it is on reading a template.
func Evaluate(source string, metrics map[string]exact.Number) (exact.Number, *fault.Fault) {
	e, why := readFormula(source)
	if why != (Text{}) {
		return exact.Number{}, fault.New(fault.TemplateFormula, "zh", why.ZH, "en", why.EN)
	}
	run := evaluation{expression: e, metrics: metrics}
	value := run.eval(e.root)
	if run.fault != nil {
		return exact.Number{}, run.fault
	}
	return value, nil
}

// evaluation walks one tree once. After the first fault everything is 0.
type evaluation struct {
	expression
	metrics map[string]exact.Number
	steps   int
	fault   *fault.Fault
}

func (r *evaluation) stop(code fault.Code, n ast.Node) exact.Number {
	if r.fault == nil {
		at := strconv.Itoa(n.Location().From + 1)
		r.fault = fault.New(code, "part", clip(n.String()), "at", at)
	}
	return exact.Number{}
}

func (r *evaluation) eval(n ast.Node) exact.Number {
	if r.steps++; r.fault != nil || r.steps > maxSteps {
		return r.stop(fault.FormulaGrows, n)
	}
	switch n := n.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		return r.numbers[n.Location().From]
	case *ast.BoolNode:
		return truthOf(n.Value)
	case *ast.IdentifierNode:
		value, ok := r.metrics[n.Value]
		if !ok {
			return r.stop(fault.FormulaMetricMissing, n)
		}
		return value
	case *ast.UnaryNode:
		return r.unary(n)
	case *ast.BinaryNode:
		return r.binary(n)
	case *ast.ConditionalNode:
		if r.eval(n.Cond).Sign() != 0 {
			return r.eval(n.Exp1)
		}
		return r.eval(n.Exp2)
	case *ast.BuiltinNode:
		return r.extreme(n.Name, n.Arguments)
	case *ast.CallNode:
		return r.extreme(n.Callee.String(), n.Arguments)
	}
	return r.stop(fault.FormulaGrows, n) // reading has refused every other part
}

func truthOf(holds bool) exact.Number {
	if holds {
		return exact.Int(1)
	}
	return exact.Number{}
}

func (r *evaluation) unary(n *ast.UnaryNode) exact.Number {
	switch value := r.eval(n.Node); n.Operator {
	case "-":
		return value.Neg()
	case "+":
		return value
	default:
		return truthOf(value.Sign() == 0)
	}
}

func (r *evaluation) binary(n *ast.BinaryNode) exact.Number {
	left := r.eval(n.Left)
	switch n.Operator {
	case "and", "&&":
		return truthOf(left.Sign() != 0 && r.eval(n.Right).Sign() != 0)
	case "or", "||":
		return truthOf(left.Sign() != 0 || r.eval(n.Right).Sign() != 0)
	}
	right := r.eval(n.Right)
	switch n.Operator {
	case "+":
		return r.sized(left.Add(right), n)
	case "-":
		return r.sized(left.Sub(right), n)
	case "*":
		return r.sized(left.Mul(right), n)
	case "/":
		if right.Sign() == 0 {
			return r.stop(fault.FormulaDivision, n)
		}
		return r.sized(left.Quo(right), n)
	}
	return truthOf(compares(n.Operator, left.Cmp(right)))
}

// compares reads a sign of comparison over the order of its sides.
func compares(sign string, order int) bool {
	switch sign {
	case "==":
		return order == 0
	case "!=":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	default:
		return order >= 0
	}
}

// sized stops a number that has become too long to store.
func (r *evaluation) sized(value exact.Number, n ast.Node) exact.Number {
	if len(value.String()) > maxDigits {
		return r.stop(fault.FormulaGrows, n)
	}
	return value
}

// extreme is the least or greatest of one value or more.
func (r *evaluation) extreme(name string, arguments []ast.Node) exact.Number {
	var best exact.Number
	for i, a := range arguments {
		value := r.eval(a)
		if order := value.Cmp(best); i == 0 || name == "min" && order < 0 || name == "max" && order > 0 {
			best = value
		}
	}
	return best
}
