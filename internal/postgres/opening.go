package postgres

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// opener runs the opening statement of a transaction and fills its scope.
type opener interface {
	open(ctx context.Context, tx *Tx) error
}

// EpochHook runs after every opening and before anything is decided, so that
// the memory of grants is never behind what the transaction reads.
type EpochHook func(ctx context.Context, source authz.Source) error

// OnOpen sets the hook, for example authz's Refresh. It is set once, before the
// first request.
func (db *DB) OnOpen(hook EpochHook) { db.epoch = hook }

func (db *DB) opened(ctx context.Context, tx *Tx) error {
	if db.epoch == nil || tx.scope.viewer == nil {
		return nil
	}
	return db.epoch(viewer.With(ctx, tx.scope.viewer), tx)
}

// lockTenant lets one writer of a tenant in at a time.
const lockTenant = `SELECT pg_advisory_xact_lock(hashtextextended($1::text, 7))`

// lockOpening is lockTenant as the first statement of a write, before the
// opening one, so that everything read later is newer than what the writer
// before has left. Writers of one replica take turns before they have a
// connection (budget.Shares), so that only one of each replica waits here, and
// not for ever.
const lockOpening = `SELECT set_config('lock_timeout', $2, true), pg_advisory_xact_lock(hashtextextended($1::text, 7))`

type credentialOpener struct {
	cred    viewer.Credential
	stamped bool // the opening statement tells the stamp, too
}

// OpenRequestSQL is the one opening statement of a request: it proves the
// credential and sets the transaction's settings and times. It is exported for
// the benchmark's bare handler, which sends the very same statements.
const OpenRequestSQL = openRequest + `open_request($1, $2, $3, true, false)`

const (
	openStamped = openRequest + `open_request($1, $2, $3, true, true)`
	openRequest = `
SELECT user_id, locale, tenant_id, tenant_kind, tenant_unit, region, time_zone, demo, person_id, credential_id, scopes, units, read_only,
       epoch, readable, drafts, ancestors, unnoted, coalesce(stamp, ''), set_config('statement_timeout', $4, true)
       || set_config('lock_timeout', $5, true) || set_config('idle_in_transaction_session_timeout', $6, true)
FROM `
)

func (o credentialOpener) open(ctx context.Context, tx *Tx) error {
	locked := uuid.Nil
	if tx.writing {
		before, err := viewer.From(ctx)
		if err != nil {
			return err
		}
		locked = before.Tenant
		if _, err := tx.exec(ctx, lockOpening, locked, millis(tx.db.opts.LockTimeout)); err != nil {
			return err
		}
	}
	statement := OpenRequestSQL
	if o.stamped {
		statement = openStamped
	}
	v := &viewer.Viewer{Credential: o.cred}
	found, err := queryOne(ctx, tx, func(s scan) (*scope, error) {
		var person uuid.NullUUID
		var language, credential, times string
		found := &scope{viewer: v}
		err := s(&v.User, &language, &v.Tenant, &v.TenantKind, &v.TenantUnit, &v.Region, &v.TimeZone, &v.Demo, &person, &credential,
			(*texts)(&v.Scopes), (*ids)(&v.Units), &v.ReadOnly, &v.Epoch, (*ids)(&found.readable), (*ids)(&found.drafts), (*ids)(&found.ancestors),
			&found.unnoted, &found.stamp, &times)
		v.Person, v.Language, v.Credential.ID = person.UUID, fault.Language(language), credential
		v.Readable, v.Drafts = found.readable, found.drafts
		return found, err
	}, statement, string(o.cred.Kind), o.cred.Hash[:], tx.db.drafts, tx.timeout(o.cred.Kind),
		millis(tx.db.opts.LockTimeout), millis(tx.db.opts.IdleTimeout))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fault.New(fault.Unauthenticated)
	case err != nil:
		return err
	case tx.writing && v.Tenant != locked:
		// The session moved to another tenant while this request ran.
		return fault.New(fault.Unauthenticated)
	}
	tx.scope = *found
	if o.cred.App {
		return tx.narrowToConsents(ctx)
	}
	return nil
}

// timeout of each statement. A program's is shorter than a person's, because it
// can ask for less and ask again.
func (tx *Tx) timeout(kind viewer.CredentialKind) string {
	if kind == viewer.Token {
		return millis(tx.db.opts.TokenTimeout)
	}
	return millis(tx.db.opts.StatementTimeout)
}

// millis is how PostgreSQL's settings are given times, in milliseconds.
func millis(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

type serviceOpener struct{ as Service }

const openService = `
SELECT e.epoch, set_config('app.tenant', $1, true), set_config('app.tenants', '{' || $1 || '}', true),
       set_config('app.draft_tenants', '{' || $1 || '}', true), set_config('app.ancestors', '{}', true)
FROM authz_epoch e`

func (o serviceOpener) open(ctx context.Context, tx *Tx) error {
	id := o.as.Tenant
	if tx.writing {
		if _, err := tx.exec(ctx, lockOpening, id, millis(tx.db.opts.LockTimeout)); err != nil {
			return err
		}
	}
	own := []uuid.UUID{id}
	v := &viewer.Viewer{User: o.as.User, Person: o.as.Person, Tenant: id, Region: o.as.Region, Readable: own, Drafts: own,
		Language: fault.Chinese, Credential: viewer.Credential{Kind: system}}
	_, err := queryOne(ctx, tx, func(s scan) (struct{}, error) {
		return struct{}{}, s(&v.Epoch, new(string), new(string), new(string), new(string))
	}, openService, id.String())
	if err != nil {
		return err
	}
	// A tenant that is being provisioned has no row yet.
	_, err = queryAll(ctx, tx, func(s scan) (struct{}, error) {
		return struct{}{}, s(&v.TenantKind, &v.TenantUnit, &v.Region, &v.TimeZone, &v.Demo)
	}, `SELECT kind, unit_id, region, time_zone, demo FROM tenant WHERE id = $1`, id)
	tx.scope = scope{viewer: v, readable: own, drafts: own}
	return err
}

// system is the credential of the program itself.
const system viewer.CredentialKind = "system"

// nobody opens a transaction for no tenant.
type nobody struct{}

func (nobody) open(ctx context.Context, tx *Tx) error {
	_, err := queryOne(ctx, tx, value[string], `SELECT set_config('statement_timeout', $1, true) || set_config('lock_timeout', $2, true)
		|| set_config('idle_in_transaction_session_timeout', $3, true)`, tx.timeout(viewer.Token), millis(tx.db.opts.LockTimeout), millis(tx.db.opts.IdleTimeout))
	return err
}
