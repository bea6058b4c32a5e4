package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// RubricItem is one thing judged in a round, worth points.
type RubricItem struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (RubricItem) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "rubric_item"}} }

// Fields gives its columns.
func (RubricItem) Fields() []ent.Field {
	return []ent.Field{
		ref("round_id", fixed),
		integer("position"),
		text("key", fixed),
		text("name_zh"),
		text("name_en", filled),
		text("dimension"),
		numeric("points"),
		text("criteria", filled),
		document("split", "[]"),
		field.Text("kind").Default("points"),
		document("rule", "{}"),
		ref("owner_id"),
		revision(),
	}
}

// Indexes gives its indexes beside the primary key.
func (RubricItem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "round_id", "key").Unique(),
	}
}
