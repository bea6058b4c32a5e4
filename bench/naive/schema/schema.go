// Package schema owns the entities of the naive contestant: the few columns that
// a board shows.
package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"github.com/google/uuid"
	"github.com/lib/pq"
)

func table(name string) []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: name}}
}

func id() ent.Field { return field.UUID("id", uuid.UUID{}) }

// Round is a round.
type Round struct{ ent.Schema }

// Annotations of the entity.
func (Round) Annotations() []schema.Annotation { return table("round") }

// Fields of the entity.
func (Round) Fields() []ent.Field { return []ent.Field{id(), field.String("period")} }

// Unit is a place.
type Unit struct{ ent.Schema }

// Annotations of the entity.
func (Unit) Annotations() []schema.Annotation { return table("unit") }

// Fields of the entity.
func (Unit) Fields() []ent.Field { return []ent.Field{id(), field.String("code")} }

// Publication is a revision of a round.
type Publication struct{ ent.Schema }

// Annotations of the entity.
func (Publication) Annotations() []schema.Annotation { return table("publication") }

// Fields of the entity.
func (Publication) Fields() []ent.Field {
	return []ent.Field{id(), field.UUID("round_id", uuid.UUID{}), field.Int("revision")}
}

// Edges of the entity.
func (Publication) Edges() []ent.Edge {
	return []ent.Edge{edge.To("round", Round.Type).Field("round_id").Unique().Required(), edge.To("standings", Standing.Type)}
}

// Standing is a line of the board.
type Standing struct{ ent.Schema }

// Annotations of the entity.
func (Standing) Annotations() []schema.Annotation { return table("standing") }

// Fields of the entity.
func (Standing) Fields() []ent.Field {
	return []ent.Field{
		id(), field.UUID("publication_id", uuid.UUID{}), field.UUID("unit_id", uuid.UUID{}), field.Int("position"),
		field.String("code"), field.String("name"), field.String("light"), field.String("unranked"),
		field.String("total").SchemaType(map[string]string{dialect.Postgres: "numeric"}).Optional().Nillable(),
		field.Int("rank").Optional().Nillable(), field.Int("rank_exact").Optional().Nillable(), field.Int("rank_change").Optional().Nillable(),
		field.Other("bands", pq.StringArray{}).SchemaType(map[string]string{dialect.Postgres: "text[]"}),
	}
}

// Edges of the entity.
func (Standing) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("unit", Unit.Type).Field("unit_id").Unique().Required(),
		edge.From("publication", Publication.Type).Ref("standings").Field("publication_id").Unique().Required(),
	}
}
