package template

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

const (
	nameLength = 200  // runes of a name
	textLength = 4000 // runes of a paragraph
	keyLength  = 64   // characters of a key
)

// clip shortens what a person wrote for a message about it.
func clip(s string) string {
	if utf8.RuneCountInString(s) <= 40 {
		return s
	}
	return string([]rune(s)[:40]) + "…"
}

// words reads a node as text: a quoted or plain string or a date, but not a
// number, a truth value or nothing, which were probably meant as something else.
func words(r *reader, n *yaml.Node, path string) (string, bool) {
	tag := n.ShortTag()
	if n.Kind != yaml.ScalarNode || tag != "!!str" && tag != "!!timestamp" {
		r.add(n, path, wrongType("文字（数字请加引号）", "text (put quotes around digits)"))
		return "", false
	}
	return n.Value, true
}

// line is text of one or more lines within a length, without control or
// direction characters, because it is printed on official documents.
func line(longest int, breaks bool) codec[string] {
	return codec[string]{
		read: func(r *reader, n *yaml.Node, path string) (string, bool) {
			s, ok := words(r, n, path)
			if !ok {
				return "", false
			}
			if s == "" || s != strings.TrimSpace(s) || utf8.RuneCountInString(s) > longest || strings.ContainsFunc(s, hidden(breaks)) {
				r.add(n, path, fault.New(fault.TemplateBadText, "value", clip(s), "longest", strconv.Itoa(longest)))
				return "", false
			}
			return s, true
		},
		write: func(s string) *tree { return scalar(textTree, s) },
		empty: func(s string) bool { return s == "" },
		schema: func() *tree {
			return schemaOf("type", "string", "minLength", 1, "maxLength", longest)
		},
	}
}

func hidden(breaks bool) func(rune) bool {
	return func(c rune) bool {
		if c == '\n' {
			return !breaks
		}
		return unicode.IsControl(c) || unicode.In(c, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs) || c == utf8.RuneError
	}
}

var (
	name      = line(nameLength, false)
	paragraph = line(textLength, true)
)

// matching is text of a fixed shape, with its fault.
func matching(shape *regexp.Regexp, longest int, bad func(value string) *fault.Fault) codec[string] {
	return codec[string]{
		read: func(r *reader, n *yaml.Node, path string) (string, bool) {
			s, ok := words(r, n, path)
			if ok && (len(s) > longest || !shape.MatchString(s)) {
				r.add(n, path, bad(clip(s)))
				return "", false
			}
			return s, ok
		},
		write:  func(s string) *tree { return scalar(textTree, s) },
		empty:  func(s string) bool { return s == "" },
		schema: func() *tree { return schemaOf("type", "string", "maxLength", longest, "pattern", shape.String()) },
	}
}

var (
	keyShape = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*$`)
	refShape = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*([.-][a-zA-Z0-9]+)*$`)
)

func badKey(value string) *fault.Fault { return fault.New(fault.TemplateBadKey, "value", value) }

// ident is a key of the document; ref may also be a dotted path of keys.
var (
	ident = matching(keyShape, keyLength, badKey)
	ref   = matching(refShape, 3*keyLength, badKey)
)

// enum is one of a few named values.
func enum[T ~string](values ...T) codec[T] {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return codec[T]{
		read: func(r *reader, n *yaml.Node, path string) (T, bool) {
			s, ok := words(r, n, path)
			if ok && !slices.Contains(all, s) {
				r.add(n, path, fault.New(fault.TemplateUnknownValue, "value", clip(s), "want", strings.Join(all, " | ")))
				return "", false
			}
			return T(s), ok
		},
		write:  func(v T) *tree { return scalar(textTree, string(v)) },
		empty:  func(v T) bool { return v == "" },
		schema: func() *tree { return schemaOf("type", "string", "enum", all) },
	}
}

// truth is true or false.
var truth = codec[bool]{
	read: func(r *reader, n *yaml.Node, path string) (bool, bool) {
		if n.Kind != yaml.ScalarNode || n.Value != "true" && n.Value != "false" || n.ShortTag() != "!!bool" {
			r.add(n, path, wrongType("true 或 false", "true or false"))
			return false, false
		}
		return n.Value == "true", true
	},
	write:  func(v bool) *tree { return scalar(boolTree, strconv.FormatBool(v)) },
	empty:  func(v bool) bool { return !v },
	schema: func() *tree { return schemaOf("type", "boolean") },
}

var countShape = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,8})$`)

// count is a whole number from lo to hi.
func count(lo, hi int) codec[int] {
	return codec[int]{
		read: func(r *reader, n *yaml.Node, path string) (int, bool) {
			if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" || !countShape.MatchString(n.Value) {
				r.add(n, path, wrongType("整数", "a whole number"))
				return 0, false
			}
			v, err := strconv.Atoi(n.Value)
			if err != nil || v < lo || v > hi {
				r.add(n, path, outOfRange(n.Value, strconv.Itoa(lo), strconv.Itoa(hi)))
				return 0, false
			}
			return v, true
		},
		write:  func(v int) *tree { return scalar(countTree, strconv.Itoa(v)) },
		empty:  func(v int) bool { return v == 0 },
		schema: func() *tree { return schemaOf("type", "integer", "minimum", lo, "maximum", hi) },
	}
}

func outOfRange(value, lo, hi string) *fault.Fault {
	return fault.New(fault.TemplateOutOfRange, "value", clip(value), "min", lo, "max", hi)
}

const numberShape = `^-?(0|[1-9][0-9]*)(\.[0-9]+%?|/[1-9][0-9]*|%)?$`

// numberLength bounds a number as written, so that its exact decimal, which may
// be longer than the fraction it was written as, can always be read back.
const numberLength = 32

var numberLiteral = regexp.MustCompile(numberShape)

// number is an exact decimal, fraction or percentage from lo to hi, read from
// the very characters that were written, quoted or not.
func number(lo, hi string) codec[exact.Number] {
	least, most := exact.Must(lo), exact.Must(hi)
	return codec[exact.Number]{
		read: func(r *reader, n *yaml.Node, path string) (exact.Number, bool) {
			var v exact.Number
			err := error(fault.New(fault.TemplateBadNumber))
			if n.Kind == yaml.ScalarNode && len(n.Value) <= numberLength && numberLiteral.MatchString(n.Value) {
				v, err = exact.Parse(n.Value)
			}
			if err != nil {
				r.add(n, path, fault.New(fault.TemplateBadNumber, "value", clip(n.Value)))
				return v, false
			}
			if v.Cmp(least) < 0 || v.Cmp(most) > 0 {
				r.add(n, path, outOfRange(n.Value, lo, hi))
				return v, false
			}
			return v, true
		},
		write: func(v exact.Number) *tree { return scalar(numberTree, v.String()) },
		empty: func(v exact.Number) bool { return v.Sign() == 0 },
		schema: func() *tree {
			return schemaOf("type", []string{"string", "number"}, "maxLength", numberLength, "pattern", numberShape)
		},
	}
}

// share is a part of a whole from 0 to 1, printed as a percentage, or as a
// fraction when the percentage would not end (1/3).
func share() codec[exact.Number] {
	c := number("0", "1")
	c.write = func(v exact.Number) *tree {
		percent := v.Mul(exact.Int(100)).String()
		if strings.Contains(percent, "/") {
			return scalar(numberTree, v.String())
		}
		return scalar(numberTree, percent+"%")
	}
	return c
}

// date is a calendar date that exists, such as 2023-04-24.
var date = codec[string]{
	read: func(r *reader, n *yaml.Node, path string) (string, bool) {
		s, ok := words(r, n, path)
		if _, err := time.Parse(time.DateOnly, s); ok && err != nil {
			r.add(n, path, fault.New(fault.TemplateBadDate, "value", clip(s), "want", "2023-04-24"))
			return "", false
		}
		return s, ok
	},
	write:  func(s string) *tree { return scalar(dateTree, s) },
	empty:  func(s string) bool { return s == "" },
	schema: func() *tree { return schemaOf("type", "string", "format", "date") },
}

// monthDay is a day of every year, such as 01-07; 02-29 is none.
var monthDay = codec[string]{
	read: func(r *reader, n *yaml.Node, path string) (string, bool) {
		s, ok := words(r, n, path)
		if _, err := time.Parse(time.DateOnly, "2023-"+s); ok && err != nil {
			r.add(n, path, fault.New(fault.TemplateBadDate, "value", clip(s), "want", "01-07"))
			return "", false
		}
		return s, ok
	},
	write:  func(s string) *tree { return scalar(textTree, s) },
	empty:  func(s string) bool { return s == "" },
	schema: func() *tree { return schemaOf("type", "string", "pattern", `^[0-9]{2}-[0-9]{2}$`) },
}
