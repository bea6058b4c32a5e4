package parts

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// Pooler is a PgBouncer in transaction mode before a cluster.
type Pooler struct {
	folder, program string
	port            int
	as              *account
	child           *Child
}

// NewPooler prepares a pooler for the roles of a database.
func NewPooler(ctx context.Context, folder string, to *Postgres, database string, roles []string) (*Pooler, error) {
	program, err := LookPath("pgbouncer")
	if err != nil {
		return nil, err
	}
	port, err := FreePort(ctx)
	if err != nil {
		return nil, err
	}
	p := &Pooler{folder: folder, program: program, port: port, as: to.as}
	if err := p.as.folder(folder); err != nil {
		return nil, err
	}
	users := ""
	for _, role := range roles {
		users += fmt.Sprintf("%q %q\n", role, Password)
	}
	settings := fmt.Sprintf(`[databases]
%[1]s = host=127.0.0.1 port=%[2]d dbname=%[1]s
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %[3]d
unix_socket_dir =
auth_type = scram-sha-256
auth_file = %[4]s/users
pool_mode = transaction
default_pool_size = 20
max_client_conn = 200
server_login_retry = 1
ignore_startup_parameters = extra_float_digits
logfile = %[4]s/log
`, database, to.Port, port, folder)
	err = errors.Join(os.WriteFile(filepath.Join(folder, "users"), []byte(users), 0o600), os.WriteFile(p.settings(), []byte(settings), 0o600))
	if err != nil {
		return nil, err
	}
	return p, p.as.own(folder)
}

func (p *Pooler) settings() string { return filepath.Join(p.folder, "pgbouncer.ini") }

// Start starts the pooler and waits until it listens.
func (p *Pooler) Start(ctx context.Context) (err error) {
	if p.child, err = begin(life{program: p.program, args: []string{"-q", p.settings()}, as: p.as}); err != nil {
		return err
	}
	return awaitPort(ctx, p.child, p.port, 10*time.Second)
}

// Kill kills the pooler.
func (p *Pooler) Kill() { p.child.Kill() }

// Stop ends the pooler.
func (p *Pooler) Stop() error { return p.child.End(syscall.SIGINT, 10*time.Second) }

// DSN leads a role through the pooler to a database.
func (p *Pooler) DSN(role, database string) string {
	return dsn(role, "127.0.0.1:"+strconv.Itoa(p.port), database, "")
}
