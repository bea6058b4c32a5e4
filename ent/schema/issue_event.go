package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// IssueEvent is a step in the life of an issue. Append-only.
type IssueEvent struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (IssueEvent) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "issue_event"}} }

// Fields gives its columns.
func (IssueEvent) Fields() []ent.Field {
	return []ent.Field{
		ref("issue_id", fixed),
		text("kind", fixed),
		text("note", filled, fixed),
		day("happened_on", fixed),
		ref("recorded_by", fixed),
		moment("recorded_at", fixed),
	}
}

// Indexes gives its indexes beside the primary key.
func (IssueEvent) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "issue_id"),
	}
}
