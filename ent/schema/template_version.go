package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/index"

	"leitai/ent/mixin"
)

// TemplateVersion is one version of a template document, immutable once active.
type TemplateVersion struct{ ent.Schema }

// Mixin makes it a table of a tenant.
func (TemplateVersion) Mixin() []ent.Mixin {
	return []ent.Mixin{mixin.Tenant{Table: "template_version"}}
}

// Fields gives its columns.
func (TemplateVersion) Fields() []ent.Field {
	return []ent.Field{
		text("key", fixed),
		integer("version", fixed),
		text("name_zh"),
		text("name_en", filled),
		text("state"),
		text("source"),
		text("canonical", filled),
		texts("confirmed"),
		revision(),
		ref("created_by", fixed),
		moment("created_at", fixed),
		ref("activated_by", optional),
		moment("activated_at", optional),
	}
}

// Indexes gives its indexes beside the primary key.
func (TemplateVersion) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "key", "version").Unique(),
	}
}
