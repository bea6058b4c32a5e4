package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// requestStamp is the one statement of an answer that is given from memory. It
// is its own transaction and sets nothing.
const requestStamp = `SELECT user_id, tenant_id, region, time_zone, credential_id, scopes, unnoted, stamp FROM open_request($1, $2, $3, false, true)`

// Stamp proves a credential as Begin does, opens nothing, and tells who asks and
// the stamp of everything published that they may read, with the rights they
// have at this moment: as long as it is the same, so are the answers. The stamp
// is empty when a request has to be opened, because the use of the credential is
// to be noted.
func (db *DB) Stamp(ctx context.Context, cred viewer.Credential) (*viewer.Viewer, string, error) {
	place, err := db.shares.Enter(ctx, db.party(ctx, credentialOpener{cred: cred}, false), false)
	if err != nil {
		return nil, "", err
	}
	defer place.Leave()
	v := &viewer.Viewer{Credential: cred}
	var stamp string
	var unnoted bool
	err = db.alone(ctx, func(ctx context.Context, on queries) error {
		return on.QueryRowContext(ctx, requestStamp, string(cred.Kind), cred.Hash[:], db.drafts).
			Scan(&v.User, &v.Tenant, &v.Region, &v.TimeZone, &v.Credential.ID, (*texts)(&v.Scopes), &unnoted, &stamp)
	})
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

// BeginStamped is Begin whose opening statement tells the stamp as well
// (Request.Stamp): it is that of the very snapshot which the request reads. An
// app's is empty: what it reads follows from other tenants' consents, which no
// stamp tells.
func (db *DB) BeginStamped(ctx context.Context, cred viewer.Credential) (context.Context, *Request, *viewer.Viewer, error) {
	return db.begin(ctx, credentialOpener{cred: cred, stamped: !cred.App})
}

// texts reads an array of texts without nulls.
type texts []string

// Scan implements sql.Scanner.
func (a *texts) Scan(src any) error {
	printed, ok := src.([]byte)
	if !ok {
		return fmt.Errorf("postgres: %T is no array of texts", src)
	}
	list, err := TextArray(string(printed))
	*a = list
	return err
}

// ids reads an array of ids without nulls.
type ids []uuid.UUID

// Scan implements sql.Scanner.
func (a *ids) Scan(src any) error {
	text, ok := src.([]byte)
	if !ok || len(text) < 2 || text[0] != '{' || text[len(text)-1] != '}' {
		return fmt.Errorf("postgres: %T is no array of ids", src)
	}
	const width = 36
	text = text[1:]
	*a = make(ids, 0, len(text)/(width+1))
	for len(text) > width {
		id, err := uuid.ParseBytes(text[:width])
		if err != nil {
			return fmt.Errorf("postgres: an array of ids: %w", err)
		}
		*a, text = append(*a, id), text[width+1:]
	}
	if len(text) > 1 {
		return errors.New("postgres: an array of ids ends in the middle of one")
	}
	return nil
}
