package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// MissingDecision is what people decided about an absent subject or a missing mark.
type MissingDecision struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (MissingDecision) Mixin() []ent.Mixin {
	return []ent.Mixin{mixin.Tenant{Table: "missing_decision"}}
}

// Fields gives its columns.
func (MissingDecision) Fields() []ent.Field {
	return []ent.Field{
		ref("round_id", fixed),
		ref("unit_id", fixed),
		ref("subject_id", fixed),
		text("decision"),
		text("item_key", filled, fixed),
		text("channel", filled, fixed),
		text("reason"),
		ref("decided_by"),
		moment("decided_at"),
	}
}

// Indexes gives its indexes beside the primary key.
func (MissingDecision) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "round_id", "subject_id", "item_key", "channel").Unique(),
	}
}
