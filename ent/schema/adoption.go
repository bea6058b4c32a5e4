package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Adoption is one side's consent to a township joining its county.
type Adoption struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Adoption) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "adoption"}} }

// Fields gives its columns.
func (Adoption) Fields() []ent.Field {
	return []ent.Field{
		ref("other_id", fixed),
		text("side", fixed),
		flag("drafts"),
		ref("agreed_by", fixed),
		moment("agreed_at", fixed),
		moment("ended_at", optional),
	}
}

// Indexes gives its indexes beside the primary key.
func (Adoption) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "other_id", "side").Unique().
			Annotations(entsql.IndexWhere("ended_at IS NULL")),
		index.Fields("other_id"),
	}
}
