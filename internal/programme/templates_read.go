package programme

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/paging"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Template reads one version.
func (s *Service) Template(ctx context.Context, id uuid.UUID) (v *TemplateVersion, err error) {
	if err := s.gate.Require(ctx, authz.TemplateRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		v, err = st.TemplateVersionByID(ctx, id)
		return err
	})
	return v, err
}

// TemplatesByID reads versions in one go; those that are not there or may not
// be known are left out.
func (s *Service) TemplatesByID(ctx context.Context, ids []uuid.UUID) (all []*TemplateVersion, err error) {
	if err := s.gate.Require(ctx, authz.TemplateRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all, err = st.TemplateVersionsByID(ctx, ids)
		return err
	})
	return all, err
}

// Templates lists versions by key, the newest version of each first; an empty
// key lists all.
func (s *Service) Templates(ctx context.Context, key string, args paging.Args) (page paging.Page[*TemplateVersion], err error) {
	if err := s.gate.Require(ctx, authz.TemplateRead, uuid.Nil); err != nil {
		return page, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	scope := paging.Scope(who.Tenant.String(), "templates", key, "key,version desc,id")
	w, err := s.cursors.Open(args, scope, 3)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.TemplatePage(ctx, key, w)
		if err != nil {
			return err
		}
		page = paging.Cut(rows, w, func(v *TemplateVersion) string {
			return s.cursors.Encode(scope, paging.Text(v.Key), paging.Text(strconv.Itoa(v.Version)), paging.Text(v.ID.String()))
		})
		return nil
	})
	return page, err
}

// DiffTemplates lists the differences between two versions, field by field.
func (s *Service) DiffTemplates(ctx context.Context, from, to uuid.UUID) ([]template.Change, error) {
	if err := s.gate.Require(ctx, authz.TemplateRead, uuid.Nil); err != nil {
		return nil, err
	}
	var all []template.Change
	err := s.read(ctx, func(ctx context.Context, st Store) error {
		var docs [2]*template.Document
		for i, id := range []uuid.UUID{from, to} {
			v, err := st.TemplateVersionByID(ctx, id)
			if err != nil {
				return err
			}
			if docs[i], err = v.Document(); err != nil {
				return err
			}
		}
		all = template.Diff(*docs[0], *docs[1])
		return nil
	})
	return all, err
}
