package tenancy

import (
	"cmp"
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/paging"
)

var codeForm = regexp.MustCompile(`^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$`)

// UnitByCode gives the unit that stands under a statistical code. The tree of
// units is public: whoever is signed in may read it.
func (s *Service) UnitByCode(ctx context.Context, code string) (*Unit, error) {
	if !codeForm.MatchString(code) {
		return nil, fault.New(fault.NotFound).At("code")
	}
	var unit *Unit
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		unit, err = st.UnitByCode(ctx, code)
		return err
	})
	return unit, err
}

// UnitsByID gives those units of the ids that exist.
func (s *Service) UnitsByID(ctx context.Context, ids []uuid.UUID) ([]*Unit, error) {
	var units []*Unit
	err := s.read(ctx, func(ctx context.Context, st Store) (err error) {
		units, err = st.UnitsByID(ctx, ids)
		return err
	})
	return units, err
}

// Units lists units by code: below a parent, of a level, or by the beginning of
// code or shown name. Without a parent only those with a code that stand.
func (s *Service) Units(ctx context.Context, f UnitFilter, args paging.Args) (paging.Page[*Unit], error) {
	f.Search = strings.TrimSpace(f.Search)
	if utf8.RuneCountInString(f.Search) > 50 {
		return paging.Page[*Unit]{}, fault.New(fault.Invalid, "value", f.Search, "want", "≤ 50").At("search")
	}
	parent := ""
	if f.Parent != nil {
		parent = f.Parent.String()
	}
	scope := paging.Scope("units", parent, f.Level, f.Search)
	w, err := s.cursors.Open(args, scope, 2)
	if err != nil {
		return paging.Page[*Unit]{}, err
	}
	var list []*Unit
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		list, err = st.UnitPage(ctx, f, w)
		return err
	})
	if err != nil {
		return paging.Page[*Unit]{}, err
	}
	return paging.Cut(list, w, func(u *Unit) string {
		return s.cursors.Encode(scope, paging.Text(sortCode(u.Code)), paging.Text(u.ID.String()))
	}), nil
}

// sortCode puts units without a code behind the others.
func sortCode(code string) string { return cmp.Or(code, "~") }
