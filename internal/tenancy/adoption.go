package tenancy

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Agree gives the viewer's side of an adoption, offering or accepting it: it is
// in force once the other side agrees, too. drafts is the lower side's word on
// whether the upper one may read unpublished work; agreeing again changes it.
func (s *Service) Agree(ctx context.Context, otherUnitCode string, drafts *bool) (*Adoption, error) {
	return s.adoption(ctx, otherUnitCode, func(ctx context.Context, v *viewer.Viewer, st Store, a *Adoption, mine *Consent) error {
		if a.Upper && drafts != nil {
			return fault.New(fault.AdoptionDraftsUpper).At("drafts")
		}
		want := drafts != nil && *drafts
		switch {
		case mine == nil:
			c := Consent{ID: newID(), Tenant: v.Tenant, Other: a.Other, Side: sideOf(a.Upper), Drafts: want, AgreedBy: v.User, AgreedAt: s.moment()}
			if err := st.InsertConsent(ctx, c); err != nil {
				return err
			}
			a.AgreedHere, a.Drafts = true, a.Drafts || want
			return audit.Record(ctx, "adoption:agree", "adoption", c.ID, map[string]any{"other": c.Other, "side": c.Side, "drafts": want})
		case drafts != nil && mine.Drafts != want:
			if err := st.SetConsentDrafts(ctx, mine.ID, want); err != nil {
				return err
			}
			a.Drafts = want
			return audit.Record(ctx, "adoption:drafts", "adoption", mine.ID, map[string]any{"other": a.Other, "drafts": want})
		}
		return nil
	})
}

// EndAdoption takes the viewer's side back; the adoption ends at the next
// request on both sides.
func (s *Service) EndAdoption(ctx context.Context, otherUnitCode string) (*Adoption, error) {
	return s.adoption(ctx, otherUnitCode, func(ctx context.Context, _ *viewer.Viewer, st Store, a *Adoption, mine *Consent) error {
		if mine == nil {
			return fault.New(fault.AdoptionNotAgreed).At("otherUnitCode")
		}
		if err := st.EndConsent(ctx, mine.ID, s.moment()); err != nil {
			return err
		}
		a.AgreedHere, a.Drafts = false, a.Drafts && a.Upper
		return audit.Record(ctx, "adoption:end", "adoption", mine.ID, map[string]any{"other": a.Other})
	})
}

// adoption finds the other tenant and how things stand with it, and changes it.
func (s *Service) adoption(ctx context.Context, otherUnitCode string,
	do func(ctx context.Context, v *viewer.Viewer, st Store, a *Adoption, mine *Consent) error) (*Adoption, error) {
	var found *Adoption
	err := s.change(ctx, authz.TenantAdopt, func(ctx context.Context, v *viewer.Viewer, st Store) error {
		other, err := relatedAt(ctx, st, otherUnitCode)
		if err != nil {
			return err
		}
		consents, err := st.Consents(ctx)
		if err != nil {
			return err
		}
		found = &Adoption{Other: other.Tenant, OtherName: other.Name, Upper: !other.Upper}
		found.fill(consents, v.Tenant)
		mine := slices.IndexFunc(consents, func(c Consent) bool {
			return c.Tenant == v.Tenant && c.Other == other.Tenant && c.Side == sideOf(found.Upper)
		})
		if mine < 0 {
			return do(ctx, v, st, found, nil)
		}
		return do(ctx, v, st, found, &consents[mine])
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

func relatedAt(ctx context.Context, st Store, code string) (*Related, error) {
	unrelated := fault.New(fault.TenantUnrelated, "code", code).At("otherUnitCode")
	unit, err := st.UnitByCode(ctx, code)
	if fault.CodeOf(err) == fault.NotFound {
		return nil, unrelated
	}
	if err != nil {
		return nil, err
	}
	related, err := st.RelatedTenants(ctx)
	if err != nil {
		return nil, err
	}
	for i := range related {
		if related[i].Unit == unit.ID {
			return &related[i], nil
		}
	}
	return nil, unrelated
}

func sideOf(upper bool) string {
	if upper {
		return "upper"
	}
	return "lower"
}

// fill reads off the consents how far the relation to a.Other is.
func (a *Adoption) fill(consents []Consent, own uuid.UUID) {
	for _, c := range consents {
		switch {
		case c.Tenant == own && c.Other == a.Other && c.Side == sideOf(a.Upper):
			a.AgreedHere = true
		case c.Tenant == a.Other && c.Other == own && c.Side == sideOf(!a.Upper):
			a.AgreedThere = true
		default:
			continue
		}
		a.Drafts = a.Drafts || c.Side == "lower" && c.Drafts
	}
}

// Adoptions lists the relations to which either side has agreed.
func (s *Service) Adoptions(ctx context.Context) ([]Adoption, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	var list []Adoption
	err = s.look(ctx, authz.TenantRead, func(ctx context.Context, st Store) error {
		consents, err := st.Consents(ctx)
		if err != nil || len(consents) == 0 {
			return err
		}
		related, err := st.RelatedTenants(ctx)
		if err != nil {
			return err
		}
		for _, r := range related {
			a := Adoption{Other: r.Tenant, OtherName: r.Name, Upper: !r.Upper}
			if a.fill(consents, v.Tenant); a.AgreedHere || a.AgreedThere {
				list = append(list, a)
			}
		}
		return nil
	})
	return list, err
}
