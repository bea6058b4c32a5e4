package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// InvitationPrefix begins the secret of every invitation, so that scanners of
// leaked secrets know it.
const InvitationPrefix = "leitai_inv_"

// newInvitationSecret makes 256 random bits with a checksum.
func newInvitationSecret() string {
	body := InvitationPrefix + randomLetters(secretLength)
	return body + checksum(body)
}

// invitationHash is what is kept of a secret; what cannot be one opens nothing,
// without asking the database.
func invitationHash(secret string) ([32]byte, error) {
	secret = strings.TrimSpace(secret)
	if len(secret) != len(InvitationPrefix)+secretLength+checksumLength || !strings.HasPrefix(secret, InvitationPrefix) ||
		checksum(secret[:len(secret)-checksumLength]) != secret[len(secret)-checksumLength:] {
		return [32]byte{}, fault.New(fault.InvitationInvalid)
	}
	return sha256.Sum256([]byte(secret)), nil
}

// Offer is what somebody is told who holds the secret of an invitation.
type Offer struct {
	Tenant     uuid.UUID
	Kind       string // of the tenant
	TenantName string
	Role       authz.Role
	UnitName   string
	Dimensions []string
	From       *time.Time
	Until      *time.Time
	InvitedBy  string // the name of a person, or a login
	Invited    string // the name of who is meant; "" when unknown
	ExpiresAt  time.Time
	Demo       bool
}

// Invitee is who accepts an invitation: the user of a session, or a new one.
type Invitee struct {
	Hash      [32]byte  // of the invitation's secret
	Session   *[32]byte // nil: a new user
	Fresh     uuid.UUID // without a session: the id of the new user, or of the one found
	Language  fault.Language
	RequestID string
}

// Admitted is what the opening of an invitation tells: which it is, who accepts
// it, and the inviter as a viewer, whose rights count once more.
type Admitted struct {
	Invitation uuid.UUID
	User       uuid.UUID
	Inviter    *viewer.Viewer
}

// Admission runs one transaction in the tenant of an invitation, for who accepts
// it. INVITATION_INVALID when the invitation opens nothing, UNAUTHENTICATED when
// the session is over.
type Admission func(ctx context.Context, who Invitee, do func(ctx context.Context, st Store, a Admitted) error) error

// LookInvitation tells what an invitation offers, before it is accepted.
func (s *Service) LookInvitation(ctx context.Context, secret, address string) (*Offer, error) {
	hash, err := invitationHash(secret)
	if err != nil {
		return nil, err
	}
	if wait := s.addresses.take(addressKey(address)); wait > 0 {
		return nil, throttled(wait)
	}
	var offer *Offer
	err = s.outside(ctx, func(ctx context.Context, d Directory) (err error) {
		offer, err = d.OfferBySecret(ctx, hash)
		return err
	})
	if err == nil && offer == nil {
		err = fault.New(fault.InvitationInvalid)
	}
	if err == nil {
		s.addresses.giveBack(addressKey(address))
	}
	return offer, err
}

// Acceptance is what somebody enters who accepts an invitation: a new login with
// a password or a proved identity, or nothing when they are signed in or the
// identity is linked to their user.
type Acceptance struct {
	Secret    string
	Address   string
	Login     string
	Password  string
	Session   string // secret of the present session; "": none
	Proof     string // sealed identity (Returned.Proof); "": none
	Language  fault.Language
	RequestID string
}

// Accepted is what came of it.
type Accepted struct {
	User   uuid.UUID
	Tenant uuid.UUID
	Login  string // of a user that was made; "" for one that existed
}

// AcceptInvitation makes the user, where there is none yet, the link of a proved
// identity, the person and the grant in one transaction. What the inviter may not give any more is void.
func (s *Service) AcceptInvitation(ctx context.Context, in Acceptance) (*Accepted, error) {
	offer, err := s.LookInvitation(ctx, in.Secret, in.Address)
	if err != nil {
		return nil, err
	}
	who := Invitee{Language: in.Language, RequestID: in.RequestID}
	if who.Hash, err = invitationHash(in.Secret); err != nil {
		return nil, err
	}
	j, err := s.invitee(ctx, in, &who)
	if err != nil {
		return nil, err
	}
	done := &Accepted{Tenant: offer.Tenant, Login: j.Login}
	err = s.admit(ctx, who, func(ctx context.Context, st Store, a Admitted) error {
		done.User = a.User
		if who.Session == nil {
			if err := s.enter(ctx, st, j, a); err != nil {
				return err
			}
		}
		return s.accept(ctx, st, a)
	})
	if err != nil {
		return nil, err
	}
	return done, nil
}

// invitee is the user of the session, or who accepts without one.
func (s *Service) invitee(ctx context.Context, in Acceptance, who *Invitee) (j joiner, err error) {
	if err := oneWay(in); err != nil {
		return joiner{}, err
	}
	if in.Session != "" {
		session, err := SessionCredential(in.Session)
		who.Session = &session.Hash
		return joiner{}, err
	}
	if wait := s.addresses.take(addressKey(in.Address)); wait > 0 {
		return joiner{}, throttled(wait)
	}
	if in.Proof != "" {
		j, err = s.proven(ctx, in)
	} else {
		j.Prepared, err = s.Prepare(ctx, in.Login, in.Password)
	}
	who.Fresh = j.ID
	return j, err
}

// accept gives what was promised, if whoever promised it still may.
func (s *Service) accept(ctx context.Context, st Store, a Admitted) error {
	offer, err := st.InvitationByID(ctx, a.Invitation)
	if err != nil {
		return err
	}
	moment, begins := s.now().UTC().Truncate(time.Microsecond), s.business().UTC().Truncate(time.Microsecond)
	if err := s.stillGives(ctx, st, offer, a.Inviter, begins); err != nil {
		return err
	}
	if offer.Person, err = invitedPerson(ctx, st, offer, a.User, moment); err != nil {
		return err
	}
	given := &GivenRole{ID: newID(), User: a.User, Role: offer.Role, Unit: offer.Unit, Dimensions: offer.Dimensions, By: offer.InvitedBy,
		From: begins, Until: offer.Until}
	if offer.From != nil && offer.From.After(begins) {
		given.From = *offer.From
	}
	epoch, err := st.RaiseEpoch(ctx)
	if err != nil {
		return err
	}
	if err := st.InsertGivenRole(ctx, given, epoch); err != nil {
		return err
	}
	offer.AcceptedAt, offer.AcceptedBy, offer.Name = &moment, a.User, ""
	if err := st.EndInvitation(ctx, offer); err != nil {
		return err
	}
	return audit.Record(ctx, "invitation:accept", "invitation", offer.ID, map[string]any{
		"user": a.User, "grant": given.ID, "role": offer.Role, "unit": offer.Unit, "dimensions": offer.Dimensions, "from": given.From, "until": given.Until,
		"person": offer.Person, "invitedBy": offer.InvitedBy,
	})
}

// stillGives asks for the inviter's rights at the moment of the acceptance.
func (s *Service) stillGives(ctx context.Context, st Store, offer *Invitation, inviter *viewer.Viewer, moment time.Time) error {
	as := viewer.With(ctx, inviter)
	level, err := st.LevelOf(ctx, offer.Unit)
	if err != nil {
		return err
	}
	if offer.Until != nil && !offer.Until.After(moment) || s.gate.Require(as, authz.GrantWrite, uuid.Nil) != nil ||
		!s.gate.May(as, authz.GrantWrite, offer.Unit) || s.mayGive(as, offer, level) != nil {
		return fault.New(fault.InvitationVoid)
	}
	return nil
}

// invitedPerson is the person behind the user from now on: the one who was
// meant, the one the user has in the tenant already, or a new one.
func invitedPerson(ctx context.Context, st Store, offer *Invitation, user uuid.UUID, moment time.Time) (uuid.UUID, error) {
	own, err := st.PersonOfUser(ctx, user)
	switch {
	case err != nil:
		return uuid.Nil, err
	case own != uuid.Nil && (offer.Person == uuid.Nil || offer.Person == own):
		return own, nil
	case own != uuid.Nil:
		return uuid.Nil, fault.New(fault.UserHasPerson)
	case offer.Person != uuid.Nil:
		if err := freePerson(ctx, st, offer.Person); err != nil {
			return uuid.Nil, err
		}
		return offer.Person, st.LinkUser(ctx, offer.Person, user)
	}
	made := uuid.Must(uuid.NewV7())
	// The pseudonym says nothing about who stands behind it.
	return made, st.InsertInvitedPerson(ctx, made, "p-"+strings.ToLower(rand.Text()[:10]), offer.Name, user, moment)
}
