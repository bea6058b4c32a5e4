package httpserver

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/facts"
	"leitai/internal/fault"
)

// factsParameters are those of a file of facts, as the arguments of the query
// facts are called.
var factsParameters = []string{"from", "to", "unitCode", "competition", "round", "measures", "key", "since", "history"}

// factsQuery reads the filter of an address. What it does not know is refused:
// a filter that is misspelt would else load everything.
func factsQuery(raw string) (f facts.Filter, err error) {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return f, fault.New(fault.Invalid, "value", raw[:min(len(raw), 100)], "want", "key=value&…").At("query")
	}
	var bad fault.List
	for name, given := range values {
		switch {
		case !slices.Contains(factsParameters, name):
			bad = append(bad, fault.New(fault.FactsParameter, "value", name[:min(len(name), 60)], "want", strings.Join(factsParameters, ", ")).At("%s", name[:min(len(name), 60)]))
		case len(given) > 1 && name != "measures":
			bad = append(bad, fault.New(fault.FactsParameterTwice, "value", name).At("%s", name))
		}
	}
	slices.SortFunc(bad, func(a, b *fault.Fault) int { return strings.Compare(a.Field, b.Field) })
	f.UnitCode, f.Key, f.Since = limited(&bad, values, "unitCode", 40), limited(&bad, values, "key", 200), limited(&bad, values, "since", 120_000)
	f.From, f.To = periodIn(&bad, values, "from"), periodIn(&bad, values, "to")
	f.Competition, f.Round = idIn(&bad, values, "competition", "Competition"), idIn(&bad, values, "round", "Round")
	for _, list := range values["measures"] {
		for name := range strings.SplitSeq(list, ",") {
			if name = strings.TrimSpace(name); name != "" && len(f.Measures) < 100 {
				f.Measures = append(f.Measures, facts.Measure(strings.ToUpper(name[:min(len(name), 60)])))
			}
		}
	}
	if text := values.Get("history"); text != "" {
		on, err := strconv.ParseBool(text)
		if err != nil {
			bad = append(bad, fault.New(fault.Invalid, "value", text[:min(len(text), 60)], "want", "true, false").At("history"))
		}
		f.History = on
	}
	return f, bad.Err()
}

func limited(bad *fault.List, values url.Values, name string, most int) string {
	text := values.Get(name)
	if len(text) > most {
		*bad = append(*bad, fault.New(fault.TextTooLong, "have", strconv.Itoa(len(text)), "most", strconv.Itoa(most)).At("%s", name))
		return ""
	}
	return text
}

func periodIn(bad *fault.List, values url.Values, name string) calendar.Period {
	text := limited(bad, values, name, 20)
	if text == "" {
		return calendar.Period{}
	}
	p, err := calendar.ParsePeriod(text)
	for _, wrong := range fault.All(err) {
		*bad = append(*bad, wrong.At("%s", name))
	}
	return p
}

// idIn reads a global id; one that names nothing narrows to nothing, as in the
// API it would be NOT_FOUND.
func idIn(bad *fault.List, values url.Values, name, kind string) *uuid.UUID {
	text := values.Get(name)
	if text == "" {
		return nil
	}
	id, known := objectID(kind, text)
	if !known {
		*bad = append(*bad, fault.New(fault.NotFound).At("%s", name))
		return nil
	}
	return &id
}
