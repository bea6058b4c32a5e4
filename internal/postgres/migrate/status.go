package migrate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"leitai/internal/fault"
)

// Revision is one migration that a database has.
type Revision struct {
	Version   string
	Name      string // name of the file
	AppliedAt time.Time
	hash      string
}

// Status compares a database with the migrations of this program.
type Status struct {
	Applied []Revision // in the order of their versions
	Pending []string   // names of files the database lacks
	Unknown []string   // names of applied files this program does not have: a newer program was here
	Changed []string   // names of applied files whose content differs now
}

// Current reports whether the database has everything this program needs. A
// database that a newer program has migrated further is current: migrations
// work with the code before and after them.
func (s Status) Current() bool { return len(s.Pending) == 0 && len(s.Changed) == 0 }

// Status reads what the database has; it changes nothing. Any of leitai's roles
// may ask.
func (s *Set) Status(ctx context.Context, dsn string) (Status, error) {
	db, err := connect(ctx, dsn)
	if err != nil {
		return Status{}, err
	}
	defer db.close()
	return s.status(ctx, db)
}

func (s *Set) status(ctx context.Context, db *session) (Status, error) {
	var st Status
	var known bool
	if err := db.conn.QueryRowContext(ctx, `SELECT to_regclass('leitai_migrate.revision') IS NOT NULL`).Scan(&known); err != nil {
		return st, fmt.Errorf("migrate: %w", err)
	}
	if known {
		rows, err := db.conn.QueryContext(ctx, `SELECT version, name, hash, applied_at FROM leitai_migrate.revision`)
		if err != nil {
			return st, fmt.Errorf("migrate: read what was applied: %w", err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var r Revision
			if err := rows.Scan(&r.Version, &r.Name, &r.hash, &r.AppliedAt); err != nil {
				return st, fmt.Errorf("migrate: %w", err)
			}
			st.Applied = append(st.Applied, r)
		}
		if err := rows.Err(); err != nil {
			return st, fmt.Errorf("migrate: %w", err)
		}
	}
	// Not ORDER BY: a collation may see the versions differently than Go does.
	slices.SortFunc(st.Applied, func(a, b Revision) int { return strings.Compare(a.Version, b.Version) })
	s.compare(&st)
	return st, nil
}

// compare fills in what is pending, unknown and changed.
func (s *Set) compare(st *Status) {
	applied := make(map[string]Revision, len(st.Applied))
	for _, r := range st.Applied {
		applied[r.Version] = r
	}
	for _, f := range s.files {
		r, has := applied[f.version]
		switch {
		case !has:
			st.Pending = append(st.Pending, f.name)
		case r.hash != f.hash:
			st.Changed = append(st.Changed, f.name)
		}
		delete(applied, f.version)
	}
	for _, r := range st.Applied {
		if _, left := applied[r.Version]; left {
			st.Unknown = append(st.Unknown, r.Name)
		}
	}
}

// plan returns the files to apply, or why none may be: an applied file was
// changed (MIGRATION_CHANGED), or a file lies before one that was applied
// already (MIGRATION_OUT_OF_ORDER), be it of this program or of a newer one.
func (s *Set) plan(st Status) ([]file, error) {
	var faults fault.List
	for _, name := range st.Changed {
		faults = append(faults, fault.New(fault.MigrationChanged, "file", name))
	}
	last := ""
	if n := len(st.Applied); n > 0 {
		last = st.Applied[n-1].Version
	}
	var todo []file
	for _, f := range s.files {
		if !slices.Contains(st.Pending, f.name) {
			continue
		}
		if f.version < last {
			faults = append(faults, fault.New(fault.MigrationOutOfOrder, "file", f.name, "last", last))
		}
		todo = append(todo, f)
	}
	return todo, faults.Err()
}
