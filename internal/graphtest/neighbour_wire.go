package graphtest

import (
	"testing"

	"leitai/internal/dbtest"
)

// wireSQL counts every row of the neighbour that anybody inserts, changes or
// removes. A sequence forgets nothing when its transaction is undone.
const wireSQL = `
CREATE SEQUENCE tripwire;
CREATE FUNCTION tripwire() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.tenant_id = '%[1]s' OR TG_OP <> 'DELETE' AND NEW.tenant_id = '%[1]s' THEN
    PERFORM nextval('public.tripwire');
  END IF;
  RETURN NULL;
END $$;
DO $$
DECLARE t regclass;
BEGIN
  FOR t IN SELECT a.attrelid FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attname = 'tenant_id' AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'api_token' LOOP
    EXECUTE format('CREATE TRIGGER tripwire AFTER INSERT OR UPDATE OR DELETE ON %%s FOR EACH ROW EXECUTE FUNCTION tripwire()', t);
  END LOOP;
END $$;`

// Touched is how many rows of the neighbour were touched since it settled, even
// by transactions that came to nothing.
func (k *Kit) Touched(t testing.TB) int {
	t.Helper()
	var touched int
	if err := k.all.QueryRowContext(t.Context(), `SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM tripwire`).Scan(&touched); err != nil {
		t.Fatal(err)
	}
	return touched
}

// Layers below the program that a test takes away, in a database at rest.
const (
	WithoutPolicies = `DO $$
DECLARE t regclass;
BEGIN
  FOR t IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relrowsecurity LOOP
    EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', t);
  END LOOP;
END $$;`
	WithoutKeysAndTriggers = `DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.t, r.conname);
  END LOOP;
  FOR r IN SELECT tgrelid::regclass AS t, tgname FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
    WHERE NOT tgisinternal AND c.relnamespace = 'public'::regnamespace AND tgname <> 'tripwire' LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', r.tgname, r.t);
  END LOOP;
END $$;`
)

// Without gives a copy of the county that lacks layers.
func (c *County) Without(t testing.TB, layers ...string) *County {
	t.Helper()
	lacking := *c
	lacking.DB = c.DB.Copy(t)
	lacking.alter(t, layers...)
	return &lacking
}

func (c *County) alter(t testing.TB, statements ...string) {
	t.Helper()
	pool := dbtest.Open(t, c.DB.AdminDSN)
	defer func() { _ = pool.Close() }()
	for _, statement := range statements {
		if _, err := pool.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}
