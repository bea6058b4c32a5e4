package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"

	"github.com/lib/pq"
)

// server is the PostgreSQL that this test program uses.
type server struct {
	url   url.URL // of the superuser
	home  string  // database that the superuser works from
	admin *sql.DB

	templateOnce sync.Once
	templateName string
	templateErr  error
	rolesOnce    sync.Once
	rolesErr     error
}

var (
	mu      sync.Mutex
	current *server
)

// theServer returns the server of this test program: the one LEITAI_TEST_DSN
// names, or the one shared by this user's test programs. A failed attempt is
// made again by the next test.
func theServer(ctx context.Context) (*server, error) {
	mu.Lock()
	defer mu.Unlock()
	if current != nil {
		return current, nil
	}
	dsn := os.Getenv("LEITAI_TEST_DSN")
	if dsn == "" {
		var err error
		if dsn, err = share(ctx); err != nil {
			return nil, err
		}
	}
	s, err := newServer(dsn)
	if err != nil {
		return nil, err
	}
	if err := s.admin.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("the server for tests does not answer: %w", err)
	}
	current = s
	return s, nil
}

func newServer(dsn string) (*server, error) {
	u, err := url.Parse(dsn)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
		return nil, errors.New("LEITAI_TEST_DSN must be a URL: postgres://superuser:password@host:port/database")
	}
	s := &server{url: *u, home: "postgres"}
	if len(u.Path) > 1 {
		s.home = u.Path[1:]
	}
	connector, err := pq.NewConnector(s.dsn("", "", s.home))
	if err != nil {
		return nil, errors.New("LEITAI_TEST_DSN is not a connection URL of PostgreSQL")
	}
	s.admin = sql.OpenDB(connector)
	s.admin.SetMaxOpenConns(4) // many test programs share the server
	return s, nil
}

// dsn is the URL to a database for a role; no role means the superuser.
func (s *server) dsn(role, password, database string) string {
	u := s.url
	u.Path = "/" + database
	if role != "" {
		u.User = url.UserPassword(role, password)
	}
	return u.String()
}
