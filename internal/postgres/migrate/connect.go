package migrate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/lib/pq"

	"leitai/internal/fault"
)

// session is one connection; locks and the role belong to it. It needs a direct
// connection: a pool in transaction mode would lose both.
type session struct {
	db   *sql.DB
	conn *sql.Conn
}

func connect(ctx context.Context, dsn string) (*session, error) {
	connector, err := pq.NewConnector(dsn)
	if err != nil {
		// The error of a malformed URL repeats it, with the password.
		return nil, errors.New("migrate: the connection string is not a PostgreSQL URL or key=value list")
	}
	db := sql.OpenDB(connector)
	conn, err := db.Conn(ctx)
	if err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("migrate: connect: %w", err)
	}
	return &session{db: db, conn: conn}, nil
}

func (s *session) close() {
	_ = s.conn.Close()
	_ = s.db.Close() // ends the session, which frees its locks
}

// actAs takes the role for this session; the login must be it or a member.
func (s *session) actAs(ctx context.Context, role string) error {
	if _, err := s.conn.ExecContext(ctx, `SELECT set_config('role', $1, false)`, role); err != nil {
		var login string
		if scanErr := s.conn.QueryRowContext(ctx, `SELECT session_user`).Scan(&login); scanErr != nil {
			return fmt.Errorf("migrate: %w", errors.Join(err, scanErr))
		}
		return fault.New(fault.MigrationRole, "login", login, "role", role)
	}
	return nil
}

// lock waits for the one lock of all migrators of this database; closing the
// session frees it.
func (s *session) lock(ctx context.Context) error {
	const key = 0x6c65697461690001 // "leitai", 1
	if _, err := s.conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(key)); err != nil {
		return fmt.Errorf("migrate: wait for another migration to end: %w", err)
	}
	return nil
}
