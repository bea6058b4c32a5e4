package postgres

import (
	"context"
	"database/sql"

	"github.com/google/uuid"

	contestround "leitai/internal/round"
	"leitai/internal/template"
	"leitai/internal/viewer"
)

// Public gives the function with which a use case reads for nobody in
// particular: a transaction of a tenant that is none, which sees no row of any.
// What was published to everybody comes from functions of the database that
// decide that themselves.
func Public[S any](db *DB) func(ctx context.Context, do func(ctx context.Context, s S) error) error {
	as := store[S]()
	return func(ctx context.Context, do func(context.Context, S) error) error {
		r := &Request{db: db, opener: everybody{}}
		return faultOf(db.retrying(ctx, func() error {
			tx, err := r.open(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, false)
			if err != nil {
				return err
			}
			defer tx.rollback()
			return do(context.WithValue(ctx, txKey{}, tx), as(tx))
		}))
	}
}

// everybody opens a transaction for the tenant that is none.
type everybody struct{}

const openEverybody = `SELECT set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true) || set_config('app.tenants', '{}', true)
	|| set_config('app.draft_tenants', '{}', true) || set_config('app.ancestors', '{}', true)
	|| set_config('statement_timeout', $1, true) || set_config('lock_timeout', $2, true) || set_config('idle_in_transaction_session_timeout', $3, true)`

func (everybody) open(ctx context.Context, tx *Tx) error {
	_, err := queryOne(ctx, tx, value[string], openEverybody, tx.timeout(viewer.Token), millis(tx.db.opts.LockTimeout), millis(tx.db.opts.IdleTimeout))
	return err
}

var _ contestround.PublicStore = (*Tx)(nil)

// EverybodysBoard implements round.PublicStore.
func (tx *Tx) EverybodysBoard(ctx context.Context, round uuid.UUID) (*contestround.Board, error) {
	return first(queryAll(ctx, tx, boardOf(true), sharedBoard, round, 0))
}

// EverybodysNames implements round.PublicStore: competitions and active
// templates of a tenant are what those below it read, which is more than nothing
// and less than anything about a contest.
func (tx *Tx) EverybodysNames(ctx context.Context, tenant, competition, version uuid.UUID) (name string, doc *template.Document, err error) {
	if _, err = queryOne(ctx, tx, value[string], `SELECT set_config('app.ancestors', ARRAY[$1::uuid]::text, true)`, tenant); err != nil {
		return "", nil, err
	}
	var canonical string
	_, err = queryOne(ctx, tx, func(s scan) (struct{}, error) { return struct{}{}, s(&name, &canonical) },
		`SELECT c.name, v.canonical FROM competition c JOIN template_version v ON v.tenant_id = c.tenant_id AND v.id = $3
		WHERE c.tenant_id = $1 AND c.id = $2 AND NOT c.trial AND v.state = 'active'`, tenant, competition, version)
	if err != nil {
		return "", nil, faultOf(err)
	}
	read, err := readTemplates.Read(canonical)
	return name, &read, err
}
