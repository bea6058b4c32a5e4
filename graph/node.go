package graph

import (
	"context"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/tenancy"
)

// node reads an object by kind and key with its own use case, which decides
// whether the viewer may see it.
func (r *Resolver) node(ctx context.Context, k kind, key uuid.UUID) (model.Node, error) {
	read, known := map[kind]func(context.Context, uuid.UUID) (model.Node, error){
		unitKind:        found(loadersOf(ctx).units.Load, unit),
		tenantKind:      found(r.tenantByID, tenant),
		personKind:      found(r.personByID, person),
		postKind:        found(r.Tenancy.Post, post(languageOf(ctx))),
		grantKind:       found(r.grantByID, grant),
		tokenKind:       found(r.tokenByID, token),
		userKind:        found(r.Identity.UserByID, user),
		invitationKind:  found(r.Identity.InvitationByID, r.invitation(ctx)),
		serviceKind:     found(r.Identity.ServiceAccountByID, serviceAccount),
		appKind:         found(r.Facts.App, thirdPartyApp),
		appConsentKind:  found(r.Facts.ConsentByID, appConsent),
		templateKind:    found(r.Programme.Template, templateVersion(languageOf(ctx))),
		competitionKind: found(r.Programme.Competition, competition(languageOf(ctx))),
		roundKind:       found(r.Rounds.Round, contestRound),
		publicationKind: found(r.Rounds.Publication, publication),
		markKind:        found(r.Rounds.Mark, mark),
		outcomeKind:     found(r.Consequences.Outcome, consequence),
		rollupKind:      found(r.Consequences.RollupByID, rollup),
		issueKind:       found(r.Issues.ByID, issue),
		taskKind:        found(r.taskByID, itself[*model.Task]),
		findingKind:     found(r.Consequences.Finding, finding),
		pairKind:        found(r.Consequences.Pair, pair),
		submissionKind:  found(r.Consequences.SubmissionText, submission),
		evidenceKind:    found(r.Pieces.ByID, piece),
		highlightKind:   found(r.Pieces.HighlightByID, highlight),
		visitKind:       found(r.Visits.VisitByID, visit),
		supervisionKind: found(r.Visits.MeasureByID, supervision),
		postingKind:     found(r.postingByID, postingOf),
		pollKind:        found(r.Voting.Poll, poll(languageOf(ctx))),
		jobKind:         r.jobNode,
		trustedKind:     found(r.Trusted.ByID, trustedDocument),
		webhookKind:     found(r.Webhooks.ByID, webhookEndpoint(languageOf(ctx))),
		deliveryKind:    found(r.Webhooks.Delivery, webhookDelivery),
		inboxKind:       found(r.Inbox.ByID, inboxItem(languageOf(ctx))),
	}[k]
	if !known {
		return nil, fault.New(fault.NotFound)
	}
	return read(ctx, key)
}

// found makes a node of what a use case reads.
func found[T any, N model.Node](read func(context.Context, uuid.UUID) (T, error), node func(T) N) func(context.Context, uuid.UUID) (model.Node, error) {
	return func(ctx context.Context, key uuid.UUID) (model.Node, error) {
		item, err := read(ctx, key)
		if err != nil {
			return nil, err
		}
		return node(item), nil
	}
}

// itself is for a use case that answers with the node.
func itself[N model.Node](n N) N { return n }

func (r *Resolver) tenantByID(ctx context.Context, key uuid.UUID) (*tenancy.Tenant, error) {
	return loadersOf(ctx).tenants.Load(ctx, key)
}

// personByID reads a person of the tenant; the name is told to those only who
// may read it.
func (r *Resolver) personByID(ctx context.Context, key uuid.UUID) (*tenancy.Person, error) {
	return loadersOf(ctx).people.Load(ctx, key)
}

func (r *Resolver) grantByID(ctx context.Context, key uuid.UUID) (*tenancy.Grant, error) {
	all, err := r.Tenancy.Grants(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range all {
		if g.ID == key {
			return g, nil
		}
	}
	return nil, fault.New(fault.NotFound)
}

func (r *Resolver) tokenByID(ctx context.Context, key uuid.UUID) (*identity.Token, error) {
	all, err := r.Identity.ListTokens(ctx, false)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if t.ID == key {
			return t, nil
		}
	}
	return nil, fault.New(fault.NotFound)
}
