package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/fault"
)

// Issuer is one of the operator's identity providers, as the sign-in page shows it.
type Issuer struct {
	Key     string
	Chinese string // what the button says
	English string
	Regions []string // division codes; it signs people in whose home lies in one of them
}

// Asked binds one visit to an issuer: what is sent there and has to come back.
type Asked struct {
	State    string
	Nonce    string
	Verifier string // of PKCE, S256
}

// Issuers talk to identity providers; the adapter speaks OpenID Connect.
type Issuers interface {
	List() []Issuer
	// Address gives where to send the browser.
	Address(ctx context.Context, key string, asked Asked) (string, error)
	// Redeem exchanges a code for an identity whose signature, issuer, audience,
	// times and nonce are right; ISSUER_REFUSED otherwise, ISSUER_UNAVAILABLE when
	// the issuer does not answer.
	Redeem(ctx context.Context, key, code string, asked Asked) (External, error)
}

// What a visit to an issuer is for.
const (
	forSignIn = "sign-in"
	forLink   = "link"
	forProof  = "proof" // of somebody who accepts an invitation
)

// visit is what the browser keeps, encrypted, while it is at an issuer.
type visit struct {
	Asked
	Key     string
	For     string
	User    uuid.UUID // who links
	Next    string    // a path of ours to go to afterwards
	Secret  string    // of the invitation that the proof is for
	Expires time.Time
}

// visitLife is how long somebody may take at an issuer.
const visitLife = 10 * time.Minute

const visitPurpose = "visit to an issuer"

// Visit is the beginning of a visit to an issuer: where to go, and what the
// browser keeps meanwhile, in a cookie that scripts do not see.
type Visit struct {
	Address string
	Cookie  string
	Until   time.Time
}

// Returned is the end of a visit: a session or the next step to one; or, for
// other purposes, what was linked or proved.
type Returned struct {
	*LoggedIn           // nil for other purposes than signing in
	Next       string   // where to go
	Linking    *Linking // to be finished by whoever began it (FinishLink)
	Proof      string   // sealed, for whoever accepts the invitation with it
	ProofUntil time.Time
}

// Linking is an identity that came back for a user who wants it linked.
type Linking struct {
	user     uuid.UUID
	external External
}

// Issuers lists the identity providers of the sign-in page.
func (s *Service) Issuers() []Issuer {
	if s.issuers == nil {
		return nil
	}
	return s.issuers.List()
}

// BeginSignIn sends a browser to an issuer to sign in; next is where it goes
// afterwards.
func (s *Service) BeginSignIn(ctx context.Context, key, next string) (*Visit, error) {
	return s.begun(ctx, visit{Key: key, For: forSignIn, Next: next})
}

func (s *Service) begun(ctx context.Context, v visit) (*Visit, error) {
	if _, err := s.issuer(v.Key); err != nil {
		return nil, err
	}
	v.Asked, v.Expires = Asked{State: unguessable(), Nonce: unguessable(), Verifier: unguessable()}, s.now().Add(visitLife)
	address, err := s.issuers.Address(ctx, v.Key, v.Asked)
	if err != nil {
		return nil, err
	}
	cookie, err := s.sealText(v, visitPurpose)
	return &Visit{Address: address, Cookie: cookie, Until: v.Expires}, err
}

func unguessable() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func (s *Service) issuer(key string) (Issuer, error) {
	for _, i := range s.Issuers() {
		if i.Key == key {
			return i, nil
		}
	}
	return Issuer{}, fault.New(fault.IssuerUnknown, "value", key)
}

func (s *Service) sealText(what any, purpose string) (string, error) {
	plain, err := json.Marshal(what)
	if err != nil {
		return "", err
	}
	sealed, err := s.secrets().Seal(plain, purpose)
	return base64.RawURLEncoding.EncodeToString(sealed), err
}

func (s *Service) openText(text, purpose string, into any) bool {
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return false
	}
	plain, err := s.secrets().Open(sealed, purpose)
	return err == nil && json.Unmarshal(plain, into) == nil
}

// CallbackInput is what a browser brings back from an issuer.
type CallbackInput struct {
	Key, State, Code, Cookie string
	Issuer                   string // of RFC 9207, when the issuer names itself
	Previous, Agent, Address string
}

// Callback ends a visit: it belongs to the browser that began it, comes back
// once, from the issuer it went to and with an identity that this issuer vouches
// for. Nobody becomes a user by it: EXTERNAL_NOT_LINKED.
func (s *Service) Callback(ctx context.Context, in CallbackInput) (*Returned, error) {
	if err := s.Slow(in.Address); err != nil {
		return nil, err
	}
	v, err := s.visitOf(ctx, in)
	if err != nil {
		return nil, err
	}
	external, err := s.issuers.Redeem(ctx, v.Key, in.Code, v.Asked)
	if err != nil {
		return nil, err
	}
	if in.Issuer != "" && in.Issuer != external.Issuer {
		return nil, fault.New(fault.IssuerRefused)
	}
	back := &Returned{Next: v.Next}
	switch v.For {
	case forSignIn:
		back.LoggedIn, err = s.signInBy(ctx, external, in)
	case forLink:
		back.Linking = &Linking{v.User, external}
	case forProof:
		back.Proof, back.ProofUntil, err = s.sealProof(v.Secret, external)
	}
	if err != nil {
		return nil, err
	}
	s.Done(in.Address)
	return back, nil
}

// visitOf opens what the browser kept and checks that this is its return.
func (s *Service) visitOf(ctx context.Context, in CallbackInput) (visit, error) {
	var v visit
	if !s.openText(in.Cookie, visitPurpose, &v) || v.Key != in.Key || in.Code == "" || s.now().After(v.Expires) ||
		subtle.ConstantTimeCompare([]byte(v.State), []byte(in.State)) != 1 {
		return v, fault.New(fault.IssuerRefused)
	}
	if _, err := s.issuer(v.Key); err != nil {
		return v, err
	}
	first := false
	err := s.outside(ctx, func(ctx context.Context, d Directory) (err error) {
		first, err = d.UseState(ctx, sha256.Sum256([]byte("state "+v.State)), visitLife)
		return err
	})
	if err == nil && !first {
		err = fault.New(fault.IssuerRefused)
	}
	return v, err
}

// signInBy opens a session for the user an identity is linked to, when the
// issuer may sign in people of that user's home.
func (s *Service) signInBy(ctx context.Context, e External, in CallbackInput) (*LoggedIn, error) {
	var user *ExternalUser
	err := s.outside(ctx, func(ctx context.Context, d Directory) (err error) {
		user, err = d.UserOfExternal(ctx, e.Issuer, e.Subject)
		return err
	})
	if err != nil {
		return nil, err
	}
	if user == nil || !user.Active {
		return nil, fault.New(fault.ExternalUnlinked)
	}
	if err := s.mayVouch(e.Key, user.Region); err != nil {
		return nil, err
	}
	err = s.outside(ctx, func(ctx context.Context, d Directory) error { return d.NoteExternal(ctx, e.Issuer, e.Subject) })
	if err != nil {
		return nil, err
	}
	return s.proved(ctx, Step{User: user.User, Proof: Proof{Method: byIssuer + e.Key, Strong: e.Strong, Agent: in.Agent}}, in.Previous)
}

// mayVouch refuses an issuer of one county for people of another.
func (s *Service) mayVouch(key, home string) error {
	issuer, err := s.issuer(key)
	if err != nil {
		return err
	}
	for _, region := range issuer.Regions {
		if home != "" && strings.HasPrefix(home, region) {
			return nil
		}
	}
	return fault.New(fault.IssuerForeignRegion)
}

func recordLink(ctx context.Context, user uuid.UUID, e External) error {
	return audit.Record(ctx, "external:link", "user", user, map[string]any{"issuer": e.Issuer, "key": e.Key})
}
