package postgres

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"leitai/internal/dbtest"
	"leitai/internal/fault"
)

// The server refuses to start where row-level security would not bind it.
func TestStrongRolesAreRefused(t *testing.T) {
	t.Parallel()
	base := dbtest.New(t)
	admin := base.Admin(t)
	// A login that is ordinary itself but may become one that is not.
	member := base.Name + "_member"
	for _, statement := range []string{`CREATE ROLE ` + member + ` LOGIN PASSWORD 'x' IN ROLE leitai_maint`, `GRANT CONNECT ON DATABASE ` + base.Name + ` TO ` + member} {
		if _, err := admin.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		_, _ = admin.Exec(`REVOKE ALL ON DATABASE ` + base.Name + ` FROM ` + member + `; DROP ROLE ` + member)
	})
	asMember, err := url.Parse(base.AppDSN)
	if err != nil {
		t.Fatal(err)
	}
	asMember.User = url.UserPassword(member, "x")
	for dsn, reason := range map[string]string{base.AdminDSN: "SUPERUSER", base.MaintDSN: "BYPASSRLS", base.OwnerDSN: "OWNER", asMember.String(): "BYPASSRLS"} {
		_, err := Open(t.Context(), dsn, Options{})
		// The owner is a member of leitai_lookup too, which bypasses.
		if list := fault.All(err); len(list) != 1 || list[0].Code != fault.DatabaseRoleTooStrong || reason != "OWNER" && list[0].Args["reason"] != reason {
			t.Errorf("%s: %v", reason, err)
		}
	}
	for _, dsn := range []string{base.AppDSN, base.JobDSN} {
		db, err := Open(t.Context(), dsn, Options{})
		if err != nil {
			t.Errorf("an ordinary role: %v", err)
			continue
		}
		if err := db.Ping(t.Context()); err != nil {
			t.Error(err)
		}
		_ = db.Close()
	}
}

func TestAnOldSchemaIsRefused(t *testing.T) {
	t.Parallel()
	base, empty := dbtest.New(t), dbtest.Empty(t)
	var newest string
	if err := base.Owner(t).QueryRowContext(t.Context(), `SELECT max(version) FROM leitai_migrate.revision`).Scan(&newest); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		dsn, want string
		refused   bool
	}{{base.AppDSN, newest, false}, {base.AppDSN, "20200101000001", false}, {base.AppDSN, "29991231000001", true}, {empty.AppDSN, newest, true}} {
		db, err := Open(t.Context(), c.dsn, Options{Schema: c.want})
		if (fault.CodeOf(err) == fault.DatabaseSchemaOld) != c.refused {
			t.Errorf("want %s: %v", c.want, err)
		}
		if db != nil {
			_ = db.Close()
		}
	}
}

func TestAPasswordStaysOutOfErrors(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{"postgres://leitai:geheim@127.0.0.1:bad/x", "postgres://leitai:geheim@127.0.0.1:1/x?sslmode=disable", "user=leitai password=geheim sslmode=nonsense"} {
		_, err := Open(t.Context(), dsn, Options{})
		if err == nil || strings.Contains(fmt.Sprint(err), "geheim") {
			t.Errorf("%v", err)
		}
	}
}
