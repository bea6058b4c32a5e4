package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Reception is a ledger checked in at the venue. Append-only.
type Reception struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Reception) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "reception"}} }

// Fields gives its columns.
func (Reception) Fields() []ent.Field {
	return []ent.Field{
		ref("round_id", fixed),
		ref("unit_id", fixed),
		ref("subject_id", fixed),
		ref("delivered_by", fixed),
		ref("received_by", fixed),
		moment("received_at", fixed),
		text("note", filled, fixed),
	}
}

// Indexes gives its indexes beside the primary key.
func (Reception) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "round_id", "subject_id").Unique(),
	}
}
