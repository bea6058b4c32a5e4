package graph

import (
	"context"

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
func reportOf(v *model.TemplateVersion) *programme.Check {
	return (&programme.TemplateVersion{Source: v.Document}).Report()
}

func burden(b template.Burden) *model.Burden {
	return &model.Burden{Ledgers: b.LedgerItems, Visits: b.Visits, Photos: b.Photos, Reports: b.Reports,
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
	out := &model.TemplateCheck{Errors: converted(c.Errors, told), NotYet: converted(c.NotYet, told), Warnings: lintWarnings(c.Warnings, language)}
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
