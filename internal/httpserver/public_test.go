package httpserver

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/round"
	"leitai/internal/telemetry"
	"leitai/internal/template"
)

// results answers links by what they say.
type results struct{ found map[string]*round.PublicBoard }

func (r results) Public(_ context.Context, link string) (*round.PublicBoard, error) {
	switch b := r.found[link]; {
	case link == "broken":
		return nil, errors.New(`pq: relation "secret" does not exist`)
	case b == nil:
		return nil, fault.New(fault.NotFound)
	default:
		return b, nil
	}
}

func publicServer(found map[string]*round.PublicBoard, now func() time.Time) *Server {
	return New(Deps{Opener: door{}, Schema: newTiny(), Present: present, Metrics: telemetry.NewMetrics("test"), Results: results{found},
		Logger: slog.New(slog.DiscardHandler), Clock: now}, Defaults())
}

func somebodysBoard() *round.PublicBoard {
	one, two := 1, 2
	held, _ := calendar.ParseDate("2026-03-15")
	return &round.PublicBoard{Competition: "<script>alert(1)</script>擂台赛", Template: &template.Document{
		Bands: []template.Band{{Key: "top", Name: template.Text{ZH: "先进", EN: "Advanced"}}}, Legend: []template.LegendStep{{Key: "green", Name: template.Text{ZH: "绿"}}},
	}, Board: &round.Board{
		Host: &round.Host{Name: "清溪镇", TimeZone: "Asia/Shanghai"}, Period: "2026-03", Held: held, Revision: 2, Hash: "abc123",
		PublishedAt: time.Date(2026, 3, 31, 17, 0, 0, 0, time.UTC), Publication: uuid.New(),
		Rows: []round.BoardRow{{Name: "东河村", Shown: "93.50", Rank: &one, Bands: []string{"top", "other"}, Light: "green"},
			{Name: "西<b>河</b>村", Shown: "90.00", Rank: &two}, {Name: "南河村", Unranked: "absent"}, {Name: "北河村"}},
	}}
}

func readPage(s *Server, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}

// A page shows what the board holds, in both languages, runs nothing, and is
// held for a minute by whoever wants to.
func TestAPublicPageShowsAResult(t *testing.T) {
	t.Parallel()
	withdrawn := somebodysBoard()
	withdrawn.Withdrawn, withdrawn.Rows = true, nil
	s := publicServer(map[string]*round.PublicBoard{"good": somebodysBoard(), "gone": withdrawn}, nil)
	w := readPage(s, "/public/good")
	body := w.Body.String()
	for _, want := range []string{"清溪镇", "&lt;script&gt;alert(1)&lt;/script&gt;擂台赛", "2026-03-15", "东河村", "93.50", "先进 Advanced、other", "绿", "西&lt;b&gt;河&lt;/b&gt;村", "未参评",
		"第 2 版", "Corrected", "abc123", "2026-04-01 01:00 CST", `lang="zh-Hans"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q:\n%s", want, body)
		}
	}
	if strings.Contains(body, "<script") || strings.Contains(body, "赛道") || strings.Contains(body, "等次") || strings.Contains(body, "演示数据") {
		t.Errorf("the page has what it should not:\n%s", body)
	}
	h := w.Header()
	policy := h.Get("Content-Security-Policy")
	if w.Code != http.StatusOK || h.Get("Cache-Control") != "public, max-age=60" || !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") ||
		h.Get("X-Robots-Tag") == "" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Set-Cookie") != "" {
		t.Errorf("%d %v", w.Code, h)
	}
	if again := readPage(s, "/public/good", "If-None-Match", h.Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() > 0 || h.Get("ETag") == "" {
		t.Errorf("asked again: %d %q", again.Code, again.Body)
	}
	if w := readPage(s, "/public/gone"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "不再有效") || strings.Contains(w.Body.String(), "<table") || strings.Contains(w.Body.String(), "abc123") {
		t.Errorf("a withdrawn result: %d\n%s", w.Code, w.Body)
	}
	demo := somebodysBoard()
	demo.Host.Demo = true
	if w := readPage(publicServer(map[string]*round.PublicBoard{"good": demo}, nil), "/public/good"); !strings.Contains(w.Body.String(), "演示数据") {
		t.Error("invented data do not say so")
	}
}

// Whatever is wrong with a link, the page is the same; nobody keeps it, and a
// credential makes no difference.
func TestAWrongLinkTellsNothing(t *testing.T) {
	t.Parallel()
	s := publicServer(map[string]*round.PublicBoard{"good": somebodysBoard()}, nil)
	pages := map[string]bool{}
	for _, link := range []string{"x", strings.Repeat("A", 86), "%00", "..%2f..%2fgraphql", strings.Repeat("B", 5000)} {
		w := readPage(s, "/public/"+link, "Authorization", "Bearer leitai_pat_x")
		pages[w.Body.String()] = true
		if w.Code != http.StatusNotFound || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("ETag") != "" || w.Header().Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%.20s: %d %v", link, w.Code, w.Header())
		}
	}
	if len(pages) != 1 {
		t.Errorf("%d different pages", len(pages))
	}
	for path, code := range map[string]int{"/public/": http.StatusNotFound, "/public": http.StatusNotFound, "/public/a/b": http.StatusNotFound} {
		if w := readPage(s, path); w.Code != code || strings.Contains(w.Body.String(), "<html") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/public/good", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("a page takes a POST: %d", w.Code)
	}
	if w := readPage(s, "/public/broken"); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "pq:") {
		t.Errorf("a failure tells: %d %s", w.Code, w.Body)
	}
}

// A network that asks too often waits; others do not, and nor does it for long.
// covers T36
func TestReadersOfPublicPagesAreBounded(t *testing.T) {
	t.Parallel()
	moment := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	s := publicServer(map[string]*round.PublicBoard{"good": somebodysBoard()}, func() time.Time { return moment })
	from := func(address, link string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/public/"+link, nil)
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		return w
	}
	for range publicPlan.Token.Burst {
		if w := from("[2001:db8::1]:1", "x"); w.Code != http.StatusNotFound {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	if w := from("[2001:db8::2]:1", "good"); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("one network asks %d times and once more: %d", publicPlan.Token.Burst, w.Code)
	}
	if w := from("192.0.2.1:1", "good"); w.Code != http.StatusOK {
		t.Errorf("another network waits, too: %d", w.Code)
	}
	moment = moment.Add(time.Second)
	if w := from("[2001:db8::2]:1", "good"); w.Code != http.StatusOK {
		t.Errorf("a second later: %d", w.Code)
	}
}
