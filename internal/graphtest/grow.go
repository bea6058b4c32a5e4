package graphtest

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/sample"
)

// Villages is how many villages the township has in a county that has grown; it
// has twelve otherwise.
const Villages = 30

// single are tables whose rows are not repeated, with the reason.
var single = map[string]string{
	"tenant":       "everything else is its own",
	"tenant_reach": "one for each tenant",
	"role_grant":   "who may do what stays as it is",
	"session":      "as above",
	"api_token":    "as above",
	"audit_entry":  "a chain; it is long as it is",
	"unit":         "the tree has its own way to grow",
	"authz_epoch":  "one number",
}

const twinSQL = `
SELECT set_config('session_replication_role', 'replica', false);
CREATE TEMP TABLE twin (old uuid PRIMARY KEY, new uuid NOT NULL);
CREATE FUNCTION pg_temp.twin_of(id uuid, salt text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(id::text || salt)::uuid $$;
CREATE FUNCTION pg_temp.twinned(id uuid) RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT coalesce((SELECT t.new FROM twin t WHERE t.old = id), id) $$;
CREATE FUNCTION pg_temp.twinned(ids uuid[]) RETURNS uuid[] LANGUAGE sql STABLE AS
  $$ SELECT CASE WHEN ids IS NULL THEN NULL ELSE ARRAY(SELECT pg_temp.twinned(i) FROM unnest(ids) WITH ORDINALITY u(i, n) ORDER BY n) END $$;
`

// Grow gives a copy of the county in which the township has more of everything:
// thirty villages, each with what the first twelve have, and then every other
// row of the township, and of the other tenants named by their units' codes,
// once more under a new id. Keys that would stand in the way are gone, so that
// rows are alike in all that lists are ordered by.
func (c *County) Grow(t testing.TB, others ...string) *County {
	t.Helper()
	grown := *c
	grown.DB = c.DB.Copy(t)
	pool := grown.DB.Admin(t)
	defer func() { _ = pool.Close() }()
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	g := &growth{db: conn, run: runner(t, conn), all: tables(t, conn), tenant: c.Township(t, conn)}
	g.run(twinSQL)
	g.alike(t)
	g.run(fmt.Sprintf(`INSERT INTO unit (id, code, level, legal_name, shown_name, parent_id, region)
		SELECT gen_random_uuid(), '%[1]s' || lpad(n::text, 3, '0'), 'village', n, n AS shown, (SELECT id FROM unit WHERE code = '%[1]s'), '990101'
		FROM generate_series(13, %[2]d) n`, sample.TownshipCode, Villages))
	for from := 13; from <= Villages; from += 12 {
		g.villages(t, from, min(from+11, Villages))
	}
	g.everything()
	for _, code := range others {
		if err := conn.QueryRowContext(t.Context(), `SELECT t.id FROM tenant t JOIN unit u ON u.id = t.unit_id WHERE u.code = $1`, code).Scan(&g.tenant); err != nil {
			t.Fatal(err)
		}
		g.everything()
	}
	g.run(`SELECT leitai_lay_boards(NULL)`) // triggers are off
	g.run(`SELECT leitai_reach(ARRAY(SELECT id FROM tenant))`)
	return &grown
}

// growth repeats rows of one tenant.
type growth struct {
	db     *sql.Conn
	run    func(string)
	all    map[string]*table
	tenant uuid.UUID
}

// alike drops every key and index of uniqueness but primary keys.
func (g *growth) alike(t testing.TB) {
	t.Helper()
	for _, drop := range g.texts(t, `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', conrelid::regclass, conname) FROM pg_constraint
		WHERE connamespace = 'public'::regnamespace AND contype IN ('u', 'x') AND conparentid = 0`) {
		g.run(drop)
	}
	for _, drop := range g.texts(t, `SELECT format('DROP INDEX %s', indexrelid::regclass) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
		WHERE i.indisunique AND NOT i.indisprimary AND c.relnamespace = 'public'::regnamespace`) {
		g.run(drop)
	}
}

func (g *growth) texts(t testing.TB, query string, args ...any) []string {
	t.Helper()
	var all []string
	if err := g.db.QueryRowContext(t.Context(), `SELECT ARRAY(`+query+`)`, args...).Scan(pq.Array(&all)); err != nil {
		t.Fatalf("%v in %s", err, query)
	}
	return all
}

// villages repeats for later villages what belongs to the first ones: every row
// that names one of them, whatever names such a row, and so on.
func (g *growth) villages(t testing.TB, from, to int) {
	t.Helper()
	salt := fmt.Sprint(from)
	g.run(fmt.Sprintf(`TRUNCATE twin; INSERT INTO twin SELECT a.id, b.id FROM unit a JOIN unit b ON b.code::bigint = a.code::bigint + %d
		WHERE a.code LIKE '%[2]s___' AND b.code BETWEEN '%[2]s%03[3]d' AND '%[2]s%03[4]d'`, from-1, sample.TownshipCode, from, to))
	for added := true; added; {
		added = false
		for _, of := range g.repeated() {
			for _, c := range of.Columns {
				if c.Type != "uuid" || c.Name == "id" || c.Name == "tenant_id" {
					continue
				}
				result, err := g.db.ExecContext(t.Context(), fmt.Sprintf(`INSERT INTO twin SELECT id, pg_temp.twin_of(id, '%s') FROM %s
					WHERE tenant_id = $1 AND %s IN (SELECT old FROM twin) ON CONFLICT DO NOTHING`, salt, of.Name, pq.QuoteIdentifier(c.Name)), g.tenant)
				if err != nil {
					t.Fatal(err)
				}
				n, err := result.RowsAffected()
				if err != nil {
					t.Fatal(err)
				}
				added = added || n > 0
			}
		}
	}
	g.copy()
}

// everything repeats every row; what is repeated names what is repeated. A row
// that has its tenant's id is the one that each tenant has.
func (g *growth) everything() {
	g.run(`TRUNCATE twin`)
	for _, of := range g.repeated() {
		g.run(fmt.Sprintf(`INSERT INTO twin SELECT id, pg_temp.twin_of(id, 'all') FROM %s WHERE tenant_id = '%s' AND id <> tenant_id ON CONFLICT DO NOTHING`, of.Name, g.tenant))
	}
	g.copy()
}

// repeated are the tables with ids whose rows are repeated.
func (g *growth) repeated() []*table {
	var all []*table
	for _, of := range g.all {
		if single[of.Name] == "" && slices.ContainsFunc(of.Columns, func(c column) bool { return c.Name == "id" && c.Type == "uuid" }) {
			all = append(all, of)
		}
	}
	slices.SortFunc(all, func(a, b *table) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// another are values that no two rows share, and by which lists
// may tell rows apart.
var another = map[string]string{
	"person.user_id": "NULL", "person.pseudonym": "pseudonym || '-' || left(md5(gen_random_uuid()::text), 8)", "app_user.login": "login || '-' || left(md5(gen_random_uuid()::text), 8)",
	"audit_entry.seq": "seq + ('x' || left(md5(gen_random_uuid()::text), 8))::bit(32)::bigint",
}

// copy repeats the rows that have a twin. A tenant has none: its rows would go
// where there is nobody.
func (g *growth) copy() {
	g.run(`DO $$ BEGIN IF EXISTS (SELECT FROM twin t JOIN tenant x ON x.id = t.old) THEN RAISE EXCEPTION 'a tenant has a twin'; END IF; END $$`)
	for _, of := range g.repeated() {
		var names, values []string
		for _, c := range of.Columns {
			if c.Generated {
				continue
			}
			name := pq.QuoteIdentifier(c.Name)
			names = append(names, name)
			if another := another[of.Name+"."+c.Name]; another != "" {
				name = another
			} else if c.Type == "uuid" || c.Type == "uuid[]" {
				name = "pg_temp.twinned(" + name + ")"
			}
			values = append(values, name)
		}
		g.run(fmt.Sprintf(`INSERT INTO %[1]s (%[2]s) SELECT %[3]s FROM %[1]s WHERE tenant_id = '%[4]s' AND id IN (SELECT old FROM twin) ON CONFLICT DO NOTHING`,
			of.Name, strings.Join(names, ","), strings.Join(values, ","), g.tenant))
	}
}

// Repeat inserts rows of a tenant's table once more under new ids, past
// everything that protects it: n of them, taken from all over the table.
func (k *Kit) Repeat(t testing.TB, name string, tenant uuid.UUID, n int) {
	t.Helper()
	conn, err := k.all.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	run := runner(t, conn)
	run(`SELECT set_config('session_replication_role', 'replica', false)`)
	where := `tenant_id = '` + tenant.String() + `'`
	switch name {
	case "unit":
		where = `code LIKE '` + sample.TownshipCode + `___'`
	case "app_user":
		where = `home_tenant = '` + tenant.String() + `'`
	}
	rows, err := conn.QueryContext(t.Context(), `SELECT a.attname FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0
		AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = '' AND a.attname <> 'id'`, name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var columns, values []string
	for rows.Next() {
		var c string
		if err := rows.Scan(&c); err != nil {
			t.Fatal(err)
		}
		columns, values = append(columns, pq.QuoteIdentifier(c)), append(values, cmp.Or(another[name+"."+c], pq.QuoteIdentifier(c)))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	run(fmt.Sprintf(`INSERT INTO %[1]s (id, %[2]s) SELECT gen_random_uuid(), %[3]s FROM %[1]s WHERE %[4]s ORDER BY random() LIMIT %[5]d`,
		name, strings.Join(columns, ","), strings.Join(values, ","), where, n))
	run(`SELECT set_config('session_replication_role', 'origin', false)`)
}
