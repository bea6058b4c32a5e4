package template

import (
	"slices"
	"strings"

	"leitai/internal/exact"
	"leitai/internal/fault"
)

// Validate checks what a document says beyond its shape: sums, references,
// what goes together, and what is never allowed. It takes a document as Parse
// or the setters of this package make it, with defaults filled, and gives every
// fault with its field; an empty list means that the document is sound.
func Validate(d Document) fault.List {
	c := &checker{d: &d}
	c.frame()
	c.channels()
	c.rubric(d.Items)
	c.ranking()
	c.bands(d.Bands, "bands")
	c.streaks()
	c.outcomes(d.Outcomes, "outcomes", d.Bands, d.Streaks)
	c.rollups()
	c.parts(d.Parts, "parts")
	c.ballots()
	c.grades()
	c.others()
	c.lists()
	return c.faults
}

type checker struct {
	d      *Document
	faults fault.List
}

func (c *checker) add(f *fault.Fault, format string, args ...any) {
	c.faults = append(c.faults, f.At(format, args...))
}

func conflict(zh, en string) *fault.Fault {
	return fault.New(fault.TemplateConflict, "zh", zh, "en", en)
}

var hundred = exact.Int(100)

// sum100 checks that weights sum to 100; no weights at all are no fault.
func (c *checker) sum100(path string, weights []exact.Number) {
	if len(weights) == 0 {
		return
	}
	if total := exact.Sum(weights...); !total.Equal(hundred) {
		c.add(fault.New(fault.TemplateWeights, "have", total.String()), "%s", path)
	}
}

// refers checks that a value is one of those defined.
func (c *checker) refers(path, value string, defined []string) bool {
	if slices.Contains(defined, value) {
		return true
	}
	want := strings.Join(defined, ", ")
	if want == "" {
		want = "–"
	}
	c.add(fault.New(fault.TemplateUnknownRef, "value", value, "want", want), "%s", path)
	return false
}

// once checks that no member stands twice; at gives the path of a member.
func (c *checker) once(values []string, at func(i int) string) {
	for i, v := range values {
		if v != "" && slices.Contains(values[:i], v) {
			c.add(fault.New(fault.TemplateTwice, "value", v), "%s", at(i))
		}
	}
}

func (c *checker) missing(path, key, zh, en string) {
	c.add(fault.New(fault.TemplateMissingKey, "key", key, "zh", zh, "en", en), "%s", join(path, key))
}

// keys gives one value of every member.
func keys[T any](all []T, key func(T) string) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = key(v)
	}
	return out
}

func channelKey(c Channel) string { return c.Key }
func itemKey(i Item) string       { return i.Key }
func bandKey(b Band) string       { return b.Key }
func streakKey(s Streak) string   { return s.Key }
func rollupKey(r Rollup) string   { return r.Key }
func ballotKey(b Ballot) string   { return b.Key }
func scaleKey(g GradeScale) string {
	return g.Key
}
func stepKey(s GradeStep) string { return s.Key }

// basisNumbers are the numbers that an outcome or a veto can cite (G11).
func basisNumbers(d *Document) []string {
	var all []string
	for _, b := range d.Basis {
		if b.Number != "" {
			all = append(all, b.Number)
		}
	}
	return all
}

// cites checks the written basis of money and vetoes (G11).
func (c *checker) cites(path, number string) {
	known := basisNumbers(c.d)
	if slices.Contains(known, number) {
		return
	}
	want := strings.Join(known, ", ")
	if want == "" {
		want = "–"
	}
	c.add(fault.New(fault.TemplateBasisMissing, "want", want), "%s.basis", path)
}
