package graph

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/tenancy"
)

func groupSet(g *tenancy.GroupSet) *model.GroupSet {
	return &model.GroupSet{Key: g.Key, Name: g.Zh, NameEn: g.En, Classes: converted(g.Classes, func(c tenancy.Class) *model.UnitClass {
		return &model.UnitClass{Key: c.Key, Name: c.Zh, NameEn: c.En}
	})}
}

func groupSetOf(in model.GroupSetDefineInput) tenancy.GroupSet {
	return tenancy.GroupSet{Key: in.Key, Zh: in.Name, En: or(in.NameEn), Classes: converted(in.Classes, func(c *model.UnitClassInput) tenancy.Class {
		return tenancy.Class{Key: c.Key, Zh: c.Name, En: or(c.NameEn)}
	})}
}

func classedUnit(m *tenancy.Member) *model.ClassedUnit {
	return &model.ClassedUnit{UnitKey: m.Unit, Class: m.Class, ValidFrom: m.From, ValidUntil: dated(m.Until)}
}

func assignment(r *model.ClassRow) tenancy.Assignment {
	return tenancy.Assignment{UnitCode: r.UnitCode, Class: r.Class, From: r.From, Until: or(r.Until)}
}

func unitProposal(p *tenancy.Proposal) *model.UnitProposal {
	return &model.UnitProposal{ID: globalID(proposalKind, p.ID), Kind: model.UnitChangeKind(strings.ToUpper(string(p.Kind))), UnitKeys: p.Units, TargetKey: some(p.Target),
		Made: converted(p.Made, func(m tenancy.NewUnit) string { return m.ShownName }), Since: p.Since, Basis: p.Basis,
		State: model.UnitProposalState(strings.ToUpper(p.State)), Note: p.Note}
}

func changeInput(in model.UnitProposeInput, ids *reader) tenancy.ChangeInput {
	return tenancy.ChangeInput{Kind: tenancy.ChangeKind(strings.ToLower(string(in.Kind))), Units: ids.all(unitKind, in.Units, "units"),
		Target: or(ids.optional(unitKind, in.Target, "target")), Keep: or(in.Keep), Since: in.Since, Basis: in.Basis,
		Made: converted(in.Made, func(m *model.NewUnitInput) tenancy.NewUnit {
			return tenancy.NewUnit{Code: or(m.Code), Level: strings.ToLower(string(or(m.Level))), LegalName: or(m.LegalName), ShownName: m.ShownName}
		})}
}

func succession(s tenancy.Succession) *model.Succession {
	return &model.Succession{UnitKey: s.Unit, SuccessorKey: s.Successor, Kind: model.UnitChangeKind(strings.ToUpper(string(s.Kind))), Since: s.Since}
}

// proposalPayload runs a mutation of a proposed change.
func proposalPayload(ctx context.Context, clientID *string, ids reader, do func() (*tenancy.Proposal, error)) (*model.UnitProposalPayload, error) {
	payload := &model.UnitProposalPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var p *tenancy.Proposal
		if p, err = do(); err == nil {
			payload.Proposal = unitProposal(p)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// unitsAt gives the units behind keys, in their order.
func unitsAt(ctx context.Context, keys []uuid.UUID) ([]*model.Unit, error) {
	all := make([]*model.Unit, len(keys))
	for i, key := range keys {
		u, err := unitAt(ctx, key)
		if err != nil {
			return nil, err
		}
		all[i] = u
	}
	return all, nil
}
