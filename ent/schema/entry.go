package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Entry is a subject of a round, with the people linked to it on its date.
type Entry struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Entry) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "entry"}} }

// Fields gives its columns.
func (Entry) Fields() []ent.Field {
	return []ent.Field{
		ref("round_id", fixed),
		ref("unit_id", fixed),
		ref("subject_id", fixed),
		field.Text("subject_kind").Default("village").Immutable(),
		text("code", filled, fixed),
		text("track", filled, fixed),
		texts("classes"),
		integer("position"),
		text("name"),
		document("links", "[]"),
		flag("absent"),
		text("reason", filled),
	}
}

// Indexes gives its indexes beside the primary key.
func (Entry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "round_id", "subject_id").Unique(),
	}
}
