package programme

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// PresetVersion is the version under which a preset of the library is a parent:
// the library is part of the program, and has one version of each.
const PresetVersion = 1

// Preset is a template that comes with the program (示例模板库).
type Preset struct {
	Key          string
	Name         template.Text
	Purpose      template.Text // what it is for, in a sentence
	Scheme       string        // letter of the scheme it serves, as in A23
	Requirements []string      // A01, Q14 …: what it carries out
	Source       string        // the document with its comments
}

// Presets lists the library.
func (s *Service) Presets(ctx context.Context) ([]Preset, error) {
	if err := s.gate.Require(ctx, authz.TemplateRead, uuid.Nil); err != nil {
		return nil, err
	}
	all, err := s.presets()
	return slices.Clone(all), err
}

func (s *Service) preset(key string) (Preset, error) {
	known, err := s.presets()
	if err != nil {
		return Preset{}, err
	}
	i := slices.IndexFunc(known, func(p Preset) bool { return p.Key == key })
	if i < 0 {
		all := make([]string, len(known))
		for j, p := range known {
			all[j] = p.Key
		}
		return Preset{}, fault.New(fault.PresetUnknown, "value", key, "want", strings.Join(all, ", ")).At("preset")
	}
	return known[i], nil
}

// keyLine is the line of a preset that says its key; the comments around it
// stay when it changes.
var keyLine = regexp.MustCompile(`(?m)^key: \S+`)

// FromPreset stores a preset as a draft of the viewer's own, with its comments,
// under its key or another.
func (s *Service) FromPreset(ctx context.Context, preset, key string) (*TemplateVersion, error) {
	if err := s.gate.Require(ctx, authz.TemplateWrite, uuid.Nil); err != nil {
		return nil, err
	}
	p, err := s.preset(preset)
	if err != nil {
		return nil, err
	}
	source := p.Source
	if key != "" && key != p.Key {
		source = keyLine.ReplaceAllLiteralString(source, "key: "+quoted(key))
	}
	return s.CreateTemplate(ctx, source)
}

// quoted keeps whatever a caller sent one scalar of YAML, so that a bad key is
// refused as a key.
func quoted(key string) string { return "'" + strings.ReplaceAll(key, "'", "''") + "'" }

// Derivation names a parent and what the template derived from it is called.
type Derivation struct {
	Parent uuid.UUID // a stored active version; or
	Preset string    // a preset of the library
	Key    string    // of the new template
	Name   template.Text
}

// DeriveTemplate stores a draft that rests on a parent: an active version of the
// viewer's own or of a tenant above, or a preset of the library. The fields the
// parent locks stay as they are in every later version of the draft.
func (s *Service) DeriveTemplate(ctx context.Context, in Derivation) (*TemplateVersion, error) {
	var v *TemplateVersion
	err := s.writing(ctx, authz.TemplateWrite, func(ctx context.Context, st Store, who *viewer.Viewer) error {
		parent, version, err := s.parentOf(ctx, st, who, in)
		if err != nil {
			return err
		}
		doc, err := template.Derive(*parent, version, in.Key, in.Name)
		if err != nil {
			return err
		}
		if v, err = s.draft(ctx, st, who, &doc, string(template.Print(doc))); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.TemplateWrite), "template_version", v.ID, map[string]any{"key": v.Key, "version": v.Version, "parent": parent.Key})
	})
	return v, err
}

// parentOf reads the parent that a derivation names: exactly one.
func (s *Service) parentOf(ctx context.Context, st Store, who *viewer.Viewer, in Derivation) (*template.Document, int, error) {
	switch {
	case (in.Parent == uuid.Nil) == (in.Preset == ""):
		return nil, 0, fault.New(fault.Required, "want", "parent 或 preset 之一 / one of parent and preset").At("parent")
	case in.Preset != "":
		p, err := s.preset(in.Preset)
		if err != nil {
			return nil, 0, err
		}
		doc, err := template.Parse([]byte(p.Source))
		return &doc, PresetVersion, err
	}
	v, err := st.TemplateVersionByID(ctx, in.Parent)
	switch {
	case err != nil:
		return nil, 0, fault.NotFoundAt(err, "parent")
	case !binding(v, who):
		return nil, 0, fault.New(fault.NotFound).At("parent")
	case v.State != TemplateActive:
		return nil, 0, fault.New(fault.TemplateNotActive, "value", v.NameZh).At("parent")
	}
	doc, err := v.Document()
	return doc, v.Version, err
}

// binding says whether a version may be a parent: one of the viewer's own or of
// a tenant above, and none of those below, which are read as well.
func binding(v *TemplateVersion, who *viewer.Viewer) bool {
	return v.Tenant == who.Tenant || !slices.Contains(who.Readable, v.Tenant)
}

// parent finds the document that another says it is derived from: among the
// versions of tenants above first, because their locks bind, then among the
// own, then in the library.
func (s *Service) parent(ctx context.Context, st Store, who *viewer.Viewer, of template.Derived) (*template.Document, error) {
	all, err := st.TemplateVersions(ctx, of.Key)
	if err != nil {
		return nil, err
	}
	var found *TemplateVersion
	for _, v := range all {
		if v.Version == of.Version && v.State == TemplateActive && binding(v, who) && (found == nil || found.Tenant == who.Tenant) {
			found = v
		}
	}
	if found != nil {
		return found.Document()
	}
	if p, err := s.preset(of.Key); err == nil && of.Version == PresetVersion {
		doc, err := template.Parse([]byte(p.Source))
		return &doc, err
	}
	return nil, fault.New(fault.NotFound).At("derivedFrom")
}
