package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Publication is revision n of a round, frozen. Append-only.
type Publication struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Publication) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "publication"}} }

// Fields gives its columns.
func (Publication) Fields() []ent.Field {
	return []ent.Field{
		ref("round_id", fixed),
		integer("revision", fixed),
		flag("trial", fixed),
		text("audience", fixed),
		text("public_bundle", fixed),
		text("public_hash", fixed),
		text("sealed_hash", fixed),
		text("bulletin_number", filled, fixed),
		text("comment", filled, fixed),
		text("reason", filled, fixed),
		ref("approved_by", fixed),
		text("approver_role", fixed),
		moment("published_at", fixed),
	}
}

// Indexes gives its indexes beside the primary key.
func (Publication) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "round_id", "revision").Unique(),
	}
}
