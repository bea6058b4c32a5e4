package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"leitai/internal/budget"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// credentialsKnown bounds the memory of whose a credential is, some 150 bytes each.
const credentialsKnown = 50_000

// shares of the connections. One is kept back for signs of life where there are
// enough; a tenant holds half of the rest, rounded up, or what is set. Tenants
// count double beside those who are not known yet.
func (o Options) shares() *budget.Shares {
	capacity := o.MaxOpen
	if capacity >= 4 {
		capacity--
	}
	return budget.NewShares(budget.ShareOptions{Capacity: capacity, Share: o.TenantShare, Queue: o.Queue, Patience: o.Patience, Waited: o.Waited, Now: time.Now,
		Weight: func(party uuid.UUID) int {
			if party == budget.Anonymous || party == budget.Strangers {
				return 1
			}
			return 2
		}})
}

// Places tells how the connections are shared at the moment.
func (db *DB) Places() budget.Counts { return db.shares.Counts() }

// KnownTenant gives the tenant of a credential as it was last proved; it proves
// nothing, but tells whose budget a request is charged to before it is opened.
func (db *DB) KnownTenant(cred viewer.Credential) (uuid.UUID, bool) { return db.known.Get(cred.Hash) }

// party is on whose account a transaction waits for its connection.
func (db *DB) party(ctx context.Context, o opener, writing bool) uuid.UUID {
	switch o := o.(type) {
	case serviceOpener:
		return o.as.Tenant
	case jobOpener:
		return o.tenant
	case credentialOpener:
		if writing {
			if v, err := viewer.From(ctx); err == nil {
				return v.Tenant
			}
		}
		if tenant, ok := db.known.Get(o.cred.Hash); ok {
			return tenant
		}
		return budget.Strangers
	}
	return budget.Anonymous
}

// open begins a transaction on a connection of its tenant's share and runs its
// opening statement. Whose share it is, is learnt from that statement when the
// credential is seen for the first time; if that share is taken, the connection
// is given back and waited for in the tenant's own queue.
func (r *Request) open(ctx context.Context, options *sql.TxOptions, writing bool) (*Tx, error) {
	for {
		tx, err := r.openOnce(ctx, options, writing)
		if err != nil {
			r.forget(err)
			return nil, err
		}
		v := tx.scope.viewer
		if v == nil {
			return tx, nil
		}
		r.learn(v)
		if tx.place.Move(v.Tenant) {
			return tx, nil
		}
		tx.rollback()
	}
}

func (r *Request) openOnce(ctx context.Context, options *sql.TxOptions, writing bool) (*Tx, error) {
	_, unknown := r.opener.(nobody)
	place, err := r.db.shares.Enter(ctx, r.db.party(ctx, r.opener, writing), writing && !unknown)
	if err != nil {
		return nil, err
	}
	inner, err := r.db.transaction(ctx, options)
	if err != nil {
		place.Leave()
		return nil, fmt.Errorf("postgres: begin: %w", err)
	}
	tx := &Tx{db: r.db, tx: inner, place: place, writing: writing, counted: &r.statements}
	if err := r.opener.open(ctx, tx); err != nil {
		tx.rollback()
		return nil, err
	}
	if err := r.db.opened(ctx, tx); err != nil {
		tx.rollback()
		return nil, err
	}
	return tx, nil
}

// learn remembers whose a credential is.
func (r *Request) learn(v *viewer.Viewer) {
	if o, ok := r.opener.(credentialOpener); ok {
		r.db.known.Add(o.cred.Hash, v.Tenant)
	}
}

// forget forgets a credential that is good no longer.
func (r *Request) forget(err error) {
	if o, ok := r.opener.(credentialOpener); ok && fault.CodeOf(err) == fault.Unauthenticated {
		r.db.known.Remove(o.cred.Hash)
	}
}

// noting bounds the statement that notes the use of a credential.
const noting = 2 * time.Second

// noteUse is a short transaction of its own, so that no request holds the row
// that a revoke wants. When its tenant is busy the next request notes it.
func (r *Request) noteUse() error {
	o, ok := r.opener.(credentialOpener)
	if !ok || !r.unnoted {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), noting)
	defer cancel()
	place, err := r.db.shares.Enter(ctx, r.db.party(ctx, r.opener, false), false)
	if fault.CodeOf(err) == fault.Throttled || errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	if err != nil {
		return err
	}
	defer place.Leave()
	_, err = r.db.pool.ExecContext(ctx, `SELECT note_use($1, $2)`, string(o.cred.Kind), o.cred.Hash[:])
	return err
}
