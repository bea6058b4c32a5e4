package graph

import (
	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/calendar"
	"leitai/internal/paging"
)

// texts gives an empty list for none: a list of the contract is never null.
func texts(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// filled gives null for an empty text.
func filled(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// positive gives null for a number that is not above 0.
func positive(n int) *int {
	if n <= 0 {
		return nil
	}
	return &n
}

// dated gives null for a date that is not set.
func dated(d calendar.Date) *calendar.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// or gives what was sent, or the zero value.
func or[T any](sent *T) T {
	if sent == nil {
		var zero T
		return zero
	}
	return *sent
}

// some gives nil for the zero id.
func some(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// converted turns a list into another.
func converted[T, U any](list []T, one func(T) U) []U {
	out := make([]U, len(list))
	for i, item := range list {
		out[i] = one(item)
	}
	return out
}

// pageArgs are the arguments every connection has.
func pageArgs(first *int, after *string, last *int, before *string) paging.Args {
	return paging.Args{First: first, After: after, Last: last, Before: before}
}

// connected makes the parts of a connection from a page.
func connected[T, N, E any](p paging.Page[T], node func(T) *N, edge func(cursor string, node *N) *E) ([]*E, []*N, model.PageInfo) {
	nodes := converted(p.Items, node)
	edges := make([]*E, len(nodes))
	for i, n := range nodes {
		edges[i] = edge(p.Cursors[i], n)
	}
	return edges, nodes, model.PageInfo{HasNextPage: p.HasNext, HasPreviousPage: p.HasPrevious,
		StartCursor: filled(p.Start()), EndCursor: filled(p.End())}
}
