package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"os"
	"strconv"
	"strings"
	"time"

	"leitai/internal/postgres/migrate"
	"leitai/migrations"
)

// Names of what this package makes on a server.
const (
	databasePrefix = "leitai_test_"
	templatePrefix = "leitai_template_"
)

// abandonedAfter is the age at which a test's database has no test any more
// (the test program was killed).
const abandonedAfter = 6 * time.Hour

// password of a role, the same for all test programs that share the server.
func (s *server) password(role string) string {
	sum := sha256.Sum256([]byte("leitai test\x00" + s.url.String() + "\x00" + role))
	return hex.EncodeToString(sum[:12])
}

func (s *server) passwords() migrate.Passwords {
	return migrate.Passwords{
		Owner: s.password(migrate.Owner), App: s.password(migrate.App),
		Job: s.password(migrate.Job), Maint: s.password(migrate.Maint),
	}
}

// template returns the name of the migrated database that tests copy, making it
// when the server has none for these migrations. Its name holds their checksum,
// so that a changed file makes a new one.
func (s *server) template(ctx context.Context) (string, error) {
	s.templateOnce.Do(func() { s.templateName, s.templateErr = s.makeTemplate(ctx) })
	return s.templateName, s.templateErr
}

func (s *server) makeTemplate(ctx context.Context) (string, error) {
	set, err := migrate.Load(migrations.Files)
	if err != nil {
		return "", err
	}
	weakened := os.Getenv(weakening)
	key := sha256.Sum256([]byte(set.Sum() + weakened))
	name := templatePrefix + hex.EncodeToString(key[:8])
	return name, s.alone(ctx, name, func(conn *sql.Conn) error {
		var ready bool
		err := conn.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)`, name).Scan(&ready)
		if err != nil || ready {
			return err
		}
		if err := s.drop(ctx, name); err != nil { // half made by a killed program
			return err
		}
		if err := migrate.Roles(ctx, s.dsn("", "", s.home), name, s.passwords()); err != nil {
			return err
		}
		if _, err := set.Up(ctx, s.dsn(migrate.Owner, s.password(migrate.Owner), name)); err != nil {
			return err
		}
		if err := s.weaken(ctx, name, weakened); err != nil {
			return err
		}
		// From now on nobody connects to it, so that it can always be copied.
		if _, err := conn.ExecContext(ctx, `ALTER DATABASE `+name+` WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`); err != nil {
			return fmt.Errorf("finish the template: %w", err)
		}
		return s.sweep(ctx, conn)
	})
}

// weakening names the variable with a statement that takes a defence out of the
// template: make prove-defences shows with it that the tests would notice.
const weakening = "LEITAI_TEST_SQL"

func (s *server) weaken(ctx context.Context, name, statement string) error {
	if statement == "" {
		return nil
	}
	pool, err := sql.Open("postgres", s.dsn("", "", name))
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	if _, err := pool.ExecContext(ctx, statement); err != nil { //nolint:gosec // what the environment of a test run asks for
		return fmt.Errorf("%s: %w", weakening, err)
	}
	return nil
}

// roles makes leitai's roles without any migration.
func (s *server) roles(ctx context.Context) error {
	s.rolesOnce.Do(func() {
		const name = "leitai_roles_of_tests" // Roles hands over a database; nobody uses this one
		s.rolesErr = s.alone(ctx, name, func(*sql.Conn) error {
			return migrate.Roles(ctx, s.dsn("", "", s.home), name, s.passwords())
		})
	})
	return s.rolesErr
}

// alone runs one test program at a time.
func (s *server) alone(ctx context.Context, what string, do func(*sql.Conn) error) error {
	conn, err := s.admin.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { _ = conn.Close() }()
	h := fnv.New64a()
	h.Write([]byte(what))
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(h.Sum64())); err != nil {
		return fmt.Errorf("wait for another test program: %w", err)
	}
	err = do(conn)
	// The connection goes back to the pool; a failure here ends with it.
	_, unlockErr := conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(h.Sum64()))
	if err == nil {
		err = unlockErr
	}
	return err
}

// sweep removes databases whose test was killed, on a server that outlives the
// run.
func (s *server) sweep(ctx context.Context, conn *sql.Conn) error {
	rows, err := conn.QueryContext(ctx, `SELECT datname FROM pg_database WHERE starts_with(datname, $1)`, databasePrefix)
	if err != nil {
		return fmt.Errorf("look for old databases: %w", err)
	}
	defer func() { _ = rows.Close() }() // read to the end by then
	var old []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		if abandoned(name, time.Now()) {
			old = append(old, name)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, name := range old {
		if err := s.drop(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// abandoned tells by its name that a database was made long ago.
func abandoned(name string, now time.Time) bool {
	rest, ours := strings.CutPrefix(name, databasePrefix)
	if !ours {
		return false
	}
	stamp, _, _ := strings.Cut(rest, "_")
	made, err := strconv.ParseInt(stamp, 36, 64)
	return err == nil && now.Sub(time.Unix(made, 0)) > abandonedAfter
}
