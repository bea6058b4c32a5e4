package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"leitai/graph/exec"
	"leitai/internal/authz"
)

// NewSchema makes the executable contract.
func NewSchema(r *Resolver) graphql.ExecutableSchema {
	return exec.NewExecutableSchema(exec.Config{
		Resolvers:  r,
		Directives: exec.DirectiveRoot{Can: r.can},
		Complexity: complexity(),
	})
}

// can refuses a field whose permission the caller holds nowhere in the tenant.
// Where exactly it has to be held is for the use case to say.
func (r *Resolver) can(ctx context.Context, _ any, next graphql.Resolver, permission string) (any, error) {
	if err := r.Authz.Anywhere(ctx, authz.Permission(permission)); err != nil {
		return nil, err
	}
	return next(ctx)
}
