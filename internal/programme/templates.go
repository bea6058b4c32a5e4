package programme

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Check is what can be said of a document without storing it.
type Check struct {
	Errors   fault.List         // empty when the document is valid
	Warnings []template.Warning // of the lint
	Burden   *template.Burden   // nil when the document is invalid (G5)
	Confirm  []string           // readings a person has to confirm at activation (Q4, Q9)
}

// CheckTemplate parses, validates and lints a document; it stores nothing.
func (s *Service) CheckTemplate(ctx context.Context, document string) (*Check, error) {
	if err := s.gate.Require(ctx, authz.TemplateRead, uuid.Nil); err != nil {
		return nil, err
	}
	return checkDocument(document), nil
}

func checkDocument(document string) *Check {
	doc, err := template.Parse([]byte(document))
	if err != nil {
		return &Check{Errors: fault.All(err)}
	}
	burden := template.BurdenOf(doc)
	return &Check{Warnings: template.Lint(doc), Burden: &burden, Confirm: toConfirm(&doc)}
}

// Report is Check of a stored version.
func (v *TemplateVersion) Report() *Check { return checkDocument(v.Source) }

// Document parses the stored version.
func (v *TemplateVersion) Document() (*template.Document, error) {
	doc, err := template.Parse([]byte(v.Source))
	if err != nil {
		return nil, err
	}
	return &doc, nil
}

// The readings that a person confirms whenever a template uses them, whether it
// lists them or not.
const (
	confirmOutcomes = "outcomes" // Q4: by rank or by role
	confirmStreaks  = "streaks"  // Q9: whether a streak continues after it triggered
)

// toConfirm lists what a person has to confirm at activation: what the template
// names, and what it uses of Q4 and Q9.
func toConfirm(doc *template.Document) []string {
	all := slices.Clone(doc.ConfirmAtActivation)
	points := slices.ContainsFunc(doc.Outcomes, func(o template.Outcome) bool { return o.Do == "points" })
	if points && !slices.Contains(all, confirmOutcomes) {
		all = append(all, confirmOutcomes)
	}
	if len(doc.Streaks) > 0 && !slices.Contains(all, confirmStreaks) {
		all = append(all, confirmStreaks)
	}
	return all
}

// CreateTemplate stores a document as a draft, as the next version of its key.
// Every fault of the document is listed with its place.
func (s *Service) CreateTemplate(ctx context.Context, document string) (*TemplateVersion, error) {
	var v *TemplateVersion
	err := s.writing(ctx, authz.TemplateWrite, func(ctx context.Context, st Store, who *viewer.Viewer) error {
		doc, err := s.parseFor(ctx, st, who, document)
		if err != nil {
			return err
		}
		if v, err = s.draft(ctx, st, who, doc, document); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.TemplateWrite), "template_version", v.ID, map[string]any{"key": v.Key, "version": v.Version})
	})
	return v, err
}

// draft stores a document as the next version of its key.
func (s *Service) draft(ctx context.Context, st Store, who *viewer.Viewer, doc *template.Document, source string) (*TemplateVersion, error) {
	last, err := st.LastTemplateVersion(ctx, doc.Key)
	if err != nil {
		return nil, err
	}
	v := &TemplateVersion{
		ID: newID(), Tenant: who.Tenant, Key: doc.Key, Version: last + 1, NameZh: doc.Name.ZH, NameEn: doc.Name.EN,
		State: TemplateDraft, Source: source, Revision: 1, CreatedBy: who.Person, CreatedAt: s.now(),
	}
	return v, st.InsertTemplateVersion(ctx, v)
}

// parseFor reads a document and holds it against the parent it derives from,
// whose locks it has to keep.
func (s *Service) parseFor(ctx context.Context, st Store, who *viewer.Viewer, document string) (*template.Document, error) {
	doc, err := template.Parse([]byte(document))
	if err != nil || doc.DerivedFrom == nil {
		return &doc, err
	}
	parent, err := s.parent(ctx, st, who, *doc.DerivedFrom)
	if err != nil {
		return nil, err
	}
	return &doc, template.CheckLocked(*parent, doc).Err()
}

// UpdateTemplate changes a draft; an active version never changes.
func (s *Service) UpdateTemplate(ctx context.Context, id uuid.UUID, revision int, document string) (*TemplateVersion, error) {
	var v *TemplateVersion
	err := s.writing(ctx, authz.TemplateWrite, func(ctx context.Context, st Store, who *viewer.Viewer) error {
		var err error
		if v, err = draftOf(ctx, st, who, id, revision); err != nil {
			return err
		}
		doc, err := s.parseFor(ctx, st, who, document)
		if err != nil {
			return err
		}
		if doc.Key != v.Key {
			return fault.New(fault.TemplateKeyFixed, "value", doc.Key, "want", v.Key).At("key")
		}
		before := v.Source
		v.Source, v.NameZh, v.NameEn = document, doc.Name.ZH, doc.Name.EN
		if err := st.UpdateTemplateVersion(ctx, v); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.TemplateWrite), "template_version", v.ID, map[string]any{"key": v.Key, "version": v.Version},
			audit.Changed(map[string]any{"sha256": digest(before)}, map[string]any{"sha256": digest(document)}))
	})
	return v, err
}

// digest names a document in the audit, which keeps none.
func digest(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hex.EncodeToString(sum[:])
}

// draftOf reads a draft of the viewer's own tenant at the revision the change
// was made on.
func draftOf(ctx context.Context, st Store, who *viewer.Viewer, id uuid.UUID, revision int) (*TemplateVersion, error) {
	v, err := st.TemplateVersionByID(ctx, id)
	switch {
	case err != nil:
		return nil, fault.NotFoundAt(err, "template")
	case v.Tenant != who.Tenant:
		return nil, fault.New(fault.NotFound).At("template")
	case v.State == TemplateActive:
		return nil, fault.New(fault.TemplateFrozen).At("template")
	case v.Revision != revision:
		return nil, fault.New(fault.StaleRevision, "have", strconv.Itoa(v.Revision)).At("revision")
	}
	return v, nil
}

// ActivateTemplate makes a draft active for good. A person has to confirm the
// readings the template leaves to people (Q4, Q9), and every dimension it names
// is in the dictionary.
func (s *Service) ActivateTemplate(ctx context.Context, id uuid.UUID, revision int, confirm []string) (*TemplateVersion, error) {
	var v *TemplateVersion
	err := s.writing(ctx, authz.TemplateActivate, func(ctx context.Context, st Store, who *viewer.Viewer) error {
		var err error
		if v, err = draftOf(ctx, st, who, id, revision); err != nil {
			return err
		}
		doc, err := s.parseFor(ctx, st, who, v.Source)
		if err != nil {
			return err
		}
		all, err := unknownDimensions(ctx, st, doc)
		if err != nil {
			return err
		}
		if all = append(all, unconfirmed(toConfirm(doc), confirm)...); len(all) > 0 {
			return all
		}
		at := s.now()
		v.State, v.Canonical, v.Confirmed = TemplateActive, string(template.Canonical(*doc)), confirm
		v.ActivatedBy, v.ActivatedAt = &who.Person, &at
		if err := st.UpdateTemplateVersion(ctx, v); err != nil {
			return err
		}
		return audit.Record(ctx, string(authz.TemplateActivate), "template_version", v.ID, map[string]any{"key": v.Key, "version": v.Version, "confirmed": confirm},
			audit.Changed(map[string]any{"state": "draft"}, map[string]any{"state": v.State}))
	})
	return v, err
}

// unconfirmed lists what is missing of the confirmations, and what nobody asked
// to be confirmed.
func unconfirmed(want, have []string) fault.List {
	var all fault.List
	var missing []string
	for _, key := range want {
		if !slices.Contains(have, key) {
			missing = append(missing, key)
		}
	}
	if missing != nil {
		all = append(all, fault.New(fault.TemplateConfirmationMissing, "missing", strings.Join(missing, ", ")).At("confirm"))
	}
	for i, key := range have {
		if !slices.Contains(want, key) {
			all = append(all, fault.New(fault.TemplateConfirmationUnknown, "value", key, "want", strings.Join(want, ", ")).At("confirm[%d]", i))
		}
	}
	return all
}
