package identity

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"leitai/internal/audit"
	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/paging"
	"leitai/internal/viewer"
)

// Invitation is a role that is offered to somebody. It is the one way in which
// a tenant gives a role to an account that it does not know.
type Invitation struct {
	ID         uuid.UUID
	Role       authz.Role
	Unit       uuid.UUID
	Dimensions []string   // empty: all
	From       *time.Time // nil: from the acceptance
	Until      *time.Time
	Person     uuid.UUID // uuid.Nil: none of the tenant's yet
	Name       string    // of somebody new; gone once the invitation ended
	InvitedBy  uuid.UUID
	CreatedAt  time.Time
	ExpiresAt  time.Time
	AcceptedAt *time.Time
	AcceptedBy uuid.UUID
	RevokedAt  *time.Time
}

// State is where an invitation stands at a moment: OPEN, ACCEPTED, REVOKED or
// EXPIRED.
func (i *Invitation) State(moment time.Time) string {
	switch {
	case i.AcceptedAt != nil:
		return "ACCEPTED"
	case i.RevokedAt != nil:
		return "REVOKED"
	case !moment.Before(i.ExpiresAt):
		return "EXPIRED"
	}
	return "OPEN"
}

// InvitationInput is an invitation to be made.
type InvitationInput struct {
	Role       authz.Role
	UnitCode   string
	Dimensions []string
	From       *time.Time
	Until      *time.Time
	Person     *uuid.UUID // one of the tenant's, or
	Name       string     // of somebody new
	Days       int        // 1 to 14; 0 means 7
}

// longestOffer is how long an invitation can be accepted, in days.
const longestOffer = 14

// Invite offers a role that the viewer may give, and gives the secret that
// opens the offer: it is shown this once, and whoever holds it may accept.
func (s *Service) Invite(ctx context.Context, in InvitationInput) (*Invitation, string, error) {
	if err := s.gate.Require(ctx, authz.GrantWrite, uuid.Nil); err != nil {
		return nil, "", err
	}
	v, err := withSession(ctx)
	if err != nil {
		return nil, "", err
	}
	moment := s.now().UTC().Truncate(time.Microsecond)
	offer := &Invitation{
		ID: newID(), Role: in.Role, Dimensions: slices.Sorted(slices.Values(in.Dimensions)), From: whole(in.From), Until: whole(in.Until),
		Name: strings.TrimSpace(in.Name), InvitedBy: v.User, CreatedAt: moment, ExpiresAt: moment.AddDate(0, 0, cmp.Or(in.Days, 7)),
	}
	if in.Person != nil {
		offer.Person = *in.Person
	}
	if err := checkOffer(in, offer, s.business()); err != nil {
		return nil, "", err
	}
	secret := newInvitationSecret()
	err = s.write(ctx, func(ctx context.Context, st Store) error {
		if err := s.gate.Require(ctx, authz.GrantWrite, uuid.Nil); err != nil {
			return err
		}
		unit, err := st.UnitToGive(ctx, in.UnitCode)
		if fault.CodeOf(err) == fault.NotFound || err == nil && !s.gate.May(ctx, authz.GrantWrite, unit.ID) {
			return fault.New(fault.UnitUnknown, "code", in.UnitCode).At("unitCode")
		}
		if err != nil {
			return err
		}
		offer.Unit = unit.ID
		if err := s.mayGive(ctx, offer, unit.Level); err != nil {
			return err
		}
		if offer.Person != uuid.Nil {
			if err := freePerson(ctx, st, offer.Person); err != nil {
				return err
			}
		}
		if err := st.ForgetInvitedNames(ctx, moment); err != nil {
			return err
		}
		if err := st.InsertInvitation(ctx, offer, sha256.Sum256([]byte(secret))); err != nil {
			return err
		}
		return audit.Record(ctx, "invitation:create", "invitation", offer.ID, map[string]any{ // the name stays out of the audit, which is for ever
			"role": offer.Role, "unit": offer.Unit, "dimensions": offer.Dimensions, "from": offer.From, "until": offer.Until,
			"person": offer.Person, "expiresAt": offer.ExpiresAt,
		})
	})
	if err != nil {
		return nil, "", err
	}
	return offer, secret, nil
}

// mayGive asks whether the viewer of the context may give what is offered.
func (s *Service) mayGive(ctx context.Context, offer *Invitation, level string) error {
	if err := s.gate.Givable(ctx, offer.Role, level, offer.Dimensions); err != nil {
		return err
	}
	if beyond := s.gate.Beyond(ctx, offer.Role, offer.Unit, offer.Dimensions); len(beyond) > 0 {
		return authz.BeyondYours(offer.Role, beyond)
	}
	return nil
}

func checkOffer(in InvitationInput, offer *Invitation, now time.Time) error {
	var bad fault.List
	if in.Days < 0 || in.Days > longestOffer {
		bad = append(bad, fault.New(fault.InvitationDays, "value", strconv.Itoa(in.Days)).At("days"))
	}
	if (offer.Person == uuid.Nil) == (offer.Name == "") {
		bad = append(bad, fault.New(fault.InvitationPerson).At("name"))
	}
	if !printable(offer.Name, 50) {
		bad = append(bad, fault.New(fault.PersonNameInvalid, "value", in.Name).At("name"))
	}
	if offer.Until != nil && (!offer.Until.After(now) || offer.From != nil && !offer.Until.After(*offer.From)) {
		bad = append(bad, fault.New(fault.RolePeriodInvalid).At("validUntil"))
	}
	return bad.Err()
}

// printable says whether a text has at most so many characters and no control
// character.
func printable(text string, most int) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= most && strings.IndexFunc(text, unicode.IsControl) < 0
}

// whole is a moment as the database keeps it.
func whole(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	kept := t.UTC().Truncate(time.Microsecond)
	return &kept
}

// RevokeInvitation takes an invitation back; it opens nothing any more. Doing it
// again changes nothing.
func (s *Service) RevokeInvitation(ctx context.Context, id uuid.UUID) (*Invitation, error) {
	if err := s.gate.Require(ctx, authz.GrantWrite, uuid.Nil); err != nil {
		return nil, err
	}
	var offer *Invitation
	err := s.write(ctx, func(ctx context.Context, st Store) (err error) {
		if err := s.gate.Require(ctx, authz.GrantWrite, uuid.Nil); err != nil {
			return err
		}
		if offer, err = st.InvitationByID(ctx, id); err != nil {
			return err
		}
		if offer.RevokedAt != nil {
			return nil
		}
		moment := s.now().UTC().Truncate(time.Microsecond)
		if offer.State(moment) != "OPEN" {
			return fault.New(fault.InvitationEnded).At("invitation")
		}
		offer.RevokedAt, offer.Name = &moment, ""
		if err := st.EndInvitation(ctx, offer); err != nil {
			return err
		}
		return audit.Record(ctx, "invitation:revoke", "invitation", id, map[string]any{"role": offer.Role, "unit": offer.Unit})
	})
	if err != nil {
		return nil, err
	}
	return offer, nil
}

// InvitationByID gives an invitation of the tenant to those who read grants.
func (s *Service) InvitationByID(ctx context.Context, id uuid.UUID) (offer *Invitation, err error) {
	if err := s.gate.Require(ctx, authz.GrantRead, uuid.Nil); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		offer, err = st.InvitationByID(ctx, id)
		return err
	})
	return offer, err
}

// Invitations lists the invitations of the tenant, newest first.
func (s *Service) Invitations(ctx context.Context, args paging.Args) (paging.Page[*Invitation], error) {
	return listed(ctx, s, "invitations", args, Store.InvitationPage, func(i *Invitation) string { return i.ID.String() })
}

// listed reads a page of a list for those who read grants.
func listed[T any](ctx context.Context, s *Service, name string, args paging.Args,
	read func(Store, context.Context, paging.Window) ([]T, error), key func(T) string) (page paging.Page[T], err error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return page, err
	}
	scope := paging.Scope(name, v.Tenant.String())
	w, err := s.cursors.Open(args, scope, 1)
	if err != nil {
		return page, err
	}
	if err := s.gate.Require(ctx, authz.GrantRead, uuid.Nil); err != nil {
		return page, err
	}
	var list []T
	err = s.read(ctx, func(ctx context.Context, st Store) (err error) {
		list, err = read(st, ctx, w)
		return err
	})
	if err != nil {
		return page, err
	}
	return paging.Cut(list, w, func(one T) string { return s.cursors.Encode(scope, paging.Text(key(one))) }), nil
}
