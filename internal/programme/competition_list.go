package programme

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/paging"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Warnings are hints about a competition that stop nothing (G6).
func (c *Competition) Warnings() []template.Warning {
	return template.LintFiling(c.FilingNumber != "")
}

// Competition reads one competition.
func (s *Service) Competition(ctx context.Context, id uuid.UUID) (c *Competition, err error) {
	if err := s.gate.Require(ctx, authz.CompetitionRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		c, err = st.CompetitionByID(ctx, id)
		return err
	})
	return c, err
}

// CompetitionsByID reads competitions in one go; those that are not there or
// may not be known are left out.
func (s *Service) CompetitionsByID(ctx context.Context, ids []uuid.UUID) (all []*Competition, err error) {
	if err := s.gate.Require(ctx, authz.CompetitionRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		all, err = st.CompetitionsByID(ctx, ids)
		return err
	})
	return all, err
}

// Competitions lists competitions, the newest first.
func (s *Service) Competitions(ctx context.Context, args paging.Args) (page paging.Page[*Competition], err error) {
	if err := s.gate.Require(ctx, authz.CompetitionRead, uuid.Nil); err != nil {
		return page, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	scope := paging.Scope(who.Tenant.String(), "competitions", "created_at desc,id desc")
	w, err := s.cursors.Open(args, scope, 2)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.CompetitionPage(ctx, w)
		if err != nil {
			return err
		}
		page = paging.Cut(rows, w, func(c *Competition) string {
			return s.cursors.Encode(scope, paging.Text(c.CreatedAt.UTC().Format(time.RFC3339Nano)), paging.Text(c.ID.String()))
		})
		return nil
	})
	return page, err
}
