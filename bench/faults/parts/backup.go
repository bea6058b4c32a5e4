package parts

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// Archiving are the settings of a cluster that copies every finished segment of
// its log to a folder.
func Archiving(folder string) map[string]string {
	return map[string]string{"archive_mode": "on", "archive_command": "test ! -f " + folder + "/%f && cp %p " + folder + "/%f"}
}

// Owned makes an empty folder that PostgreSQL's account may write to.
func (p *Postgres) Owned(folder string) error { return p.as.folder(folder) }

// BaseBackup copies a running cluster into a folder.
func (p *Postgres) BaseBackup(folder string) error {
	if err := p.as.folder(folder); err != nil {
		return err
	}
	return p.Run("pg_basebackup", "-D", folder, "-c", "fast", "-X", "stream", "-d",
		"host=127.0.0.1 port="+strconv.Itoa(p.Port)+" user="+Admin+" password="+Password)
}

// FinishSegment closes the segment of the log that is being written and waits
// until it is archived.
func (p *Postgres) FinishSegment(ctx context.Context) error {
	const last = `SELECT CASE WHEN last_archived_wal >= pg_walfile_name(pg_switch_wal() - 1) THEN 1 ELSE 0 END FROM pg_stat_archiver`
	for begun := time.Now(); time.Since(begun) < time.Minute; time.Sleep(100 * time.Millisecond) {
		if n, err := p.Number(ctx, "postgres", last); err != nil || n == 1 {
			return err
		}
	}
	return errors.New("the log is not archived")
}

// Recover makes a cluster of a base backup and an archive of the log, and starts
// it once it has read all of the log.
func (p *Postgres) Recover(ctx context.Context, base, archive string) error {
	if err := p.as.folder(p.Folder); err != nil {
		return err
	}
	if err := os.CopyFS(p.data(), os.DirFS(base)); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(p.data(), "recovery.signal"), nil, 0o600); err != nil {
		return err
	}
	if err := errors.Join(os.Chmod(p.data(), 0o700), p.as.own(p.Folder)); err != nil { //nolint:gosec // PostgreSQL asks for it
		return err
	}
	p.Settings = map[string]string{"restore_command": "cp " + archive + "/%f %p"}
	if err := p.Start(ctx); err != nil {
		return err
	}
	for begun := time.Now(); time.Since(begun) < recovery; time.Sleep(50 * time.Millisecond) {
		if n, err := p.Number(ctx, "postgres", `SELECT pg_is_in_recovery()::int`); err != nil || n == 0 {
			return err
		}
	}
	return errors.New("the recovery does not end")
}
