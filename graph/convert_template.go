package graph

import (
	"context"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/phrase"
	"leitai/internal/programme"
	"leitai/internal/template"
)

func templateVersion(language fault.Language) func(*programme.TemplateVersion) *model.TemplateVersion {
	return func(v *programme.TemplateVersion) *model.TemplateVersion {
		return &model.TemplateVersion{ID: globalID(templateKind, v.ID), Key: v.Key, Version: v.Version,
			Name:   phrase.Text(template.Text{ZH: v.NameZh, EN: v.NameEn}, v.Key, language),
			Active: v.State == programme.TemplateActive, Document: v.Source, Confirmed: texts(v.Confirmed), Revision: v.Revision}
	}
}

// reportOf is what lint says of a version; it is made when asked for, because
// it reads the whole document.
func reportOf(document string) *programme.Check {
	return (&programme.TemplateVersion{Source: document}).Report()
}

// exported prints a stored document anew.
func exported(document string, format model.TemplateFormat) (string, error) {
	doc, err := template.Parse([]byte(document))
	if err != nil {
		return "", err
	}
	if format == model.TemplateFormatYaml {
		return string(template.Print(doc)), nil
	}
	return string(template.JSON(doc)), nil
}

func templateParent(document string) (*model.TemplateParent, error) {
	doc, err := template.Parse([]byte(document))
	if err != nil || doc.DerivedFrom == nil {
		return nil, err
	}
	d := doc.DerivedFrom
	return &model.TemplateParent{Key: d.Key, Version: d.Version, Locked: texts(d.Locked)}, nil
}

func templatePreset(language fault.Language) func(programme.Preset) *model.TemplatePreset {
	return func(p programme.Preset) *model.TemplatePreset {
		return &model.TemplatePreset{Key: p.Key, Name: phrase.Text(p.Name, p.Key, language), Purpose: phrase.Text(p.Purpose, "", language),
			Scheme: p.Scheme, Requirements: texts(p.Requirements), Document: p.Source}
	}
}

func dimension(language fault.Language) func(programme.Dimension) *model.Dimension {
	return func(d programme.Dimension) *model.Dimension {
		return &model.Dimension{Key: d.Key, Name: phrase.Text(d.Name, d.Key, language), Standard: d.Tenant == uuid.Nil}
	}
}

func burden(b template.Burden) *model.Burden {
	return &model.Burden{Ledgers: b.LedgerItems, Visits: b.Visits, Photos: b.Photos, Reports: b.Reports, Meetings: b.Meetings,
		Heavy: b.Total().Cmp(template.BurdenLimit) > 0}
}

func templatePage(p paging.Page[*programme.TemplateVersion], language fault.Language) *model.TemplateVersionConnection {
	c := &model.TemplateVersionConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, templateVersion(language), func(cursor string, n *model.TemplateVersion) *model.TemplateVersionEdge {
		return &model.TemplateVersionEdge{Cursor: cursor, Node: *n}
	})
	return c
}

func templateCheck(c *programme.Check, language fault.Language) *model.TemplateCheck {
	told := func(f *fault.Fault) *model.UserError { return userError(f, language) }
	out := &model.TemplateCheck{Errors: converted(c.Errors, told), NotYet: []*model.UserError{}, Warnings: lintWarnings(c.Warnings, language)}
	if c.Burden != nil {
		out.Burden = burden(*c.Burden)
	}
	return out
}

func templateChange(c template.Change) *model.TemplateChange {
	return &model.TemplateChange{Field: c.Field, From: c.From, To: c.To}
}

// templatePayload runs a mutation of one template version.
func templatePayload(ctx context.Context, clientID *string, ids reader, do func() (*programme.TemplateVersion, error)) (*model.TemplatePayload, error) {
	payload := &model.TemplatePayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var v *programme.TemplateVersion
		if v, err = do(); err == nil {
			payload.Template = templateVersion(languageOf(ctx))(v)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}
