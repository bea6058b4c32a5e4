package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Tenant is a prefecture, county or township that keeps its own data here.
type Tenant struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Tenant) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "tenant"}} }

// Fields gives its columns.
func (Tenant) Fields() []ent.Field {
	return []ent.Field{
		text("kind", fixed),
		ref("unit_id", fixed),
		text("name"),
		text("time_zone"),
		flag("demo", fixed),
		text("status"),
		moment("created_at", fixed),
	}
}

// Indexes gives its indexes beside the primary key.
func (Tenant) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("unit_id").Unique(),
	}
}
