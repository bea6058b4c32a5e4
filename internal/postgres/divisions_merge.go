package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/lib/pq"

	"leitai/ent/mixin"
	"leitai/internal/division"
)

// importBatch is the number of rows sent in one statement.
const importBatch = 20_000

// merge stores rows of one level whose parents are stored. It first looks what
// is new or different, so that an import without news writes nothing.
func (im *importer) merge(ctx context.Context, batch []division.Row) error {
	if len(batch) == 0 {
		return nil
	}
	im.report.Rows += len(batch)
	news := newColumns(len(batch))
	found, err := im.differences(ctx, batch)
	if err != nil {
		return err
	}
	for _, d := range found {
		switch row := batch[d.at-1]; {
		case d.isNew:
			news.add(row)
			im.report.Added++
		default:
			if err := im.change(ctx, row, d); err != nil {
				return err
			}
		}
	}
	return news.insert(ctx, im.tx, im.begin)
}

// difference of a row from the unit that stands for it.
type difference struct {
	at                    int // place in the batch, from 1
	isNew, renamed, moved bool
}

func (im *importer) differences(ctx context.Context, batch []division.Row) (found []difference, err error) {
	codes, names, parents := make([]string, len(batch)), make([]string, len(batch)), make([]string, len(batch))
	for i, row := range batch {
		codes[i], names[i], parents[i] = row.Code, row.Name, row.Parent
	}
	rows, err := im.tx.QueryContext(ctx, `
		SELECT f.at, u.id IS NULL, u.legal_name IS DISTINCT FROM f.name, u.parent_id IS DISTINCT FROM p.id
		FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY f(code, name, parent, at)
		LEFT JOIN unit u ON u.code = f.code AND u.valid_to IS NULL
		LEFT JOIN unit p ON p.code = f.parent AND p.valid_to IS NULL
		WHERE u.id IS NULL OR u.legal_name <> f.name OR u.parent_id IS DISTINCT FROM p.id
		ORDER BY f.at`, pq.Array(codes), pq.Array(names), pq.Array(parents))
	if err != nil {
		return nil, fmt.Errorf("postgres: compare divisions: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var d difference
		if err := rows.Scan(&d.at, &d.isNew, &d.renamed, &d.moved); err != nil {
			return nil, err
		}
		found = append(found, d)
	}
	return found, rows.Err()
}

// change brings one unit to its row; changes are few.
func (im *importer) change(ctx context.Context, row division.Row, d difference) error {
	if d.renamed {
		im.report.Renamed++
		if _, err := im.tx.ExecContext(ctx, `UPDATE unit SET legal_name = $2, shown_name = $3 WHERE code = $1 AND valid_to IS NULL`,
			row.Code, row.Name, division.ShownName(row.Name)); err != nil {
			return fmt.Errorf("postgres: rename %s: %w", row.Code, err)
		}
	}
	if d.moved {
		im.report.Moved++
		if _, err := im.tx.ExecContext(ctx, `UPDATE unit u SET parent_id = (SELECT p.id FROM unit p WHERE p.code = $2 AND p.valid_to IS NULL)
			WHERE u.code = $1 AND u.valid_to IS NULL`, row.Code, row.Parent); err != nil {
			return fmt.Errorf("postgres: move %s: %w", row.Code, err)
		}
	}
	return nil
}

// unitColumns are new units, column by column as unnest takes them.
type unitColumns struct{ ids, codes, levels, names, shown, parents, regions []string }

func newColumns(room int) *unitColumns {
	return &unitColumns{ids: make([]string, 0, room)}
}

func (c *unitColumns) add(row division.Row) {
	region, _ := division.Region(row.Code) // a province has none
	c.ids = append(c.ids, mixin.NewID().String())
	c.codes = append(c.codes, row.Code)
	c.levels = append(c.levels, string(row.Level))
	c.names = append(c.names, row.Name)
	c.shown = append(c.shown, division.ShownName(row.Name))
	c.parents = append(c.parents, row.Parent)
	c.regions = append(c.regions, region)
}

func (c *unitColumns) insert(ctx context.Context, tx *sql.Tx, begin string) error {
	if len(c.ids) == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO unit (id, code, level, legal_name, shown_name, parent_id, region, valid_from)
		SELECT f.id, f.code, f.level, f.name, f.shown, p.id, f.region, $8::date
		FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) f(id, code, level, name, shown, parent, region)
		LEFT JOIN unit p ON p.code = f.parent AND p.valid_to IS NULL`,
		pq.Array(c.ids), pq.Array(c.codes), pq.Array(c.levels), pq.Array(c.names), pq.Array(c.shown), pq.Array(c.parents), pq.Array(c.regions), begin)
	if err != nil {
		return fmt.Errorf("postgres: store divisions: %w", err)
	}
	return nil
}
