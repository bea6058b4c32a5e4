package graph

import (
	"context"
	"sync/atomic"

	"github.com/vektah/gqlparser/v2/ast"
)

// publishedRoots are the queries that are answered from what is published and
// from nothing else; everything they read moves the stamp of its tenant
// (published_stamp), which a test holds against the statements they send.
var publishedRoots = map[string]bool{"board": true, "countyComparison": true}

// publishedTypes are the types below them, each with the fields that are not
// drawn from published data alone.
var publishedTypes = map[string]map[string]bool{
	"Board": {"grades": true}, "BoardRow": nil, "StreakLength": nil, "PartValue": nil, "RowGrade": nil,
	"Tenant":     {"unit": true},
	"Comparison": nil, "ComparisonRule": nil, "ComparisonWeight": nil, "ComparisonDimension": nil, "ComparisonLine": nil, "ComparisonRound": nil,
	"ComparisonDomain": nil, "ComparisonBarrier": nil, "ComparisonSpread": nil, "JudgeConsistency": nil, "IssueClosure": nil,
}

// Published reports whether the answer to an operation is made of published data
// alone, so that it stands until the stamp of what its caller may read moves.
// The operation has been validated.
func Published(operation *ast.OperationDefinition) bool {
	return operation.Operation == ast.Query && len(operation.Directives) == 0 && published(operation.SelectionSet)
}

func published(set ast.SelectionSet) bool {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if s.Name != "__typename" && !publishedField(s) || !published(s.SelectionSet) {
				return false
			}
		case *ast.InlineFragment:
			if !published(s.SelectionSet) {
				return false
			}
		case *ast.FragmentSpread:
			if s.Definition == nil || !published(s.Definition.SelectionSet) {
				return false
			}
		}
	}
	return true
}

func publishedField(f *ast.Field) bool {
	if f.ObjectDefinition == nil {
		return false
	}
	if f.ObjectDefinition.Name == "Query" {
		return publishedRoots[f.Name]
	}
	except, ok := publishedTypes[f.ObjectDefinition.Name]
	return ok && !except[f.Name]
}

// Keeping tells, while an operation runs, whether its answer may be kept.
type Keeping struct{ foreign atomic.Bool }

type keepingKey struct{}

// WithKeeping gives the context in which an operation tells whether its answer
// may be kept.
func WithKeeping(ctx context.Context) (context.Context, *Keeping) {
	k := &Keeping{}
	return context.WithValue(ctx, keepingKey{}, k), k
}

// May reports whether everything that was read moves the stamp.
func (k *Keeping) May() bool { return !k.foreign.Load() }

// foreign says that something of a tenant was read whose stamp is none of the
// caller's.
func foreign(ctx context.Context) {
	if k, ok := ctx.Value(keepingKey{}).(*Keeping); ok {
		k.foreign.Store(true)
	}
}
