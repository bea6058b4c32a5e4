package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Organisation is what is no village but reports, sends or is evaluated.
type Organisation struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Organisation) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "organisation"}} }

// Fields gives its columns.
func (Organisation) Fields() []ent.Field {
	return []ent.Field{
		text("kind", fixed),
		text("name"),
		ref("parent_id", optional),
		day("valid_from", fixed),
		day("valid_to", optional),
	}
}

// Indexes gives its indexes beside the primary key.
func (Organisation) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique().
			Annotations(entsql.IndexWhere("valid_to IS NULL")),
	}
}
