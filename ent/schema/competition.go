package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Competition is a year's programme of rounds.
type Competition struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Competition) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "competition"}} }

// Fields gives its columns.
func (Competition) Fields() []ent.Field {
	return []ent.Field{
		text("name"),
		flag("trial", fixed),
		text("filing_number", filled),
		document("notice", "{}"),
		document("leading_group", "{}"),
		text("state"),
		revision(),
		ref("created_by", fixed),
		moment("created_at", fixed),
	}
}

// Indexes gives its indexes beside the primary key.
func (Competition) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
