package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/division"
	"leitai/internal/fault"
)

// close ends the units that an edition no longer names, below the divisions it
// begins with: a county's table says nothing about its neighbour.
func (im *importer) close(ctx context.Context, table *division.Table) error {
	if im.how.Edition.IsZero() {
		return nil
	}
	for _, root := range im.roots(table) {
		gone, err := im.gone(ctx, root, table)
		if err != nil {
			return err
		}
		if err := im.end(ctx, gone); err != nil {
			return err
		}
	}
	return nil
}

// roots are the divisions of the table whose parent it does not hold.
func (im *importer) roots(table *division.Table) []string {
	if im.how.Subset != "" {
		return []string{im.how.Subset}
	}
	var roots []string
	for row := range table.All() {
		if _, inside := table.Find(row.Parent); !inside {
			roots = append(roots, row.Code)
		}
	}
	return roots
}

// gone lists the standing units below root that the table does not name.
func (im *importer) gone(ctx context.Context, root string, table *division.Table) (ids []uuid.UUID, err error) {
	rows, err := im.tx.QueryContext(ctx, `SELECT id, code FROM unit WHERE valid_to IS NULL AND code >= $1 AND code < $2`, root, root+":") // ":" follows "9"
	if err != nil {
		return nil, fmt.Errorf("postgres: look for vanished divisions: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id uuid.UUID
		var code string
		if err := rows.Scan(&id, &code); err != nil {
			return nil, err
		}
		if _, named := table.Find(code); !named {
			ids = append(ids, id)
		}
	}
	return ids, rows.Err()
}

func (im *importer) end(ctx context.Context, ids []uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	date := im.how.Edition.String()
	var young string
	err := im.tx.QueryRowContext(ctx, `SELECT code FROM unit WHERE id = ANY ($1) AND valid_from >= $2::date ORDER BY code LIMIT 1`, pq.Array(ids), date).Scan(&young)
	if err == nil {
		return fault.New(fault.ImportEditionOld, "date", date, "code", young)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if _, err := im.tx.ExecContext(ctx, `UPDATE unit SET valid_to = $2::date WHERE id = ANY ($1)`, pq.Array(ids), date); err != nil {
		return fmt.Errorf("postgres: end vanished divisions: %w", err)
	}
	im.report.Closed += len(ids)
	return nil
}
