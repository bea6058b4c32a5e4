package postgres

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/authz"
	"leitai/internal/calendar"
	"leitai/internal/facts"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/tenancy"
)

var (
	_ facts.Registry = (*Tx)(nil)
	_ facts.Door     = (*Tx)(nil)
)

// InsertApp implements facts.Registry.
func (tx *Tx) InsertApp(ctx context.Context, a *facts.App, hash [32]byte) error {
	_, err := tx.exec(ctx, `INSERT INTO app_registration (id, tenant_id, region, name, maker, contact, purpose, origins, scopes, handle, secret_hash, secret_at,
		  registered_by, registered_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
		a.ID, tx.Tenant(), tx.region(), a.Name, a.Maker, a.Contact, a.Purpose, array(orEmpty(a.Origins)), array(a.Scopes), a.Handle, hash[:], a.SecretAt,
		a.RegisteredBy, a.RegisteredAt)
	if pq.As(err, uniqueViolation) != nil {
		return fault.New(fault.AlreadyExists, "value", a.Name).At("name")
	}
	return err
}

const selectApps = `
SELECT a.id, t.name, a.name, a.maker, a.contact, a.purpose, a.origins, a.scopes, t.demo, a.handle, a.registered_at, a.registered_by, a.secret_at, a.ended_at,
       app_readers(a.id)
FROM app_registration a JOIN tenant t ON t.id = a.tenant_id WHERE a.tenant_id = $1 `

func readApp(s scan) (*facts.App, error) {
	a := &facts.App{Own: true}
	return a, s(&a.ID, &a.Registrar, &a.Name, &a.Maker, &a.Contact, &a.Purpose, pq.Array(&a.Origins), pq.Array(&a.Scopes), &a.Sandbox, &a.Handle,
		&a.RegisteredAt, &a.RegisteredBy, &a.SecretAt, &a.EndedAt, &a.Readers)
}

// OwnApps implements facts.Registry.
func (tx *Tx) OwnApps(ctx context.Context) ([]*facts.App, error) {
	return queryAll(ctx, tx, readApp, selectApps+`ORDER BY a.registered_at DESC, a.id DESC`, tx.Tenant())
}

// AppByID implements facts.Registry.
func (tx *Tx) AppByID(ctx context.Context, id uuid.UUID) (*facts.App, error) {
	a, err := queryOne(ctx, tx, readApp, selectApps+`AND a.id = $2 FOR UPDATE OF a`, tx.Tenant(), id)
	return a, faultOf(err)
}

// SetAppOrigins implements facts.Registry.
func (tx *Tx) SetAppOrigins(ctx context.Context, id uuid.UUID, origins []string) error {
	_, err := tx.exec(ctx, `UPDATE app_registration SET origins = $3 WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id, array(orEmpty(origins)))
	return err
}

// RotateApp implements facts.Registry.
func (tx *Tx) RotateApp(ctx context.Context, id uuid.UUID, handle string, hash [32]byte, at time.Time) error {
	if _, err := tx.exec(ctx, `UPDATE app_registration SET handle = $3, secret_at = $4 WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), id, handle, at); err != nil {
		return err
	}
	return tx.done(ctx, `SELECT app_rotate($1, $2)`, id, hash[:])
}

// EndApp implements facts.Registry.
func (tx *Tx) EndApp(ctx context.Context, id, by uuid.UUID, at time.Time) error {
	return tx.done(ctx, `SELECT app_end($1, $2, $3)`, id, by, at)
}

// done runs a function that says whether it found what it is about.
func (tx *Tx) done(ctx context.Context, query string, args ...any) error {
	found, err := queryOne(ctx, tx, value[bool], query, args...)
	if err == nil && !found {
		err = fault.New(fault.NotFound)
	}
	return err
}

// OfferedApps implements facts.Registry.
func (tx *Tx) OfferedApps(ctx context.Context) ([]*facts.App, error) {
	return queryAll(ctx, tx, func(s scan) (*facts.App, error) {
		var a facts.App
		var of uuid.UUID
		err := s(&a.ID, &of, &a.Registrar, &a.Name, &a.Maker, &a.Contact, &a.Purpose, pq.Array(&a.Origins), pq.Array(&a.Scopes), &a.Sandbox, &a.RegisteredAt)
		a.Own = of == tx.Tenant()
		return &a, err
	}, `SELECT id, tenant_id, registrar, name, maker, contact, purpose, origins, scopes, sandbox, registered_at FROM apps_offered() ORDER BY registered_at DESC, id DESC`)
}

// OriginListed implements facts.Door.
func (tx *Tx) OriginListed(ctx context.Context, origin string, hash *[32]byte) (bool, error) {
	var of any
	if hash != nil {
		of = hash[:]
	}
	return queryOne(ctx, tx, value[bool], `SELECT app_origin($1, $2)`, origin, of)
}

// TenantKey implements facts.Registry.
func (tx *Tx) TenantKey(ctx context.Context) (string, error) {
	return queryOne(ctx, tx, value[string], `SELECT coalesce(u.code, u.id::text) FROM tenant t JOIN unit u ON u.id = t.unit_id WHERE t.id = $1`, tx.Tenant())
}

// account is the service account behind a consent.
func account(c *facts.Consent, a *facts.App, zone *time.Location) *identity.ServiceAccount {
	return &identity.ServiceAccount{ID: c.Account, Login: identity.ServicePrefix + strings.ReplaceAll(c.Account.String(), "-", ""),
		Name: a.Name + " " + c.ID.String()[24:], Department: a.Maker, Purpose: a.Purpose, ReviewOn: calendar.FromTime(c.Until, zone),
		CreatedBy: c.ConsentedBy, CreatedAt: c.ConsentedAt}
}

// InsertAppConsent implements facts.Registry.
func (tx *Tx) InsertAppConsent(ctx context.Context, c *facts.Consent, a *facts.App) (bool, error) {
	hash, err := queryOne(ctx, tx, value[[]byte], `SELECT app_token_hash($1, $2)`, a.ID, c.NameKey)
	if err != nil || len(hash) != 32 {
		return false, err
	}
	v := tx.Viewer()
	zone, err := time.LoadLocation(v.TimeZone)
	if err != nil {
		return false, err
	}
	if err := tx.InsertServiceAccount(ctx, account(c, a, zone)); err != nil {
		return false, err
	}
	epoch, err := tx.RaiseEpoch(ctx)
	if err != nil {
		return false, err
	}
	grant := &tenancy.Grant{ID: uuid.Must(uuid.NewV7()), User: c.Account, Unit: v.TenantUnit, Role: authz.Dashboard, GrantedBy: c.ConsentedBy,
		From: tx.db.opts.Now().UTC().Truncate(time.Microsecond), Until: &c.Until} // roles count by the business clock
	if err := tx.InsertGrant(ctx, grant, epoch); err != nil {
		return false, err
	}
	token := &identity.Token{ID: c.Token, User: c.Account, Name: a.Name, Handle: "app", Scopes: c.Scopes, ReadOnly: true, CreatedAt: c.ConsentedAt, ExpiresAt: c.Until}
	if err := tx.InsertToken(ctx, token, [32]byte(hash)); err != nil {
		return false, err
	}
	_, err = tx.exec(ctx, `INSERT INTO app_consent (id, tenant_id, region, app_id, app_name, app_maker, name_key, scopes, account_id, token_id, consented_by, consented_at, until)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		c.ID, tx.Tenant(), tx.region(), c.App, c.AppName, c.AppMaker, c.NameKey, array(c.Scopes), c.Account, c.Token, c.ConsentedBy, c.ConsentedAt, c.Until)
	return true, err
}

// EndAppConsent implements facts.Registry.
func (tx *Tx) EndAppConsent(ctx context.Context, c *facts.Consent) error {
	at := *c.WithdrawnAt
	if err := tx.RevokeToken(ctx, c.Token, at); err != nil {
		return err
	}
	// The hash of a consent follows from app and tenant; the next one needs it.
	var spent [32]byte
	_, _ = rand.Read(spent[:]) // never fails: crypto/rand ends the program instead
	if _, err := tx.exec(ctx, `UPDATE api_token SET secret_hash = $3 WHERE tenant_id = $1 AND id = $2`, tx.Tenant(), c.Token, spent[:]); err != nil {
		return err
	}
	epoch, err := tx.RaiseEpoch(ctx)
	if err != nil {
		return err
	}
	if _, err := tx.RevokeRolesOf(ctx, c.Account, at, epoch); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `SELECT user_status($1, 'disabled')`, c.Account); err != nil {
		return err
	}
	if err := tx.EndServiceAccount(ctx, c.Account, at); err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE app_consent SET withdrawn_at = $3, withdrawn_by = $4, reason = $5 WHERE tenant_id = $1 AND id = $2`,
		tx.Tenant(), c.ID, at, c.WithdrawnBy, c.Reason)
	return err
}

// A consent is live while neither it nor its token nor the app has ended.
const selectConsents = `
SELECT c.id, c.app_id, c.app_name, c.app_maker, c.name_key, c.scopes, c.account_id, c.token_id, c.consented_by, c.consented_at, c.until,
       c.withdrawn_at, c.withdrawn_by, c.reason,
       c.withdrawn_at IS NULL AND c.until > clock_timestamp() AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()
FROM app_consent c JOIN api_token t ON t.tenant_id = c.tenant_id AND t.id = c.token_id WHERE c.tenant_id = $1 `

func readConsent(s scan) (*facts.Consent, error) {
	var c facts.Consent
	var by uuid.NullUUID
	err := s(&c.ID, &c.App, &c.AppName, &c.AppMaker, &c.NameKey, pq.Array(&c.Scopes), &c.Account, &c.Token, &c.ConsentedBy, &c.ConsentedAt, &c.Until,
		&c.WithdrawnAt, &by, &c.Reason, &c.Live)
	c.WithdrawnBy = by.UUID
	return &c, err
}

// AppConsents implements facts.Registry.
func (tx *Tx) AppConsents(ctx context.Context) ([]*facts.Consent, error) {
	return queryAll(ctx, tx, readConsent, selectConsents+`ORDER BY c.consented_at DESC, c.id DESC`, tx.Tenant())
}

// AppConsentByID implements facts.Registry.
func (tx *Tx) AppConsentByID(ctx context.Context, id uuid.UUID) (*facts.Consent, error) {
	c, err := queryOne(ctx, tx, readConsent, selectConsents+`AND c.id = $2 FOR UPDATE OF c`, tx.Tenant(), id)
	return c, faultOf(err)
}
