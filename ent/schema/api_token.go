package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// APIToken is a secret a program signs in with, stored hashed.
type APIToken struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (APIToken) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "api_token"}} }

// Fields gives its columns.
func (APIToken) Fields() []ent.Field {
	return []ent.Field{
		ref("user_id", fixed),
		text("name", fixed),
		text("handle", fixed),
		field.Bytes("secret_hash").Immutable(),
		texts("scopes"),
		flag("read_only", fixed),
		moment("created_at", fixed),
		moment("expires_at", fixed),
		moment("used_at", optional),
		moment("revoked_at", optional),
	}
}

// Indexes gives its indexes beside the primary key.
func (APIToken) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "secret_hash").Unique(),
		index.Fields("secret_hash"),
	}
}
