package operator

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"leitai/internal/config"
	"leitai/internal/dbtest"
)

// The server does not start as a superuser, as the owner, or with BYPASSRLS,
// and says which it was; nothing listens.
func TestServeRefusesStrongRoles(t *testing.T) {
	t.Parallel()
	db, keys := dbtest.New(t), keyFolder(t)
	for role, dsn := range map[string]string{"SUPERUSER": db.AdminDSN, "leitai_owner": db.OwnerDSN, "leitai_maint": db.MaintDSN} {
		code, said := run(t, "serve", "--listen", "127.0.0.1:0", "--keys", keys, "--dsn", dsn)
		if code != 1 || !strings.Contains(said, "DATABASE_ROLE_TOO_STRONG") || !strings.Contains(said, role) || strings.Contains(said, `"serving"`) {
			t.Errorf("as %s it ends with %d: %s", role, code, said)
		}
	}
	empty := dbtest.Empty(t)
	if code, said := run(t, "serve", "--listen", "127.0.0.1:0", "--keys", keys, "--dsn", empty.AppDSN); code != 1 || !strings.Contains(said, "DATABASE_SCHEMA_OLD") {
		t.Errorf("on a database without a schema it ends with %d: %s", code, said)
	}
}

// The real server is live and ready, its metrics are lint-clean after requests
// of several kinds, every line of a request in its log bears the id that the
// answer bears, and a signal ends it well.
func TestServeIsOperable(t *testing.T) {
	t.Parallel()
	db := dbtest.New(t)
	s := start(t, "serve", "--listen", "127.0.0.1:0", "--keys", keyFolder(t), "--dsn", db.AppDSN)
	var url, operations string
	s.await(t, "serving", func() bool {
		for _, line := range s.logged() {
			switch address, _ := line["address"].(string); line["msg"] {
			case "serving":
				url = "http://" + address
			case "operations":
				operations = "http://" + address
			}
		}
		return url != "" && operations != ""
	})
	if status, _, _ := fetch(t, http.MethodGet, url+"/metrics", "", nil); status != http.StatusNotFound {
		t.Errorf("the public address tells metrics: %d", status)
	}
	for _, page := range []string{"/healthz", "/readyz", "/", "/signin", "/explorer/"} {
		if status, _, body := fetch(t, http.MethodGet, url+page, "", nil); status != http.StatusOK || bytes.Contains(body, []byte("演示数据")) {
			t.Errorf("%s answers %d: %s", page, status, body)
		}
	}
	status, header, body := fetch(t, http.MethodPost, url+"/graphql", "", strings.NewReader(`{"query":"{ viewer { today } }"}`))
	id := header.Get("X-Request-Id")
	if status != http.StatusUnauthorized || id == "" || !bytes.Contains(body, []byte(id)) {
		t.Errorf("nobody is answered %d with the id %q: %s", status, id, body)
	}
	_, _, _ = fetch(t, http.MethodPost, url+"/auth/login", "", strings.NewReader(`{"login":"nobody","password":"wrong-password"}`))
	s.await(t, "a log line with the id of the request", func() bool {
		for _, line := range s.logged() {
			if line["request_id"] == id && line["route"] == "POST /graphql" && line["status"] == float64(http.StatusUnauthorized) {
				return true
			}
		}
		return false
	})
	_, _, metrics := fetch(t, http.MethodGet, operations+"/metrics", "", nil)
	problems, err := promlint.New(bytes.NewReader(metrics)).Lint()
	if err != nil || len(problems) > 0 {
		t.Errorf("the metrics: %v %v", problems, err)
	}
	for _, name := range []string{"leitai_build_info{", "leitai_http_request_duration_seconds_bucket{", `leitai_logins_total{outcome="refused"} 1`, `leitai_refusals_total{code="UNAUTHENTICATED"} 1`} {
		if !bytes.Contains(metrics, []byte(name)) {
			t.Errorf("the metrics lack %s", name)
		}
	}
	if bytes.Contains(metrics, []byte("nobody")) || strings.Contains(s.log.String(), "wrong-password") {
		t.Error("a login is a label, or a password is in the log")
	}
	s.stop(t)
}

// logged reads the log, of which every line is one JSON object.
func (s *server) logged() []map[string]any {
	var all []map[string]any
	for line := range strings.Lines(s.log.String()) {
		var one map[string]any
		if json.Unmarshal([]byte(line), &one) == nil {
			all = append(all, one)
		}
	}
	return all
}

func keyFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := config.MakeKeys(folder); err != nil {
		t.Fatal(err)
	}
	return folder
}
