package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Panel is a review group of a round.
type Panel struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Panel) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "panel"}} }

// Fields gives its columns.
func (Panel) Fields() []ent.Field {
	return []ent.Field{
		ref("round_id", fixed),
		integer("number"),
		text("name"),
		texts("items"),
		refs("units"),
		texts("channels"),
	}
}

// Indexes gives its indexes beside the primary key.
func (Panel) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "round_id", "number").Unique(),
	}
}
