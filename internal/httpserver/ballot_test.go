package httpserver

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/ballot"
	"leitai/internal/exact"
	"leitai/internal/fault"
	"leitai/internal/telemetry"
	"leitai/internal/template"
	"leitai/internal/voting"
)

// The code and address of these tests are canaries: they may stand in no log.
const (
	liveCode   = "0123-4567-89AB-CDEF-GHJK-MNPQ-RS"
	voterAt    = "203.0.113.77"
	canaryText = "0123"
)

var villages = []uuid.UUID{uuid.MustParse("5b0e6c1e-7c2f-4f0e-9d53-1f5f0a4f0001"), uuid.MustParse("5b0e6c1e-7c2f-4f0e-9d53-1f5f0a4f0002")}

// booth knows one live code.
type booth struct {
	lock  sync.Mutex
	cast  []map[string]string
	fails error
}

func (b *booth) Form(_ context.Context, code string) (*voting.Form, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.fails != nil {
		return nil, b.fails
	}
	if code != liveCode || len(b.cast) > 0 {
		return nil, fault.New(fault.BallotCodeInvalid).At("code")
	}
	return &voting.Form{Host: "云溪镇", Title: "点评会<测评>", Group: template.BallotGroup{Key: "leaders", Name: template.Text{ZH: "班子成员"}}, Recusal: ballot.Recusal{Most: 1},
		Rule:     template.Ballot{Options: []template.BallotOption{{Key: "good", Name: template.Text{ZH: "好", EN: "Good"}, Score: exact.Int(100)}, {Key: "poor", Score: exact.Int(0)}}},
		Subjects: []voting.Subject{{ID: villages[0], Unit: &villages[0], Name: "沈庄村"}, {ID: villages[1], Unit: &villages[1], Name: "柳溪村"}}}, nil
}

func (b *booth) Cast(ctx context.Context, code string, choices map[string]string) error {
	form, err := b.Form(ctx, code)
	if err != nil {
		return err
	}
	if faults := ballot.CheckSheet(form.Rule, form.Group, form.Recusal, []ballot.Subject{{ID: villages[0].String(), Unit: "a"}, {ID: villages[1].String(), Unit: "b"}}, choices); len(faults) > 0 {
		return faults
	}
	b.lock.Lock()
	defer b.lock.Unlock()
	b.cast = append(b.cast, choices)
	return nil
}

// polling is an edge whose log is read.
func polling(b Booth) (*Server, *bytes.Buffer) {
	var log bytes.Buffer
	return New(Deps{Opener: door{}, Schema: newTiny(), Present: present, Metrics: telemetry.NewMetrics("test"), Booth: b,
		Logger: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}, Defaults()), &log
}

func posted(t *testing.T, s *Server, path string, form url.Values, change ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.RemoteAddr = voterAt + ":50123"
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}

func ballotPaper(first, second string) url.Values {
	v := url.Values{"code": {liveCode}}
	for i, choice := range []string{first, second} {
		if choice != "" {
			v.Set(choicePrefix+villages[i].String(), choice)
		}
	}
	return v
}

// A voter opens the page, types the code, fills in the form and casts, without a
// script, a cookie or a sign-in; the same code casts nothing again.
func TestBallotPage(t *testing.T) {
	t.Parallel()
	b := &booth{}
	s, _ := polling(b)
	_, asking, head := ask(t, s, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/ballot", nil))
	if !strings.Contains(asking, `action="/ballot"`) || !strings.Contains(asking, `name="code"`) || head.Get("Set-Cookie") != "" {
		t.Errorf("%s", asking)
	}
	form := posted(t, s, "/ballot", url.Values{"code": {liveCode}})
	body := form.Body.String()
	for _, want := range []string{"点评会&lt;测评&gt;", "云溪镇", "班子成员", "沈庄村", "柳溪村", "弃权", "回避", `action="/ballot/cast"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the form lacks %s", want)
		}
	}
	if n := strings.Count(body, `type="radio"`); n != 8 || strings.Contains(body, "<script") {
		t.Errorf("%d boxes", n)
	}
	half := posted(t, s, "/ballot/cast", ballotPaper("good", ""))
	if half.Code != http.StatusBadRequest || !strings.Contains(half.Body.String(), "柳溪村") || !strings.Contains(half.Body.String(), `value="good" required checked`) || len(b.cast) != 0 {
		t.Errorf("half a sheet: %d %s", half.Code, half.Body)
	}
	cast := posted(t, s, "/ballot/cast", ballotPaper("good", "recused"))
	if cast.Code != http.StatusSeeOther || cast.Header().Get("Location") != "/ballot/done" || len(b.cast) != 1 || b.cast[0][villages[1].String()] != "recused" {
		t.Errorf("%d %s %v", cast.Code, cast.Header(), b.cast)
	}
	_, thanks, _ := ask(t, s, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/ballot/done", nil))
	if !strings.Contains(thanks, "投票成功") || strings.Contains(thanks, "<form") {
		t.Error(thanks)
	}
	again := posted(t, s, "/ballot/cast", ballotPaper("poor", "poor"))
	if again.Code != http.StatusBadRequest || !strings.Contains(again.Body.String(), "测评码无效") || len(b.cast) != 1 {
		t.Errorf("the code casts again: %d", again.Code)
	}
}

// The one script of the page is the one that the policy lets run, and the code
// from a QR code stands behind #, where no server sees it.
func TestBallotPolicy(t *testing.T) {
	t.Parallel()
	s, _ := polling(&booth{})
	_, body, head := ask(t, s, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/ballot", nil))
	scripts := regexp.MustCompile(`(?s)<script>(.*?)</script>`).FindAllStringSubmatch(body, -1)
	if len(scripts) != 1 || scripts[0][1] != ballotScript || !strings.Contains(head.Get("Content-Security-Policy"), "script-src 'sha256-") {
		t.Errorf("%v %v", scripts, head)
	}
	if head.Get("Referrer-Policy") != "no-referrer" || head.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", head)
	}
}

// Whatever is sent, right, wrong or while the database is down, no log holds a
// code or an address, nor that anybody was there at all.
// covers T31, T32
func TestBallotLeavesNoTraceInLogs(t *testing.T) {
	t.Parallel()
	s, log := polling(&booth{})
	_, _, _ = ask(t, s, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/ballot", nil))
	posted(t, s, "/ballot", url.Values{"code": {liveCode}})
	posted(t, s, "/ballot", url.Values{"code": {canaryText}})
	posted(t, s, "/ballot/cast", ballotPaper("good", ""))
	posted(t, s, "/ballot/cast", ballotPaper("good", "poor"))
	posted(t, s, "/ballot/cast", ballotPaper("good", "poor"))
	if log.Len() > 0 {
		t.Errorf("the log tells: %s", log)
	}
	broken, log := polling(&booth{fails: errors.New("no connection for " + liveCode)})
	w := posted(t, broken, "/ballot/cast", ballotPaper("good", "poor"))
	if w.Code != http.StatusInternalServerError || !strings.Contains(log.String(), "casting failed") {
		t.Errorf("%d %s", w.Code, log)
	}
	for _, canary := range []string{canaryText, voterAt, "50123", "good", villages[0].String()} {
		if strings.Contains(log.String(), canary) {
			t.Errorf("the log holds %s: %s", canary, log)
		}
	}
}

// A page of another site cannot cast with a code it knows.
func TestBallotIsNotCastFromAnotherSite(t *testing.T) {
	t.Parallel()
	b := &booth{}
	s, _ := polling(b)
	w := posted(t, s, "/ballot/cast", ballotPaper("good", "poor"), func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") })
	if w.Code != http.StatusForbidden || len(b.cast) != 0 {
		t.Errorf("%d, %d cast", w.Code, len(b.cast))
	}
	if w := posted(t, s, "/ballot/cast?"+ballotPaper("good", "poor").Encode(), url.Values{}); w.Code == http.StatusSeeOther || len(b.cast) != 0 {
		t.Error("a code in an address casts, where logs would see it")
	}
}

// Whoever guesses is held off for the minute; a hall behind one address that
// casts with right codes is not, and no address is kept.
func TestBallotCrowd(t *testing.T) {
	t.Parallel()
	s, _ := polling(&booth{})
	now := time.Unix(1_700_000_000, 0)
	s.crowd.now = func() time.Time { return now }
	for range mostWrong {
		if w := posted(t, s, "/ballot", url.Values{"code": {liveCode}}); w.Code != http.StatusOK {
			t.Fatalf("a right code is held off: %d", w.Code)
		}
	}
	for range mostWrong {
		posted(t, s, "/ballot", url.Values{"code": {"guess"}})
	}
	if w := posted(t, s, "/ballot", url.Values{"code": {liveCode}}); w.Code != http.StatusTooManyRequests {
		t.Errorf("guessing goes on: %d", w.Code)
	}
	now = now.Add(time.Minute)
	if w := posted(t, s, "/ballot", url.Values{"code": {liveCode}}); w.Code != http.StatusOK {
		t.Errorf("still held off a minute later: %d", w.Code)
	}
}
