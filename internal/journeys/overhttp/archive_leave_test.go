package overhttp_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/archive"
	"leitai/internal/contest"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

// said is an operation's answer.
type said struct {
	Data   map[string]map[string]any `json:"data"`
	Errors []struct {
		Extensions struct {
			Code string `json:"code"`
		} `json:"extensions"`
	} `json:"errors"`
}

// codes lists the codes of an answer, those of the payload too.
func (s said) codes() []string {
	var all []string
	for _, e := range s.Errors {
		all = append(all, e.Extensions.Code)
	}
	for _, field := range s.Data {
		list, _ := field["userErrors"].([]any)
		for _, item := range list {
			refused, _ := item.(map[string]any)
			code, _ := refused["code"].(string)
			all = append(all, code)
		}
	}
	return all
}

// tell asks with a token, or with the cookie of a session.
func (w *twin) tell(t *testing.T, credential, query string) said {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	if strings.Contains(credential, "=") {
		request.Header.Set("Cookie", credential)
	} else {
		request.Header.Set("Authorization", "Bearer "+credential)
	}
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, request)
	var s said
	if err := json.Unmarshal(recorder.Body.Bytes(), &s); err != nil {
		t.Fatalf("%v: %s", err, recorder.Body)
	}
	return s
}

// want checks the codes of an answer.
func (w *twin) want(t *testing.T, credential, query string, codes ...string) said {
	t.Helper()
	s := w.tell(t, credential, query)
	if !slices.Equal(s.codes(), codes) {
		t.Errorf("%s: %v, want %v", query, s.codes(), codes)
	}
	return s
}

// signIn gives the cookie of a session; "" when it was refused.
func (w *twin) signIn(t *testing.T, login, password string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"login": login, "password": password})
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/auth/login", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	w.handler.ServeHTTP(recorder, request)
	cookie, _, _ := strings.Cut(recorder.Header().Get("Set-Cookie"), ";")
	if recorder.Code != http.StatusOK {
		return ""
	}
	return cookie
}

const (
	askLeave   = `mutation { tenantLeave(input: {reason: "两乡合并"}) { leaving { state graceDays } userErrors { code } } }`
	askConfirm = `mutation { tenantLeaveConfirm(input: {}) { leaving { state due confirmedBy } userErrors { code } } }`
	askStay    = `mutation { tenantLeaveCancel(input: {reason: "暂缓合并"}) { leaving { state } userErrors { code } } }`
	askLook    = `{ tenantLeaving { state reason requestedBy due } }`
	askWrite   = `mutation { calendarDaySet(input: {day: "2023-11-20", workday: false, name: "乡庆"}) { userErrors { code } } }`
	askRead    = `{ tenant { name } }`
)

// The end of a tenant takes a reason, a second person and the period of grace;
// meanwhile the tenant is read and exported, and may stay after all. After it
// nobody gets in, and nothing of it is left; other tenants do not notice.
func tenantLeaves(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	w, a, c := home(k), k.World.Person("A1"), k.World.Person("C1")
	k.Taken(t, sample.Clerk, "会议.jpg", photo(t))
	tenant, sibling := k.TenantOf(t, sample.TownshipCode), k.TenantOf(t, sample.SiblingCode)
	w.want(t, a.Token, `mutation { grantCreate(input: {login: "`+c.Login+`", role: "township-approver", unitCode: "`+sample.TownshipCode+`"}) { userErrors { code } } }`)
	w.want(t, k.Token("S1"), askLeave, "FORBIDDEN")
	w.want(t, a.Token, strings.Replace(askLeave, "两乡合并", " ", 1), "LEAVING_REASON")
	w.want(t, a.Token, askConfirm, "LEAVING_NONE")
	s := w.want(t, a.Token, askLeave)
	if asked, _ := s.Data["tenantLeave"]["leaving"].(map[string]any); asked["state"] != "ASKED" {
		t.Errorf("%v", s)
	}
	w.want(t, a.Token, askLeave, "LEAVING_PENDING")
	w.want(t, a.Token, askConfirm, "LEAVING_SECOND")
	w.want(t, a.Token, askWrite) // nothing happens before the second person
	if s := w.want(t, k.Token("XA1"), askLook); s.Data["tenantLeaving"] != nil {
		t.Errorf("another township sees it: %v", s)
	}
	w.want(t, k.Token("XA1"), askConfirm, "LEAVING_NONE")
	w.want(t, c.Token, askConfirm)
	w.want(t, w.signIn(t, c.Login, c.Password), askConfirm, "LEAVING_CONFIRMED")
	w.want(t, a.Token, askWrite, "FORBIDDEN")
	w.want(t, a.Token, askRead)
	w.want(t, a.Token, askStay, "FORBIDDEN") // a token of a tenant that is read-only writes nothing
	if r := w.send(t, http.MethodGet, "/tenant/export", a.Token, nil); r.Code != http.StatusOK {
		t.Errorf("no export while leaving: %d %s", r.Code, r.Body)
	}
	session := w.signIn(t, a.Login, a.Password)
	w.want(t, session, askWrite, "FORBIDDEN")
	w.want(t, session, askStay)
	w.want(t, session, askWrite)
	w.want(t, a.Token, askLeave)
	w.want(t, c.Token, askConfirm)

	before := k.Fingerprint(t, sibling)
	m := maintenance(t, k.DB)
	m.Clock(k.Clock.Now)
	if due, err := m.DueTenants(t.Context()); err != nil || len(due) > 0 {
		t.Fatalf("inside the period of grace: %v, %v", due, err)
	}
	m.Clock(func() time.Time { return k.Clock.Now().AddDate(0, 0, 31) })
	if _, err := m.End(t.Context(), tenant, "operator"); err != nil {
		t.Fatal(err)
	}
	files := 0
	count := func(string) error { files++; return nil }
	if err := k.App.Files.Walk(t.Context(), tenant.String()+"/", time.Now().Add(time.Hour), count); err != nil || files == 0 {
		t.Fatalf("%d files before, %v", files, err)
	}
	if _, err := archive.RemoveFiles(t.Context(), k.App.Files, tenant, time.Now()); err != nil {
		t.Fatal(err)
	}
	if files = 0; k.App.Files.Walk(t.Context(), tenant.String()+"/", time.Now().Add(time.Hour), count) != nil || files > 0 {
		t.Errorf("%d files are left", files)
	}
	w.want(t, a.Token, askRead, "UNAUTHENTICATED")
	w.want(t, session, askRead, "UNAUTHENTICATED")
	if w.signIn(t, a.Login, a.Password) != "" {
		t.Error("somebody of a tenant that ended signs in")
	}
	w.want(t, k.Token("XA1"), askRead)
	if k.Fingerprint(t, sibling) != before {
		t.Error("rows of another township changed")
	}
	for _, line := range strings.Split(strings.TrimSpace(k.Fingerprint(t, tenant)), "\n") {
		if fields := strings.Fields(line); len(fields) < 2 || fields[1] != "0" {
			t.Errorf("left: %s", line)
		}
	}
}

// The archive that a tenant takes itself over HTTP is whole and signed, holds
// what it owns and nothing that opens a door, is in the audit, and is for its
// administrator alone, one at a time. Taken into a database, it lets in whom the
// operator gives a password, and nobody else.
func tenantTakesItsOwn(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	w, a := home(k), k.World.Person("A1")
	for who, status := range map[string]int{"S1": http.StatusForbidden, "C1": http.StatusForbidden, "CN1": http.StatusForbidden, "dashboard": http.StatusForbidden} {
		if r := w.send(t, http.MethodGet, "/tenant/export", k.Token(who), nil); r.Code != status {
			t.Errorf("%s: %d", who, r.Code)
		}
	}
	if r := w.send(t, http.MethodGet, "/tenant/export", "leitai_pat_x", nil); r.Code != http.StatusUnauthorized {
		t.Errorf("without a credential: %d", r.Code)
	}
	r := w.send(t, http.MethodGet, "/tenant/export", a.Token, nil)
	body := r.Body.Bytes()
	opened, err := archive.Open(t.Context(), bytes.NewReader(body), int64(len(body)), []string{contest.Fingerprint(k.App.Signer.PublicKey())}, archive.Limits{})
	if r.Code != http.StatusOK || err != nil {
		t.Fatalf("%d, %v", r.Code, err)
	}
	if m := opened.Manifest; m.Form != archive.OfTenant || m.Rows() < 1000 || m.Units < 13 || m.Tenant.UnitCode != sample.TownshipCode {
		t.Errorf("%+v", m.Tenant)
	}
	for _, p := range opened.Manifest.Parts {
		if p.Table == "api_token" || p.Table == "ballot" || p.Table == "session" || p.Kind == archive.KindFile && !strings.HasPrefix(p.Path, "files/"+opened.Manifest.Tenant.ID.String()) {
			t.Errorf("%s is in it", p.Path)
		}
		if p.Kind == archive.KindFile {
			continue
		}
		if err := opened.Lines(p, func(_ int, line []byte) error {
			if bytes.Contains(line, []byte("$argon2id$")) || bytes.Contains(line, []byte("secret_hash")) {
				t.Errorf("%s holds a hash: %.200s", p.Path, line)
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
	if n := len(k.Strings(t, `SELECT id FROM audit_entry WHERE tenant_id = $1 AND action = 'tenant:export'`, opened.Manifest.Tenant.ID)); n != 1 {
		t.Errorf("the audit tells of %d exports", n)
	}
	oneAtATime(t, k, w)
	elsewhere := newTwin(t, k)
	hash, err := elsewhere.app.Identity.Prepare(t.Context(), "somebody@else", "vier-unbekannte-38-Woerter")
	if err != nil {
		t.Fatal(err)
	}
	if err := elsewhere.take(t, body, k.App.Signer, archive.Taking{VoidOpen: true, Login: a.Login, Hash: hash.Hash}); err != nil {
		t.Fatal(err)
	}
	if elsewhere.signIn(t, a.Login, a.Password) != "" || elsewhere.signIn(t, "c1@demo", k.World.Person("C1").Password) != "" {
		t.Error("a password was in it")
	}
	elsewhere.want(t, a.Token, askRead, "UNAUTHENTICATED")
	if session := elsewhere.signIn(t, a.Login, "vier-unbekannte-38-Woerter"); session == "" {
		t.Error("the operator's password lets nobody in")
	} else {
		elsewhere.want(t, session, `{ board(round: "`+k.RoundID("2023-05")+`") { rows { name rank } } }`)
	}
}

// slow lets a second export be asked for while the first is sent.
type slow struct {
	*httptest.ResponseRecorder
	first func()
}

func (s *slow) Write(p []byte) (int, error) {
	if s.first != nil {
		do := s.first
		s.first = nil
		do()
	}
	return s.ResponseRecorder.Write(p)
}

func oneAtATime(t *testing.T, k *graphtest.Kit, w *twin) {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/tenant/export", nil)
	request.Header.Set("Authorization", "Bearer "+k.Token("A1"))
	meanwhile := 0
	w.handler.ServeHTTP(&slow{httptest.NewRecorder(), func() {
		meanwhile = w.send(t, http.MethodGet, "/tenant/export", k.Token("XA1"), nil).Code
	}}, request)
	if meanwhile != http.StatusTooManyRequests {
		t.Errorf("a second export at the same time: %d", meanwhile)
	}
}

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
