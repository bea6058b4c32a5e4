package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Round is one held judging of a competition, from plan to publication.
type Round struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Round) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "round"}} }

// Fields gives its columns.
func (Round) Fields() []ent.Field {
	return []ent.Field{
		ref("competition_id", fixed),
		ref("template_version_id"),
		flag("trial", fixed),
		text("period", fixed),
		day("nominal"),
		day("held"),
		text("state"),
		text("venue", filled),
		text("theme", filled),
		text("form", filled),
		document("notice", "{}"),
		moment("rubric_published_at", optional),
		moment("opened_at", optional),
		moment("closed_at", optional),
		moment("announced_at", optional),
		day("objections_until", optional),
		integer("published_revision", filled),
		text("cancel_reason", filled),
		revision(),
	}
}

// Indexes gives its indexes beside the primary key.
func (Round) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "competition_id", "period").Unique(),
		index.Fields("tenant_id", "held"),
	}
}
