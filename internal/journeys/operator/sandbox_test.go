package operator

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"leitai/internal/dbtest"
	"leitai/internal/sample"
)

// The program opens a sandbox once, beside whatever is there, and gives an app a
// secret that reads it. The months that it played leave an audit that proves
// every mark: checking it ends well and notes the heads; after the owner of the
// schema changed one value it ends badly, says which entry, and notes nothing.
//
// covers T30
func TestTheSandboxOpens(t *testing.T) {
	t.Parallel()
	db, keys, heads := dbtest.New(t), keyFolder(t), filepath.Join(t.TempDir(), "heads.txt")
	where := []string{"--dsn", db.AppDSN, "--maint-dsn", db.MaintDSN, "--keys", keys}
	if code, said := run(t, append([]string{"sandbox", "token", "--name", "试用", "--maker", "某公司", "--contact", "0739"}, where...)...); code != 1 || !strings.Contains(said, "SANDBOX_MISSING") {
		t.Fatalf("a token before there is a sandbox: %d %s", code, said)
	}
	s := start(t, append([]string{"sandbox", "open"}, where...)...) // it takes longer than a command that run waits for
	s.await(t, "the sandbox", func() bool { return strings.Contains(s.out.String(), "sandbox "+sample.CountyCode) })
	<-s.ended
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		t.Fatalf("it ends with %d: %s", code, s.log.String())
	}
	if code, said := run(t, append([]string{"sandbox", "open"}, where...)...); code != 1 || !strings.Contains(said, "SANDBOX_EXISTS") {
		t.Errorf("a second one: %d %s", code, said)
	}
	code, said := run(t, append([]string{"sandbox", "token", "--name", "试用", "--maker", "某公司", "--contact", "0739"}, where...)...)
	secret := regexp.MustCompile(`(?m)^secret (\S+)$`).FindStringSubmatch(said)
	if code != 0 || secret == nil || !strings.Contains(said, "tenants "+sample.CountyCode+" "+sample.TownshipCode) {
		t.Fatalf("a token: %d %s", code, said)
	}
	verify := func(more ...string) (int, string) {
		return run(t, append([]string{"audit", "verify", "--maint-dsn", db.MaintDSN}, more...)...)
	}
	if code, said := verify("--note", heads); code != 0 || !regexp.MustCompile(`(?m)^ok .* `+sample.TownshipCode+` .*: \d+ entries, the marks of [1-9]\d* proved$`).MatchString(said) {
		t.Errorf("untouched: %d %s", code, said)
	}
	if err := os.Remove(heads); err != nil {
		t.Error(err)
	}
	var seq string
	if err := db.Maint(t).QueryRowContext(t.Context(), `WITH entry AS (SELECT a.seq, (a.detail->'ids'->>0)::uuid AS mark FROM audit_entry a
		JOIN tenant t ON t.id = a.tenant_id JOIN unit u ON u.id = t.unit_id WHERE u.code = $1 AND a.action = 'mark:write' AND a.detail ? 'ids' ORDER BY a.seq LIMIT 1)
		UPDATE mark SET value = value + 0.01 FROM entry WHERE mark.id = entry.mark RETURNING entry.seq`, sample.TownshipCode).Scan(&seq); err != nil {
		t.Fatal(err)
	}
	if code, said := verify("--note", heads); code != 1 || !strings.Contains(said, "ALTERED ") || !strings.Contains(said, "entry "+seq+" of the audit") || !strings.Contains(said, "AUDIT_BROKEN") {
		t.Errorf("a value was changed in entry %s: %d %s", seq, code, said)
	}
	if _, err := os.Stat(heads); err == nil {
		t.Error("heads were noted of an audit whose marks are others")
	}
	served := start(t, "serve", "--listen", "127.0.0.1:0", "--keys", keys, "--dsn", db.AppDSN)
	var url string
	served.await(t, "serving", func() bool {
		for _, line := range served.logged() {
			if address, _ := line["address"].(string); line["msg"] == "serving" {
				url = "http://" + address
			}
		}
		return url != ""
	})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/export/facts.json?measures=TOTAL", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+secret[1])
	request.Header.Set("Leitai-Tenant", sample.TownshipCode)
	answer, err := (&http.Client{Timeout: time.Minute}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Leitai-Demo") != "true" {
		t.Errorf("the app reads %d %v", answer.StatusCode, answer.Header)
	}
}
