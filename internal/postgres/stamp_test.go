package postgres

import (
	"testing"

	"leitai/ent/mixin"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// stampOf gives the stamp of a credential whose use was noted just now.
func (w *world) stampOf(t *testing.T, cred viewer.Credential) string {
	t.Helper()
	w.put(t, `UPDATE session SET seen_at = now()`)
	w.put(t, `UPDATE api_token SET used_at = now()`)
	_, stamp, err := w.db.Stamp(t.Context(), cred)
	if err != nil || stamp == "" {
		t.Fatalf("stamp %q, %v", stamp, err)
	}
	return stamp
}

// Whatever a published answer is drawn from, and whatever decides who may read
// it, moves the stamp of the tenant and of the county above; what it is not
// drawn from leaves it alone.
func TestTheStampMovesWithWhatIsPublished(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	county := w.settle(t, "county", "990100")
	town := w.settle(t, "township", "990100101")
	other := w.settle(t, "township", "990200101")
	w.adopt(t, county, town, false)
	w.fill(t, town)
	w.fill(t, other)
	for _, c := range []struct {
		name, change       string
		own, above, beside bool // whose stamp moves
	}{
		{"nothing", `SELECT`, false, false, false},
		{"a mark", `UPDATE mark SET reason = reason WHERE tenant_id = $1`, false, false, false},
		{"a round", `UPDATE round SET state = state WHERE tenant_id = $1`, true, true, false},
		{"a competition", `UPDATE competition SET name = name || '!' WHERE tenant_id = $1`, true, true, false},
		{"a publication", `UPDATE publication SET comment = comment WHERE tenant_id = $1`, true, true, false},
		{"a name", `UPDATE person_name SET name = name || '!' WHERE tenant_id = $1`, true, true, false},
		{"a post", `UPDATE post SET valid_to = valid_to WHERE tenant_id = $1`, true, true, false},
		{"a unit", `UPDATE unit SET shown_name = shown_name || '!' WHERE id = (SELECT unit_id FROM tenant WHERE id = $1)`, true, true, true},
		{"rights of others", `UPDATE authz_epoch SET epoch = epoch + 1 WHERE $1::uuid IS NOT NULL`, false, false, false},
		{"a role of its own", `UPDATE tenant_role SET name_zh = name_zh || '!' WHERE tenant_id = $1`, true, true, false},
		{"the end of an adoption", `UPDATE adoption SET ended_at = now() WHERE tenant_id = $1`, true, true, false},
	} {
		own, above, beside := w.stampOf(t, town.cred), w.stampOf(t, county.cred), w.stampOf(t, other.cred)
		if c.change != `SELECT` {
			w.put(t, c.change, town.tenant)
		}
		for _, moved := range []struct {
			who  string
			want bool
			is   bool
		}{
			{"the tenant", c.own, own != w.stampOf(t, town.cred)},
			{"the county", c.above, above != w.stampOf(t, county.cred)},
			{"another tenant", c.beside, beside != w.stampOf(t, other.cred)},
		} {
			if moved.is != moved.want {
				t.Errorf("%s: the stamp of %s moved: %t", c.name, moved.who, moved.is)
			}
		}
	}
}

// A grant that begins or ends by the clock alone moves the stamp, because
// nothing is written then.
func TestTheStampMovesWhenAGrantEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990100101")
	w.put(t, `INSERT INTO role_grant (id, tenant_id, region, user_id, unit_id, role, granted_by, valid_from, valid_until, epoch)
		VALUES ($1, $2, $3, $4, $5, 'township-approver', $4, now() - interval '1 day', now() + interval '1 hour', 1)`, mixin.NewID(), h.tenant, h.region, h.user, h.unit)
	before := w.stampOf(t, h.cred)
	if again := w.stampOf(t, h.cred); again != before {
		t.Fatal("the stamp moves by itself")
	}
	w.put(t, `UPDATE role_grant SET valid_until = now() - interval '1 second' WHERE role = 'township-approver'`)
	if w.stampOf(t, h.cred) == before {
		t.Error("a grant ended and the stamp stands")
	}
}

// A dead credential has no stamp, and one whose use is to be noted has an empty
// one, so that a request is opened.
func TestDeadCredentialsHaveNoStamp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990100101")
	token := w.token(t, h)
	v, stamp, err := w.db.Stamp(t.Context(), token)
	if err != nil || stamp != "" || v.Tenant != h.tenant || v.User != h.user {
		t.Fatalf("a token that was never used: %q, %+v, %v", stamp, v, err)
	}
	w.stampOf(t, token)
	for _, change := range []string{
		`UPDATE api_token SET revoked_at = now()`, `UPDATE api_token SET revoked_at = NULL, expires_at = now() - interval '1 second'`,
		`UPDATE api_token SET expires_at = now() + interval '1 day'; UPDATE app_user SET status = 'disabled'`,
		`UPDATE app_user SET status = 'active'; UPDATE tenant SET status = 'suspended'`,
	} {
		w.put(t, change)
		if _, stamp, err := w.db.Stamp(t.Context(), token); stamp != "" || fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("%s: %q, %v", change, stamp, err)
		}
	}
}

// A stamp opens nothing: the connection it was taken on reads no tenant's rows.
func TestAStampOpensNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.MaxOpen = 1 })
	h := w.settle(t, "township", "990100101")
	for range 3 {
		w.stampOf(t, h.cred)
		var rows int
		var tenant string
		err := w.db.pool.QueryRowContext(t.Context(), `SELECT count(*), coalesce(current_setting('app.tenant', true), '') FROM person`).Scan(&rows, &tenant)
		if err != nil || rows != 0 || tenant != "" {
			t.Fatalf("%d rows, tenant %q, %v", rows, tenant, err)
		}
	}
}

// Everything that moves a stamp is one tenant's: nobody writes a stamp by hand.
func TestNobodyWritesAStamp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.settle(t, "township", "990100101")
	app := w.App(t)
	for _, statement := range []string{`UPDATE published_stamp SET value = 0`, `INSERT INTO published_stamp VALUES (gen_random_uuid(), gen_random_uuid(), '990100', 1)`,
		`DELETE FROM published_stamp`, `UPDATE registry_stamp SET value = 0`, `SELECT value FROM registry_stamp`} {
		if _, err := app.ExecContext(t.Context(), statement); sqlstate(err) != "42501" {
			t.Errorf("%s: %v", statement, err)
		}
	}
}
