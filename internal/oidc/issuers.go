// Package oidc owns speaking OpenID Connect with the identity providers of the
// operator's file: the authorisation code flow with PKCE, and the verification
// of what they answer. It calls them through the guarded client of outbound.
//
// It does not own who an identity belongs to, sessions, cookies or state
// (identity), or routes (httpserver).
package oidc

import (
	"context"
	"crypto/subtle"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/outbound"
)

// algorithms are those of signatures that are believed; none and HMAC, whose
// key would be the client secret, are not among them.
var algorithms = []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA}

// Times: what a provider says of itself is asked for again after an hour; an id
// token is redeemed at once, so one that was issued long ago is a copy.
const (
	discoveryLife = time.Hour
	retryAfter    = 10 * time.Second // so that nobody waits for a provider that is down, one after another
	freshFor      = 10 * time.Minute
	clockSkew     = 2 * time.Minute
)

// Issuers are the identity providers of a file.
type Issuers struct {
	publicURL string
	all       []*issuer
	now       func() time.Time
	logger    *slog.Logger
}

var _ identity.Issuers = (*Issuers)(nil)

// issuer is one provider and what it said of itself last.
type issuer struct {
	Provider
	client *http.Client

	lock  sync.Mutex
	found *oidc.Provider
	until time.Time
	bad   error // of the last try, until then
}

// New makes the issuers of a checked file; nothing is called yet, so that a
// provider that is down does not keep the server from starting.
func New(f *File, now func() time.Time, logger *slog.Logger) *Issuers {
	s := &Issuers{publicURL: f.PublicURL, now: now, logger: logger}
	var allowed []netip.Prefix
	for _, network := range f.AllowNetworks {
		if p, err := netip.ParsePrefix(network); err == nil { // Load has checked it
			allowed = append(allowed, p)
		}
	}
	for _, p := range f.Issuers {
		s.all = append(s.all, &issuer{Provider: p, client: outbound.New(outbound.Options{Allowed: allowed, Roots: p.roots})})
	}
	return s
}

// List implements identity.Issuers.
func (s *Issuers) List() []identity.Issuer {
	out := make([]identity.Issuer, len(s.all))
	for i, p := range s.all {
		out[i] = identity.Issuer{Key: p.Key, Chinese: p.Title.Chinese, English: p.Title.English, Regions: slices.Clone(p.Regions)}
	}
	return out
}

func (s *Issuers) issuer(key string) (*issuer, error) {
	for _, p := range s.all {
		if p.Key == key {
			return p, nil
		}
	}
	return nil, fault.New(fault.IssuerUnknown, "value", key)
}

// Address implements identity.Issuers.
func (s *Issuers) Address(ctx context.Context, key string, asked identity.Asked) (string, error) {
	p, err := s.issuer(key)
	if err != nil {
		return "", err
	}
	found, err := s.discover(ctx, p)
	if err != nil {
		return "", err
	}
	options := []oauth2.AuthCodeOption{oidc.Nonce(asked.Nonce), oauth2.S256ChallengeOption(asked.Verifier)}
	if len(p.ACR) > 0 {
		options = append(options, oauth2.SetAuthURLParam("acr_values", strings.Join(p.ACR, " ")))
	}
	address := s.exchange(p, found).AuthCodeURL(asked.State, options...)
	if u, err := url.Parse(address); err != nil || u.Scheme != "https" || u.Host == "" {
		return "", s.unavailable(ctx, p, errors.New("the authorisation endpoint is no https address"))
	}
	return address, nil
}

// Redeem implements identity.Issuers.
func (s *Issuers) Redeem(ctx context.Context, key, code string, asked identity.Asked) (identity.External, error) {
	var none identity.External
	p, err := s.issuer(key)
	if err != nil {
		return none, err
	}
	found, err := s.discover(ctx, p)
	if err != nil {
		return none, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	tokens, err := s.exchange(p, found).Exchange(ctx, code, oauth2.VerifierOption(asked.Verifier))
	if err != nil {
		return none, s.failed(ctx, p, err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	token, err := found.Verifier(&oidc.Config{ClientID: p.ClientID, SupportedSigningAlgs: algorithms, Now: s.now}).Verify(ctx, raw)
	if err != nil {
		return none, s.refused(ctx, p, err)
	}
	if err := s.believe(p, token, asked); err != nil {
		return none, s.refused(ctx, p, err)
	}
	return identity.External{Key: p.Key, Issuer: token.Issuer, Subject: token.Subject, Strong: p.SecondFactor}, nil
}

// discover asks a provider for its addresses and keys' address, once an hour; an
// old answer stands while it cannot be reached.
func (s *Issuers) discover(ctx context.Context, p *issuer) (*oidc.Provider, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if s.now().Before(p.until) {
		return p.found, p.bad
	}
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, p.client), p.Provider.Issuer)
	if err != nil {
		if p.until = s.now().Add(retryAfter); p.found == nil {
			p.bad = s.unavailable(ctx, p, err)
		}
		return p.found, p.bad
	}
	p.found, p.bad, p.until = found, nil, s.now().Add(discoveryLife)
	return found, nil
}

func (s *Issuers) exchange(p *issuer, found *oidc.Provider) *oauth2.Config {
	endpoint := found.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if p.ClientAuth == "body" || p.secret == "" {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.secret, Endpoint: endpoint,
		RedirectURL: s.publicURL + "/auth/oidc/" + p.Key + "/callback", Scopes: append([]string{oidc.ScopeOpenID}, p.Scopes...)}
}

// believe checks what the library does not: the nonce, for whom the token was
// issued when it is for several, its age, and what the operator requires.
func (s *Issuers) believe(p *issuer, token *oidc.IDToken, asked identity.Asked) error {
	if asked.Nonce == "" || subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(asked.Nonce)) != 1 {
		return errors.New("the nonce is another one")
	}
	if token.Subject == "" || len(token.Subject) > 255 {
		return errors.New("there is no subject")
	}
	if age := s.now().Sub(token.IssuedAt); age > freshFor || age < -clockSkew {
		return errors.New("the token was not issued now")
	}
	claims := map[string]any{}
	if err := token.Claims(&claims); err != nil {
		return err
	}
	if azp, said := claims["azp"]; said && azp != p.ClientID || !said && len(token.Audience) > 1 {
		return errors.New("the token was issued for another client")
	}
	if acr, _ := claims["acr"].(string); len(p.ACR) > 0 && !slices.Contains(p.ACR, acr) {
		return errors.New("the class of authentication is not one that is required")
	}
	for name, want := range p.Claims {
		if !holds(claims[name], want) {
			return errors.New("a required claim is missing: " + name)
		}
	}
	return nil
}

// holds reports whether a claim is the value, or a list with it.
func holds(claim any, want string) bool {
	if list, ok := claim.([]any); ok {
		return slices.Contains(list, any(want))
	}
	return claim == any(want)
}

// failed tells a provider that refused a code from one that did not answer.
func (s *Issuers) failed(ctx context.Context, p *issuer, err error) error {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) {
		return s.refused(ctx, p, errors.New("the code was refused: "+refused.ErrorCode))
	}
	return s.unavailable(ctx, p, err)
}

// refused logs why, which the caller is not told.
func (s *Issuers) refused(ctx context.Context, p *issuer, why error) error {
	s.logger.WarnContext(ctx, "an identity was refused", slog.String("issuer", p.Key), slog.Any("reason", why))
	return fault.New(fault.IssuerRefused)
}

func (s *Issuers) unavailable(ctx context.Context, p *issuer, why error) error {
	s.logger.WarnContext(ctx, "an identity provider does not answer", slog.String("issuer", p.Key), slog.Any("reason", why))
	return fault.New(fault.IssuerUnavailable)
}
