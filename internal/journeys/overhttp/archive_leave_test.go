package overhttp_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"leitai/internal/archive"
	"leitai/internal/contest"
	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

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
