package postgres

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/archive"
	"leitai/internal/fault"
)

var _ archive.Target = (*Tx)(nil)

// ImportTenant runs do in one transaction that takes an archive in. Two imports
// follow each other.
func (m *Maintenance) ImportTenant(ctx context.Context, tenant uuid.UUID, do func(ctx context.Context, into archive.Target) error) error {
	return m.inTx(ctx, Service{Tenant: tenant}, false, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('leitai import tenant', 7))`); err != nil {
			return err
		}
		return do(ctx, tx)
	})
}

// AdmitArchive implements archive.Target.
func (tx *Tx) AdmitArchive(ctx context.Context, m *archive.Manifest) error {
	have, err := tx.ArchiveSchema(ctx)
	if err != nil {
		return err
	}
	if m.Schema > have {
		return fault.New(fault.ArchiveNewer, "have", m.Schema, "want", have)
	}
	return tx.refuseIf(ctx, []refusal{
		{`SELECT EXISTS (SELECT FROM tombstone WHERE id = $1)`, m.Tenant.ID, fault.New(fault.ArchiveWasDeleted)},
		{`SELECT EXISTS (SELECT FROM tenant WHERE id = $1)`, m.Tenant.ID, fault.New(fault.ArchiveExists)},
		{`SELECT EXISTS (SELECT FROM tenant t JOIN unit u ON u.id = t.unit_id WHERE u.code = $1 AND u.valid_to IS NULL)`, m.Tenant.UnitCode,
			fault.New(fault.ArchiveUnitTaken, "name", m.Tenant.UnitName)},
	})
}

// refusal is a condition under which nothing is done.
type refusal struct {
	query string
	arg   any
	with  *fault.Fault
}

func (tx *Tx) refuseIf(ctx context.Context, list []refusal) error {
	for _, r := range list {
		is, err := queryOne(ctx, tx, value[bool], r.query, r.arg)
		if err != nil {
			return err
		}
		if is {
			return r.with
		}
	}
	return nil
}

// after are tables whose triggers look into another that no key names.
var after = map[string][]string{"role_grant": {"tenant_role"}, "ballot_score": {"poll"}}

// ArchiveSteps implements archive.Target.
func (tx *Tx) ArchiveSteps(ctx context.Context, parts []archive.Part) ([]archive.Step, error) {
	tables, err := tx.allTables(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]ownedTable{}
	for _, t := range tables {
		known[t.name] = t
	}
	steps := map[string]archive.Step{}
	for _, p := range parts {
		t, there := known[p.Table]
		if !there || t.kind != p.Kind || neverLeaves[t.name] != "" {
			return nil, fault.New(fault.ArchiveTable, "value", p.Table)
		}
		types := map[string]string{}
		for _, c := range p.Columns {
			if types[c] = t.typeOf(c); types[c] == "" {
				return nil, fault.New(fault.ArchiveTable, "value", p.Table+"."+c)
			}
		}
		steps[p.Table] = archive.Step{Part: p, Types: types, Whole: p.Table == "audit_entry"}
	}
	refers, err := tx.references(ctx)
	if err != nil {
		return nil, err
	}
	var ordered []archive.Step
	for _, name := range refers.order(tables) {
		if s, there := steps[name]; there {
			s.Whole = s.Whole || slices.Contains(refers[name], name)
			ordered = append(ordered, s)
		}
	}
	return ordered, nil
}

// references are the tables that each table's foreign keys name.
type references map[string][]string

func (tx *Tx) references(ctx context.Context) (references, error) {
	all := references{}
	_, err := queryAll(ctx, tx, func(s scan) (struct{}, error) {
		var from, to string
		err := s(&from, &to)
		all[from] = append(all[from], to)
		return struct{}{}, err
	}, `SELECT DISTINCT c.relname, p.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
		WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace ORDER BY 1, 2`)
	for from, to := range after {
		all[from] = append(all[from], to...)
	}
	return all, err
}

// order lists tables so that each comes after those it refers to; by name where
// nothing else decides.
func (r references) order(tables []ownedTable) []string {
	var ordered []string
	seen := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		for _, to := range r[name] {
			visit(to)
		}
		ordered = append(ordered, name)
	}
	for _, t := range tables {
		visit(t.name)
	}
	return ordered
}

// AdmitUsers implements archive.Target.
func (tx *Tx) AdmitUsers(ctx context.Context, users []archive.User) error {
	var bad fault.List
	ids, logins := make([]uuid.UUID, len(users)), make([]string, len(users))
	for i, u := range users {
		ids[i], logins[i] = u.ID, u.Login
	}
	type taken struct {
		id    uuid.UUID
		login string
	}
	have, err := queryAll(ctx, tx, func(s scan) (taken, error) {
		var t taken
		err := s(&t.id, &t.login)
		return t, err
	}, `SELECT id, login FROM app_user WHERE id = ANY ($1) OR login = ANY ($2)`, array(ids), array(logins))
	if err != nil {
		return err
	}
	for _, u := range users {
		for _, t := range have {
			switch {
			case t.id == u.ID:
				bad = append(bad, fault.New(fault.ArchiveUserTaken, "login", u.Login).In(u.Row, "id"))
			case t.login == u.Login:
				bad = append(bad, fault.New(fault.ArchiveLoginTaken, "login", u.Login).In(u.Row, "login"))
			}
		}
	}
	return bad.Err()
}

// TakeRows implements archive.Target.
func (tx *Tx) TakeRows(ctx context.Context, step archive.Step, lines [][]byte) error {
	name := pq.QuoteIdentifier(step.Part.Table)
	columns, values := quoted(step.Part.Columns), quoted(step.Part.Columns)
	if step.Part.Table == "app_user" && !slices.Contains(step.Part.Columns, "home_tenant") {
		columns, values = columns+", home_tenant", values+", app_tenant()"
	}
	end := ""
	if step.Part.Table == "unit_successor" {
		end = ` ON CONFLICT DO NOTHING`
	}
	body := "[" + string(bytes.Join(lines, []byte{','})) + "]"
	_, err := tx.exec(ctx, `INSERT INTO `+name+` (`+columns+`) SELECT `+values+` FROM json_populate_recordset(NULL::`+name+`, $1::json)`+end, body)
	if refused := pq.As(err); refused != nil {
		return fault.New(fault.ArchiveRow, "table", step.Part.Table, "detail", strings.TrimSpace(string(refused.Code)+" "+refused.Constraint))
	}
	return err
}
