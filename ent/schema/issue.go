package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Issue is a problem found, with its deduction, its deadline and who answers for it.
type Issue struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Issue) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "issue"}} }

// Fields gives its columns.
func (Issue) Fields() []ent.Field {
	return []ent.Field{
		ref("competition_id", fixed),
		ref("round_id", optional, fixed),
		ref("unit_id", fixed),
		integer("number", fixed),
		text("item_key", filled, fixed),
		text("title"),
		text("place", filled),
		numeric("base", fixed),
		ref("responsible_id", optional),
		day("opened", fixed),
		day("due"),
		text("state"),
		text("measure", filled),
		ref("answered_by", optional),
		day("closed", optional),
		flag("serious"),
		text("accountability", filled),
		text("accountability_reason", filled),
		ref("opened_by", fixed),
		revision(),
	}
}

// Indexes gives its indexes beside the primary key.
func (Issue) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "competition_id", "number").Unique(),
		index.Fields("tenant_id", "unit_id"),
	}
}
