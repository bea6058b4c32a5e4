package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Outcome is what follows from a result: proposed by a rule, decided by people.
type Outcome struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Outcome) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "outcome"}} }

// Fields gives its columns.
func (Outcome) Fields() []ent.Field {
	return []ent.Field{
		ref("competition_id", fixed),
		ref("round_id", optional, fixed),
		ref("rollup_id", optional, fixed),
		integer("publication_revision", fixed),
		text("rule", fixed),
		text("reason", fixed),
		text("action", fixed),
		ref("unit_id", fixed),
		ref("subject_id", fixed),
		integer("rank", fixed),
		integer("rank_from_bottom", fixed),
		integer("streak", filled, fixed),
		text("by_role", filled, fixed),
		document("detail", "{}"),
		text("state"),
		day("due", optional),
		ref("confirmed_by", optional),
		numeric("amount", optional),
		text("minutes_number", filled),
		text("basis", filled),
		ref("decided_by", optional),
		ref("approved_by", optional),
		ref("executed_by", optional),
		moment("executed_at", optional),
		text("record", filled),
		revision(),
	}
}

// Indexes gives its indexes beside the primary key.
func (Outcome) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "round_id", "publication_revision", "rule", "subject_id").Unique(),
		index.Fields("tenant_id", "rollup_id", "rule", "subject_id").Unique(),
		index.Fields("tenant_id", "state"),
	}
}
