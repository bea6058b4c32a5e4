package inbrowser

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/graphtest"
	"leitai/internal/httpserver"
	"leitai/internal/nodetest"
)

// told is what a journey gives back.
type told struct {
	Clicks     int
	Fields     int // typed or chosen, where a journey counts them
	Operations []string
	Measured   json.RawMessage // of journeys that measure
}

// stage is one service that a browser can reach, and where its clock is moved.
type stage struct {
	*graphtest.Kit
	url, control, people string
}

// serve starts a service on a copy of the county.
func serve(t *testing.T, c *graphtest.County) *stage {
	t.Helper()
	k := c.Open(t, graphtest.Setting{Limits: func(o *httpserver.Options) { o.SecureCookies, o.Demo = false, true }})
	server := httptest.NewServer(k.Handler())
	t.Cleanup(server.Close)
	work(t, k)
	s := &stage{Kit: k, url: server.URL, people: filepath.Join(t.TempDir(), "people.json")}
	body, err := json.Marshal(append(k.World.Manifest().Roles, operator(t, k)))
	if err == nil {
		err = os.WriteFile(s.people, body, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	control := httptest.NewServer(http.HandlerFunc(s.today))
	t.Cleanup(control.Close)
	s.control = control.URL
	return s
}

// work does what is done in the background, as the program that serves does.
func work(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan struct{})
	go func() {
		defer close(done)
		k.App.Work(ctx, 1)
	}()
	t.Cleanup(func() { stop(); <-done })
}

// today moves the county's clock for a journey: POST /today?day=2023-10-30&time=09:00.
func (s *stage) today(w http.ResponseWriter, r *http.Request) {
	day, err := calendar.ParseDateAt("day", r.URL.Query().Get("day"))
	if err != nil || r.URL.Path != "/today" {
		http.Error(w, "no day", http.StatusBadRequest)
		return
	}
	s.Clock.Set(day, r.URL.Query().Get("time"))
	w.WriteHeader(http.StatusNoContent)
}

// play runs a journey of tools/browser.
func (s *stage) play(t *testing.T, journey, size string) told {
	t.Helper()
	env := []string{"LEITAI_URL=" + s.url, "LEITAI_CONTROL=" + s.control, "LEITAI_SIZE=" + size, "LEITAI_PEOPLE=" + s.people}
	if os.Getenv("CHROMIUM") == "" {
		t.Fatal("CHROMIUM names no browser. Run tools/browser/ensure.sh (make test does so first)")
	}
	out := nodetest.Browse(t, journey, env)
	var last told
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil {
		t.Fatalf("%s gave %q", journey, out)
	}
	return last
}
