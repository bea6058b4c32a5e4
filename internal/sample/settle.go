package sample

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/identity"
	"leitai/internal/postgres"
	"leitai/internal/tenancy"
)

// opener is the account that opens a tenant: it makes everybody's logins, hands
// over, and holds no role afterwards.
type opener struct {
	Person
	admin tenancy.FirstAdmin
}

func (w *World) newOpener(ctx context.Context, unit string) (*opener, error) {
	o := &opener{Person: Person{Pseudonym: "opening-" + unit, Name: "开通人员", Unit: unit}}
	o.login()
	made, err := w.app.Identity.Prepare(ctx, o.Login, o.Password)
	if err != nil {
		return nil, err
	}
	o.admin = tenancy.FirstAdmin{User: made.ID, Login: made.Login, Hash: made.Hash, Name: o.Name}
	return o, nil
}

// settleCounty founds the county as the operator's command would.
func (w *World) settleCounty(ctx context.Context) error {
	o, err := w.newOpener(ctx, CountyCode)
	if err != nil {
		return err
	}
	asked, request, _, err := w.app.DB.AsTenant(ctx, postgres.Service{Tenant: uuid.Must(uuid.NewV7()), Region: CountyCode, User: o.admin.User})
	if err != nil {
		return err
	}
	_, err = w.app.Tenancy.Found(asked, tenancy.Opened{UnitCode: CountyCode, Demo: true, Admin: o.admin})
	if err := errors.Join(err, request.End()); err != nil {
		return fmt.Errorf("found the county: %w", err)
	}
	return w.populate(ctx, o, countyCast())
}

// settleTownships lets the county's administrator open both townships.
func (w *World) settleTownships(ctx context.Context) error {
	if err := w.settle(ctx, TownshipCode, townshipCast(w.Months)); err != nil {
		return err
	}
	return w.settle(ctx, SiblingCode, siblingCast())
}

// settle lets the county's administrator open a tenant and gives it its people.
func (w *World) settle(ctx context.Context, code string, cast []*Person) error {
	o, err := w.newOpener(ctx, code)
	if err != nil {
		return err
	}
	err = w.As(ctx, "CA1", func(ctx context.Context) error {
		_, err := w.app.Tenancy.Provision(ctx, tenancy.Opened{UnitCode: code, Admin: o.admin})
		return err
	})
	if err != nil {
		return fmt.Errorf("provision %s: %w", code, err)
	}
	if err := w.populate(ctx, o, cast); err != nil {
		return fmt.Errorf("people of %s: %w", code, err)
	}
	return nil
}

// adopt lets county and townships agree to their relation.
func (w *World) adopt(ctx context.Context) error {
	if err := w.agree(ctx, TownshipCode, Approver); err != nil {
		return err
	}
	return w.agree(ctx, SiblingCode, "XA1")
}

// agree lets the county and a tenant below it agree, each side itself.
func (w *World) agree(ctx context.Context, code, approver string) error {
	for _, side := range []struct{ who, other string }{{"CA1", code}, {approver, CountyCode}} {
		err := w.As(ctx, side.who, func(ctx context.Context) error {
			_, err := w.app.Tenancy.Agree(ctx, side.other, nil)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// populate enters a tenant's roster and gives everybody with a role a login, the
// roles and a token; the others are on the roster only. The first of the cast
// takes the tenant over from its opener.
func (w *World) populate(ctx context.Context, o *opener, cast []*Person) error {
	session, err := w.app.Identity.Login(ctx, identity.LoginInput{Login: o.Login, Password: o.Password, Address: "demo"})
	if err != nil {
		return err
	}
	if o.Credential, err = identity.SessionCredential(session.Secret); err != nil {
		return err
	}
	if err := w.with(ctx, o.Credential, func(ctx context.Context) error { return w.enlist(ctx, cast) }); err != nil {
		return err
	}
	for _, p := range cast {
		w.people[nameOf(p)] = p
	}
	acting := slices.DeleteFunc(slices.Clone(cast), func(p *Person) bool { return p.Role == "" })
	w.Cast = append(w.Cast, acting...)
	if err := w.equip(ctx, o, acting); err != nil {
		return err
	}
	if err := w.app.Identity.Logout(ctx, session.Secret); err != nil {
		return err
	}
	return w.As(ctx, cast[0].Pseudonym, func(ctx context.Context) error { return w.handOver(ctx, o) })
}

// nameOf is the key of a person in the world.
func nameOf(p *Person) string {
	if p.Pseudonym == "" {
		return string(p.Role)
	}
	return p.Pseudonym
}

// enlist imports the roster of a cast.
func (w *World) enlist(ctx context.Context, cast []*Person) error {
	var rows []tenancy.RosterRow
	var of []*Person
	for _, p := range cast {
		for _, row := range p.rows() {
			rows, of = append(rows, row), append(of, p)
		}
	}
	people, err := w.app.Tenancy.ImportRoster(ctx, rows)
	if err != nil {
		return err
	}
	for i, p := range people {
		of[i].ID = p.ID
	}
	return nil
}

// handOver takes the opener's role back.
func (w *World) handOver(ctx context.Context, o *opener) error {
	grants, err := w.app.Tenancy.Grants(ctx)
	if err != nil {
		return err
	}
	for _, g := range grants {
		if g.Login == o.Login {
			if _, err := w.app.Tenancy.RevokeRole(ctx, g.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
