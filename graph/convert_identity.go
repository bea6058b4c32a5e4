package graph

import (
	"context"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
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
	return &model.APIToken{ID: globalID(tokenKind, t.ID), Name: t.Name, Handle: t.Handle, UserID: globalID(userKind, t.User), Scopes: texts(t.Scopes),
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
