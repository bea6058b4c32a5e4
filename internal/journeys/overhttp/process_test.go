package overhttp_test

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"leitai/internal/config"
	"leitai/internal/dbtest"
	"leitai/internal/graphtest"
	"leitai/internal/identity"
	"leitai/internal/postgres"
	"leitai/internal/sample"
	"leitai/internal/telemetry"
	"leitai/internal/wiring"
)

// stage is a county in a database, and the real binary to serve it.
type stage struct {
	binary, keys string
	dsn          string
	manifest     sample.Manifest
	maint        *sql.DB
}

// newStage builds the binary and the county, with months not played.
func newStage(t *testing.T) *stage {
	t.Helper()
	base := dbtest.New(t)
	s := &stage{binary: filepath.Join(t.TempDir(), "leitai"), keys: t.TempDir(), dsn: base.AppDSN, maint: base.Maint(t)}
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", s.binary, "leitai/cmd/leitai").CombinedOutput(); err != nil {
		t.Fatalf("build the server: %v\n%s", err, out)
	}
	if _, err := postgres.ImportDivisions(t.Context(), base.MaintDSN, sample.FictionalTable(), postgres.Import{}); err != nil {
		t.Fatal(err)
	}
	if err := config.MakeKeys(s.keys); err != nil {
		t.Fatal(err)
	}
	keys, err := config.LoadKeys(s.keys)
	if err != nil {
		t.Fatal(err)
	}
	clock := sample.NewClock(time.Now(), time.Now)
	app, err := wiring.New(t.Context(), wiring.Options{DSN: s.dsn, Keys: keys, Now: clock.Now, Logger: slog.New(slog.DiscardHandler),
		Metrics: telemetry.NewMetrics("test"), Argon2: identity.Argon2Options{MemoryKiB: 64, Iterations: 1}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = app.Close() }()
	w, err := sample.Build(t.Context(), app, clock)
	if err != nil {
		t.Fatal(err)
	}
	s.manifest = w.Manifest()
	return s
}

// process is one life of the server.
type process struct {
	url  string
	cmd  *exec.Cmd
	once sync.Once
}

// start runs the server and waits until it says where it listens.
func (s *stage) start(t *testing.T) *process {
	t.Helper()
	// The server has to outlive nothing but this test; it is killed, never asked to stop.
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), s.binary, "serve", "--listen", "127.0.0.1:0", "--keys", s.keys)
	cmd.Env = append(os.Environ(), "LEITAI_DSN="+s.dsn, "LEITAI_OPERATIONS_LISTEN=127.0.0.1:0", "LEITAI_FILES=file://"+filepath.Join(s.keys, "files")+"?create_dir=true&no_tmp_dir=true&metadata=skip")
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: cmd}
	t.Cleanup(func() { p.kill(t) })
	lines := bufio.NewScanner(log)
	said := ""
	for lines.Scan() {
		var line struct{ Msg, Address string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "serving" {
			p.url = "http://" + line.Address
			go func() { // the log must not fill up
				for lines.Scan() {
				}
			}()
			return p
		}
		said += lines.Text() + "\n"
	}
	t.Fatalf("the server did not start:\n%s", said)
	return nil
}

// kill ends the server as a failure of power would, and waits until it is gone.
func (p *process) kill(t *testing.T) {
	t.Helper()
	p.once.Do(func() {
		if err := p.cmd.Process.Kill(); err != nil {
			t.Errorf("kill: %v", err)
		}
		_ = p.cmd.Wait() // it was killed: that is the error
	})
}

// send brings one errand to the server.
func (d *desk) send(t *testing.T, e *errand) (*graphtest.Result, error) {
	t.Helper()
	return post(t, d.url, d.tokens[e.who], d.document(t, e.query), e.vars)
}
