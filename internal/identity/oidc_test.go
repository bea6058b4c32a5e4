package identity_test

import (
	"context"
	"sync"
	"testing"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
)

// vouching are issuers that vouch for whoever the test says.
type vouching struct {
	lock  sync.Mutex
	codes map[string]identity.External // by code, one use
	asked []identity.Asked
}

func (v *vouching) List() []identity.Issuer {
	return []identity.Issuer{
		{Key: "county", Chinese: "县统一认证", English: "County sign-in", Regions: []string{"990101"}},
		{Key: "other", Chinese: "邻县统一认证", English: "Another county", Regions: []string{"990102"}},
	}
}

func (v *vouching) Address(_ context.Context, key string, asked identity.Asked) (string, error) {
	v.lock.Lock()
	defer v.lock.Unlock()
	v.asked = append(v.asked, asked)
	return "https://" + key + ".example/authorize?state=" + asked.State, nil
}

func (v *vouching) Redeem(_ context.Context, _, code string, _ identity.Asked) (identity.External, error) {
	v.lock.Lock()
	defer v.lock.Unlock()
	e, known := v.codes[code]
	if !known {
		return e, fault.New(fault.IssuerRefused)
	}
	delete(v.codes, code)
	return e, nil
}

// promise makes an issuer vouch for a subject once, for the code.
func (v *vouching) promise(code, key, subject string, strong bool) {
	v.lock.Lock()
	defer v.lock.Unlock()
	if v.codes == nil {
		v.codes = map[string]identity.External{}
	}
	v.codes[code] = identity.External{Key: key, Issuer: "https://" + key + ".example", Subject: subject, Strong: strong}
}

func (v *vouching) last() identity.Asked {
	v.lock.Lock()
	defer v.lock.Unlock()
	return v.asked[len(v.asked)-1]
}

// back is the return of a visit with a code.
func (s *stage) back(visit *identity.Visit, key, code string) identity.CallbackInput {
	return identity.CallbackInput{Key: key, State: s.issuers.last().State, Code: code, Cookie: visit.Cookie, Address: "192.0.2.9"}
}

// visit goes to an issuer to sign in and comes back with a code.
func (s *stage) visit(key, code string) (*identity.Returned, error) {
	s.t.Helper()
	visit, err := s.who.BeginSignIn(s.t.Context(), key, "/explorer/")
	must(s.t, err)
	return s.who.Callback(s.t.Context(), s.back(visit, key, code))
}

// linked links a subject of an issuer with a user who is signed in.
func (s *stage) linked(login, key, subject string) error {
	s.t.Helper()
	ctx, _, err := s.begin(s.signIn(login))
	must(s.t, err)
	visit, err := s.who.BeginLink(ctx, key, "/", password, "")
	must(s.t, err)
	s.issuers.promise("link-"+subject, key, subject, false)
	back, err := s.who.Callback(s.t.Context(), s.back(visit, key, "link-"+subject))
	must(s.t, err)
	return s.who.FinishLink(ctx, back.Linking)
}

// An identity signs in the user it was linked to, and nobody else.
func TestSigningInWithAnotherIssuer(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.issuers.promise("c0", "county", "s-1", false)
	_, err := s.visit("county", "c0")
	refused(t, err, fault.ExternalUnlinked, "")
	if s.count(`SELECT count(*) FROM app_user`) != 4 {
		t.Error("an account made itself")
	}
	must(t, s.linked("clerk", "county", "s-1"))
	s.issuers.promise("c1", "county", "s-1", false)
	in, err := s.visit("county", "c1")
	must(t, err)
	_, v, err := s.begin(in.Secret)
	must(t, err)
	if v.User != s.users["clerk"] || in.Next != "/explorer/" || s.count(`SELECT count(*) FROM session WHERE method = 'oidc:county' AND NOT strong`) != 1 {
		t.Errorf("%+v to %s", v, in.Next)
	}
	refused(t, s.linked("judge", "county", "s-1"), fault.ExternalTaken, "")
	refused(t, s.linked("clerk", "county", "s-2"), fault.ExternalTaken, "")
	s.put(`UPDATE app_user SET status = 'disabled' WHERE login = 'clerk'`)
	s.issuers.promise("c2", "county", "s-1", false)
	_, err = s.visit("county", "c2")
	refused(t, err, fault.ExternalUnlinked, "")
}

// A visit belongs to the browser that began it and comes back once.
func TestAVisitComesBackOnceToWhomItBelongs(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	must(t, s.linked("clerk", "county", "s-1"))
	begin := func() (*identity.Visit, identity.CallbackInput) {
		visit, err := s.who.BeginSignIn(t.Context(), "county", "/")
		must(t, err)
		s.issuers.promise("code", "county", "s-1", false)
		return visit, s.back(visit, "county", "code")
	}
	first, good := begin()
	other, foreign := begin()
	for name, spoil := range map[string]func(in *identity.CallbackInput){
		"no cookie":              func(in *identity.CallbackInput) { in.Cookie = "" },
		"another visit's cookie": func(in *identity.CallbackInput) { in.Cookie = first.Cookie },
		"another state":          func(in *identity.CallbackInput) { in.State = good.State },
		"no state":               func(in *identity.CallbackInput) { in.State = "" },
		"another issuer's path":  func(in *identity.CallbackInput) { in.Key = "other" },
		"another issuer's name":  func(in *identity.CallbackInput) { in.Issuer = "https://other.example" },
		"no code":                func(in *identity.CallbackInput) { in.Code = "" },
		"a code of nobody":       func(in *identity.CallbackInput) { in.Code = "guess" },
		"a cut cookie":           func(in *identity.CallbackInput) { in.Cookie = in.Cookie[:20] },
	} {
		visit, in := begin()
		_ = visit
		spoil(&in)
		if _, err := s.who.Callback(t.Context(), in); fault.CodeOf(err) != fault.IssuerRefused {
			t.Errorf("%s: %v", name, err)
		}
	}
	_ = other
	s.issuers.promise("code", "county", "s-1", false)
	if _, err := s.who.Callback(t.Context(), foreign); err != nil {
		t.Fatalf("the untouched visit: %v", err)
	}
	s.issuers.promise("code", "county", "s-1", false)
	if _, err := s.who.Callback(t.Context(), foreign); fault.CodeOf(err) != fault.IssuerRefused {
		t.Errorf("a second return: %v", err)
	}
	s.clock.advance(11 * 60 * 1e9)
	s.issuers.promise("code", "county", "s-1", false)
	if _, err := s.who.Callback(t.Context(), good); fault.CodeOf(err) != fault.IssuerRefused {
		t.Errorf("a return after eleven minutes: %v", err)
	}
	_, err := s.who.BeginSignIn(t.Context(), "nobody", "/")
	refused(t, err, fault.IssuerUnknown, "")
}

// An issuer of a county neither links nor signs in people of another.
func TestAnIssuerOfAnotherCounty(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	refused(t, s.linked("clerk", "other", "s-9"), fault.IssuerForeignRegion, "")
	s.put(`INSERT INTO external_login VALUES (gen_random_uuid(), $1, 'https://other.example', 's-9', 'other', now())`, s.users["clerk"])
	s.issuers.promise("c", "other", "s-9", true)
	_, err := s.visit("other", "c")
	refused(t, err, fault.IssuerForeignRegion, "")
	s.tenant("far", "990102101")
	s.put(`UPDATE app_user SET home_tenant = $1 WHERE login = 'clerk'`, s.tenants["far"])
	s.issuers.promise("c", "other", "s-9", true)
	_, err = s.visit("other", "c")
	must(t, err)
}

// Who has lost the password links by a fresh sign-in; later the password is
// asked for again. A link is undone by its user, which ends other sessions.
func TestLinkingAsksForAProof(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	secret := s.signIn("judge")
	ctx, _, err := s.begin(secret)
	must(t, err)
	_, err = s.who.BeginLink(ctx, "county", "/", "", "")
	must(t, err)
	_, err = s.who.BeginLink(ctx, "county", "/", "Wrong-Horse-1", "")
	refused(t, err, fault.PasswordWrong, "current")
	s.put(`UPDATE session SET proved_at = now() - interval '11 minutes'`)
	ctx, _, err = s.begin(secret)
	must(t, err)
	_, err = s.who.BeginLink(ctx, "county", "/", "", "")
	refused(t, err, fault.ProofWanted, "password")
	must(t, s.linked("clerk", "county", "s-1"))
	links, err := s.who.Links(s.as("clerk"))
	if err != nil || len(links) != 1 || links[0].Key != "county" {
		t.Fatalf("%+v %v", links, err)
	}
	refused(t, s.who.Unlink(s.as("judge"), links[0].ID, password, ""), fault.NotFound, "")
	other := s.signIn("clerk")
	must(t, s.who.Unlink(s.as("clerk"), links[0].ID, password, ""))
	if _, _, err := s.begin(other); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("another session lives on: %v", err)
	}
	s.issuers.promise("c", "county", "s-1", false)
	_, err = s.visit("county", "c")
	refused(t, err, fault.ExternalUnlinked, "")
}

// A link that one user began is not finished for another.
func TestALinkBelongsToWhoBeganIt(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	visit, err := s.who.BeginLink(s.as("clerk"), "county", "/", password, "")
	must(t, err)
	s.issuers.promise("c", "county", "s-1", false)
	back, err := s.who.Callback(t.Context(), s.back(visit, "county", "c"))
	must(t, err)
	refused(t, s.who.FinishLink(s.as("judge"), back.Linking), fault.IssuerRefused, "")
	if s.count(`SELECT count(*) FROM external_login`) != 0 {
		t.Error("linked all the same")
	}
}

// An identity proved for an invitation is linked by whoever accepts it.
func TestProvingAnIdentity(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	_, secret := s.invited(identity.InvitationInput{Role: authz.Judge, Name: "某"})
	offer, _, err := s.who.HoldOffer(secret)
	must(t, err)
	for _, none := range []string{"", offer[1:], secret} {
		_, err := s.who.BeginProof(t.Context(), "county", "/join", none)
		refused(t, err, fault.InvitationInvalid, "")
	}
	visit, err := s.who.BeginProof(t.Context(), "county", "/join", offer)
	must(t, err)
	s.issuers.promise("c", "county", "s-7", false)
	back, err := s.who.Callback(t.Context(), s.back(visit, "county", "c"))
	must(t, err)
	p, err := s.who.LookProof(t.Context(), back.Proof)
	if err != nil || p.Secret != secret || p.Issuer.Key != "county" || p.Known || back.LoggedIn != nil {
		t.Errorf("%+v %v", p, err)
	}
	for _, none := range []string{visit.Cookie, offer, ""} {
		_, err = s.who.LookProof(t.Context(), none)
		refused(t, err, fault.IssuerRefused, "proof")
	}
	s.clock.advance(11 * 60 * 1e9)
	_, err = s.who.LookProof(t.Context(), back.Proof)
	refused(t, err, fault.IssuerRefused, "proof")
	s.clock.advance(20 * 60 * 1e9)
	_, err = s.who.BeginProof(t.Context(), "county", "/join", offer)
	refused(t, err, fault.InvitationInvalid, "")
}
