package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// PersonName is the key from pseudonym to name; without it the person is erased.
type PersonName struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (PersonName) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "person_name"}} }

// Fields gives its columns.
func (PersonName) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id", fixed),
		text("name"),
	}
}

// Indexes gives its indexes beside the primary key.
func (PersonName) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "person_id").Unique(),
	}
}
