package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// Person is a cadre, known to results by the pseudonym only.
type Person struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (Person) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "person"}} }

// Fields gives its columns.
func (Person) Fields() []ent.Field {
	return []ent.Field{
		text("pseudonym", fixed),
		ref("user_id", optional),
		moment("created_at", fixed),
	}
}

// Indexes gives its indexes beside the primary key.
func (Person) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "pseudonym").Unique(),
		index.Fields("tenant_id", "user_id").Unique().
			Annotations(entsql.IndexWhere("user_id IS NOT NULL")),
	}
}
