package evidence

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// List is a page of evidence, newest first; a village sees its own.
func (s *Service) List(ctx context.Context, f Filter, args paging.Args) (page paging.Page[*Item], err error) {
	if err := s.gate.Anywhere(ctx, authz.EvidenceRead); err != nil {
		return page, err
	}
	who, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	units, parts := s.within(ctx, authz.EvidenceRead)
	f.Units = units
	if sight := s.gate.Sight(ctx, authz.EvidenceRead); !sight.All {
		f.Limited = &sight
		parts = append(parts, sight.Scope()...)
	}
	scope := paging.Scope(append([]string{"evidence", who.Tenant.String(), f.UnitCode, text(f.Competition), text(f.Round), f.Item, string(f.Kind),
		map[bool]string{true: "withdrawn"}[f.Withdrawn]}, parts...)...)
	window, err := s.cursors.Open(args, scope, 1)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.EvidencePage(ctx, f, window)
		page = paging.Cut(rows, window, func(i *Item) string { return s.cursors.Encode(scope, paging.Text(i.ID.String())) })
		return err
	})
	return page, err
}

func text(id *uuid.UUID) string {
	if id == nil {
		return ""
	}
	return id.String()
}

// ByID reads one piece.
func (s *Service) ByID(ctx context.Context, id uuid.UUID) (*Item, error) {
	all, err := s.ByIDs(ctx, []uuid.UUID{id})
	if err == nil && len(all) == 0 {
		err = fault.New(fault.NotFound)
	}
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// ByIDs reads pieces in the order of their ids; those that the viewer may not
// read are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) (all []*Item, err error) {
	if err := s.gate.Anywhere(ctx, authz.EvidenceRead); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) error {
		rows, err := st.EvidenceByIDs(ctx, ids)
		if err != nil {
			return err
		}
		all, err = s.seen(ctx, st, authz.EvidenceRead, slices.DeleteFunc(rows, func(i *Item) bool { return !s.gate.May(ctx, authz.EvidenceRead, i.Unit) }))
		return err
	})
	return all, err
}
