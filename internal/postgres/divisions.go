package postgres

import (
	"bufio"
	"compress/gzip"
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"

	"github.com/lib/pq"

	"leitai/internal/calendar"
	"leitai/internal/division"
	"leitai/internal/fault"
)

// Import says how a table of divisions becomes units.
type Import struct {
	// Subset takes one division with everything below it and its ancestors,
	// and leaves out the rest of the table; empty: all.
	Subset string
	// Edition is the date on which the table is the whole truth about the
	// divisions it begins with: units it no longer names end on that date, new
	// ones begin on it. The zero date takes the table as an addition only.
	Edition calendar.Date
}

// ImportReport counts what an import did.
type ImportReport struct {
	Rows    int // of the table, or of its subset
	Added   int
	Renamed int
	Moved   int // under another parent
	Closed  int
}

// ImportDivisions reads a `code,name,parent` table, plain or gzip, checks all of
// it and brings the units to it in one transaction of the maintenance role. Doing
// it again changes nothing. A shown name follows its legal name; one that people
// changed stays until the legal name changes. Faults of the table are a
// fault.List with every bad row. Memory stays below 250 MB for the national one.
func ImportDivisions(ctx context.Context, maintDSN string, r io.Reader, how Import) (ImportReport, error) {
	connector, err := pq.NewConnector(maintDSN)
	if err != nil {
		return ImportReport{}, fmt.Errorf("postgres: read the DSN: %w", redacted(err, maintDSN))
	}
	pool := sql.OpenDB(connector)
	defer func() { _ = pool.Close() }()
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return ImportReport{}, fmt.Errorf("postgres: begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	// Two imports follow each other.
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('leitai import divisions', 7))`); err != nil {
		return ImportReport{}, err
	}
	im := &importer{tx: tx, how: how}
	if err := im.run(ctx, r); err != nil {
		return ImportReport{}, err
	}
	if err := tx.Commit(); err != nil {
		return ImportReport{}, fmt.Errorf("postgres: commit: %w", err)
	}
	return im.report, nil
}

type importer struct {
	tx     *sql.Tx
	how    Import
	report ImportReport
	begin  string // valid_from of new units
}

func (im *importer) run(ctx context.Context, r io.Reader) error {
	plain, err := unzipped(r)
	if err != nil {
		return err
	}
	table, err := division.Read(plain, division.Options{Known: func(code string) bool {
		known, err := im.known(ctx, code)
		return err == nil && known // a lost connection fails the next statement too
	}})
	if err != nil {
		return err
	}
	if err := im.since(ctx); err != nil {
		return err
	}
	rows, err := im.chosen(table)
	if err != nil {
		return err
	}
	batch := make([]division.Row, 0, importBatch)
	for row := range table.All() {
		if !rows(row.Code) {
			continue
		}
		// A batch holds one level, so that every parent is stored before it.
		if len(batch) == importBatch || len(batch) > 0 && batch[0].Level != row.Level {
			if err := im.merge(ctx, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
		batch = append(batch, row)
	}
	if err := im.merge(ctx, batch); err != nil {
		return err
	}
	return im.close(ctx, table)
}

// unzipped looks at the first two bytes and unpacks gzip.
func unzipped(r io.Reader) (io.Reader, error) {
	head := bufio.NewReader(r)
	magic, _ := head.Peek(2) // of what is shorter division says what is missing
	if string(magic) != "\x1f\x8b" {
		return head, nil
	}
	plain, err := gzip.NewReader(head)
	if err != nil {
		return nil, fmt.Errorf("postgres: unpack the table: %w", err)
	}
	return plain, nil
}

func (im *importer) known(ctx context.Context, code string) (known bool, err error) {
	err = im.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM unit WHERE code = $1 AND valid_to IS NULL)`, code).Scan(&known)
	return known, err
}

// since decides from when new units count: from the edition's date when there
// were units before it, else from the beginning of the administrative order.
func (im *importer) since(ctx context.Context) error {
	im.begin = "1949-10-01"
	if im.how.Edition.IsZero() {
		return nil
	}
	var before bool
	err := im.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM unit WHERE code IS NOT NULL)`).Scan(&before)
	if before {
		im.begin = im.how.Edition.String()
	}
	return err
}

// chosen tells which codes are imported.
func (im *importer) chosen(table *division.Table) (func(code string) bool, error) {
	if im.how.Subset == "" {
		return func(string) bool { return true }, nil
	}
	root, found := table.Find(im.how.Subset)
	if !found {
		return nil, fault.New(fault.ImportSubsetUnknown, "code", im.how.Subset)
	}
	above := make(map[string]bool)
	for root.Parent != "" && found {
		above[root.Parent] = true
		root, found = table.Find(root.Parent)
	}
	return func(code string) bool { return strings.HasPrefix(code, im.how.Subset) || above[code] }, nil
}
