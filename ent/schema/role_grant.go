package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// RoleGrant is a role a user holds at a unit, dated.
type RoleGrant struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (RoleGrant) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "role_grant"}} }

// Fields gives its columns.
func (RoleGrant) Fields() []ent.Field {
	return []ent.Field{
		ref("user_id", fixed),
		ref("unit_id", fixed),
		text("role", fixed),
		texts("dimensions"),
		ref("granted_by", fixed),
		moment("valid_from", fixed),
		moment("valid_until", optional),
		moment("revoked_at", optional),
		field.Int64("epoch"),
	}
}

// Indexes gives its indexes beside the primary key.
func (RoleGrant) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("epoch"),
		index.Fields("tenant_id", "user_id"),
	}
}
