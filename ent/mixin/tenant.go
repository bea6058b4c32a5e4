// Package mixin owns what every table of a tenant has: an id in time order, the
// tenant it belongs to for ever and that tenant's region.
//
// It does not own where those values come from: a hook of internal/postgres
// sets tenant and region from the transaction, and row-level security checks
// them again.
package mixin

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	entmixin "entgo.io/ent/schema/mixin"
	"github.com/google/uuid"
)

// NewID makes a UUIDv7: ids of one process sort by the time they were made.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// Tenant is the mixin of a tenant table.
type Tenant struct {
	entmixin.Schema
	Table string // its name in SQL
}

// Fields gives id, tenant_id and region, none of which ever changes.
func (Tenant) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("id", uuid.UUID{}).Default(NewID).Immutable(),
		field.UUID("tenant_id", uuid.UUID{}).Immutable(),
		field.Text("region").Immutable(),
	}
}

// Indexes gives the pair that composite foreign keys point to.
func (Tenant) Indexes() []ent.Index {
	return []ent.Index{index.Fields("tenant_id", "id").Unique()}
}

// Annotations names the table.
func (t Tenant) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: t.Table}}
}
