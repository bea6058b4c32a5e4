package postgres

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"database/sql"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/archive"
	"leitai/internal/audit"
	"leitai/internal/contest"
	"leitai/internal/dbtest"
	"leitai/internal/fault"
)

// cellar is a store of files in memory.
type cellar map[string][]byte

type opened struct{ *bytes.Reader }

func (opened) Close() error { return nil }

func (c cellar) Open(_ context.Context, key string) (io.ReadSeekCloser, int64, error) {
	body, there := c[key]
	if !there {
		return nil, 0, fault.New(fault.NotFound)
	}
	return opened{bytes.NewReader(body)}, int64(len(body)), nil
}

func (c cellar) Put(_ context.Context, key, _ string, body []byte) error {
	c[key] = body
	return nil
}

func (c cellar) Delete(_ context.Context, key string) error {
	delete(c, key)
	return nil
}

func (c cellar) Walk(_ context.Context, prefix string, _ time.Time, do func(key string) error) error {
	keys := []string{}
	for key := range c {
		if strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		if err := do(key); err != nil {
			return err
		}
	}
	return nil
}

var archiver = contest.NewSigner("test", ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32)))

func trusted() []string { return []string{contest.Fingerprint(archiver.PublicKey())} }

// fileKey is a key as the service makes them.
func fileKey(tenant uuid.UUID) string {
	return tenant.String() + "/2023/" + strings.Repeat("a", 64) + "-" + uuid.NewSHA1(tenant, []byte("file")).String() + ".jpg"
}

func (w *world) maintenance(t testing.TB) *Maintenance {
	t.Helper()
	m, err := OpenMaintenance(t.Context(), w.MaintDSN)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Close() })
	return m
}

// chained gives a tenant whose audit is a chain, instead of fill's single entry.
func (w *world) chained(t testing.TB, h home) {
	t.Helper()
	w.put(t, `DELETE FROM audit_entry WHERE tenant_id = $1`, h.tenant)
	w.put(t, `DELETE FROM audit_tip WHERE tenant_id = $1`, h.tenant)
	for range 3 {
		ctx, _ := w.as(t, h)
		if err := w.db.write(ctx, func(ctx context.Context, _ *Tx) error {
			return audit.Record(ctx, "round:open", "round", h.id("round"), nil)
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func (w *world) export(t testing.TB, h home, files archive.Files) []byte {
	t.Helper()
	var out bytes.Buffer
	err := w.maintenance(t).Read(t.Context(), h.tenant, func(ctx context.Context, tx *Tx) error {
		a := archive.NewWriter(&out, archive.OfOperator)
		if err := a.Rows(ctx, tx); err != nil {
			return err
		}
		if err := a.Files(ctx, files, time.Now()); err != nil {
			return err
		}
		_, err := a.Close(archiver, time.Unix(0, 0))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (w *world) take(t testing.TB, body []byte, files archive.Files, how archive.Taking) error {
	t.Helper()
	a, err := archive.Open(t.Context(), bytes.NewReader(body), int64(len(body)), trusted(), archive.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return w.maintenance(t).ImportTenant(t.Context(), a.Manifest.Tenant.ID, func(ctx context.Context, into archive.Target) error {
		return archive.Take(ctx, a, into, files, how)
	})
}

// Every table is exported or on a list with its reason: whoever makes a new one
// sees this test fail, or has it in every archive already.
func TestEveryTableIsArchivedOrExplained(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tables := column(t, w.maint, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r','p') ORDER BY 1`)
	var parts []archive.Part
	h := w.settle(t, "township", "990101201")
	err := w.maintenance(t).Read(t.Context(), h.tenant, func(ctx context.Context, tx *Tx) (err error) {
		parts, _, err = tx.ArchiveParts(ctx, archive.OfOperator)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		held := slices.ContainsFunc(parts, func(p archive.Part) bool { return p.Table == table })
		if held == (neverLeaves[table] != "") && held == (ofNobody[table] != "") {
			t.Errorf("%s is neither archived nor on a list with its reason, or it is both", table)
		}
	}
	for _, list := range []map[string]string{neverLeaves, secretOnes, ofNobody} {
		for table, why := range list {
			if !slices.Contains(tables, table) || why == "" {
				t.Errorf("%s is explained and there is no such table, or no reason", table)
			}
		}
	}
}

// The archive a tenant takes itself holds no hash of a secret and nothing sealed.
func TestATenantsOwnArchiveHoldsNoSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101201")
	ctx, _ := w.as(t, h)
	err := w.db.read(ctx, func(ctx context.Context, tx *Tx) error {
		parts, left, err := tx.ArchiveParts(ctx, archive.OfTenant)
		if err != nil {
			return err
		}
		if len(left) < len(secretOnes) {
			t.Errorf("left out: %v", left)
		}
		for _, p := range parts {
			for _, c := range p.Columns {
				if c == "sealed" || strings.HasSuffix(c, "hash") && p.Table != "audit_entry" && p.Table != "publication" {
					t.Errorf("%s.%s", p.Table, c)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What a tenant owns, with a row in every table, is the same row by row after a
// way out and into an empty database; the audit is still one chain there, and
// what is sealed still is.
func TestAnArchiveIsTheTenantAgain(t *testing.T) {
	t.Parallel()
	from, to := newWorld(t), newWorld(t)
	h := from.settle(t, "township", "990101201")
	from.fill(t, h)
	from.chained(t, h)
	from.put(t, `INSERT INTO poll (id, tenant_id, region, competition_id, ballot_key, title, rule, choices, opened_by, opened_at)
		VALUES ($1, $2, $3, $4, 'assembly', '测评', '{}', '{good}', $5, now())`, h.id("open poll"), h.tenant, h.region, h.id("competition"), h.person)
	from.put(t, `INSERT INTO poll_group (id, tenant_id, region, poll_id, group_key, due, present, codes) VALUES ($1, $2, $3, $4, 'villagers', 9, 7, 8)`,
		h.id("open group"), h.tenant, h.region, h.id("open poll"))
	tables := from.filledTables(t, h)
	files := cellar{fileKey(h.tenant): []byte("picture"), fileKey(uuid.New()): []byte("another's")}
	body := from.export(t, h, files)
	if again := from.export(t, h, files); !bytes.Equal(body, again) {
		t.Error("the same rows gave another archive")
	}
	if bytes.Contains(body, []byte("another's")) {
		t.Error("a file of another tenant is in the archive")
	}
	taken := cellar{}
	if err := to.take(t, body, taken, archive.Taking{}); fault.CodeOf(err) != fault.ArchivePollOpen {
		t.Fatalf("an open evaluation: %v", err)
	}
	if n := to.count(t, `SELECT count(*) FROM tenant`) + to.count(t, `SELECT count(*) FROM unit`) + len(taken); n > 0 {
		t.Fatalf("%d remain of what was refused", n)
	}
	if err := to.take(t, body, taken, archive.Taking{VoidOpen: true, By: "operator"}); err != nil {
		t.Fatal(err)
	}
	if len(taken) != 1 || string(taken[fileKey(h.tenant)]) != "picture" {
		t.Errorf("files: %v", taken)
	}
	before, after := from.picture(t, tables, h), to.picture(t, tables, h)
	for _, table := range tables {
		if neverLeaves[table] == "" && table != "role_grant" && table != "tenant_role" && table != "poll_group" && before[table] != after[table] {
			t.Errorf("%s:\n%s\n%s", table, before[table], after[table])
		}
	}
	if to.count(t, `SELECT codes + papers + present FROM poll_group WHERE id = $1`, h.id("open group")) != 0 {
		t.Error("an evaluation that was open says that codes are out, and there are none")
	}
	if to.count(t, `SELECT count(*) FROM role_grant g, authz_epoch e WHERE g.epoch = e.epoch`) != to.count(t, `SELECT count(*) FROM role_grant`) {
		t.Error("the rights do not have the new epoch")
	}
	if err := VerifyAudit(t.Context(), to.MaintDSN, nil, func(c AuditChecked) error {
		if c.Broken != nil || c.Head.Seq != 3 {
			t.Errorf("audit: %+v", c)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	sealed(t, to.App(t), h)
	if err := to.take(t, body, taken, archive.Taking{VoidOpen: true}); fault.CodeOf(err) != fault.ArchiveExists {
		t.Errorf("taken twice: %v", err)
	}
}

// filledTables lists the tables of tenants in which one has rows; that fill
// leaves none empty is another test's matter.
func (w *world) filledTables(t *testing.T, h home) []string {
	t.Helper()
	all := column(t, w.maint, `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
		JOIN pg_attribute i ON i.attrelid = c.oid AND i.attname = 'id' WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1`)
	filled := slices.DeleteFunc(all, func(table string) bool {
		return w.count(t, `SELECT count(*) FROM `+table+` WHERE tenant_id = $1`, h.tenant) == 0
	})
	if len(filled) < 60 {
		t.Fatalf("only %d tables have rows: %v", len(filled), filled)
	}
	return filled
}

// sealed tries to change an imported mark as the application.
func sealed(t *testing.T, app *sql.DB, h home) {
	t.Helper()
	tx, err := app.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), `SELECT set_config('app.tenant', $1, true), set_config('app.draft_tenants', '{' || $1 || '}', true)`, h.tenant.String()); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), `UPDATE mark SET value = 1`); sqlstate(err) != "42501" && sqlstate(err) != "LT001" {
		t.Errorf("a mark of an imported tenant was changed: %v", err)
	}
}

// Only the maintenance role does any of it.
func TestMaintenanceTakesItsRoleOnly(t *testing.T) {
	t.Parallel()
	base := dbtest.New(t)
	for _, dsn := range []string{base.AppDSN, base.JobDSN, base.OwnerDSN} {
		if m, err := OpenMaintenance(t.Context(), dsn); fault.CodeOf(err) != fault.DatabaseRoleTooWeak {
			t.Errorf("%v, %v", m, err)
		}
	}
}
