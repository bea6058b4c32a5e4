package postgres

import (
	"context"
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"testing"

	"leitai/internal/dbtest"
)

// mayDelete are the tables of which functions of leitai_lookup remove rows: what
// signs people in, the ballot box at its close, applications, and what was told long ago.
var mayDelete = []string{"ballot", "ballot_code", "event", "external_login", "inbox_item", "job", "paper_tally", "password_past", "recovery_code", "session", "sign_in_step",
	"signup", "tenant_reach", "totp_factor", "used_state", "webhook_attempt", "webhook_delivery"}

// leitai_lookup reads a table when one of its functions does, and removes rows
// of a few; to wipe a trial is another role's.
func TestLookupMayWhatItsFunctionsNeed(t *testing.T) {
	t.Parallel()
	admin := dbtest.New(t).Admin(t)
	code := strings.Join(column(t, admin, `SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) = 'leitai_lookup'`), "\n")
	code = regexp.MustCompile(`--[^\n]*`).ReplaceAllString(code, "")
	reads := column(t, admin, `SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
		AND has_any_column_privilege('leitai_lookup', c.oid, 'SELECT') ORDER BY 1`)
	for _, table := range reads {
		if !regexp.MustCompile(`(?i)(FROM|JOIN|INTO|UPDATE|,)\s+` + table + `\b`).MatchString(code) {
			t.Errorf("leitai_lookup may read %s, which none of its functions does", table)
		}
	}
	if len(reads) < 20 {
		t.Errorf("it may read %v only: is this the schema?", reads)
	}
	removes := column(t, admin, `SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
		AND (has_table_privilege('leitai_lookup', c.oid, 'DELETE') OR has_table_privilege('leitai_lookup', c.oid, 'TRUNCATE')) ORDER BY 1`)
	if !slices.Equal(removes, mayDelete) {
		t.Errorf("leitai_lookup removes rows of %v, want %v", removes, mayDelete)
	}
	wipes := column(t, admin, `SELECT p.proname FROM pg_proc p WHERE pg_get_userbyid(p.proowner) = 'leitai_wipe' ORDER BY 1`)
	if !slices.Equal(wipes, []string{"leitai_wipe", "wipe_trial"}) {
		t.Errorf("leitai_wipe owns %v", wipes)
	}
	if kept := column(t, admin, `SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
		AND has_table_privilege('leitai_wipe', c.oid, 'DELETE') AND c.relname = ANY ('{app_user,session,api_token,role_grant,person,tenant,audit_entry}')`); len(kept) > 0 {
		t.Errorf("leitai_wipe removes rows of %v", kept)
	}
}

// Whoever runs SQL as the application gets no key of a password to guess at
// elsewhere: not from the table, and not from any function that takes a login or
// a user. What it may ask is whether a key is right.
func TestTheApplicationGetsNoKeyOfAPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	home, other := w.settle(t, "township", "990101001"), w.settle(t, "township", "990102001")
	key := []byte("a key of thirty-two bytes, as is")[:32]
	secret := base64.RawStdEncoding.EncodeToString(key)
	const setting = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA"
	w.put(t, `UPDATE app_user SET login = 'known', password_hash = $2 WHERE id = $1`, home.user, setting+"$"+secret)
	w.put(t, `UPDATE app_user SET login = 'foreign', password_hash = $2 WHERE id = $1`, other.user, setting+"$"+secret)
	ctx, _ := w.as(t, home)
	ask := func(query string, args ...any) (rows []string, err error) {
		err = w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
			rows, err = queryAll(ctx, tx, value[string], query, args...)
			return err
		})
		return rows, err
	}
	for _, table := range []string{"app_user", "session", "password_past", "totp_factor", "recovery_code"} {
		if _, err := ask(`SELECT t::text FROM ` + table + ` t`); err == nil {
			t.Errorf("the application reads %s", table)
		}
	}
	asked := 0
	rows := column(t, w.maint, `SELECT p.proname || ':' || pg_get_function_identity_arguments(p.oid) FROM pg_proc p WHERE p.prosecdef
		AND p.pronamespace = 'public'::regnamespace AND p.provolatile <> 'v' AND has_function_privilege('leitai_app', p.oid, 'EXECUTE')`)
	for _, row := range rows {
		name, args, _ := strings.Cut(row, ":")
		var given []string
		for arg := range strings.SplitSeq(args, ", ") {
			switch kind := arg[strings.LastIndexByte(arg, ' ')+1:]; kind {
			case "":
			case "uuid":
				given = append(given, "'"+home.user.String()+"'")
			case "text":
				given = append(given, "'known'")
			case "integer", "bigint":
				given = append(given, "50")
			default:
				given = append(given, "NULL")
			}
		}
		list, err := ask(`SELECT coalesce(f::text, '') FROM ` + name + `(` + strings.Join(given, ", ") + `) f`)
		if err != nil && !strings.Contains(row, "grants_since") {
			t.Logf("%s: %v", row, err)
		}
		asked++
		if strings.Contains(strings.Join(list, " "), secret) {
			t.Errorf("%s hands out the key of a password: %v", name, list)
		}
	}
	if asked < 25 {
		t.Errorf("only %d functions were asked", asked)
	}
	for query, want := range map[string]string{
		`SELECT login_setting('known')`:                       setting,
		`SELECT coalesce(login_setting('nobody'), 'none')`:    "none",
		`SELECT coalesce(login_check('known', $1)::text, '')`: home.user.String(),
	} {
		var args []any
		if strings.Contains(query, "$1") {
			args = append(args, key)
		}
		if got, err := ask(query, args...); err != nil || got[0] != want {
			t.Errorf("%s: %v %v", query, got, err)
		}
	}
	for query, args := range map[string][]any{
		`SELECT coalesce(login_check('known', $1)::text, '')`:   {append(slices.Clone(key[:31]), 'x')},
		`SELECT coalesce(login_check('nobody', $1)::text, '')`:  {key},
		`SELECT user_check($1, $2)::text`:                       {other.user, key}, // whom the tenant does not know
		`SELECT coalesce(user_named('foreign')::text, 'false')`: nil,
		`SELECT user_password_own($1, $2, 'x')::text`:           {home.user, key[:31]},
	} {
		if got, err := ask(query, args...); err != nil || got[0] != "" && got[0] != "false" {
			t.Errorf("%s: %v %v", query, got, err)
		}
	}
}

// A program of the release before is told what changed lately, and no more.
func TestOldProgramsReadLateGrantsOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	home := w.settle(t, "township", "990101001")
	ctx, _ := w.as(t, home)
	since := func(have int) error {
		return w.db.write(ctx, func(ctx context.Context, tx *Tx) error {
			_, err := tx.exec(ctx, `SELECT grants_since($1)`, have)
			return err
		})
	}
	if since(0) == nil {
		t.Error("all grants are handed out")
	}
	if err := since(1); err != nil {
		t.Errorf("late ones: %v", err)
	}
	w.put(t, `UPDATE authz_epoch SET epoch = epoch + 2000`)
	if since(1) == nil {
		t.Error("a program that is far behind reads them all")
	}
}
