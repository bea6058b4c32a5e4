package sample

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"leitai/internal/authz"
	"leitai/internal/identity"
	"leitai/internal/tenancy"
)

// atOnce is how many accounts are made at a time: hashing a password is slow on
// purpose.
const atOnce = 4

// tokenDays is how long the tokens of a demonstration live.
const tokenDays = 365

// publishedOnly are the scopes of the dashboard's token.
var publishedOnly = []string{
	string(authz.UnitRead), string(authz.TenantRead), string(authz.CalendarRead), string(authz.CompetitionRead),
	string(authz.RoundRead), string(authz.PublicationRead), string(authz.DocumentRead),
}

// Scopes are the permissions the person's token is narrowed to; none: all that
// the person holds.
func (p *Person) Scopes() []string {
	if p.Role == authz.Dashboard {
		return publishedOnly
	}
	return []string{}
}

// equip makes a login, the roles and a token for everybody of a cast.
func (w *World) equip(ctx context.Context, o *opener, cast []*Person) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for _, p := range cast {
		group.Go(func() error {
			p.login()
			if err := w.with(ctx, o.Credential, func(ctx context.Context) error { return w.enrol(ctx, p) }); err != nil {
				return fmt.Errorf("%s: %w", nameOf(p), err)
			}
			if err := w.token(ctx, o, p); err != nil {
				return fmt.Errorf("token of %s: %w", nameOf(p), err)
			}
			return nil
		})
	}
	return group.Wait()
}

// enrol makes the user of a person and gives the roles.
func (w *World) enrol(ctx context.Context, p *Person) error {
	user := identity.NewUser{Login: p.Login, Password: p.Password}
	if p.Pseudonym != "" {
		user.Person = &p.ID
	}
	var err error
	if p.User, err = w.app.Identity.CreateUser(ctx, user); err != nil {
		return err
	}
	for _, d := range p.duties() {
		_, err := w.app.Tenancy.GiveRole(ctx, tenancy.GrantInput{Login: p.Login, Role: d.Role, UnitCode: d.Unit, Dimensions: d.Dimensions})
		if err != nil {
			return fmt.Errorf("%s: %w", d.Role, err)
		}
	}
	return nil
}

// token makes the person's token: the person asks for it in a session of their
// own, and the opener approves that it writes. A dashboard's is made for it.
func (w *World) token(ctx context.Context, o *opener, p *Person) error {
	in := identity.TokenInput{Name: "演示 demo", Scopes: p.Scopes(), Write: p.writes(), Days: tokenDays}
	maker := o.Credential
	if p.Role == authz.Dashboard {
		in.For = p.User
	} else {
		session, err := w.app.Identity.Login(ctx, identity.LoginInput{Login: p.Login, Password: p.Password, Address: "demo"})
		if err != nil {
			return err
		}
		defer func() { _ = w.app.Identity.Logout(ctx, session.Secret) }() // it ends by itself otherwise
		if maker, err = identity.SessionCredential(session.Secret); err != nil {
			return err
		}
	}
	var made *identity.Token
	err := w.with(ctx, maker, func(ctx context.Context) (err error) {
		made, p.Token, err = w.app.Identity.CreateToken(ctx, in)
		return err
	})
	if err != nil {
		return err
	}
	if p.Credential, _, err = identity.Credential("", p.Token, ""); err != nil {
		return err
	}
	if !in.Write || !made.ReadOnly {
		return nil
	}
	return w.with(ctx, o.Credential, func(ctx context.Context) error {
		_, err := w.app.Identity.ApproveToken(ctx, made.ID)
		return err
	})
}
