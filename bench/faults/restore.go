package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"leitai/bench/faults/look"
	"leitai/bench/faults/parts"
	"leitai/bench/faults/world"
	"leitai/internal/postgres/migrate"
)

// backup is a folder with everything that is saved, and what was read from the
// database in the moments it was saved in.
type backup struct {
	folder       string
	dumped, last map[string]look.Table // of the dump's moment, and of the last
	lines        []string              // of the report
}

func (b *backup) at(name string) string { return filepath.Join(b.folder, name) }

func (b *backup) note(name, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	tell("%s: %s", name, text)
	b.lines = append(b.lines, "| "+name+" | "+text+" |")
}

// restoring saves a service while people work in it, destroys it, and restores it
// from what was saved alone: the cluster from a base backup and its log, the
// database from a dump, and one township from its archive.
func (r *run) restoring(ctx context.Context) error {
	b := &backup{folder: filepath.Join(r.folder, "backup")}
	if err := os.MkdirAll(b.folder, 0o755); err != nil { //nolint:gosec // PostgreSQL's account has to pass
		return err
	}
	s, err := r.raise(ctx, parts.Archiving(b.at("wal")), false)
	if err != nil {
		return err
	}
	defer func() { s.clear() }()
	if err := s.db.Owned(b.at("wal")); err != nil {
		return err
	}
	if err := s.save(ctx, b); err != nil {
		return err
	}
	if err := s.destroy(); err != nil {
		return err
	}
	tell("the service, its files and its keys are gone")
	physical, err := s.restorePhysical(ctx, b)
	if err != nil {
		return fmt.Errorf("from base backup and log: %w", err)
	}
	defer func() { _ = physical.Stop() }() // thrown away
	logical, err := s.restoreLogical(ctx, b)
	if err != nil {
		return fmt.Errorf("from the dump: %w", err)
	}
	defer func() { _ = logical.Stop() }() // thrown away
	if err := s.restoreTown(ctx, b, physical, logical); err != nil {
		return fmt.Errorf("one township from its archive: %w", err)
	}
	text := fmt.Sprintf("seed %d\n\n| | |\n|---|---|\n%s\n", r.seed, strings.Join(b.lines, "\n"))
	fmt.Print("\n" + text)
	return os.WriteFile(filepath.Join(r.folder, "report.md"), []byte(text), 0o600)
}

// save makes the backup while townships work, and reads what it has to hold.
func (s *stage) save(ctx context.Context, b *backup) error {
	_, err := s.during(ctx, func() error {
		if err := rest(ctx, 15*time.Second); err != nil {
			return err
		}
		if _, err := look.Audit(ctx, s.binary, s.maint(), "--note", b.at("heads")); err != nil {
			return err
		}
		begun := time.Now()
		if err := s.db.BaseBackup(b.at("base")); err != nil {
			return err
		}
		b.note("base backup, while people write", "%.1f s, %d MB", time.Since(begun).Seconds(), megabytes(b.at("base")))
		if err := s.dump(ctx, b); err != nil {
			return err
		}
		if err := errors.Join(os.CopyFS(b.at("keys"), os.DirFS(s.world.Keys)), os.CopyFS(b.at("files-dump"), os.DirFS(s.world.Files))); err != nil {
			return err
		}
		return rest(ctx, 10*time.Second)
	})
	if err != nil {
		return err
	}
	s.quiet()
	if err := s.db.FinishSegment(ctx); err != nil {
		return err
	}
	if err := os.CopyFS(b.at("files"), os.DirFS(s.world.Files)); err != nil {
		return err
	}
	if b.last, err = look.AllTables(ctx, s.db.DSN(parts.Admin, world.Database)); err != nil {
		return err
	}
	b.note("archived log", "%d MB", megabytes(b.at("wal")))
	return nil
}

// dump writes a dump as the maintenance role, and reads the tables of its moment.
func (s *stage) dump(ctx context.Context, b *backup) error {
	tx, end, err := look.Moment(ctx, s.db.DSN(parts.Admin, world.Database))
	if err != nil {
		return err
	}
	defer end()
	var moment string
	if err := tx.QueryRowContext(ctx, `SELECT pg_export_snapshot()`).Scan(&moment); err != nil {
		return err
	}
	if err := s.db.Owned(b.at("dump")); err != nil {
		return err
	}
	begun := time.Now()
	err = s.db.Run("pg_dump", "--format", "custom", "--snapshot", moment, "--file", filepath.Join(b.at("dump"), "leitai.dump"), "--dbname", s.maint())
	if err != nil {
		return err
	}
	b.note("dump as leitai_maint, while people write", "%.1f s, %d MB", time.Since(begun).Seconds(), megabytes(b.at("dump")))
	b.dumped, err = look.Tables(ctx, tx)
	return err
}

// quiet stops servers and worker: nothing changes any more.
func (s *stage) quiet() {
	for _, p := range append(s.servers, s.worker) {
		p.Kill()
	}
	s.servers, s.worker = nil, nil
}

// destroy removes all but the backup.
func (s *stage) destroy() error {
	if err := s.db.Stop(); err != nil {
		return err
	}
	err := errors.Join(os.RemoveAll(s.db.Folder), os.RemoveAll(s.world.Keys), os.RemoveAll(s.world.Files))
	s.db = nil
	return err
}

func megabytes(folder string) int64 {
	var bytes int64
	_ = filepath.WalkDir(folder, func(_ string, entry os.DirEntry, err error) error { // a figure of the report
		if err == nil && !entry.IsDir() {
			if info, err := entry.Info(); err == nil {
				bytes += info.Size()
			}
		}
		return nil
	})
	return bytes >> 20
}

// roles are made before a dump is loaded, because a dump of one database holds
// none.
func roles(ctx context.Context, in *parts.Postgres) error {
	return migrate.Roles(ctx, in.DSN(parts.Admin, "postgres"), world.Database,
		migrate.Passwords{Owner: parts.Password, App: parts.Password, Job: parts.Password, Maint: parts.Password})
}
