package oidc

import (
	"crypto"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"leitai/internal/fault"
	"leitai/internal/identity"
)

func TestAGoodVisit(t *testing.T) {
	t.Parallel()
	p := newProvider(t)
	s := p.issuers(t, "    scopes: [profile]\n")
	address, err := s.Address(t.Context(), "county", asked)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if !strings.HasPrefix(address, p.URL+"/authorize?") || q.Get("response_type") != "code" || q.Get("client_id") != "leitai" || q.Get("scope") != "openid profile" ||
		q.Get("state") != asked.State || q.Get("nonce") != asked.Nonce || q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" ||
		q.Get("redirect_uri") != "https://leitai.example/auth/oidc/county/callback" || strings.Contains(address, asked.Verifier) {
		t.Errorf("%s", address)
	}
	e, err := s.Redeem(t.Context(), "county", "the-code", asked)
	if err != nil || e != (identity.External{Key: "county", Issuer: p.URL, Subject: "s-1"}) {
		t.Errorf("%+v %v", e, err)
	}
	if p.form.Get("code") != "the-code" || p.form.Get("code_verifier") != asked.Verifier || p.form.Get("basic") != "leitai:s3cret" ||
		p.form.Get("redirect_uri") != "https://leitai.example/auth/oidc/county/callback" || p.form.Get("client_secret") != "" {
		t.Errorf("the exchange: %v", p.form)
	}
	if l := s.List(); len(l) != 1 || l[0].Chinese != "县统一认证" || l[0].Regions[0] != "990101" {
		t.Errorf("%+v", l)
	}
	if _, err := s.Address(t.Context(), "nobody", asked); fault.CodeOf(err) != fault.IssuerUnknown {
		t.Errorf("%v", err)
	}
}

// hmacSigned is a token whose "signature" is an HMAC with the public key, which
// a careless client would accept.
func hmacSigned(key crypto.PublicKey, claims map[string]any) string {
	public, _ := json.Marshal(jose.JSONWebKey{Key: key})
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.HS256, Key: public}, nil)
	if err != nil {
		panic(err)
	}
	body, _ := json.Marshal(claims)
	signed, _ := signer.Sign(body)
	text, _ := signed.CompactSerialize()
	return text
}

func unsigned(claims map[string]any) string {
	body, _ := json.Marshal(claims)
	return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + base64.RawURLEncoding.EncodeToString(body) + "."
}

// Whatever a provider, or somebody in between, answers: an identity is believed
// only when it was signed by that provider, for this client, now, for this visit.
func TestForgedIdentities(t *testing.T) {
	t.Parallel()
	set := func(name string, value any) func(*provider, map[string]any) string {
		return func(p *provider, c map[string]any) string {
			c[name] = value
			return p.sign(c)
		}
	}
	without := func(name string) func(*provider, map[string]any) string {
		return func(p *provider, c map[string]any) string {
			delete(c, name)
			return p.sign(c)
		}
	}
	for name, forge := range map[string]func(p *provider, c map[string]any) string{
		"another nonce":              set("nonce", "nonce-of-another-visit"),
		"no nonce":                   without("nonce"),
		"another client's":           set("aud", "other-client"),
		"for several, none presents": set("aud", []string{"leitai", "other-client"}),
		"presented by another": func(p *provider, c map[string]any) string {
			c["aud"], c["azp"] = []string{"leitai", "other-client"}, "other-client"
			return p.sign(c)
		},
		"another issuer":    set("iss", "https://other.example"),
		"over":              set("exp", time.Now().Add(-time.Minute).Unix()),
		"no end":            without("exp"),
		"issued long ago":   set("iat", time.Now().Add(-time.Hour).Unix()),
		"issued in an hour": set("iat", time.Now().Add(time.Hour).Unix()),
		"not valid yet":     set("nbf", time.Now().Add(time.Hour).Unix()),
		"nobody":            set("sub", ""),
		"a very long name":  set("sub", strings.Repeat("s", 256)),
		"no algorithm":      func(_ *provider, c map[string]any) string { return unsigned(c) },
		"the public key":    func(p *provider, c map[string]any) string { return hmacSigned(p.keys[0].Public(), c) },
		"another key":       func(_ *provider, c map[string]any) string { return signWith(signingKeys()[1], c) },
		"no token":          func(*provider, map[string]any) string { return "" },
		"no token at all":   func(*provider, map[string]any) string { return "x.y" },
		"a changed subject": func(p *provider, c map[string]any) string {
			parts := strings.Split(p.sign(c), ".")
			c["sub"] = "s-2"
			body, _ := json.Marshal(c)
			return parts[0] + "." + base64.RawURLEncoding.EncodeToString(body) + "." + parts[2]
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProvider(t)
			s := p.issuers(t, "")
			p.token = func(c map[string]any) string { return forge(p, maps.Clone(c)) }
			if e, err := s.Redeem(t.Context(), "county", "code", asked); fault.CodeOf(err) != fault.IssuerRefused || e != (identity.External{}) {
				t.Errorf("%+v %v", e, err)
			}
			p.token = p.sign
			if _, err := s.Redeem(t.Context(), "county", "code", asked); err != nil {
				t.Errorf("the honest answer: %v", err)
			}
		})
	}
}

func TestWhatTheOperatorRequires(t *testing.T) {
	t.Parallel()
	p := newProvider(t)
	s := p.issuers(t, "    required_acr: [\"urn:mfa\"]\n    second_factor: true\n    required_claims: {org: \"990101\", groups: staff}\n")
	for name, c := range map[string]struct {
		claims map[string]any
		ok     bool
	}{
		"all":        {map[string]any{"acr": "urn:mfa", "org": "990101", "groups": []string{"a", "staff"}}, true},
		"less":       {map[string]any{"acr": "urn:password", "org": "990101", "groups": []string{"staff"}}, false},
		"no acr":     {map[string]any{"org": "990101", "groups": "staff"}, false},
		"other org":  {map[string]any{"acr": "urn:mfa", "org": "990102", "groups": "staff"}, false},
		"not in it":  {map[string]any{"acr": "urn:mfa", "org": "990101", "groups": []string{"a"}}, false},
		"no groups":  {map[string]any{"acr": "urn:mfa", "org": "990101"}, false},
		"org number": {map[string]any{"acr": "urn:mfa", "org": 990101, "groups": "staff"}, false},
	} {
		p.claims = p.good()
		maps.Copy(p.claims, c.claims)
		e, err := s.Redeem(t.Context(), "county", "code", asked)
		if (err == nil) != c.ok || e.Strong != c.ok {
			t.Errorf("%s: %+v %v", name, e, err)
		}
	}
	address, err := s.Address(t.Context(), "county", asked)
	if err != nil || !strings.Contains(address, "acr_values=urn%3Amfa") {
		t.Errorf("%s %v", address, err)
	}
}

// A provider changes its keys: a token of a new key is believed at once, because
// the keys are asked for again; one of a key that is gone is not.
func TestAProviderRotatesItsKeys(t *testing.T) {
	t.Parallel()
	p := newProvider(t)
	s := p.issuers(t, "")
	redeem := func() error {
		_, err := s.Redeem(t.Context(), "county", "code", asked)
		return err
	}
	if err := redeem(); err != nil || p.fetch != 1 {
		t.Fatalf("%v, %d", err, p.fetch)
	}
	if err := redeem(); err != nil || p.fetch != 1 {
		t.Errorf("%v, the keys were asked for %d times", err, p.fetch)
	}
	p.lock.Lock()
	p.keys = signingKeys()[1:]
	p.lock.Unlock()
	if err := redeem(); err != nil || p.fetch != 2 {
		t.Errorf("after a rotation: %v, %d", err, p.fetch)
	}
	p.token = func(c map[string]any) string { return signWith(signingKeys()[0], c) }
	if err := redeem(); fault.CodeOf(err) != fault.IssuerRefused {
		t.Errorf("a key that is gone: %v", err)
	}
}

func TestAProviderThatFails(t *testing.T) {
	t.Parallel()
	p := newProvider(t)
	s := p.issuers(t, "")
	p.status = http.StatusBadRequest
	if _, err := s.Redeem(t.Context(), "county", "code", asked); fault.CodeOf(err) != fault.IssuerRefused {
		t.Errorf("a refused code: %v", err)
	}
	f := p.file(t, "")
	f.AllowNetworks = nil
	if _, err := New(f, time.Now, slog.New(slog.DiscardHandler)).Address(t.Context(), "county", asked); fault.CodeOf(err) != fault.IssuerUnavailable {
		t.Errorf("inside, and not allowed: %v", err)
	}
	p.Close()
	if _, err := s.Redeem(t.Context(), "county", "code", asked); fault.CodeOf(err) != fault.IssuerUnavailable {
		t.Errorf("down: %v", err)
	}
	if _, err := New(p.file(t, ""), time.Now, slog.New(slog.DiscardHandler)).Address(t.Context(), "county", asked); fault.CodeOf(err) != fault.IssuerUnavailable {
		t.Errorf("down from the beginning: %v", err)
	}
}
