package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Post is what a person is, where, from when to when.
type Post struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Post) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "post"}} }

// Fields gives its columns.
func (Post) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id", fixed),
		text("kind", fixed),
		ref("unit_id", optional, fixed),
		ref("organisation_id", optional, fixed),
		text("title", filled),
		day("valid_from", fixed),
		day("valid_to", optional),
	}
}

// Indexes gives its indexes beside the primary key.
func (Post) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "unit_id", "kind"),
		index.Fields("tenant_id", "person_id"),
	}
}
