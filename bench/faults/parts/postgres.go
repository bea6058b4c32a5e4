package parts

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	_ "github.com/lib/pq" // the driver of the probes
)

// Password is that of every role: of servers on loopback that live for the run.
const Password = "faults"

// Admin is the superuser.
const Admin = "postgres"

// recovery is how long a database may take to come back.
const recovery = 2 * time.Minute

// Postgres is a cluster of its own, durable as one in earnest: what it has
// acknowledged must survive the death of every process of it.
type Postgres struct {
	Folder   string // the data folder is below it
	Port     int
	Settings map[string]string
	bin      string
	as       *account
	child    *Child
}

// NewPostgres prepares a cluster in a folder without making it.
func NewPostgres(ctx context.Context, folder string, settings map[string]string) (*Postgres, error) {
	bin, err := Binaries()
	if err != nil {
		return nil, err
	}
	as, err := unprivileged()
	if err != nil {
		return nil, err
	}
	port, err := FreePort(ctx)
	return &Postgres{Folder: folder, Port: port, Settings: settings, bin: bin, as: as}, err
}

// Binaries is the folder of PostgreSQL's own programs, pg_basebackup among them:
// $PGBIN, or Debian's newest.
func Binaries() (string, error) {
	all, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.Sort(all)
	slices.Reverse(all)
	if own := os.Getenv("PGBIN"); own != "" {
		all = []string{own}
	}
	for _, bin := range all {
		if _, err := os.Stat(filepath.Join(bin, "pg_basebackup")); err == nil { //nolint:gosec // the operator says where they are
			return bin, nil
		}
	}
	return "", errors.New("no PostgreSQL with pg_basebackup was found: apt-get install postgresql, or set PGBIN to the folder of its programs")
}

func (p *Postgres) data() string { return filepath.Join(p.Folder, "data") }

// Init makes an empty cluster, discarding one that is there.
func (p *Postgres) Init() error {
	if err := p.as.folder(p.Folder); err != nil {
		return err
	}
	secret := filepath.Join(p.Folder, "password")
	if err := os.WriteFile(secret, []byte(Password+"\n"), 0o600); err != nil {
		return err
	}
	if err := p.as.own(p.Folder); err != nil {
		return err
	}
	return p.Run("initdb", "--pgdata", p.data(), "--username", Admin, "--pwfile", secret, "--auth", "scram-sha-256", "--encoding", "UTF8",
		"--locale", "C.UTF-8", "--lc-messages", "C", "--no-instructions")
}

// Run runs one of PostgreSQL's programs to its end, as the cluster's account,
// with the superuser's password for whoever asks for one.
func (p *Postgres) Run(program string, args ...string) error {
	var out bytes.Buffer
	c, err := begin(life{program: filepath.Join(p.bin, program), args: args, env: []string{"PGPASSWORD=" + Password}, log: &out, as: p.as})
	if err != nil {
		return err
	}
	if <-c.done; c.err != nil {
		return fmt.Errorf("%s: %w: %s", program, c.err, bytes.TrimSpace(out.Bytes()))
	}
	return nil
}

// Start starts the cluster and waits until it answers, after its recovery.
func (p *Postgres) Start(ctx context.Context) error {
	log, err := os.OpenFile(filepath.Join(p.Folder, "server.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }() // the child has its own
	all := map[string]string{"listen_addresses": "127.0.0.1", "port": strconv.Itoa(p.Port), "unix_socket_directories": "", "max_connections": "200",
		"lc_messages": "C", "jit": "off", "timezone": "UTC", "shared_buffers": "256MB", "log_min_error_statement": "panic"}
	maps.Copy(all, p.Settings)
	args := []string{"-D", p.data()}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		args = append(args, "-c", name+"="+all[name])
	}
	if p.child, err = begin(life{program: filepath.Join(p.bin, "postgres"), args: args, log: log, as: p.as}); err != nil {
		return err
	}
	return p.await(ctx)
}

// await asks until the cluster answers.
func (p *Postgres) await(ctx context.Context) error {
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		err := p.Exec(ctx, "postgres", "SELECT 1")
		if err == nil {
			return nil
		}
		if ctx.Err() != nil || p.child.Ended() || time.Since(begun) > recovery {
			text, _ := os.ReadFile(filepath.Join(p.Folder, "server.log"))
			return fmt.Errorf("PostgreSQL does not start: %w: %s", err, text[max(0, len(text)-600):])
		}
	}
}

// Exec runs statements as the superuser, each on its own.
func (p *Postgres) Exec(ctx context.Context, database string, statements ...string) error {
	db, err := sql.Open("postgres", p.DSN(Admin, database))
	if err != nil {
		return err
	}
	for _, text := range statements {
		if _, err = db.ExecContext(ctx, text); err != nil {
			break
		}
	}
	return errors.Join(err, db.Close())
}

// DSN leads a role to a database.
func (p *Postgres) DSN(role, database string) string {
	return dsn(role, "127.0.0.1:"+strconv.Itoa(p.Port), database, "")
}

func dsn(role, address, database, more string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(role, Password), Host: address, Path: "/" + database, RawQuery: "sslmode=disable" + more}
	return u.String()
}

// Kill kills the postmaster, and waits until the last of its processes has
// noticed and is gone, as they would be with the machine.
func (p *Postgres) Kill() error {
	p.child.Kill()
	for begun := time.Now(); time.Since(begun) < recovery; time.Sleep(5 * time.Millisecond) {
		if len(p.processes()) == 0 {
			return nil
		}
	}
	return errors.New("processes of a killed PostgreSQL go on")
}

// processes are those that work in the data folder.
func (p *Postgres) processes() []int {
	var all []int
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	for _, link := range links {
		if folder, err := os.Readlink(link); err == nil && folder == p.data() {
			if pid, err := strconv.Atoi(strings.Split(link, "/")[2]); err == nil {
				all = append(all, pid)
			}
		}
	}
	return all
}

// KillBackend kills one process that serves a session, by the place of a draw,
// which makes PostgreSQL end all of them and recover, and waits until it has. It
// does nothing where there is no such process.
func (p *Postgres) KillBackend(ctx context.Context, database string, draw func(n int) int) error {
	if err := p.await(ctx); err != nil {
		return err
	}
	all, err := p.backends(ctx, database)
	if err != nil || len(all) == 0 {
		return err
	}
	pid := all[draw(len(all))]
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		return err
	}
	// Once the postmaster has taken note of the death, nobody is let in before all is recovered.
	for syscall.Kill(pid, 0) == nil && ctx.Err() == nil {
		time.Sleep(5 * time.Millisecond)
	}
	return p.await(ctx)
}

// backends are the processes that serve sessions of a database.
func (p *Postgres) backends(ctx context.Context, database string) ([]int, error) {
	db, err := sql.Open("postgres", p.DSN(Admin, "postgres"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }() // nothing was written
	rows, err := db.QueryContext(ctx, `SELECT pid FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend' ORDER BY pid`, database)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []int
	for rows.Next() {
		var pid int
		if err := rows.Scan(&pid); err != nil {
			return nil, err
		}
		all = append(all, pid)
	}
	return all, rows.Err()
}

// PID is the postmaster's.
func (p *Postgres) PID() int { return p.child.PID() }

// Stop ends all sessions and writes a checkpoint.
func (p *Postgres) Stop() error {
	if p.child == nil {
		return nil
	}
	return p.child.End(syscall.SIGINT, recovery)
}

// Program is the path of one of PostgreSQL's programs that need no account.
func (p *Postgres) Program(name string) string { return filepath.Join(p.bin, name) }

// LookPath finds a program of the machine, also where only root looks.
func LookPath(name string) (string, error) {
	for _, path := range []string{name, "/usr/sbin/" + name, "/usr/local/sbin/" + name} {
		if found, err := exec.LookPath(path); err == nil {
			return found, nil
		}
	}
	return "", fmt.Errorf("%s is not installed: apt-get install %s", name, name)
}
