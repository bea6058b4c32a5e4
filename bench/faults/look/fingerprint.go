package look

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
)

// Table is what is told of all rows of a table.
type Table struct {
	Rows int
	Hash string // of the rows' own, in their order
}

// Tables counts and hashes the rows of every table, in a transaction that sees one
// moment.
func Tables(ctx context.Context, tx *sql.Tx) (map[string]Table, error) {
	var names []string
	rows, err := tx.QueryContext(ctx, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	all := map[string]Table{}
	for _, name := range names {
		var t Table
		query := `SELECT count(*), coalesce(md5(string_agg(h, '' ORDER BY h)), '') FROM (SELECT md5(t::text) h FROM public."` + name + `" t) x`
		if err := tx.QueryRowContext(ctx, query).Scan(&t.Rows, &t.Hash); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all[name] = t
	}
	return all, nil
}

// Moment opens a transaction of one moment; close ends it.
func Moment(ctx context.Context, dsn string) (tx *sql.Tx, end func(), err error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, nil, err
	}
	tx, err = db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		_ = db.Close()
		return nil, nil, err
	}
	return tx, func() { _ = tx.Rollback(); _ = db.Close() }, nil
}

// AllTables is Tables of a moment of its own.
func AllTables(ctx context.Context, dsn string) (map[string]Table, error) {
	tx, end, err := Moment(ctx, dsn)
	if err != nil {
		return nil, err
	}
	defer end()
	return Tables(ctx, tx)
}

// Differing names the tables that two databases do not have alike.
func Differing(a, b map[string]Table) []string {
	names := maps.Clone(a)
	maps.Copy(names, b)
	var all []string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if a[name] != b[name] {
			all = append(all, fmt.Sprintf("%s (%d and %d rows)", name, a[name].Rows, b[name].Rows))
		}
	}
	return all
}

// Sum is how many tables have rows, and how many rows all have.
func Sum(tables map[string]Table) (filled, rows int) {
	for _, t := range tables {
		if rows += t.Rows; t.Rows > 0 {
			filled++
		}
	}
	return filled, rows
}
