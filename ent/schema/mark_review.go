package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// MarkReview is a second person's word on a mark. Append-only.
type MarkReview struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (MarkReview) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "mark_review"}} }

// Fields gives its columns.
func (MarkReview) Fields() []ent.Field {
	return []ent.Field{
		ref("round_id", fixed),
		ref("mark_id", fixed),
		text("decision", fixed),
		text("reason", filled, fixed),
		ref("reviewed_by", fixed),
		moment("reviewed_at", fixed),
	}
}

// Indexes gives its indexes beside the primary key.
func (MarkReview) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "mark_id").Unique(),
		index.Fields("tenant_id", "round_id"),
	}
}
