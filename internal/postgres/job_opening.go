package postgres

import (
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// jobOpener opens a transaction as the user who asked for a job, by the rights
// of the moment.
type jobOpener struct {
	job    uuid.UUID
	lease  uuid.NullUUID // of the worker that holds it; none: to read what it made
	tenant uuid.UUID
}

// AsJob gives the function that runs one step of a job as the user who asked
// for it. It is UNAUTHENTICATED when that user, the token or the tenant is not
// active any more, and when the lease is not the job's.
func AsJob(db *DB) func(ctx context.Context, job, lease, tenant uuid.UUID, do func(ctx context.Context) error) error {
	return func(ctx context.Context, job, lease, tenant uuid.UUID, do func(ctx context.Context) error) error {
		return db.asJob(ctx, jobOpener{job: job, lease: uuid.NullUUID{UUID: lease, Valid: true}, tenant: tenant}, do)
	}
}

// AsAsker gives the function that reads as the user who asked for a job that is
// done and whose file is kept, for whoever comes with a link that the program
// signed for that user.
func AsAsker(db *DB) func(ctx context.Context, job, tenant uuid.UUID, do func(ctx context.Context) error) error {
	return func(ctx context.Context, job, tenant uuid.UUID, do func(ctx context.Context) error) error {
		return db.asJob(ctx, jobOpener{job: job, tenant: tenant}, do)
	}
}

func (db *DB) asJob(ctx context.Context, o jobOpener, do func(ctx context.Context) error) error {
	ctx, r, _, err := db.begin(ctx, o)
	if err != nil {
		return err
	}
	return errors.Join(do(ctx), r.End())
}

const openJob = `
SELECT user_id, locale, tenant_id, tenant_kind, tenant_unit, region, time_zone, demo, person_id, credential_id, scopes, units, read_only,
       epoch, readable, drafts, ancestors, asked_as, set_config('statement_timeout', $4, true), set_config('transaction_read_only', $5, true),
       set_config('lock_timeout', $6, true), set_config('idle_in_transaction_session_timeout', $7, true)
FROM open_job($1, $2, $3)`

func (o jobOpener) open(ctx context.Context, tx *Tx) error {
	if tx.writing {
		if _, err := tx.exec(ctx, lockOpening, o.tenant, millis(tx.db.opts.LockTimeout)); err != nil {
			return err
		}
	}
	found, err := queryOne(ctx, tx, func(s scan) (*scope, error) {
		var person uuid.NullUUID
		var language, how string
		var set [4]string
		v := &viewer.Viewer{}
		found := &scope{viewer: v}
		err := s(&v.User, &language, &v.Tenant, &v.TenantKind, &v.TenantUnit, &v.Region, &v.TimeZone, &v.Demo, &person, &v.Credential.ID,
			pq.Array(&v.Scopes), pq.Array(&v.Units), &v.ReadOnly, &v.Epoch, pq.Array(&found.readable), pq.Array(&found.drafts), pq.Array(&found.ancestors),
			&how, &set[0], &set[1], &set[2], &set[3])
		v.Person, v.Language, v.Credential.Kind = person.UUID, fault.Language(language), viewer.CredentialKind(how)
		v.Readable, v.Drafts = found.readable, found.drafts
		return found, err
	}, openJob, o.job, o.lease, pq.Array(tx.db.opts.DraftRoles), tx.timeout(viewer.Session), onOff(!tx.writing),
		millis(tx.db.opts.LockTimeout), millis(tx.db.opts.IdleTimeout))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return fault.New(fault.Unauthenticated)
	case err != nil:
		return err
	case found.viewer.Tenant != o.tenant:
		return fault.New(fault.Unauthenticated)
	}
	tx.scope = *found
	return nil
}
