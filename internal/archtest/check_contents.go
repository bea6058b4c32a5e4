package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// The measures of a tidy house, in lines.
const (
	maxFile     = 500
	maxFunction = 80
)

// clockFunctions of package time read the machine's clock.
var clockFunctions = []string{"Now", "Since", "Until"}

// looseEnforcing are names of casbin that allow what is no longer granted.
var looseEnforcing = []string{"NewCachedEnforcer", "NewSyncedCachedEnforcer", "CachedEnforcer", "SyncedCachedEnforcer", "EnableEnforce"}

// checkPackage asks for a name that says something and for a package comment.
func checkPackage(p *pkg) []Finding {
	var found []Finding
	if has(badNames, path.Base(p.folder)) {
		found = append(found, Finding{File: p.folder, Rule: "name", Text: "name a package by what it owns; " + path.Base(p.folder) + " says nothing"})
	}
	hand, told := false, false
	for _, f := range p.files {
		if f.test || f.generated {
			continue
		}
		hand = true
		if f.syntax.Doc != nil {
			first, _, _ := strings.Cut(f.syntax.Doc.Text(), " ")
			told = told || first == "Package" || first == "Command"
		}
	}
	if hand && !told {
		found = append(found, Finding{File: p.folder, Rule: "comment", Text: "the package has no comment: say what it owns and what it does not"})
	}
	return found
}

// checkFile looks inside one hand-written file.
func checkFile(p *pkg, f *file) []Finding {
	if f.generated {
		return nil
	}
	var found []Finding
	if f.lines > maxFile {
		found = append(found, Finding{File: f.name, Rule: "length", Text: fmt.Sprintf("%d lines; split it, %d is the most", f.lines, maxFile)})
	}
	if f.test {
		return found
	}
	pure := has(pureRooms, p.room)
	clockless := pure || has(useCases, p.room)
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		rule, text := breach(f, n, pure, clockless)
		if rule != "" {
			found = append(found, Finding{File: f.name, Line: f.line(n), Rule: rule, Text: text})
		}
		_, importing := n.(*ast.ImportSpec)
		return !importing
	})
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		text, isText := stringOf(n)
		if statement := plainSet(text); statement != "" {
			found = append(found, Finding{File: f.name, Line: f.line(n), Rule: "set", Text: setText + statement})
		}
		return !isText // the parts of a concatenation are not statements of their own
	})
	return found
}

// breach names the rule one node breaks, or "".
func breach(f *file, n ast.Node, pure, clockless bool) (rule, text string) {
	switch n := n.(type) {
	case *ast.Ident:
		if pure && (n.Name == "float64" || n.Name == "float32") {
			return "float", "a pure room computes with internal/exact, never with " + n.Name
		}
	case *ast.BasicLit:
		if pure && n.Kind == token.FLOAT {
			return "float", "a pure room has no floating-point literal: write " + n.Value + " as an exact number"
		}
	case *ast.SelectorExpr:
		if on, ok := n.X.(*ast.Ident); ok && clockless && on.Name == "time" && has(clockFunctions, n.Sel.Name) {
			return "clock", "time is a parameter here: take it as an argument or from an injected clock instead of time." + n.Sel.Name
		}
		if has(looseEnforcing, n.Sel.Name) {
			return "enforcer", n.Sel.Name + " still allows after a grant is removed, or allows everything: decide in internal/authz, whose memo is of rules that never change"
		}
	case *ast.FuncDecl:
		if length := f.set.Position(n.End()).Line - f.line(n) + 1; length > maxFunction {
			return "length", fmt.Sprintf("function %s has %d lines; %d is the most", n.Name.Name, length, maxFunction)
		}
	}
	return "", ""
}

// stringOf gives the value of a string literal or of a concatenation that
// holds one; parts that are not literals count as a gap.
func stringOf(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.BasicLit:
		if n.Kind == token.STRING {
			text, err := strconv.Unquote(n.Value)
			return text, err == nil
		}
	case *ast.BinaryExpr:
		if n.Op != token.ADD {
			return "", false
		}
		left, leftOK := stringOf(n.X)
		right, rightOK := stringOf(n.Y)
		if !leftOK {
			left = "?" // something stands before: the right part starts no statement
		}
		return left + right, leftOK || rightOK
	}
	return "", false
}

const setText = "a plain SET leaks through the pool: use SET LOCAL or set_config(…, true) instead of "

var (
	sqlComment = regexp.MustCompile(`--[^\n]*`)
	// A statement begins the text, or follows a semicolon or BEGIN. Small
	// letters count only where the rest cannot be an English sentence.
	setStatement = regexp.MustCompile(`(?:^|;|\b(?i:begin)\b)\s*((?:SET\s+(\w+)|set\s+(\w+)(?:\.\w+|\s*=|\s+to\s+'))[^;]*)`)
)

// plainSet returns the first SET statement that outlives its transaction, or
// "". An UPDATE's SET is none, since it does not begin a statement.
func plainSet(sql string) string {
	for _, m := range setStatement.FindAllStringSubmatch(sqlComment.ReplaceAllString(sql, ""), -1) {
		switch strings.ToUpper(m[2] + m[3]) {
		case "LOCAL", "CONSTRAINTS", "TRANSACTION":
			continue
		}
		return strings.TrimSpace(m[1])
	}
	return ""
}

// checkSQLFile looks for plain SET in migrations and other SQL files.
func checkSQLFile(f sqlFile) []Finding {
	if statement := plainSet(f.text); statement != "" {
		return []Finding{{File: f.name, Rule: "set", Text: setText + statement}}
	}
	return nil
}
