package archtest

import (
	"strconv"
	"strings"
	"testing"
)

func place(f Finding) string { return f.File + ":" + strconv.Itoa(f.Line) + " " + f.Rule }

// wanted keeps the lines of a case's comment that name a place.
func wanted(comment string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(comment, "\n") {
		if strings.HasPrefix(line, "want ") {
			b.WriteString(strings.TrimPrefix(line, "want ") + "\n")
		}
	}
	return b.String()
}

// The arrows of the plan, one by one, in both directions.
func TestArrows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"ranking", "exact", true},
		{"exact", "ranking", false},
		{"contest", "posting", true},
		{"fault", "exact", false},
		{"phrase", "viewer", false},
		{"round", "contest", true},
		{"round", "audit", true},
		{"round", "authz", true},
		{"round", "voting", false},
		{"round", "ent/gen", false},
		{"round", "graph", false},
		{"round", "postgres", false},
		{"graph", "round", true},
		{"graph", "postgres", false},
		{"graph", "audit", false},
		{"httpserver", "graph", true},
		{"httpserver", "postgres", false},
		{"jobs", "authz", true},
		{"postgres", "ent/gen", true},
		{"postgres", "round", true},
		{"postgres", "graph", false},
		{"blob", "evidence", true},
		{"blob", "ent/gen", false},
		{"sample", "round", true},
		{"embedded", "config", false},
		{"migrations", "fault", false},
		{"ent/schema", "ent/gen", false},
		{"ent/schema", "exact", true},
		{"ent/schema", "round", false},
		{"ent/gen", "ent/schema", true},
		{"cmd", "postgres", true},
		{"cmd", "ent/gen", false},
		{"cmd", "dbtest", false},
		{"authz", "viewer", true},
		{"viewer", "authz", false},
		{"dbtest", "postgres", true},
		{"postgres", "dbtest", false},
	} {
		if got := mayImport(c.from, c.to); got != c.want {
			t.Errorf("%s → %s: allowed %v, want %v", c.from, c.to, got, c.want)
		}
	}
}

func TestRoomOf(t *testing.T) {
	t.Parallel()
	for folder, want := range map[string]string{
		"internal/fault":               "fault",
		"internal/template/presets":    "template",
		"internal/round":               "round",
		"internal/rounds":              "",
		"internal/postgres/tx":         "postgres",
		"internal/httpserver/explorer": "httpserver",
		"cmd/leitai":                   "cmd",
		"ent":                          "ent",
		"ent/gen/unit":                 "ent/gen",
		"ent/schema":                   "ent/schema",
		"graph/exec":                   "graph",
		"migrations":                   "migrations",
		"internal/archtest":            "archtest",
		".":                            "",
		"somewhere":                    "",
	} {
		if got := roomOf(folder); got != want {
			t.Errorf("roomOf(%q) = %q, want %q", folder, got, want)
		}
	}
}

func TestPlainSet(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		"SET app.tenant = 'x'":                         "SET app.tenant = 'x'",
		"SELECT 1; SET ROLE leitai_app; SELECT 2":      "SET ROLE leitai_app",
		"set app.tenant = 'x'":                         "set app.tenant = 'x'",
		"set search_path to 'x'":                       "set search_path to 'x'",
		"DO $$ BEGIN\n SET app.tenant = ''; END $$":    "SET app.tenant = ''",
		"SET SESSION app.tenant = 'x'":                 "SET SESSION app.tenant = 'x'",
		"SET LOCAL app.tenant = 'x'":                   "",
		"SET CONSTRAINTS ALL DEFERRED":                 "",
		"SET TRANSACTION ISOLATION LEVEL SERIALIZABLE": "",
		"UPDATE t\nSET a = 1":                          "",
		"set PGBIN to the folder of initdb":            "",
		"-- SET nothing\nSELECT 1":                     "",
		"CREATE FUNCTION f() RETURNS int\nSET search_path = pg_catalog AS 'SELECT 1'": "",
		"ALTER ROLE a SET lc_messages = 'C'":                                          "",
		"settings":                                                                    "",
	} {
		if got := plainSet(sql); got != want {
			t.Errorf("plainSet(%q) = %q, want %q", sql, got, want)
		}
	}
}
