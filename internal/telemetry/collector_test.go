package telemetry

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// collector is one that keeps what it is sent.
type collector struct {
	mu    sync.Mutex
	paths []string
	body  bytes.Buffer
}

func (c *collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.paths = append(c.paths, r.Method+" "+r.URL.Path)
	if _, err := io.Copy(&c.body, r.Body); err != nil {
		w.WriteHeader(http.StatusBadRequest)
	}
}

// Spans reach a collector by OTLP over HTTP, at the address that is named.
func TestSpansReachTheCollector(t *testing.T) {
	t.Parallel()
	c := &collector{}
	server := httptest.NewServer(c)
	defer server.Close()
	traces, err := NewTraces(t.Context(), TraceOptions{Endpoint: server.URL + "/v1/traces", Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	_, over := traces.Request(t.Context(), "GET /readyz")
	over(200)
	if err := traces.Close(); err != nil {
		t.Fatal(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.paths) != 1 || c.paths[0] != "POST /v1/traces" || !strings.Contains(c.body.String(), "leitai") || !strings.Contains(c.body.String(), "1.2.3") {
		t.Errorf("sent %v, %d bytes", c.paths, c.body.Len())
	}
}

// An address that is none is refused at the start, with its reason.
func TestAnAddressThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"collector:4318", "http://", "ftp://collector/v1/traces", "://"} {
		if traces, err := NewTraces(t.Context(), TraceOptions{Endpoint: address, Logger: slog.New(slog.DiscardHandler)}); err == nil || traces != nil {
			t.Errorf("%q is taken", address)
		} else if !strings.Contains(err.Error(), "otlp-endpoint") {
			t.Errorf("%q: %v", address, err)
		}
	}
}
