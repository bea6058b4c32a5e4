// Package schema owns the entities of ent, one a file: the columns and indexes
// of the ordinary tables. It holds no rule, no hook and no edge; foreign keys
// are composite and live in migrations/*.sql.
//
// Not here, because they are read and written as sets or by functions: users,
// sessions, the epoch of grants, computations, sealed bundles, standings,
// roll-ups, the audit and the successors of units.
package schema

import (
	"encoding/json"
	"slices"

	"entgo.io/ent"
	"entgo.io/ent/dialect"
	"entgo.io/ent/schema/field"
	"github.com/google/uuid"

	"leitai/ent/schema/array"
)

// trait is what may be said of a column beside its type.
type trait int

const (
	fixed    trait = iota // never updated
	optional              // nullable
	filled                // has the default of its type: "", 0, false, {} or []
)

func ref(name string, is ...trait) ent.Field {
	f := field.UUID(name, uuid.UUID{})
	if slices.Contains(is, optional) {
		f.Optional().Nillable()
	}
	if slices.Contains(is, fixed) {
		f.Immutable()
	}
	return f
}

func text(name string, is ...trait) ent.Field {
	f := field.Text(name)
	if slices.Contains(is, optional) {
		f.Optional().Nillable()
	}
	if slices.Contains(is, filled) {
		f.Default("")
	}
	if slices.Contains(is, fixed) {
		f.Immutable()
	}
	return f
}

// numeric is an exact number in its decimal text form: only text passes from
// the rules to PostgreSQL and back without a float in between.
func numeric(name string, is ...trait) ent.Field {
	f := field.String(name).SchemaType(map[string]string{dialect.Postgres: "numeric"})
	if slices.Contains(is, optional) {
		f.Optional().Nillable()
	}
	if slices.Contains(is, fixed) {
		f.Immutable()
	}
	return f
}

func integer(name string, is ...trait) ent.Field {
	f := field.Int(name).SchemaType(map[string]string{dialect.Postgres: "integer"})
	if slices.Contains(is, filled) {
		f.Default(0)
	}
	if slices.Contains(is, fixed) {
		f.Immutable()
	}
	return f
}

// revision counts the changes of a row, from 1; a writer names the one it read.
func revision() ent.Field {
	return field.Int("revision").SchemaType(map[string]string{dialect.Postgres: "integer"}).Default(1)
}

func flag(name string, is ...trait) ent.Field {
	f := field.Bool(name).Default(false)
	if slices.Contains(is, fixed) {
		f.Immutable()
	}
	return f
}

func moment(name string, is ...trait) ent.Field {
	f := field.Time(name)
	if slices.Contains(is, optional) {
		f.Optional().Nillable()
	}
	if slices.Contains(is, fixed) {
		f.Immutable()
	}
	return f
}

// day is a date without time or zone; in Go it is midnight UTC.
func day(name string, is ...trait) ent.Field {
	f := field.Time(name).SchemaType(map[string]string{dialect.Postgres: "date"})
	if slices.Contains(is, optional) {
		f.Optional().Nillable()
	}
	if slices.Contains(is, fixed) {
		f.Immutable()
	}
	return f
}

// document is a JSON value that is only read as a whole.
func document(name, otherwise string) ent.Field {
	return field.JSON(name, json.RawMessage{}).Default(func() json.RawMessage { return json.RawMessage(otherwise) })
}

func texts(name string) ent.Field {
	return field.Other(name, array.Text{}).SchemaType(map[string]string{dialect.Postgres: "text[]"}).
		Default(func() array.Text { return array.Text{} })
}

func refs(name string) ent.Field {
	return field.Other(name, array.UUID{}).SchemaType(map[string]string{dialect.Postgres: "uuid[]"}).
		Default(func() array.UUID { return array.UUID{} })
}
