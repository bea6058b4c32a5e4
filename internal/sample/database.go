package sample

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"

	"github.com/lib/pq"

	"leitai/internal/fault"
	"leitai/internal/postgres"
	"leitai/internal/postgres/migrate"
	"leitai/migrations"
)

// databaseName is the one database a demonstration makes and uses.
const databaseName = "leitai_demo"

// database is the demonstration's own, on a server whose administrator's DSN is
// known. Roles get new passwords at every start, so that none is kept.
type database struct {
	admin     url.URL
	passwords migrate.Passwords
}

func openDatabase(ctx context.Context, adminDSN string) (*database, error) {
	admin, err := url.Parse(adminDSN)
	if err != nil || admin.Scheme != "postgres" && admin.Scheme != "postgresql" || admin.User == nil {
		return nil, fault.New(fault.DemoDSNNotURL) // the parser's error would repeat the password
	}
	d := &database{admin: *admin, passwords: migrate.Passwords{Owner: rand.Text(), App: rand.Text(), Job: rand.Text(), Maint: rand.Text()}}
	return d, d.bringUp(ctx)
}

// bringUp makes roles and database and brings the schema up to date.
func (d *database) bringUp(ctx context.Context) error {
	if err := migrate.Roles(ctx, d.admin.String(), databaseName, d.passwords); err != nil {
		return err
	}
	set, err := migrate.Load(migrations.Files)
	if err != nil {
		return err
	}
	_, err = set.Up(ctx, d.dsn(migrate.Owner, d.passwords.Owner))
	return err
}

// dsn is the connection URL of a role.
func (d *database) dsn(role, password string) string {
	u := d.admin
	u.User, u.Path = url.UserPassword(role, password), "/"+databaseName
	return u.String()
}

func (d *database) maint() string { return d.dsn(migrate.Maint, d.passwords.Maint) }
func (d *database) app() string   { return d.dsn(migrate.App, d.passwords.App) }

// tenants counts what is in the database; it refuses one that holds a tenant
// which is no demonstration.
func (d *database) tenants(ctx context.Context) (demo int, err error) {
	real := 0
	err = query(ctx, d.maint(), `SELECT count(*) FILTER (WHERE demo), count(*) FILTER (WHERE NOT demo) FROM tenant`, &demo, &real)
	if err == nil && real > 0 {
		err = fault.New(fault.DemoDatabaseInUse, "database", databaseName)
	}
	return demo, err
}

// renew throws away what a start that was broken off left behind.
func (d *database) renew(ctx context.Context) error {
	pool, err := connect(d.admin.String())
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	if _, err := pool.ExecContext(ctx, `DROP DATABASE `+pq.QuoteIdentifier(databaseName)+` WITH (FORCE)`); err != nil {
		return fmt.Errorf("sample: discard a half-made demonstration: %w", err)
	}
	return d.bringUp(ctx)
}

// importUnits imports the fictional county and, for browsing, one real county's
// tree.
func (d *database) importUnits(ctx context.Context) error {
	if _, err := postgres.ImportDivisions(ctx, d.maint(), SchemesTable(), postgres.Import{}); err != nil {
		return err
	}
	county, err := Subset(RealCountyCode)
	if err != nil {
		return err
	}
	defer func() { _ = county.Close() }()
	_, err = postgres.ImportDivisions(ctx, d.maint(), county, postgres.Import{})
	return err
}

func connect(dsn string) (*sql.DB, error) {
	connector, err := pq.NewConnector(dsn)
	if err != nil {
		return nil, fault.New(fault.DemoDSNNotURL)
	}
	return sql.OpenDB(connector), nil
}

func query(ctx context.Context, dsn, statement string, into ...any) error {
	pool, err := connect(dsn)
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	if err := pool.QueryRowContext(ctx, statement).Scan(into...); err != nil {
		return fmt.Errorf("sample: look into the database: %w", err)
	}
	return nil
}
