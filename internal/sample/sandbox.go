package sample

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"leitai/internal/facts"
	"leitai/internal/fault"
	"leitai/internal/postgres"
	"leitai/internal/wiring"
)

// A sandbox is the fictional county in the database of a service, beside its real
// tenants: the same program, the same rules, and every answer says that it is a
// demonstration. Nobody can sign in there, because the passwords and tokens of
// its people are drawn at random and kept by nobody; apps read it with tokens
// that an operator makes.

// OpenSandbox makes the fictional county with its six months. The business clock
// of app must be the clock given. A county that is there already is
// SANDBOX_EXISTS.
func OpenSandbox(ctx context.Context, app *wiring.App, clock *Clock, maintDSN string) error {
	there, err := sandboxTenants(ctx, maintDSN)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return fault.New(fault.SandboxExists)
	}
	if _, err := postgres.ImportDivisions(ctx, maintDSN, FictionalTable(), postgres.Import{}); err != nil {
		return err
	}
	w, err := Build(ctx, app, clock)
	if err != nil {
		return err
	}
	return w.Play(ctx)
}

// SandboxToken registers an app with the fictional county, lets every tenant of
// it consent, and gives the app's secret and the names by which it asks for them.
func SandboxToken(ctx context.Context, app *wiring.App, maintDSN string, in facts.AppInput, days int) (secret string, tenants []string, err error) {
	there, err := sandboxTenants(ctx, maintDSN)
	if err != nil {
		return "", nil, err
	}
	county := slices.IndexFunc(there, func(s seat) bool { return s.code == CountyCode })
	if county < 0 {
		return "", nil, fault.New(fault.SandboxMissing)
	}
	var made *facts.App
	err = there[county].act(ctx, app, func(ctx context.Context) (err error) {
		made, secret, err = app.Facts.RegisterApp(ctx, in)
		return err
	})
	for _, s := range there {
		if err != nil {
			return "", nil, err
		}
		err = s.act(ctx, app, func(ctx context.Context) error {
			consent, err := app.Facts.Consent(ctx, made.ID, days)
			if err == nil {
				tenants = append(tenants, consent.NameKey)
			}
			return err
		})
	}
	return secret, tenants, err
}

// seat is a tenant of the sandbox and whoever decides there.
type seat struct {
	code         string
	tenant, user uuid.UUID
}

// sandboxTenants lists the fictional tenants with the first of their heads, the
// county first.
func sandboxTenants(ctx context.Context, maintDSN string) ([]seat, error) {
	pool, err := connect(maintDSN)
	if err != nil {
		return nil, err
	}
	defer func() { _ = pool.Close() }()
	rows, err := pool.QueryContext(ctx, `
		SELECT DISTINCT ON (u.code) u.code, t.id, g.user_id FROM tenant t JOIN unit u ON u.id = t.unit_id
		JOIN role_grant g ON g.tenant_id = t.id AND g.unit_id = t.unit_id AND g.role IN ('county-admin', 'township-approver') AND g.revoked_at IS NULL
		WHERE t.demo AND starts_with(u.code, $1) ORDER BY u.code, g.valid_from, g.id`, CountyCode)
	if err != nil {
		return nil, fmt.Errorf("sample: look for the sandbox: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var all []seat
	for rows.Next() {
		var s seat
		if err := rows.Scan(&s.code, &s.tenant, &s.user); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// act does something as the head of a tenant, by the operator's own hand.
func (s seat) act(ctx context.Context, app *wiring.App, do func(ctx context.Context) error) error {
	ctx, request, _, err := app.DB.AsTenant(ctx, postgres.Service{Tenant: s.tenant, User: s.user})
	if err != nil {
		return err
	}
	return errors.Join(do(ctx), request.End())
}
