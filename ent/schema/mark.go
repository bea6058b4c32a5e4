package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Mark is what one judge gave one subject for one item. Append-only.
type Mark struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Mark) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "mark"}} }

// Fields gives its columns.
func (Mark) Fields() []ent.Field {
	return []ent.Field{
		ref("round_id", fixed),
		text("item_key", fixed),
		text("channel", fixed),
		ref("unit_id", fixed),
		ref("subject_id", fixed),
		ref("judge_id", fixed),
		numeric("value", fixed),
		field.JSON("detail", json.RawMessage{}).Optional().Immutable(),
		ref("entered_by", fixed),
		moment("entered_at", fixed),
		ref("supersedes", optional, fixed),
		text("reason", filled, fixed),
	}
}

// Indexes gives its indexes beside the primary key.
func (Mark) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "supersedes").Unique(),
		index.Fields("tenant_id", "round_id", "item_key", "channel", "subject_id", "judge_id").Unique().
			Annotations(entsql.IndexWhere("supersedes IS NULL")),
		index.Fields("tenant_id", "round_id"),
	}
}
