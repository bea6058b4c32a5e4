package httpserver

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"leitai/internal/telemetry"
)

// Every page of a demonstration says that its data is invented, and no page of
// a real service does; both run nothing and take forms home only.
func TestPagesOfADemonstrationSaySo(t *testing.T) {
	t.Parallel()
	for _, demo := range []bool{true, false} {
		options := Defaults()
		options.Demo = demo
		s := New(Deps{Opener: door{}, Schema: newTiny(), Present: present, Metrics: telemetry.NewMetrics("test"),
			Logger: slog.New(slog.DiscardHandler)}, options)
		for _, page := range []string{"/console/", "/console/signin", "/signin", "/signin?next=/documents/bulletin/1", "/explorer/"} {
			status, body, header := ask(t, s, httptest.NewRequest(http.MethodGet, page, nil))
			if status != http.StatusOK || strings.Contains(body, "演示数据") != demo {
				t.Errorf("%s, demo %t: %d\n%s", page, demo, status, body)
			}
			if policy := header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "script-src 'unsafe-inline'") {
				t.Errorf("%s: policy %q", page, policy)
			}
		}
	}
}
