package graph

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/tenancy"
	"leitai/internal/viewer"
)

func unit(u *tenancy.Unit) *model.Unit {
	return &model.Unit{ID: globalID(unitKind, u.ID), Key: u.ID, ParentKey: some(u.Parent), Code: filled(u.Code),
		Level: model.UnitLevel(strings.ToUpper(u.Level)), LegalName: u.LegalName, ShownName: u.ShownName,
		ValidFrom: u.From, ValidTo: dated(u.To)}
}

func unitPage(p paging.Page[*tenancy.Unit]) *model.UnitConnection {
	c := &model.UnitConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, unit, func(cursor string, n *model.Unit) *model.UnitEdge {
		return &model.UnitEdge{Cursor: cursor, Node: *n}
	})
	return c
}

func tenant(t *tenancy.Tenant) *model.Tenant {
	return &model.Tenant{ID: globalID(tenantKind, t.ID), Key: t.ID, UnitKey: t.Unit, Kind: model.TenantKind(strings.ToUpper(t.Kind)),
		Region: t.Region, TimeZone: t.TimeZone, Demo: t.Demo}
}

func adoption(a tenancy.Adoption) *model.Adoption {
	return &model.Adoption{Other: globalID(tenantKind, a.Other), OtherName: filled(a.OtherName), Upper: a.Upper,
		AgreedHere: a.AgreedHere, AgreedThere: a.AgreedThere, Drafts: a.Drafts}
}

func calendarDay(d tenancy.CalendarDay) *model.CalendarDay {
	return &model.CalendarDay{Day: d.Day, Workday: d.Workday, Name: d.Name}
}

// unitAt gives the unit behind a key; a unit that is not found is a mistake of
// the data, not of the caller.
func unitAt(ctx context.Context, key uuid.UUID) (*model.Unit, error) {
	u, err := loadersOf(ctx).units.Load(ctx, key)
	if err != nil {
		return nil, err
	}
	return unit(u), nil
}

// unitIfAny gives null for no key.
func unitIfAny(ctx context.Context, key *uuid.UUID) (*model.Unit, error) {
	if key == nil {
		return nil, nil
	}
	return unitAt(ctx, *key)
}

// unlessUnknown turns NOT_FOUND into null.
func unlessUnknown(err error) error {
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	return err
}

func tenantIfAny(t *tenancy.Tenant, err error) *model.Tenant {
	if err != nil {
		return nil
	}
	return tenant(t)
}

// ownTenant is the viewer's, known without asking the database.
func ownTenant(ctx context.Context) (*model.Tenant, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	return tenant(&tenancy.Tenant{ID: v.Tenant, Kind: v.TenantKind, Unit: v.TenantUnit, Region: v.Region, TimeZone: v.TimeZone, Demo: v.Demo}), nil
}

// tenantAt gives the tenant behind a key.
func tenantAt(ctx context.Context, key uuid.UUID) (*model.Tenant, error) {
	if v, err := viewer.From(ctx); err != nil || v.Tenant == key {
		return ownTenant(ctx)
	}
	t, err := loadersOf(ctx).tenants.Load(ctx, key)
	if err != nil {
		return nil, err
	}
	return tenant(t), nil
}

func adoptionPayload(ctx context.Context, in model.AdoptionInput, do func() (*tenancy.Adoption, error)) (*model.AdoptionPayload, error) {
	a, err := do()
	payload := &model.AdoptionPayload{ClientMutationID: in.ClientMutationID}
	if err == nil {
		payload.Adoption = adoption(*a)
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}
