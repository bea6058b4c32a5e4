package postgres

import (
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/viewer"
)

// invitation is the credential of somebody who accepts one: it opens a single
// transaction and no request.
const invitation viewer.CredentialKind = "invitation"

// Invited gives the function in which somebody accepts an invitation: one
// transaction in the tenant of the invitation, for the user who accepts it.
func Invited(db *DB) identity.Admission {
	return func(ctx context.Context, who identity.Invitee, do func(context.Context, identity.Store, identity.Admitted) error) error {
		o := &invitedOpener{who: who}
		r := &Request{db: db, opener: o}
		return faultOf(db.retrying(ctx, func() error {
			tx, err := r.open(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted}, true)
			if err != nil {
				return err
			}
			return tx.finish(ctx, func(ctx context.Context, tx *Tx) error {
				v, err := viewer.From(ctx) // with what decides in the tenant
				if err != nil {
					return err
				}
				inviter := *v
				inviter.User, inviter.Person = o.by, o.byPerson
				return do(ctx, tx, identity.Admitted{Invitation: o.id, User: v.User, Inviter: &inviter})
			})
		}))
	}
}

type invitedOpener struct {
	who              identity.Invitee
	id, by, byPerson uuid.UUID
}

func (o *invitedOpener) open(ctx context.Context, tx *Tx) error {
	if err := (nobody{}).open(ctx, tx); err != nil { // the limits of whoever has not signed in
		return err
	}
	tenant, err := queryOne(ctx, tx, value[uuid.UUID], `SELECT tenant_id FROM invitation_look($1)`, o.who.Hash[:])
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.InvitationInvalid)
	}
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, lockTenant, tenant); err != nil {
		return err
	}
	var session []byte
	if o.who.Session != nil {
		session = o.who.Session[:]
	}
	v := &viewer.Viewer{Language: o.who.Language, RequestID: o.who.RequestID, Credential: viewer.Credential{Kind: invitation}}
	_, err = queryOne(ctx, tx, func(s scan) (struct{}, error) {
		var person, user uuid.NullUUID
		err := s(&o.id, &o.by, &person, &user, &v.Tenant, &v.TenantKind, &v.TenantUnit, &v.Region, &v.TimeZone, &v.Demo, &v.Epoch)
		o.byPerson, v.User = person.UUID, user.UUID
		return struct{}{}, err
	}, `SELECT invitation_id, invited_by, inviter_person, user_id, tenant_id, tenant_kind, tenant_unit, region, time_zone, demo, epoch
		FROM open_invitation($1, $2)`, o.who.Hash[:], session)
	switch {
	case errors.Is(err, sql.ErrNoRows) && session != nil:
		return fault.New(fault.Unauthenticated)
	case errors.Is(err, sql.ErrNoRows):
		return fault.New(fault.InvitationInvalid)
	case err != nil:
		return err
	}
	if session == nil {
		v.User = o.who.Fresh
	}
	own := []uuid.UUID{v.Tenant}
	v.Readable, v.Drafts = own, own
	tx.scope = scope{viewer: v, readable: own, drafts: own}
	return nil
}
