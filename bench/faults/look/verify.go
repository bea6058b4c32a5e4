package look

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"github.com/lib/pq"

	"leitai/bench/faults/world"
)

// Audit runs `leitai audit verify` and says how many chains hold. Heads that were
// noted earlier have to be passed through.
func Audit(ctx context.Context, binary, maintDSN string, more ...string) (int, error) {
	out, err := run(ctx, binary, append([]string{"audit", "verify", "--maint-dsn", maintDSN}, more...)...)
	if err != nil {
		return 0, err
	}
	return strings.Count("\n"+string(out), "\nok "), nil
}

func run(ctx context.Context, program string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, args...) //nolint:gosec // the binary that is being proved
	var out, failed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &failed
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s %s: %w: %.600s %.600s", filepath.Base(program), args[0], err, out.Bytes(), failed.Bytes())
	}
	return out.Bytes(), nil
}

// verifiers run at a time.
const verifiers = 2

// Bundles writes every bundle of the towns' rounds, public and sealed, to a
// folder and runs `leitai verify` on each, trusting the one key of the service. It
// gives their number; every hash has to be the one of its publication.
func Bundles(ctx context.Context, binary, maintDSN, folder, fingerprint string, towns []*world.Town) (int, error) {
	files, err := writeBundles(ctx, maintDSN, folder, towns)
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(folder) }() // they are in the database
	queue := make(chan bundle, len(files))
	for _, f := range files {
		queue <- f
	}
	close(queue)
	var group sync.WaitGroup
	problems := make([]error, verifiers)
	for i := range verifiers {
		group.Go(func() {
			for f := range queue {
				out, err := run(ctx, binary, "verify", f.path, "--key", fingerprint)
				if err == nil && !bytes.Contains(out, []byte(f.hash)) {
					err = fmt.Errorf("%s verifies with another hash than %s: %s", f.path, f.hash, out)
				}
				if problems[i] = err; err != nil {
					return
				}
			}
		})
	}
	group.Wait()
	return len(files), errors.Join(problems...)
}

type bundle struct{ path, hash string }

func writeBundles(ctx context.Context, maintDSN, folder string, towns []*world.Town) (all []bundle, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	db, err := sql.Open("postgres", maintDSN)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var rounds []string
	for _, t := range towns {
		for _, r := range t.Rounds {
			rounds = append(rounds, r.ID.String())
		}
	}
	rows, err := db.QueryContext(ctx, `SELECT p.id, p.public_hash, p.public_bundle, p.sealed_hash, s.body FROM publication p
		JOIN sealed_bundle s ON s.publication_id = p.id WHERE p.round_id = ANY ($1::uuid[])`, pq.Array(rounds))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, publicHash, public, sealedHash, sealed string
		if err := rows.Scan(&id, &publicHash, &public, &sealedHash, &sealed); err != nil {
			return nil, err
		}
		for _, b := range []struct{ name, hash, body string }{{"public", publicHash, public}, {"sealed", sealedHash, sealed}} {
			path := filepath.Join(folder, id+"-"+b.name+".json")
			if err := os.WriteFile(path, []byte(b.body), 0o600); err != nil {
				return nil, err
			}
			all = append(all, bundle{path, b.hash})
		}
	}
	return all, rows.Err()
}

// Files looks whether every file that a row names is in the store with the bytes
// of its row, and says how many there are.
func Files(ctx context.Context, maintDSN, folder string) (n int, err error) {
	db, err := sql.Open("postgres", maintDSN)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.QueryContext(ctx, `SELECT file, sha256 FROM job WHERE file <> ''`)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key, hash string
		if err := rows.Scan(&key, &hash); err != nil {
			return n, err
		}
		body, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(key))) //nolint:gosec // a key of the service's own
		if err != nil {
			return n, err
		}
		if have := sha256.Sum256(body); hex.EncodeToString(have[:]) != hash {
			return n, fmt.Errorf("the file %s has not the bytes of its row", key)
		}
		n++
	}
	return n, rows.Err()
}
