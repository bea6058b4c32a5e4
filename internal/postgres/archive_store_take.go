package postgres

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/ent/mixin"
	"leitai/internal/archive"
	"leitai/internal/audit"
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

// namesOthers are columns that may name another tenant: what is said there
// changes nothing of the other one.
var namesOthers = map[string][]string{"adoption": {"other_id"}, "unit_proposal": {"decided_tenant"}}

// SettleArchive implements archive.Target.
func (tx *Tx) SettleArchive(ctx context.Context, m *archive.Manifest, voidOpen bool) error {
	tables, err := tx.allTables(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		// What no archive holds was written by the database itself.
		if t.kind == archive.KindRows && t.name != "tenant" && neverLeaves[t.name] == "" {
			if err := tx.refuseForeign(ctx, t); err != nil {
				return err
			}
		}
	}
	if err := tx.settlePolls(ctx, voidOpen); err != nil {
		return err
	}
	head, err := audit.Verify(chainOf(ctx, tx.tx, tx.Tenant()))
	var brokenChain *audit.Broken
	if errors.As(err, &brokenChain) {
		return fault.New(fault.ArchiveAudit)
	}
	if err != nil {
		return err
	}
	if head.Seq != m.Tenant.AuditSeq || head.Seq > 0 && hex.EncodeToString(head.Hash) != m.Tenant.AuditSum {
		return fault.New(fault.ArchiveAudit)
	}
	return tx.newRights(ctx, tables)
}

// refuseForeign looks for another tenant's id in any column of the rows taken.
func (tx *Tx) refuseForeign(ctx context.Context, t ownedTable) error {
	var named []string
	for i, c := range t.columns {
		switch {
		case slices.Contains(namesOthers[t.name], c):
		case t.types[i] == "uuid":
			named = append(named, `o.id = x.`+pq.QuoteIdentifier(c))
		case t.types[i] == "uuid[]":
			named = append(named, `o.id = ANY (x.`+pq.QuoteIdentifier(c)+`)`)
		}
	}
	return tx.refuseIf(ctx, []refusal{{`SELECT EXISTS (SELECT FROM ` + pq.QuoteIdentifier(t.name) + ` x, tenant o WHERE x.tenant_id = $1 AND o.id <> $1 AND (` +
		strings.Join(named, ` OR `) + `))`, tx.Tenant(), fault.New(fault.ArchiveForeign, "table", t.name)}})
}

// settlePolls lets evaluations that were open begin anew: their codes and
// ballots stayed where they were.
func (tx *Tx) settlePolls(ctx context.Context, voidOpen bool) error {
	open, err := queryOne(ctx, tx, value[int], `SELECT count(*) FROM poll WHERE tenant_id = $1 AND state = 'open'`, tx.Tenant())
	if err != nil || open == 0 {
		return err
	}
	if !voidOpen {
		return fault.New(fault.ArchivePollOpen, "value", strconv.Itoa(open))
	}
	if _, err := tx.exec(ctx, `UPDATE poll SET first_closer = NULL WHERE tenant_id = $1 AND state = 'open'`, tx.Tenant()); err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE poll_group g SET codes = 0, papers = 0, present = 0 FROM poll p
		WHERE g.tenant_id = $1 AND p.tenant_id = g.tenant_id AND p.id = g.poll_id AND p.state = 'open'`, tx.Tenant())
	return err
}

// newRights gives the rows of rights a new epoch, so that every replica reads
// them at its next request.
func (tx *Tx) newRights(ctx context.Context, tables []ownedTable) error {
	reached, err := queryOne(ctx, tx, value[int64], `UPDATE authz_epoch SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch`)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if t.kind == archive.KindRows && t.typeOf("epoch") == "bigint" {
			if _, err := tx.exec(ctx, `UPDATE `+pq.QuoteIdentifier(t.name)+` SET epoch = $2 WHERE tenant_id = $1`, tx.Tenant(), reached); err != nil {
				return err
			}
		}
	}
	return nil
}

// NoteArchive implements archive.Target.
func (tx *Tx) NoteArchive(ctx context.Context, m *archive.Manifest, units map[string]string, by string) error {
	if len(units) > 0 {
		tx.scope.viewer.Region = m.Tenant.Region // there was no tenant when the transaction was opened
		if err := audit.Record(ctx, "tenant:import", "tenant", m.Tenant.ID, map[string]any{"manifest": m.Sum(), "units": units, "by": by}); err != nil {
			return err
		}
	}
	return tx.noteEvent(ctx, "import", m.Tenant.ID, by, m.Sum())
}

func (tx *Tx) noteEvent(ctx context.Context, kind string, tenant uuid.UUID, by, sum string) error {
	_, err := tx.exec(ctx, `INSERT INTO archive_event (id, kind, subject, at, by, manifest_sha256) VALUES ($1, $2, $3, $4, $5, $6)`,
		mixin.NewID(), kind, tenant, tx.db.opts.Now(), by, sum)
	return err
}
