package identity

import (
	"context"
	"crypto/sha256"
	"strings"
	"time"

	"leitai/internal/audit"
	"leitai/internal/fault"
)

const offerPurpose, proofPurpose = "invitation looked at", "identity proved for an invitation"

// offerLife is how long somebody may read an offer before going to an issuer.
const offerLife = 30 * time.Minute

// offered is an invitation that a browser looked at, encrypted: a visit to an
// issuer is for that one, and no address ever holds the secret.
type offered struct {
	Secret  string
	Expires time.Time
}

// proof is an identity that a browser proved for one invitation, encrypted.
type proof struct {
	External External
	Secret   string // of the invitation
	Once     string // tells it from every other: it is taken once
	Expires  time.Time
}

// HoldOffer seals the secret of an invitation for the browser that looked at it,
// so that it can go to an issuer for that invitation (BeginProof).
func (s *Service) HoldOffer(secret string) (sealed string, until time.Time, err error) {
	until = s.now().Add(offerLife)
	sealed, err = s.sealText(offered{strings.TrimSpace(secret), until}, offerPurpose)
	return sealed, until, err
}

// BeginProof sends a browser to an issuer to prove an identity for accepting the
// invitation that it looked at; INVITATION_INVALID when it looked at none lately.
func (s *Service) BeginProof(ctx context.Context, key, next, offer string) (*Visit, error) {
	var o offered
	if !s.openText(offer, offerPurpose, &o) || s.now().After(o.Expires) {
		return nil, fault.New(fault.InvitationInvalid)
	}
	return s.begun(ctx, visit{Key: key, For: forProof, Next: next, Secret: o.Secret})
}

func (s *Service) sealProof(secret string, e External) (sealed string, until time.Time, err error) {
	until = s.now().Add(visitLife)
	sealed, err = s.sealText(proof{External: e, Secret: secret, Once: unguessable(), Expires: until}, proofPurpose)
	return sealed, until, err
}

// openProof refuses what is no proof of ours, and one that is too old.
func (s *Service) openProof(sealed string) (*proof, error) {
	var p proof
	if !s.openText(sealed, proofPurpose, &p) || s.now().After(p.Expires) {
		return nil, fault.New(fault.IssuerRefused).At("proof")
	}
	return &p, nil
}

// Proven is what a page tells of a proof before the invitation is accepted.
type Proven struct {
	Secret string // of the invitation it is for
	Issuer Issuer
	Known  bool // the identity is linked to a user, who accepts without a new login
}

// LookProof tells what a browser proved (Returned.Proof); ISSUER_REFUSED when it
// is nothing or too old.
func (s *Service) LookProof(ctx context.Context, sealed string) (*Proven, error) {
	p, err := s.openProof(sealed)
	if err != nil {
		return nil, err
	}
	issuer, err := s.issuer(p.External.Key)
	if err != nil {
		return nil, err
	}
	user, err := s.userBehind(ctx, p.External)
	return &Proven{Secret: p.Secret, Issuer: issuer, Known: user != nil}, err
}

func (s *Service) userBehind(ctx context.Context, e External) (user *ExternalUser, err error) {
	err = s.outside(ctx, func(ctx context.Context, d Directory) (err error) {
		user, err = d.UserOfExternal(ctx, e.Issuer, e.Subject)
		return err
	})
	return user, err
}

// joiner is who accepts without a session: somebody new, with a password or a
// proved identity, or the user to whom the proved identity is linked.
type joiner struct {
	Prepared
	proof *proof
	known bool
}

// oneWay refuses two ways of proving who accepts, and none.
func oneWay(in Acceptance) error {
	switch {
	case in.Session != "" && (in.Login != "" || in.Password != ""):
		return fault.New(fault.InvitationSignedIn).At("login")
	case in.Session != "" && in.Proof != "":
		return fault.New(fault.InvitationSignedIn).At("proof")
	case in.Session != "":
		return nil
	case in.Password != "" && in.Proof != "":
		return fault.New(fault.InvitationOneProof).At("proof")
	case in.Password == "" && in.Proof == "":
		return fault.New(fault.InvitationOneProof).At("password")
	}
	return nil
}

// proven is who accepts with a proved identity, and that identity proved for
// this invitation: a new user without a password under the login entered, or,
// without a login, the user to whom it is linked.
func (s *Service) proven(ctx context.Context, in Acceptance) (joiner, error) {
	p, err := s.openProof(in.Proof)
	if err != nil {
		return joiner{}, err
	}
	if p.Secret != strings.TrimSpace(in.Secret) {
		return joiner{}, fault.New(fault.IssuerRefused).At("proof")
	}
	user, err := s.userBehind(ctx, p.External)
	switch {
	case err != nil:
		return joiner{}, err
	case user == nil:
		name := nameOf(in.Login)
		if f := checkName(name); f != nil {
			return joiner{}, f
		}
		return joiner{Prepared{ID: newID(), Login: name}, p, false}, nil
	case in.Login != "":
		return joiner{}, fault.New(fault.ExternalTaken).At("proof")
	case !user.Active:
		return joiner{}, fault.New(fault.ExternalUnlinked).At("proof")
	}
	return joiner{Prepared{ID: user.User}, p, true}, s.mayProve(p, user.Region)
}

// mayProve refuses the proof of an issuer that is not for a region.
func (s *Service) mayProve(p *proof, region string) error {
	return aboutProof(s.mayVouch(p.External.Key, region))
}

// enter makes the user who accepts, where there is none yet, and uses the proof
// up, in the transaction that gives the role.
func (s *Service) enter(ctx context.Context, st Store, j joiner, a Admitted) error {
	if j.proof != nil {
		if err := s.useProof(ctx, st, j.proof, a.Inviter.Region); err != nil {
			return err
		}
	}
	if j.known {
		return stillBehind(ctx, st, j)
	}
	if err := st.InsertUser(ctx, j.ID, j.Login, j.Hash); err != nil {
		return err
	}
	if err := audit.Record(ctx, "user:create", "user", j.ID, map[string]any{"invitation": a.Invitation}); err != nil {
		return err
	}
	if j.proof == nil {
		return nil
	}
	return aboutProof(s.LinkExternal(ctx, st, j.ID, j.proof.External))
}

// useProof takes a proof once, of an issuer for the county of the tenant that
// invites.
func (s *Service) useProof(ctx context.Context, st Store, p *proof, region string) error {
	if err := s.mayProve(p, region); err != nil {
		return err
	}
	first, err := st.UseState(ctx, sha256.Sum256([]byte("proof "+p.Once)), visitLife)
	if err == nil && !first {
		err = fault.New(fault.IssuerRefused).At("proof")
	}
	return err
}

// stillBehind asks once more, inside the transaction, whose identity it is.
func stillBehind(ctx context.Context, st Store, j joiner) error {
	user, err := st.UserOfExternal(ctx, j.proof.External.Issuer, j.proof.External.Subject)
	if err != nil {
		return err
	}
	if user == nil || !user.Active || user.User != j.ID {
		return fault.New(fault.ExternalUnlinked).At("proof")
	}
	return nil
}

// aboutProof names the field of what was wrong with a proof.
func aboutProof(err error) error {
	if faults := fault.All(err); len(faults) > 0 {
		return faults[0].At("proof")
	}
	return err
}
