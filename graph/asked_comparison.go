package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"leitai/internal/comparison"
)

// comparisonAsked is what a query selects of a comparison. A county's year is
// nearly two hundred rounds, so that what nobody asks for is neither read nor
// worked out nor shown.
type comparisonAsked struct {
	without comparison.Parts
	round   struct {
		id, domains, barriers, coverage, index, naive, change, spread bool
	}
}

// comparisonAskedOf looks at the selection below the field that is being resolved.
func comparisonAskedOf(ctx context.Context) comparisonAsked {
	var a comparisonAsked
	all := selection{graphql.GetOperationContext(ctx), []graphql.CollectedField{graphql.GetFieldContext(ctx).Field}}.below("Comparison")
	lines := all.of("lines").below("ComparisonLine")
	rounds := lines.of("rounds").below("ComparisonRound")
	a.round.id, a.round.domains, a.round.barriers = rounds.has("id"), rounds.has("domains"), rounds.has("barriers")
	a.round.coverage, a.round.index, a.round.change = rounds.has("coverage"), rounds.has("index"), rounds.has("change")
	a.round.naive, a.round.spread = rounds.has("naiveMean", "naiveMedian"), rounds.has("median", "interquartile")
	if !a.round.domains && !lines.has("domains") {
		a.without |= comparison.Means
	}
	if !a.round.spread && !lines.has("spread") && !all.has("spread") {
		a.without |= comparison.Distribution
	}
	return a
}

// selection is fields of one object, by whatever fragments and aliases they come.
type selection struct {
	operation *graphql.OperationContext
	fields    []graphql.CollectedField
}

// below gives what is selected of the objects of a type that the fields hold.
func (s selection) below(object string) selection {
	out := selection{operation: s.operation}
	for _, f := range s.fields {
		out.fields = append(out.fields, graphql.CollectFields(s.operation, f.Selections, []string{object})...)
	}
	return out
}

// of narrows to the fields of a name, of which there may be several.
func (s selection) of(name string) selection {
	out := selection{operation: s.operation}
	for _, f := range s.fields {
		if f.Name == name {
			out.fields = append(out.fields, f)
		}
	}
	return out
}

// has says whether any of some names is selected.
func (s selection) has(names ...string) bool {
	return slices.ContainsFunc(s.fields, func(f graphql.CollectedField) bool { return slices.Contains(names, f.Name) })
}
