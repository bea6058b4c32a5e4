package graphtest

import (
	"crypto/md5" //nolint:gosec // spreads ids, protects nothing
	"database/sql"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"leitai/internal/identity"
	"leitai/internal/sample"
)

// Marks of the neighbour, which no answer to anybody else may show. Its ids
// begin with eight equal bytes, which show in every spelling of an id; every
// text of its rows holds the canary with the names of its table and column.
const (
	idPrefix      = "bbbbbbbb-bbbb-bbbb-"
	idPrefixPlain = "bbbbbbbbbbbbbbbb"
	idPrefix64    = "u7u7u7u7u7" // of eight equal bytes, wherever they begin
	canary        = "qzx7."
)

// Neighbour is a tenant that is the township over again: a row for every row of
// the township in every table that the catalogue knows, with ids and units of
// its own, and a canary in every text.
type Neighbour struct {
	Tenant uuid.UUID
	Token  string // of its approver
	Texts  int    // columns that hold a canary
	// Refused are the columns whose checks or keys let no canary in.
	Refused []string
	// Empty are tables without a row.
	Empty []string
}

// Theirs is the neighbour's id of what is the township's.
func Theirs(own uuid.UUID) uuid.UUID {
	sum := md5.Sum([]byte(own.String())) //nolint:gosec // see above
	return uuid.MustParse(idPrefix + hex.EncodeToString(sum[:2]) + "-" + hex.EncodeToString(sum[2:8]))
}

// mirrorSQL prepares the copy: which ids become which, and how texts change.
const mirrorSQL = `
SELECT set_config('session_replication_role', 'replica', false);
CREATE TEMP TABLE mirror (old uuid PRIMARY KEY, new uuid NOT NULL);
CREATE FUNCTION pg_temp.theirs(id uuid) RETURNS uuid LANGUAGE sql IMMUTABLE AS
  $$ SELECT ('bbbbbbbb-bbbb-bbbb-' || substr(md5(id::text), 1, 4) || '-' || substr(md5(id::text), 5, 12))::uuid $$;
CREATE FUNCTION pg_temp.mirrored(id uuid) RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT coalesce((SELECT m.new FROM mirror m WHERE m.old = id), id) $$;
CREATE FUNCTION pg_temp.mirrored(ids uuid[]) RETURNS uuid[] LANGUAGE sql STABLE AS
  $$ SELECT CASE WHEN ids IS NULL THEN NULL ELSE ARRAY(SELECT pg_temp.mirrored(i) FROM unnest(ids) WITH ORDINALITY u(i, n) ORDER BY n) END $$;
CREATE FUNCTION pg_temp.mirrored(t text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE r record;
BEGIN
  t := replace(t, '%[1]s', '%[2]s');
  IF t !~ '[0-9a-f]{8}-[0-9a-f]{4}-' THEN RETURN t; END IF;
  FOR r IN SELECT m.old, m.new FROM mirror m WHERE m.old IN (SELECT x[1]::uuid FROM regexp_matches(t, '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})', 'g') x) LOOP
    t := replace(t, r.old::text, r.new::text);
  END LOOP;
  RETURN t;
END $$;
CREATE FUNCTION pg_temp.mirrored(ts text[]) RETURNS text[] LANGUAGE sql STABLE AS
  $$ SELECT CASE WHEN ts IS NULL THEN NULL ELSE ARRAY(SELECT pg_temp.mirrored(t) FROM unnest(ts) WITH ORDINALITY u(t, n) ORDER BY n) END $$;
CREATE FUNCTION pg_temp.mirrored(j jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$ SELECT pg_temp.mirrored(j::text)::jsonb $$;
CREATE FUNCTION pg_temp.mirrored(b bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN octet_length(b) = 32 THEN sha256(b) ELSE b END $$;
INSERT INTO mirror SELECT a.id, b.id FROM unit a JOIN unit b ON b.code = replace(a.code, '%[1]s', '%[2]s') WHERE a.code LIKE '%[1]s%%';
`

// Settle gives a copy of the county the neighbour. Its tenant has the divisions
// of a township that nobody else has.
func (c *County) Settle(t testing.TB) (*County, *Neighbour) {
	t.Helper()
	with := *c
	with.DB = c.DB.Copy(t)
	pool := with.DB.Admin(t)
	defer func() { _ = pool.Close() }()
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	run := runner(t, conn)
	run(fmt.Sprintf(mirrorSQL, sample.TownshipCode, sample.ObservedTownCode))
	all := tables(t, conn)
	own := c.Township(t, conn)
	run(`INSERT INTO mirror SELECT user_id, pg_temp.theirs(user_id) FROM person WHERE tenant_id = '` + own.String() + `' AND user_id IS NOT NULL`)
	for _, of := range all {
		if slices.ContainsFunc(of.Columns, func(c column) bool { return c.Name == "id" && c.Type == "uuid" }) {
			run(`INSERT INTO mirror SELECT id, pg_temp.theirs(id) FROM ` + of.Name + ` WHERE tenant_id = '` + own.String() + `' ON CONFLICT DO NOTHING`)
		}
	}
	for _, of := range all {
		run(copySQL(of, own))
	}
	run(`INSERT INTO app_user SELECT pg_temp.theirs(id), 'b-' || login, password_hash, locale, status, created_at FROM app_user WHERE id IN (SELECT user_id FROM person WHERE tenant_id = '` + own.String() + `')`)
	n := &Neighbour{Tenant: Theirs(own)}
	// Nobody above has adopted it, whatever the township agreed on.
	run(`DELETE FROM adoption WHERE tenant_id = '` + n.Tenant.String() + `'`)
	n.sing(t, conn, all)
	run(`SELECT leitai_lay_boards(ARRAY(SELECT id FROM publication WHERE tenant_id = '` + n.Tenant.String() + `'))`) // of what the standings sing
	run(`SELECT leitai_reach(ARRAY(SELECT id FROM tenant))`)
	n.Token = n.token(t, conn)
	run(fmt.Sprintf(wireSQL, n.Tenant))
	return &with, n
}

// Township is the tenant that the neighbour repeats.
func (c *County) Township(t testing.TB, conn *sql.Conn) (id uuid.UUID) {
	t.Helper()
	if err := conn.QueryRowContext(t.Context(), `SELECT t.id FROM tenant t JOIN unit u ON u.id = t.unit_id WHERE u.code = $1`, sample.TownshipCode).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

func runner(t testing.TB, conn *sql.Conn) func(string) {
	t.Helper()
	return func(statement string) {
		t.Helper()
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%v in %s", err, statement)
		}
	}
}

// tied are columns that a check ties to another one of the row.
var tied = map[string]string{"trusted_document.hash": `sha256(convert_to(pg_temp.mirrored("body"), 'UTF8'))`}

// copySQL copies a table's rows of the township.
func copySQL(of *table, own uuid.UUID) string {
	var names, values []string
	for _, c := range of.Columns {
		if c.Generated {
			continue
		}
		name := pq.QuoteIdentifier(c.Name)
		names = append(names, name)
		switch c.Type {
		case "uuid", "uuid[]", "text", "text[]", "jsonb", "bytea":
			name = "pg_temp.mirrored(" + name + ")"
		}
		if follows := tied[of.Name+"."+c.Name]; follows != "" {
			name = follows
		}
		values = append(values, name)
	}
	return fmt.Sprintf(`INSERT INTO %[1]s (%[2]s) SELECT %[3]s FROM %[1]s WHERE tenant_id = '%[4]s'`,
		of.Name, strings.Join(names, ","), strings.Join(values, ","), own)
}

// token gives the neighbour's approver a token.
func (n *Neighbour) token(t testing.TB, conn *sql.Conn) string {
	t.Helper()
	token, handle := identity.NewToken()
	cred, _, err := identity.Credential("", token, "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = conn.ExecContext(t.Context(), `INSERT INTO api_token (id, tenant_id, region, user_id, name, handle, secret_hash, read_only, created_at, expires_at)
		SELECT gen_random_uuid(), p.tenant_id, p.region, p.user_id, 'own', $1, $2, false, now(), now() + interval '1 day' FROM person p
		WHERE p.tenant_id = $3 AND p.user_id = (SELECT pg_temp.theirs(q.user_id) FROM person q WHERE q.pseudonym = $4)`, handle, cred.Hash[:], n.Tenant, sample.Approver)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// asItIs are columns whose text the program reads back as something else than
// text, with the reason: a canary there would hide every other one of the row.
var asItIs = map[string]string{
	"template_version.canonical": "a template, parsed whenever anything of its competition is read", "template_version.source": "as above",
	"*.period": "a year, half-year, quarter or month", "*.from_period": "as above",
	"role_grant.role":           "a role by name, or its holders could not read what is theirs",
	"inbox_item.permission":     "a permission by name, or nobody could read the item",
	"board.lines":               "laid out from the standings, with the songs in those",
	"publication.public_bundle": "a bundle, parsed for facts; the ids in it tell whose it is",
	"*.time_zone":               "a zone by name", "*.media_type": "a type by name", "*.region": "a code by which rows are kept apart",
}

// sing puts the canary into every text of the neighbour's rows that takes one.
func (n *Neighbour) sing(t testing.TB, conn *sql.Conn, all map[string]*table) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		rows := 0
		if err := conn.QueryRowContext(t.Context(), `SELECT count(*) FROM `+name+` WHERE tenant_id = $1`, n.Tenant).Scan(&rows); err != nil {
			t.Fatal(err)
		}
		if rows == 0 {
			n.Empty = append(n.Empty, name)
		}
		for _, c := range all[name].Columns {
			if text := singing(name, c); text != "" && asItIs[name+"."+c.Name] == "" && asItIs["*."+c.Name] == "" {
				n.put(t, conn, name, c.Name, text)
			}
		}
	}
}

// put tries every row first, then those only in which the column says something:
// where it has to be empty a canary would be wrong as well.
func (n *Neighbour) put(t testing.TB, conn *sql.Conn, name, column, text string) {
	t.Helper()
	var err error
	for _, rows := range []string{``, ` AND ` + pq.QuoteIdentifier(column) + `::text NOT IN ('', '{}')`} {
		if _, err = conn.ExecContext(t.Context(), fmt.Sprintf(`UPDATE %s SET %s = %s WHERE tenant_id = $1`+rows, name, pq.QuoteIdentifier(column), text), n.Tenant); err == nil {
			n.Texts++
			return
		}
	}
	if pq.As(err, "23514") == nil {
		t.Errorf("%s.%s: %v", name, column, err)
	}
	n.Refused = append(n.Refused, name+"."+column)
}

// singing is a column's value with the canary at its end; in documents at the
// end of every text that ends with a Chinese character.
func singing(name string, c column) string {
	if c.Generated {
		return ""
	}
	song, column := canary+name+"."+c.Name+".", pq.QuoteIdentifier(c.Name)
	switch c.Type {
	case "text", "character varying":
		return column + ` || '` + song + `'`
	case "text[]":
		return `ARRAY(SELECT x || '` + song + `' FROM unnest(` + column + `) x)`
	case "jsonb":
		return `regexp_replace(` + column + `::text, '([一-龥。，、）])"(?=[,}\]])', '\1` + song + `"', 'g')::jsonb`
	}
	return ""
}
