package parts

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
)

// Standby copies a running cluster (pg_basebackup -R -C -S) and starts the copy as
// a standby that streams from it, under an application name.
func (p *Postgres) Standby(ctx context.Context, folder, name string) (*Postgres, error) {
	s, err := NewPostgres(ctx, folder, p.Settings)
	if err != nil {
		return nil, err
	}
	if err := s.as.folder(folder); err != nil {
		return nil, err
	}
	from := "host=127.0.0.1 port=" + strconv.Itoa(p.Port) + " user=" + Admin + " password=" + Password + " application_name=" + name
	if err := s.Run("pg_basebackup", "-D", s.data(), "-R", "-C", "-S", name, "-c", "fast", "-X", "stream", "-d", from); err != nil {
		return nil, err
	}
	return s, s.Start(ctx)
}

// Promote makes a standby a primary that waits for nobody, and returns once it
// takes writes.
func (p *Postgres) Promote(ctx context.Context) error {
	promoted, err := p.Number(ctx, "postgres", `SELECT pg_promote(true, 60)::int`)
	if err != nil {
		return err
	}
	if promoted != 1 {
		return errors.New("the standby is not promoted")
	}
	return p.Exec(ctx, "postgres", "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
}

// Number asks the superuser's question for one number.
func (p *Postgres) Number(ctx context.Context, database, query string) (n int, err error) {
	db, err := sql.Open("postgres", p.DSN(Admin, database))
	if err != nil {
		return 0, err
	}
	err = db.QueryRowContext(ctx, query).Scan(&n)
	return n, errors.Join(err, db.Close())
}
