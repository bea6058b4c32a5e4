package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/lib/pq"

	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// RequestStampSQL is the one statement of an answer that is kept in memory; it
// is exported as OpenRequestSQL is.
const RequestStampSQL = `SELECT user_id, tenant_id, region, time_zone, credential_id, scopes, unnoted, stamp FROM request_stamp($1, $2, $3)`

// Stamp proves a credential as Begin does, opens nothing, and tells who asks and
// the stamp of everything published that they may read, with the rights they
// have at this moment: as long as it is the same, so are the answers. The stamp
// is empty when a request has to be opened, because the use of the credential is
// to be noted.
func (db *DB) Stamp(ctx context.Context, cred viewer.Credential) (*viewer.Viewer, string, error) {
	place, err := db.shares.Enter(ctx, db.party(ctx, credentialOpener{cred}, false), false)
	if err != nil {
		return nil, "", err
	}
	defer place.Leave()
	v := &viewer.Viewer{Credential: cred}
	var stamp string
	var unnoted bool
	err = db.pool.QueryRowContext(ctx, RequestStampSQL, string(cred.Kind), cred.Hash[:], pq.Array(db.opts.DraftRoles)).
		Scan(&v.User, &v.Tenant, &v.Region, &v.TimeZone, &v.Credential.ID, pq.Array(&v.Scopes), &unnoted, &stamp)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		db.known.Remove(cred.Hash)
		return nil, "", fault.New(fault.Unauthenticated)
	case err != nil:
		return nil, "", fmt.Errorf("postgres: stamp: %w", err)
	case unnoted:
		return v, "", nil
	}
	return v, stamp, nil
}
