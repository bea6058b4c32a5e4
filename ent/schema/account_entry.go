package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// AccountEntry is a line of the point account; a correction is a counter-entry. Append-only.
type AccountEntry struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (AccountEntry) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "account_entry"}} }

// Fields gives its columns.
func (AccountEntry) Fields() []ent.Field {
	return []ent.Field{
		ref("competition_id", fixed),
		ref("unit_id", optional, fixed),
		ref("person_id", optional, fixed),
		text("period", fixed),
		numeric("points", fixed),
		text("rule", fixed),
		text("role", filled, fixed),
		ref("subject_id", fixed),
		ref("outcome_id", optional, fixed),
		ref("issue_id", optional, fixed),
		integer("publication_revision", filled, fixed),
		ref("reverses", optional, fixed),
		ref("posted_by", fixed),
		moment("posted_at", fixed),
	}
}

// Indexes gives its indexes beside the primary key.
func (AccountEntry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "outcome_id", "issue_id", "role", "unit_id", "person_id", "rule", "reverses").Unique(),
		index.Fields("tenant_id", "reverses").Unique(),
		index.Fields("tenant_id", "unit_id", "period"),
		index.Fields("tenant_id", "person_id", "period"),
	}
}
