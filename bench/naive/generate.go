package main

//go:generate go run entgo.io/ent/cmd/ent generate --feature sql/execquery --target ./gen ./schema
//go:generate go run github.com/99designs/gqlgen generate
