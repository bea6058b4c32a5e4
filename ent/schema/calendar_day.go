package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// CalendarDay is a day a tenant works or rests that the national table does not know.
type CalendarDay struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (CalendarDay) Mixin() []ent.Mixin { return []ent.Mixin{mixin.Tenant{Table: "calendar_day"}} }

// Fields gives its columns.
func (CalendarDay) Fields() []ent.Field {
	return []ent.Field{
		day("day", fixed),
		text("kind"),
		text("name", filled),
	}
}

// Indexes gives its indexes beside the primary key.
func (CalendarDay) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "day").Unique(),
	}
}
