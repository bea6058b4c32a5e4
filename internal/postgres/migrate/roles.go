package migrate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/lib/pq"

	"leitai/internal/fault"
)

// The roles of a database; docs of each stand beside its attributes below.
const (
	Owner  = "leitai_owner"
	App    = "leitai_app"
	Job    = "leitai_job"
	Maint  = "leitai_maint"
	Lookup = "leitai_lookup"
	Wipe   = "leitai_wipe"
)

// Passwords of the login roles, printable ASCII. An empty one leaves the role's
// password as it is (a new role then has none and cannot sign in by password).
type Passwords struct {
	Owner, App, Job, Maint string
}

type role struct {
	name, attributes, password string
}

func (p Passwords) roles() []role {
	const plain = " NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION "
	return []role{
		{Owner, "LOGIN NOBYPASSRLS" + plain, p.Owner}, // owns the schema, runs migrations
		{App, "LOGIN NOBYPASSRLS" + plain, p.App},     // the server
		{Job, "LOGIN NOBYPASSRLS" + plain, p.Job},     // background work, under the same policies
		{Maint, "LOGIN BYPASSRLS" + plain, p.Maint},   // backfills and backups only
		{Lookup, "NOLOGIN BYPASSRLS" + plain, ""},     // owns the functions that look up who asks
		{Wipe, "NOLOGIN BYPASSRLS" + plain, ""},       // owns the one function that wipes a trial
	}
}

// Roles makes leitai's roles and the database, or brings existing ones to the
// right attributes; doing it again changes nothing. It needs a superuser's DSN,
// because only such a one may hand out BYPASSRLS, and is done once before the
// first Up: migrations only grant, they never make roles.
func Roles(ctx context.Context, adminDSN, database string, passwords Passwords) error {
	db, err := connect(ctx, adminDSN)
	if err != nil {
		return err
	}
	defer db.close()
	var super bool
	var login string
	if err := db.conn.QueryRowContext(ctx, `SELECT rolsuper, rolname FROM pg_roles WHERE rolname = current_user`).Scan(&super, &login); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if !super {
		return fault.New(fault.MigrationSuperuser, "login", login)
	}
	if err := db.lock(ctx); err != nil {
		return err
	}
	if err := makeRoles(ctx, db, passwords); err != nil {
		return err
	}
	return makeDatabase(ctx, db, database)
}

func makeRoles(ctx context.Context, db *session, passwords Passwords) error {
	tx, err := db.conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, r := range passwords.roles() {
		if err := makeRole(ctx, tx, r); err != nil {
			return fmt.Errorf("migrate: role %s: %w", r.name, err)
		}
	}
	// The owner gives functions to these two, and replaces them later; for that it
	// must be a member (of 16 and later: with SET and INHERIT, which a superuser's
	// plain GRANT includes). BYPASSRLS is not inherited.
	if _, err := tx.ExecContext(ctx, `GRANT `+Lookup+`, `+Wipe+` TO `+Owner); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func makeRole(ctx context.Context, tx *sql.Tx, r role) error {
	var exists bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)`, r.name).Scan(&exists); err != nil {
		return err
	}
	verb := "CREATE"
	if exists {
		verb = "ALTER"
	}
	statement := verb + " ROLE " + r.name + " " + r.attributes
	if r.password != "" {
		verifier, err := scramVerifier(r.password)
		if err != nil {
			return err
		}
		statement += " PASSWORD " + pq.QuoteLiteral(verifier)
	}
	// ent recognises constraint errors by their English text.
	_, err := tx.ExecContext(ctx, statement+`; ALTER ROLE `+r.name+` SET lc_messages = 'C'`)
	return err
}

// makeDatabase makes the database when it is missing, gives it to the owner and
// lets only leitai's roles in.
func makeDatabase(ctx context.Context, db *session, name string) error {
	if name == "" {
		return errors.New("migrate: no name given for the database")
	}
	var exists bool
	if err := db.conn.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, name).Scan(&exists); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	quoted := pq.QuoteIdentifier(name)
	if !exists {
		if _, err := db.conn.ExecContext(ctx, `CREATE DATABASE `+quoted+` OWNER `+Owner+` ENCODING 'UTF8' TEMPLATE template0`); err != nil {
			return fmt.Errorf("migrate: make the database: %w", err)
		}
	}
	if _, err := db.conn.ExecContext(ctx, `ALTER DATABASE `+quoted+` OWNER TO `+Owner+`; `+Admit(name)); err != nil {
		return fmt.Errorf("migrate: hand over the database: %w", err)
	}
	return nil
}

// Admit is the SQL that lets only leitai's roles into a database: rights to
// connect are not copied with a template.
func Admit(database string) string {
	quoted := pq.QuoteIdentifier(database)
	return `REVOKE ALL ON DATABASE ` + quoted + ` FROM PUBLIC; GRANT CONNECT ON DATABASE ` + quoted + ` TO ` + App + `, ` + Job + `, ` + Maint
}
