package graph

import (
	"context"
	"time"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/paging"
	"leitai/internal/tenancy"
)

func grant(g *tenancy.Grant) *model.Grant {
	return &model.Grant{ID: globalID(grantKind, g.ID), UserID: globalID(userKind, g.User), Login: g.Login, Role: string(g.Role), UnitKey: g.Unit,
		Dimensions: texts(g.Dimensions), ValidFrom: g.From, ValidUntil: g.Until, RevokedAt: g.RevokedAt}
}

func heldRole(language fault.Language) func(authz.Holding) *model.HeldRole {
	return func(h authz.Holding) *model.HeldRole {
		return &model.HeldRole{Role: string(h.Role), Label: inWords(h.Zh, h.En, language), UnitKey: h.Unit, Dimensions: texts(h.Dimensions)}
	}
}

func token(t *identity.Token) *model.APIToken {
	return &model.APIToken{ID: globalID(tokenKind, t.ID), Name: t.Name, Handle: t.Handle, UserID: globalID(userKind, t.User), Scopes: texts(t.Scopes), UnitKeys: t.Units,
		ReadOnly: t.ReadOnly, ExpiresAt: t.ExpiresAt, UsedAt: t.UsedAt, RevokedAt: t.RevokedAt}
}

// userPayload runs a mutation of one user.
func userPayload(ctx context.Context, clientID *string, ids reader, do func() (uuid.UUID, error)) (*model.UserCreatePayload, error) {
	payload := &model.UserCreatePayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var id uuid.UUID
		if id, err = do(); err == nil {
			payload.UserID = filled(globalID(userKind, id))
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// grantPayload runs a mutation of one grant.
func grantPayload(ctx context.Context, clientID *string, ids reader, do func() (*tenancy.Grant, error)) (*model.GrantPayload, error) {
	payload := &model.GrantPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var g *tenancy.Grant
		if g, err = do(); err == nil {
			payload.Grant = grant(g)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// tokenPayload runs a mutation of one token.
func tokenPayload(ctx context.Context, clientID *string, ids reader, do func() (*identity.Token, string, error)) (*model.TokenPayload, error) {
	payload := &model.TokenPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var t *identity.Token
		var secret string
		if t, secret, err = do(); err == nil {
			payload.Token, payload.Secret = token(t), filled(secret)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

// invitation makes the node of an invitation; the label needs the tenant's own
// roles, and the state the time.
func (r *Resolver) invitation(ctx context.Context) func(*identity.Invitation) *model.Invitation {
	moment, language := time.Now(), languageOf(ctx) //nolint:forbidigo // invitations live in real time, like sessions and tokens
	return func(i *identity.Invitation) *model.Invitation {
		label := string(i.Role)
		if info, known := r.Authz.RoleNamed(ctx, i.Role); known {
			label = inWords(info.Zh, info.En, language)
		}
		made := &model.Invitation{ID: globalID(invitationKind, i.ID), Role: string(i.Role), Label: label,
			UnitKey: i.Unit, Dimensions: texts(i.Dimensions), ValidFrom: i.From, ValidUntil: i.Until, PersonKey: some(i.Person), Name: filled(i.Name),
			InvitedBy: globalID(userKind, i.InvitedBy), State: model.InvitationState(i.State(moment)), CreatedAt: i.CreatedAt, ExpiresAt: i.ExpiresAt,
			AcceptedAt: i.AcceptedAt}
		if i.AcceptedBy != uuid.Nil {
			made.AcceptedBy = filled(globalID(userKind, i.AcceptedBy))
		}
		return made
	}
}

func (r *Resolver) invitationPage(ctx context.Context, p paging.Page[*identity.Invitation]) *model.InvitationConnection {
	c := &model.InvitationConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, r.invitation(ctx), func(cursor string, n *model.Invitation) *model.InvitationEdge {
		return &model.InvitationEdge{Cursor: cursor, Node: *n}
	})
	return c
}

// joinPath is the page that accepts an invitation; browsers keep what stands
// behind # to themselves.
const joinPath = "/join#"

// invitationPayload runs a mutation of one invitation.
func (r *Resolver) invitationPayload(ctx context.Context, clientID *string, ids reader,
	do func() (*identity.Invitation, string, error)) (*model.InvitationPayload, error) {
	payload := &model.InvitationPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var i *identity.Invitation
		var secret string
		if i, secret, err = do(); err == nil {
			payload.Invitation, payload.Secret = r.invitation(ctx)(i), filled(secret)
			if secret != "" {
				payload.Path = filled(joinPath + secret)
			}
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}

func user(u *identity.User) *model.User {
	kind := model.UserKindPerson
	if u.Service {
		kind = model.UserKindService
	}
	return &model.User{ID: globalID(userKind, u.ID), Login: u.Login, Kind: kind, Active: u.Active, Home: u.Home, PersonKey: some(u.Person), CreatedAt: u.CreatedAt}
}

func userPage(p paging.Page[*identity.User]) *model.UserConnection {
	c := &model.UserConnection{}
	c.Edges, c.Nodes, c.PageInfo = connected(p, user, func(cursor string, n *model.User) *model.UserEdge {
		return &model.UserEdge{Cursor: cursor, Node: *n}
	})
	return c
}

func serviceAccount(a *identity.ServiceAccount) *model.ServiceAccount {
	return &model.ServiceAccount{ID: globalID(serviceKind, a.ID), UserID: globalID(userKind, a.ID), Login: a.Login, Name: a.Name, Department: a.Department,
		Purpose: a.Purpose, ReviewOn: a.ReviewOn, Overdue: a.Overdue, CreatedAt: a.CreatedAt, DisabledAt: a.DisabledAt}
}

// servicePayload runs a mutation of one service account.
func servicePayload(ctx context.Context, clientID *string, ids reader, do func() (*identity.ServiceAccount, error)) (*model.ServiceAccountPayload, error) {
	payload := &model.ServiceAccountPayload{ClientMutationID: clientID}
	err := ids.err()
	if err == nil {
		var a *identity.ServiceAccount
		if a, err = do(); err == nil {
			payload.ServiceAccount = serviceAccount(a)
		}
	}
	payload.UserErrors, err = settled(ctx, err)
	return payload, err
}
