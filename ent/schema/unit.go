package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"leitai/ent/mixin"
)

// Unit is a node of the administrative tree, dated. It belongs to no tenant.
type Unit struct{ ent.Schema }

// Fields gives its columns.
func (Unit) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("id", uuid.UUID{}).Default(mixin.NewID).Immutable(),
		text("code", optional),
		text("level", fixed),
		text("legal_name"),
		text("shown_name"),
		ref("parent_id", optional),
		text("region", filled),
		day("valid_from", fixed),
		day("valid_to", optional),
	}
}

// Indexes gives its indexes beside the primary key.
func (Unit) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("code").Unique().
			Annotations(entsql.IndexWhere("valid_to IS NULL AND code IS NOT NULL")),
		index.Fields("parent_id", "code"),
		index.Fields("shown_name"),
	}
}

// Annotations names the table.
func (Unit) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: "unit"}}
}
