package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"leitai/bench/faults/look"
	"leitai/bench/faults/parts"
	"leitai/bench/faults/world"
	"leitai/internal/postgres/migrate"
)

// restorePhysical makes the cluster anew from its base backup and all of its log,
// and serves it.
func (s *stage) restorePhysical(ctx context.Context, b *backup) (*parts.Postgres, error) {
	begun := time.Now()
	db, err := parts.NewPostgres(ctx, filepath.Join(s.folder, "restored"), nil)
	if err != nil {
		return nil, err
	}
	if err := db.Recover(ctx, b.at("base"), b.at("wal")); err != nil {
		return nil, err
	}
	took := time.Since(begun)
	err = s.compare(ctx, b, db, "restored from base backup and log", took, b.last, b.at("files"))
	if err == nil {
		err = s.serveRestored(ctx, b, db)
	}
	if err != nil {
		_ = db.Stop() // the first error is the one to tell
	}
	return db, err
}

// restoreLogical loads the dump into an empty cluster.
func (s *stage) restoreLogical(ctx context.Context, b *backup) (*parts.Postgres, error) {
	begun := time.Now()
	db, err := parts.NewPostgres(ctx, filepath.Join(s.folder, "loaded"), nil)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(db.Init(), db.Start(ctx)); err != nil {
		return nil, err
	}
	err = roles(ctx, db)
	if err == nil {
		err = db.Run("pg_restore", "--exit-on-error", "--dbname", db.DSN(parts.Admin, world.Database), filepath.Join(b.at("dump"), "leitai.dump"))
	}
	if err == nil {
		err = s.compare(ctx, b, db, "restored from the dump", time.Since(begun), b.dumped, b.at("files-dump"))
	}
	if err != nil {
		_ = db.Stop() // the first error is the one to tell
	}
	return db, err
}

// compare holds a restored database against what was read of the one it was saved
// from: every table by count and hash, the chains of the audit and their heads
// that were noted before, every bundle, every file.
func (s *stage) compare(ctx context.Context, b *backup, db *parts.Postgres, name string, took time.Duration, want map[string]look.Table, files string) error {
	have, err := look.AllTables(ctx, db.DSN(parts.Admin, world.Database))
	if err != nil {
		return err
	}
	if differing := look.Differing(have, want); differing != nil {
		return fmt.Errorf("%w: tables differ: %s", errFound, strings.Join(differing, ", "))
	}
	maint := db.DSN(migrate.Maint, world.Database)
	chains, err := look.Audit(ctx, s.binary, maint, "--heads", b.at("heads"))
	if err != nil {
		return err
	}
	bundles, err := look.Bundles(ctx, s.binary, maint, filepath.Join(s.folder, "bundles"), s.world.Fingerprint, s.world.Towns)
	if err != nil {
		return err
	}
	stored, err := look.Files(ctx, maint, files)
	if err != nil {
		return err
	}
	filled, rows := look.Sum(have)
	b.note(name, "%.1f s; %d tables with %d rows alike, %d of them not empty; %d chains through their noted heads, %d bundles, %d files",
		took.Seconds(), len(have), rows, filled, chains, bundles, stored)
	return nil
}

// serveRestored starts a server on what was restored, with the saved keys and
// files, and asks it for every round.
func (s *stage) serveRestored(ctx context.Context, b *backup, db *parts.Postgres) error {
	app := db.DSN(migrate.App, world.Database)
	server, err := parts.Binding{Binary: s.binary, Keys: b.at("keys"), Files: store(b.at("files")), Logs: s.folder, DSN: app, Direct: app}.Server(ctx, "server-restored")
	if err != nil {
		return err
	}
	if err := server.Start(ctx); err != nil {
		return err
	}
	defer server.Kill()
	stored, err := look.Stored(ctx, db.DSN(migrate.Maint, world.Database), s.world.Towns)
	if err != nil {
		return err
	}
	rounds, err := look.API(ctx, server.URL, s.world.Towns, stored)
	b.note("served again with the saved keys", "%d rounds with their boards over the API", rounds)
	return err
}

// restoreTown takes one township's archive from the restored service into an empty
// database, and its archive from there: the same rows are the same bytes.
func (s *stage) restoreTown(ctx context.Context, b *backup, from, to *parts.Postgres) error {
	const database = "one_town"
	if err := world.Schema(ctx, to, database); err != nil {
		return err
	}
	town := s.world.Towns[0]
	first, second := b.at("town.zip"), filepath.Join(s.folder, "town-again.zip")
	begun := time.Now()
	for _, args := range [][]string{
		{"tenant", "export", town.Code, first, "--maint-dsn", from.DSN(migrate.Maint, world.Database), "--files", store(b.at("files"))},
		{"tenant", "import", first, "--maint-dsn", to.DSN(migrate.Maint, database), "--files", store(filepath.Join(s.folder, "files-town")), "--trust", s.world.Fingerprint},
		{"tenant", "export", town.Code, second, "--maint-dsn", to.DSN(migrate.Maint, database), "--files", store(filepath.Join(s.folder, "files-town"))},
	} {
		out, err := exec.CommandContext(ctx, s.binary, append(args, "--keys", b.at("keys"), "--by", "drill")...).CombinedOutput() //nolint:gosec // the binary that is proved
		if err != nil {
			return fmt.Errorf("%s: %w: %s", strings.Join(args[:2], " "), err, out)
		}
	}
	took := time.Since(begun)
	alike, differing, err := sameParts(first, second)
	if err != nil {
		return err
	}
	if differing != nil {
		return fmt.Errorf("%w: parts of the archive differ: %s", errFound, strings.Join(differing, ", "))
	}
	maint := to.DSN(migrate.Maint, database)
	if _, err := look.Audit(ctx, s.binary, maint); err != nil {
		return err
	}
	bundles, err := look.Bundles(ctx, s.binary, maint, filepath.Join(s.folder, "bundles"), s.world.Fingerprint, s.world.Towns[:1])
	if err != nil {
		return err
	}
	b.note("one township, exported, imported and exported again", "%.1f s; %d parts the same bytes, the audit longer by its own move; %d bundles", took.Seconds(), alike, bundles)
	return nil
}
