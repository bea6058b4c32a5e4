package main

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lib/pq"

	"leitai/bench/load"
	"leitai/bench/stand"
	"leitai/bench/usage"
	"leitai/internal/authz"
	"leitai/internal/identity"
	"leitai/internal/postgres"
)

// findPgbench looks where PostgreSQL's programs are looked for (internal/embedded).
func findPgbench() (string, error) {
	if folder := os.Getenv("PGBIN"); folder != "" {
		if path := filepath.Join(folder, "pgbench"); executable(path) {
			return path, nil
		}
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench")
	if err == nil && len(found) > 0 {
		slices.Sort(found)
		return found[len(found)-1], nil
	}
	path, err := exec.LookPath("pgbench")
	if err != nil {
		return "", fmt.Errorf("pgbench is missing; Debian has it in postgresql-15 and postgresql-contrib: %w", err)
	}
	return path, nil
}

func executable(path string) bool {
	info, err := os.Stat(path) //nolint:gosec // where the caller says PostgreSQL is
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

// statement is one with its arguments.
type statement struct {
	text   string
	values []string
}

// pgbench is the limit: the same prepared statements in the same transaction,
// sent by PostgreSQL's own program, which throws the rows away.
func (b *bench) pgbench(d *stand.Database, question, token string, statements ...statement) (turn, error) {
	program, err := findPgbench()
	if err != nil {
		return turn{}, err
	}
	gate, err := authz.New(time.Now)
	if err != nil {
		return turn{}, err
	}
	credential, _, err := identity.Credential("", token, "")
	if err != nil {
		return turn{}, err
	}
	drafts, err := pq.Array(gate.DraftRoles()).Value()
	if err != nil {
		return turn{}, err
	}
	script := &script{}
	script.line("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") //nolint:dupword // a level, then a mode
	script.line(postgres.OpenRequestSQL, "token", fmt.Sprintf(`\x%x`, credential.Hash), fmt.Sprint(drafts), "5000", "5000", "40000")
	for _, s := range statements {
		script.line(s.text, s.values...)
	}
	script.line("COMMIT")
	file := filepath.Join(b.folder, "pgbench-"+question+".sql")
	if err := os.WriteFile(file, []byte(script.text.String()), 0o600); err != nil {
		return turn{}, err
	}
	dsn, err := url.Parse(d.App())
	if err != nil {
		return turn{}, err
	}
	password, _ := dsn.User.Password()
	args := append([]string{"-h", dsn.Hostname(), "-p", dsn.Port(), "-U", dsn.User.Username(), "-n", "-M", "prepared", "-f", file,
		"-c", strconv.Itoa(b.clients), "-j", "1", "-T", strconv.Itoa(max(1, int(b.length.Seconds())))}, script.definitions...)
	return turn{&figures{Name: "pgbench"}, func(ctx context.Context) (load.Figures, error) {
		command := exec.CommandContext(ctx, program, append(args, strings.TrimPrefix(dsn.Path, "/"))...) //nolint:gosec // PostgreSQL's own program
		command.Env = append(os.Environ(), "PGPASSWORD="+password)
		return b.runPgbench(command)
	}}, nil
}

// reaping is how long PostgreSQL is given to count in what ended sessions used.
const reaping = 300 * time.Millisecond

var processed = regexp.MustCompile(`number of transactions actually processed: ([0-9]+)`)

// runPgbench runs it once and reckons what a transaction cost.
func (b *bench) runPgbench(command *exec.Cmd) (load.Figures, error) {
	before, err := usage.Of(os.Getpid(), b.stand.PID())
	if err != nil {
		return load.Figures{}, err
	}
	begun := time.Now()
	out, err := command.CombinedOutput()
	if err != nil {
		return load.Figures{}, fmt.Errorf("pgbench: %w: %.600s", err, out)
	}
	took := time.Since(begun)
	time.Sleep(reaping)
	after, err := usage.Of(os.Getpid(), b.stand.PID())
	if err != nil {
		return load.Figures{}, err
	}
	found := processed.FindSubmatch(out)
	if found == nil {
		return load.Figures{}, fmt.Errorf("pgbench says %.600s", out)
	}
	n, err := strconv.ParseInt(string(found[1]), 10, 64)
	if err != nil || n == 0 {
		return load.Figures{}, fmt.Errorf("pgbench says %.600s", out)
	}
	own := float64((command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Microseconds()) / float64(n)
	return load.Figures{Requests: n, Length: took, ServerCPU: own, AllCPU: own + (after.Postgres-before.Postgres)/float64(n)}, nil
}

// script is a script of pgbench with the values of its variables.
type script struct {
	text        strings.Builder
	definitions []string
	variables   int
}

var argument = regexp.MustCompile(`\$([0-9]+)`)

// line adds a statement; its arguments become variables, which pgbench sends as
// arguments of a prepared statement.
func (s *script) line(statement string, values ...string) {
	first := s.variables
	s.text.WriteString(argument.ReplaceAllStringFunc(strings.TrimSpace(statement), func(found string) string {
		n, _ := strconv.Atoi(found[1:]) // digits, by the expression
		return ":v" + strconv.Itoa(first+n)
	}) + ";\n")
	for i, value := range values {
		s.definitions = append(s.definitions, "-D", "v"+strconv.Itoa(first+i+1)+"="+value)
	}
	s.variables += len(values)
}

// readable gives the tenants whose published rows a token reads, as the opening
// statement says, and the other settings.
func readable(ctx context.Context, d *stand.Database, token string) (settings, error) {
	gate, err := authz.New(time.Now)
	if err != nil {
		return settings{}, err
	}
	credential, _, err := identity.Credential("", token, "")
	if err != nil {
		return settings{}, err
	}
	db, err := sql.Open("postgres", d.App())
	if err != nil {
		return settings{}, err
	}
	defer func() { _ = db.Close() }()
	var s settings
	err = db.QueryRowContext(ctx, `SELECT tenant_id, readable::text, drafts::text, ancestors::text FROM open_request('token', $1, $2)`,
		credential.Hash[:], pq.Array(gate.DraftRoles())).Scan(&s.Tenant, &s.Readable, &s.Drafts, &s.Ancestors)
	return s, err
}
