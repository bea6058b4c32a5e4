package tenancy

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// organisationKinds are the kinds of organisations.
var organisationKinds = []string{"office", "department", "sending-unit", "enterprise", "institution", "party-committee", "party-branch"}

// OrganisationInput is what an organisation is entered with.
type OrganisationInput struct {
	Kind   string // of a new one; it never changes
	Name   string
	Parent uuid.UUID     // uuid.Nil: none
	From   calendar.Date // of a new one; zero: today
}

// CreateOrganisation adds one to the tenant.
func (s *Service) CreateOrganisation(ctx context.Context, in OrganisationInput) (*Organisation, error) {
	if !slices.Contains(organisationKinds, in.Kind) {
		return nil, fault.New(fault.OrganisationKind, "value", in.Kind, "want", strings.Join(organisationKinds, ", ")).At("kind")
	}
	return s.changeOrganisation(ctx, func(ctx context.Context, v *viewer.Viewer, st Store, all []*Organisation) (*Organisation, error) {
		o := &Organisation{ID: newID(), Kind: in.Kind, From: in.From}
		if o.From.IsZero() {
			today, err := s.today(v)
			if err != nil {
				return nil, err
			}
			o.From = today
		}
		if err := place(o, in, all); err != nil {
			return nil, err
		}
		if err := st.InsertOrganisation(ctx, o); err != nil {
			return nil, err
		}
		return o, audit.Record(ctx, "organisation:create", "organisation", o.ID, map[string]any{"kind": o.Kind, "name": o.Name, "parent": o.Parent})
	})
}

// UpdateOrganisation renames one or puts it below another.
func (s *Service) UpdateOrganisation(ctx context.Context, id uuid.UUID, in OrganisationInput) (*Organisation, error) {
	return s.changeOrganisation(ctx, func(ctx context.Context, _ *viewer.Viewer, st Store, all []*Organisation) (*Organisation, error) {
		o, err := standing(id, all)
		if err != nil {
			return nil, err
		}
		before := map[string]any{"name": o.Name, "parent": o.Parent}
		if err := place(o, in, all); err != nil {
			return nil, err
		}
		if err := st.UpdateOrganisation(ctx, o); err != nil {
			return nil, err
		}
		return o, audit.Record(ctx, "organisation:update", "organisation", id, nil, audit.Changed(before, map[string]any{"name": o.Name, "parent": o.Parent}))
	})
}

// CloseOrganisation ends one on a date, the first on which it stands no longer.
func (s *Service) CloseOrganisation(ctx context.Context, id uuid.UUID, on calendar.Date) (*Organisation, error) {
	return s.changeOrganisation(ctx, func(ctx context.Context, _ *viewer.Viewer, st Store, all []*Organisation) (*Organisation, error) {
		o, err := standing(id, all)
		if err != nil {
			return nil, err
		}
		if !on.After(o.From) {
			return nil, fault.New(fault.PostPeriodInvalid).At("on")
		}
		o.To = on
		if err := st.UpdateOrganisation(ctx, o); err != nil {
			return nil, err
		}
		return o, audit.Record(ctx, "organisation:close", "organisation", id, map[string]any{"to": on.String()})
	})
}

// Organisations lists the tenant's, by name; the closed ones too.
func (s *Service) Organisations(ctx context.Context) ([]*Organisation, error) {
	var list []*Organisation
	err := s.look(ctx, authz.TenantRead, func(ctx context.Context, st Store) (err error) {
		list, err = st.Organisations(ctx)
		return err
	})
	return list, err
}

func (s *Service) changeOrganisation(ctx context.Context,
	do func(ctx context.Context, v *viewer.Viewer, st Store, all []*Organisation) (*Organisation, error)) (*Organisation, error) {
	var changed *Organisation
	err := s.change(ctx, authz.OrganisationWrite, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		all, err := st.Organisations(ctx)
		if err != nil {
			return err
		}
		changed, err = do(ctx, v, st, all)
		return err
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

func standing(id uuid.UUID, all []*Organisation) (*Organisation, error) {
	i := slices.IndexFunc(all, func(o *Organisation) bool { return o.ID == id })
	switch {
	case i < 0:
		return nil, fault.New(fault.NotFound).At("organisation")
	case !all[i].To.IsZero():
		return nil, fault.New(fault.OrganisationClosed).At("organisation")
	}
	changed := *all[i]
	return &changed, nil
}

// place gives an organisation its name and parent, unless another has the name
// or the parent stands below it.
func place(o *Organisation, in OrganisationInput, all []*Organisation) error {
	name, ok := clean(in.Name, 100)
	if !ok {
		return fault.New(fault.NameInvalid, "value", in.Name, "most", "100").At("name")
	}
	parents := map[uuid.UUID]uuid.UUID{}
	for _, other := range all {
		if other.Name == name && other.ID != o.ID && other.To.IsZero() {
			return fault.New(fault.AlreadyExists, "value", name).At("name")
		}
		if other.To.IsZero() {
			parents[other.ID] = other.Parent
		}
	}
	if _, stands := parents[in.Parent]; in.Parent != uuid.Nil && !stands {
		return fault.New(fault.NotFound).At("parent")
	}
	for at := in.Parent; at != uuid.Nil; at = parents[at] {
		if at == o.ID {
			return fault.New(fault.OrganisationCycle).At("parent")
		}
	}
	o.Name, o.Parent = name, in.Parent
	return nil
}
