package overhttp_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// A person's name and account go; marks, published bundles and the audit stay
// under the pseudonym and verify as before. Open duties come first, texts that
// mention the name are told and left to people, and no trace of the act names
// the person.
//
// covers G12
func personIsErased(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	w, judge := home(k), k.World.Person("J1")
	id, tenant := k.PersonID("J1"), k.TenantOf(t, sample.TownshipCode)
	name := k.Strings(t, `SELECT name FROM person_name WHERE person_id = $1`, judge.ID)[0]
	k.Put(t, `UPDATE round SET venue = $2 WHERE id = (SELECT id FROM round WHERE tenant_id = $1 ORDER BY id LIMIT 1)`, tenant, "找"+name+"签到")
	preview := `{ personErasure(person: "` + id + `") { goes { key count why } stays { key count } duties { kind label object } mentions { table field object sealed } moreMentions } }`
	erase := func(reason string) string {
		return `mutation { personErase(input: {person: "` + id + `", reason: "` + reason + `"}) { person { pseudonym name } userErrors { code } } }`
	}
	w.want(t, k.Token("XA1"), preview)
	if s := w.tell(t, k.Token("XA1"), preview); s.Data["personErasure"] != nil {
		t.Errorf("another township looks: %v", s)
	}
	w.want(t, k.Token("XA1"), erase("试"), "NOT_FOUND")
	w.want(t, k.Token("S1"), preview, "FORBIDDEN")
	w.want(t, k.Token("A1"), strings.Replace(erase("本人"), id, k.PersonID("A1"), 1), "PERSON_ERASE_SELF")

	told := w.want(t, k.Token("A1"), preview).Data["personErasure"]
	text, err := json.Marshal(told)
	if err != nil {
		t.Fatal(err)
	}
	for _, wanted := range []string{`"key":"name"`, `"key":"account"`, `"key":"grants"`, `"key":"tokens"`, `"key":"mark"`, `"key":"audit_entry"`, `"table":"round"`, `"field":"venue"`} {
		if !strings.Contains(string(text), wanted) {
			t.Errorf("the preview does not tell %s: %s", wanted, text)
		}
	}
	if strings.Contains(string(text), name) {
		t.Error("the preview tells the name")
	}
	duties, _ := told["duties"].([]any)
	if len(duties) > 0 {
		w.want(t, k.Token("A1"), erase("本人申请"), "PERSON_DUTIES")
	}
	handOver(t, k, w, judge.ID, duties)
	before := k.Strings(t, `SELECT md5(string_agg(b.body || p.public_bundle, '' ORDER BY p.id)) FROM publication p JOIN sealed_bundle b ON b.publication_id = p.id`)
	w.want(t, k.Token("A1"), erase("应"+name+"申请"), "PERSON_REASON_NAMES")
	w.want(t, judge.Token, askRead)
	s := w.want(t, k.Token("A1"), erase("本人申请"))
	if p, _ := s.Data["personErase"]["person"].(map[string]any); p["pseudonym"] != "J1" || p["name"] != nil {
		t.Errorf("left: %v", p)
	}
	w.want(t, k.Token("A1"), erase("再次申请"))
	w.want(t, judge.Token, askRead, "UNAUTHENTICATED")
	if w.signIn(t, judge.Login, judge.Password) != "" {
		t.Error("an erased person signs in")
	}
	erasedEverywhere(t, k, name, judge.Login, judge.User)
	if after := k.Strings(t, `SELECT md5(string_agg(b.body || p.public_bundle, '' ORDER BY p.id)) FROM publication p JOIN sealed_bundle b ON b.publication_id = p.id`); !slices.Equal(before, after) {
		t.Error("a published bundle changed")
	}
	verifies(t, k, w)
}

// handOver ends what the preview told.
func handOver(t *testing.T, k *graphtest.Kit, w *twin, person uuid.UUID, duties []any) {
	t.Helper()
	for _, d := range duties {
		duty, _ := d.(map[string]any)
		object, _ := duty["object"].(string)
		if duty["kind"] == "post" {
			w.want(t, k.Token("A1"), `mutation { postEnd(input: {post: "`+object+`", on: "`+k.Clock.Now().Format(time.DateOnly)+`"}) { userErrors { code } } }`)
			continue
		}
		k.Put(t, `DELETE FROM panel_member WHERE person_id = $1 AND round_id IN (SELECT id FROM round WHERE state NOT IN ('published', 'cancelled'))`, person)
	}
}

// erasedEverywhere looks for name and login in every table but what people have
// to decide about, and for rows of the account.
func erasedEverywhere(t *testing.T, k *graphtest.Kit, name, login string, user uuid.UUID) {
	t.Helper()
	for _, table := range k.Strings(t, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`) {
		found := k.Strings(t, `SELECT left(x::text, 200) FROM `+table+` x WHERE strpos(x::text, $1) > 0 OR strpos(x::text, $2) > 0`, name, login)
		if len(found) > 0 && table != "round" {
			t.Errorf("%s still names the person: %v", table, found)
		}
	}
	for _, query := range []string{`SELECT 1 FROM session WHERE user_id = $1`, `SELECT 1 FROM role_grant WHERE user_id = $1 AND revoked_at IS NULL`,
		`SELECT 1 FROM api_token WHERE user_id = $1 AND revoked_at IS NULL`, `SELECT 1 FROM app_user WHERE id = $1 AND (password_hash IS NOT NULL OR status = 'active')`} {
		if n := len(k.Strings(t, query, user)); n > 0 {
			t.Errorf("%s: %d", query, n)
		}
	}
	if n := len(k.Strings(t, `SELECT 1 FROM audit_entry WHERE action = 'person:erase' AND reason = '本人申请'`)); n != 1 {
		t.Errorf("the audit tells of %d erasures", n)
	}
}
