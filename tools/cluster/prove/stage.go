package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// stage is everything the proof plays on.
type stage struct {
	options
	folder  string
	db      *database
	plane   *plane
	cluster *cluster
	helm    helm
	ledger  *ledger
	jobs    *jobs
	placed  string // folder of the images, as the node finds them
	leitai  string // program of the release that is installed
	before  map[string]bool
}

// passwords of the roles, in a database that lives as long as the proof.
var passwords = map[string]string{"owner": "proof-owner", "app": "proof-app", "job": "proof-job", "maint": "proof-maint"}

// build starts the database and the cluster and makes what the chart refers to. The
// stage it gives can be stopped even when it failed.
func build(ctx context.Context, o options, folder string) (*stage, error) {
	s := &stage{options: o, folder: folder, ledger: newLedger(), placed: filepath.Join(folder, "images")}
	p := s.ledger.begin("control plane")
	// Accounts of containers may not be able to enter the folder of a checkout.
	if err := copyImages(o.images, s.placed); err != nil {
		return s, err
	}
	s.leitai = filepath.Join(s.placed, "leitai", o.old, "leitai")
	var err error
	if s.db, err = startDatabase(ctx, filepath.Join(folder, "postgres")); err != nil {
		return s, err
	}
	if s.plane, err = startPlane(ctx, folder, o.tools, s.placed); err != nil {
		return s, err
	}
	if s.cluster, err = reach(s.plane.kubeconfig); err != nil {
		return s, err
	}
	s.helm = helm{o.helm, o.chart, s.plane.kubeconfig, folder, o.drain}
	keys := filepath.Join(folder, "keys")
	if err := s.command(ctx, nil, "keys", "make", keys); err != nil {
		return s, err
	}
	secrets, err := s.secrets(keys)
	if err != nil {
		return s, err
	}
	files := filepath.Join(folder, "files")
	if err := os.MkdirAll(files, 0o755); err != nil { //nolint:gosec // accounts of containers have to enter it
		return s, err
	}
	if err := s.cluster.settle(ctx, secrets, files); err != nil {
		return s, err
	}
	s.jobs = watchJobs(ctx, s.cluster)
	version, err := s.cluster.disc.ServerVersion()
	if err != nil {
		return s, err
	}
	s.before, err = s.cluster.calm(ctx)
	s.ledger.end(p, fmt.Sprintf("Kubernetes %s, one node, a namespace held to the restricted standard", version.GitVersion))
	return s, err
}

// secrets are what the chart takes by reference.
func (s *stage) secrets(keys string) (map[string]map[string]string, error) {
	database := map[string]string{"wrong": "postgres://leitai_app:wrong@127.0.0.1:9/leitai?sslmode=disable"}
	roles := map[string]string{"admin": s.db.admin("postgres")}
	for role, password := range passwords {
		database[role], roles[role] = s.db.dsn("leitai_"+role, password, "leitai"), password
	}
	ring := map[string]string{}
	files, err := os.ReadDir(keys)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(keys, f.Name()))
		if err != nil {
			return nil, err
		}
		ring[f.Name()] = string(text)
	}
	return map[string]map[string]string{"leitai-database": database, "leitai-keys": ring, "leitai-roles": roles}, nil
}

// command runs the program itself, as an operator at a console does.
func (s *stage) command(ctx context.Context, settings []string, arguments ...string) error {
	cmd := exec.CommandContext(ctx, s.leitai, arguments...)
	cmd.Env, cmd.Dir = append(os.Environ(), settings...), s.folder
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("leitai %s: %w: %s", strings.Join(arguments, " "), err, out)
	}
	return nil
}

// stop ends what was started.
func (s *stage) stop() {
	if s.plane != nil {
		s.plane.stop()
	}
	if s.db != nil {
		s.db.process.Stop(20 * time.Second)
	}
}

// copyImages copies the programs to where every account may run them.
func copyImages(from, to string) error {
	programs, err := filepath.Glob(filepath.Join(from, "*", "*", "*"))
	if err != nil {
		return err
	}
	for _, p := range programs {
		at, err := filepath.Rel(from, p)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		at = filepath.Join(to, at)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil { //nolint:gosec // programs for every account
			return err
		}
		if err := os.WriteFile(at, text, 0o755); err != nil { //nolint:gosec // programs for every account
			return err
		}
	}
	return nil
}
