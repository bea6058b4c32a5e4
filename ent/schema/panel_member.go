package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// PanelMember is a person in a review group.
type PanelMember struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (PanelMember) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "panel_member"}} }

// Fields gives its columns.
func (PanelMember) Fields() []ent.Field {
	return []ent.Field{
		ref("round_id", fixed),
		ref("panel_id", fixed),
		ref("person_id", fixed),
		flag("seconded"),
		flag("observer"),
		text("chosen"),
		text("seed", filled),
	}
}

// Indexes gives its indexes beside the primary key.
func (PanelMember) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "round_id", "person_id").Unique(),
	}
}
