package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// CompetitionVersion is which template version rules a competition from which period on.
type CompetitionVersion struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (CompetitionVersion) Mixin() []ent.Mixin {
	return []ent.Mixin{mixin.Tenant{Table: "competition_version"}}
}

// Fields gives its columns.
func (CompetitionVersion) Fields() []ent.Field {
	return []ent.Field{
		ref("competition_id", fixed),
		ref("template_version_id", fixed),
		text("from_period", fixed),
	}
}

// Indexes gives its indexes beside the primary key.
func (CompetitionVersion) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "competition_id", "from_period").Unique(),
	}
}
