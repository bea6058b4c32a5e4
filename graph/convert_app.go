package graph

import (
	"context"

	"leitai/graph/model"
	"leitai/internal/facts"
)

func thirdPartyApp(a *facts.App) *model.App {
	out := &model.App{ID: globalID(appKind, a.ID), Registrar: a.Registrar, Own: a.Own, Name: a.Name, Maker: a.Maker, Contact: a.Contact, Purpose: a.Purpose,
		Origins: texts(a.Origins), Scopes: texts(a.Scopes), Sandbox: a.Sandbox, RegisteredAt: a.RegisteredAt, EndedAt: a.EndedAt}
	if a.Own && !a.SecretAt.IsZero() {
		out.Handle, out.SecretAt, out.Readers = &a.Handle, &a.SecretAt, &a.Readers
	}
	return out
}

func appConsent(c *facts.Consent) *model.AppConsent {
	return &model.AppConsent{ID: globalID(appConsentKind, c.ID), AppID: globalID(appKind, c.App), AppName: c.AppName, AppMaker: c.AppMaker,
		TenantKey: c.NameKey, Scopes: texts(c.Scopes), ConsentedAt: c.ConsentedAt, Until: c.Until, Live: c.Live, WithdrawnAt: c.WithdrawnAt, Reason: c.Reason}
}

// appPayload runs a mutation of one app.
func appPayload(ctx context.Context, clientID *string, ids reader, do func() (*facts.App, string, error)) (*model.AppPayload, error) {
	payload := &model.AppPayload{ClientMutationID: clientID}
	var secret string
	var err error
	payload.UserErrors, err = answered(ctx, ids, func() (a *facts.App, err error) { a, secret, err = do(); return a, err },
		func(a *facts.App) { payload.App, payload.Secret = thirdPartyApp(a), filled(secret) })
	return payload, err
}

// consentPayload runs a mutation of one consent.
func consentPayload(ctx context.Context, clientID *string, ids reader, do func() (*facts.Consent, error)) (*model.AppConsentPayload, error) {
	payload := &model.AppConsentPayload{ClientMutationID: clientID}
	var err error
	payload.UserErrors, err = answered(ctx, ids, do, func(c *facts.Consent) { payload.Consent = appConsent(c) })
	return payload, err
}
