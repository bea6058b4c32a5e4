package postgres

import (
	"context"
	"encoding/hex"
	"strings"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/archive"
)

var _ archive.Source = (*Tx)(nil)

// ArchiveSubject implements archive.Source.
func (tx *Tx) ArchiveSubject(ctx context.Context) (archive.Subject, error) {
	return queryOne(ctx, tx, func(s scan) (archive.Subject, error) {
		var a archive.Subject
		var hash []byte
		err := s(&a.ID, &a.Kind, &a.Name, &a.Region, &a.Unit, &a.UnitCode, &a.UnitName, &a.AuditSeq, &hash)
		a.AuditSum = hex.EncodeToString(hash)
		return a, err
	}, `SELECT t.id, t.kind, t.name, t.region, t.unit_id, coalesce(u.code, ''), u.shown_name, coalesce(h.seq, 0), h.hash
		FROM tenant t JOIN unit u ON u.id = t.unit_id
		LEFT JOIN LATERAL (SELECT a.seq, a.hash FROM audit_entry a WHERE a.tenant_id = t.id ORDER BY a.seq DESC LIMIT 1) h ON true
		WHERE t.id = $1`, tx.Tenant())
}

// ArchiveSchema implements archive.Source.
func (tx *Tx) ArchiveSchema(ctx context.Context) (string, error) {
	return queryOne(ctx, tx, value[string], `SELECT coalesce(max(version COLLATE "C"), '') FROM leitai_migrate.revision`)
}

// ArchiveLines implements archive.Source. The rows of a tenant's table come in
// pages, so that no more than a page of them is held; what is fetched at once
// follows the size of the rows.
func (tx *Tx) ArchiveLines(ctx context.Context, form archive.Form, part archive.Part, each func(line []byte) error) error {
	if err := tx.plainForm(ctx); err != nil {
		return err
	}
	switch part.Kind {
	case archive.KindUnits:
		return tx.unitLines(ctx, part, each)
	case archive.KindUsers:
		return tx.userLines(ctx, form, part, each)
	}
	by, kind := ownedTable{name: part.Table}.order()
	query := `SELECT x.` + by + `::text, row_to_json(x)::text FROM (SELECT ` + quoted(part.Columns) + ` FROM ` + pq.QuoteIdentifier(part.Table) +
		` t WHERE t.tenant_id = $1 AND ($2 = '' OR t.` + by + ` > nullif($2, '')::` + kind + `) ORDER BY t.` + by + ` LIMIT $3) x ORDER BY x.` + by
	after := ""
	for page := 50; ; {
		size := 0
		lines, err := queryAll(ctx, tx, func(s scan) (string, error) {
			var line string
			err := s(&after, &line)
			size += len(line)
			return line, err
		}, query, tx.Tenant(), after, page)
		if err != nil {
			return err
		}
		if err := all(lines, each); err != nil || len(lines) < page {
			return err
		}
		switch {
		case size < 1<<20:
			page = min(2*page, 5000)
		case size > 8<<20:
			page = max(page/2, 1)
		}
	}
}

func all(lines []string, each func(line []byte) error) error {
	for _, line := range lines {
		if err := each([]byte(line)); err != nil {
			return err
		}
	}
	return nil
}

// plainForm makes times and bytes look the same wherever the archive is made.
func (tx *Tx) plainForm(ctx context.Context) error {
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) { return struct{}{}, s(new(string), new(string), new(string)) },
		`SELECT set_config('TimeZone', 'UTC', true), set_config('bytea_output', 'hex', true), set_config('IntervalStyle', 'postgres', true)`)
	return err
}

func quoted(columns []string) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = pq.QuoteIdentifier(c)
	}
	return strings.Join(list, ", ")
}

// userLines gives accounts at home in the tenant, and what hangs on them. The
// application's role knows logins only, by a function.
func (tx *Tx) userLines(ctx context.Context, form archive.Form, part archive.Part, each func(line []byte) error) error {
	query := `SELECT row_to_json(x)::text FROM (SELECT ` + quoted(part.Columns) + ` FROM ` + pq.QuoteIdentifier(part.Table) + ` t WHERE `
	switch {
	case form == archive.OfTenant:
		query = `SELECT row_to_json(x)::text FROM (SELECT created_at, user_id AS id, kind, login, status FROM tenant_users() WHERE home AND $1::uuid IS NOT NULL) x ORDER BY x.id`
	case part.Table == "app_user":
		query += `t.home_tenant = $1 ORDER BY t.id) x`
	default:
		query += `t.user_id IN (SELECT id FROM app_user WHERE home_tenant = $1)) x ORDER BY row_to_json(x)::text COLLATE "C"`
	}
	lines, err := queryAll(ctx, tx, value[string], query, tx.Tenant())
	if err != nil {
		return err
	}
	return all(lines, each)
}

// unitLines gives the units that the tenant's rows refer to, everything below
// its own unit, and the line above all of them; parents before their children.
func (tx *Tx) unitLines(ctx context.Context, part archive.Part, each func(line []byte) error) error {
	ids, err := tx.unitsReferred(ctx)
	if err != nil {
		return err
	}
	const line = `WITH RECURSIVE line(id, height) AS (
		SELECT u.id, 0 FROM unit u WHERE u.id = ANY ($1) UNION SELECT u.parent_id, l.height + 1 FROM line l JOIN unit u ON u.id = l.id WHERE u.parent_id IS NOT NULL AND l.height < 12),
		kept AS (SELECT DISTINCT id FROM line), depth(id, n) AS (
		SELECT u.id, 0 FROM unit u JOIN kept k ON k.id = u.id WHERE u.parent_id IS NULL UNION ALL SELECT u.id, d.n + 1 FROM depth d JOIN unit u ON u.parent_id = d.id JOIN kept k ON k.id = u.id)
		`
	query := line + `SELECT row_to_json(x)::text FROM (SELECT ` + quoted(part.Columns) + ` FROM unit_successor s WHERE s.unit_id IN (SELECT id FROM kept) AND s.successor_id IN (SELECT id FROM kept)
		ORDER BY s.unit_id, s.successor_id) x`
	if part.Table == "unit" {
		query = line + `SELECT row_to_json(x)::text FROM (SELECT ` + quoted(part.Columns) + ` FROM unit JOIN (SELECT d.id AS of, max(d.n) n FROM depth d GROUP BY d.id) d ON d.of = unit.id ORDER BY d.n, unit.id) x`
	}
	lines, err := queryAll(ctx, tx, value[string], query, array(ids))
	if err != nil {
		return err
	}
	return all(lines, each)
}

// unitsReferred lists what the tenant's rows name, from the foreign keys of the
// catalogue and from columns that hold units without one, and what lies below
// the tenant's own unit, of today and of before.
func (tx *Tx) unitsReferred(ctx context.Context) ([]uuid.UUID, error) {
	tables, err := tx.allTables(ctx)
	if err != nil {
		return nil, err
	}
	var parts []string
	for _, t := range tables {
		if t.kind != archive.KindRows || !t.may || neverLeaves[t.name] != "" {
			continue
		}
		for i, column := range t.columns {
			from := ` FROM ` + pq.QuoteIdentifier(t.name) + ` WHERE tenant_id = $1`
			switch {
			case column == "id" || column == "tenant_id":
			case t.types[i] == "uuid":
				parts = append(parts, `SELECT `+pq.QuoteIdentifier(column)+from)
			case t.types[i] == "uuid[]":
				parts = append(parts, `SELECT unnest(`+pq.QuoteIdentifier(column)+`)`+from)
			}
		}
	}
	return queryAll(ctx, tx, value[uuid.UUID], `WITH RECURSIVE named(id) AS (`+strings.Join(parts, ` UNION `)+`),
		below(id) AS (SELECT t.unit_id FROM tenant t WHERE t.id = $1 UNION SELECT u.id FROM below b JOIN unit u ON u.parent_id = b.id),
		former(id) AS (SELECT id FROM below UNION SELECT s.unit_id FROM former f JOIN unit_successor s ON s.successor_id = f.id)
		SELECT u.id FROM unit u WHERE u.id IN (SELECT id FROM named UNION SELECT id FROM former)`, tx.Tenant())
}
