package facts

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/fault"
)

// Filter narrows the facts; zeros are open.
type Filter struct {
	From, To    calendar.Period // periods that lie between, both included
	UnitCode    string          // what is at and below a unit, by its code
	Competition *uuid.UUID
	Round       *uuid.UUID
	Measures    []Measure
	Key         string // of an item, dimension, part, scale, band or kind of consequence
	Since       string // what was published after a place that an answer told
	History     bool   // superseded revisions, too
}

// most measures of a filter: each once.
var mostMeasures = len(Measures())

// check refuses a filter that can be nothing but a mistake, and reads its place.
func (f Filter) check() (Since, error) {
	var bad fault.List
	if !f.From.IsZero() && !f.To.IsZero() && f.To.Last().Before(f.From.First()) {
		bad = append(bad, fault.New(fault.FactsPeriodOrder, "from", f.From.String(), "to", f.To.String()).At("to"))
	}
	for i, m := range f.Measures {
		if !slices.Contains(Measures(), m) || i >= mostMeasures {
			bad = append(bad, fault.New(fault.FactsMeasureUnknown, "value", string(m), "want", strings.Join(names(), ", ")).At("measures[%d]", i))
		}
	}
	since, err := ParseSince(f.Since)
	if err != nil {
		bad = append(bad, fault.All(err)...)
	}
	return since, bad.Err()
}

func names() []string {
	all := Measures()
	out := make([]string, len(all))
	for i, m := range all {
		out[i] = string(m)
	}
	return out
}

// wants says whether the filter leaves a measure.
func (f Filter) wants(one ...Measure) bool {
	return len(f.Measures) == 0 || slices.ContainsFunc(one, func(m Measure) bool { return slices.Contains(f.Measures, m) })
}

// words name the filter, for cursors and ETags.
func (f Filter) words() []string {
	words := []string{f.From.String(), f.To.String(), f.UnitCode, idText(f.Competition), idText(f.Round), f.Key, f.Since, strconv.FormatBool(f.History)}
	for _, m := range f.Measures {
		words = append(words, string(m))
	}
	return words
}

func idText(id *uuid.UUID) string {
	if id == nil {
		return ""
	}
	return id.String()
}
