// Package graph owns the public contract in motion: the resolvers behind
// schema/*.graphql, which authorise, call one use case and convert; global ids;
// batch loading per request; what a field costs; and how refusals look.
//
// It does not own a rule or a permission decision (use cases and authz do), the
// transport (httpserver), or a query (postgres). exec and model are generated
// from the schema, *.resolvers.go hold the bodies.
package graph

//go:generate go run -C .. github.com/99designs/gqlgen generate
//go:generate go run ./printschema
//go:generate go run ./reference
//go:generate go run ./lighten
