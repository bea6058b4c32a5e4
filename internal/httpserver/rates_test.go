package httpserver

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/budget"
	"leitai/internal/identity"
	"leitai/internal/viewer"
)

// counted is a door that counts what was opened and is open.
type counted struct {
	door
	opened, open atomic.Int64
}

func (d *counted) OpenRequest(ctx context.Context, c viewer.Credential) (context.Context, func(), error) {
	d.opened.Add(1)
	d.open.Add(1)
	ctx, _, err := d.door.OpenRequest(ctx, c)
	return ctx, func() { d.open.Add(-1) }, err
}

// shared is an edge whose clock stands still and whose tenants are told by how
// they prove themselves: A by token and by the session AAA…, B by BBB….
type shared struct {
	*Server
	door   *counted
	schema *tiny
	paused []time.Duration
}

func newShared(t *testing.T, plan budget.Plan) *shared {
	t.Helper()
	sh := &shared{door: &counted{}, schema: newTiny()}
	sh.Server = server(sh.schema, sh.door)
	a, b := uuid.New(), uuid.New()
	sessionB, err := sh.credential(sessionRequest("{ name }", 'B'))
	if err != nil {
		t.Fatal(err)
	}
	standing := time.Unix(1e9, 0)
	sh.rates.meter = budget.NewMeter(plan, func() time.Time { return standing })
	sh.rates.known = func(c viewer.Credential) (uuid.UUID, bool) {
		if c.Hash == sessionB.Hash {
			return b, true
		}
		return a, true
	}
	sh.rates.pause = func(_ context.Context, d time.Duration) error {
		if sh.door.open.Load() != 0 {
			t.Error("a transaction is open while a request is held back")
		}
		sh.paused = append(sh.paused, d)
		return nil
	}
	return sh
}

func sessionRequest(text string, letter rune) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(query(text)))
	r.Header.Set("Content-Type", "application/json")
	r.AddCookie(&http.Cookie{Name: "__Host-leitai", Value: strings.Repeat(string(letter), 42) + "A"})
	return r
}

// tokenA is A's; it is made of chance, and nobody ever gets it.
var tokenA, _ = identity.NewToken()

func tokenRequest(text string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(query(text)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+tokenA)
	return r
}

func tight() budget.Plan {
	return budget.Plan{Token: budget.Limit{Every: time.Second, Burst: 10}, TenantTokens: budget.Limit{Every: time.Second, Burst: 10},
		Session: budget.Limit{Every: time.Second, Burst: 100}, TenantSessions: budget.Limit{Every: time.Second, Burst: 100},
		Patience: 2 * time.Second, Entries: 100}
}

// A token at a hundred times its rate is refused before the database is asked
// for anything, and neither the people of its tenant nor another tenant notice.
//
// covers T36
func TestANoisyTenantIsThrottledByItsOwnBudget(t *testing.T) {
	t.Parallel()
	sh := newShared(t, tight())
	refused := 0
	for range 1000 {
		status, body, header := ask(t, sh.Server, tokenRequest("{ name }"))
		switch {
		case status == http.StatusTooManyRequests && strings.Contains(body, "THROTTLED") && header.Get("Retry-After") == "1":
			refused++
		case status != http.StatusOK:
			t.Fatalf("%d %s", status, body)
		}
	}
	if refused != 990 || sh.door.opened.Load() != 10 || sh.schema.resolved.Load() != 10 {
		t.Errorf("%d of 1000 refused, %d opened, %d resolved", refused, sh.door.opened.Load(), sh.schema.resolved.Load())
	}
	for _, who := range []rune{'A', 'B'} {
		for range 50 {
			if status, body, _ := ask(t, sh.Server, sessionRequest("{ name }", who)); status != http.StatusOK {
				t.Fatalf("a person of %c got %d %s", who, status, body)
			}
		}
	}
	if len(sh.paused) != 0 {
		t.Errorf("somebody was held back: %v", sh.paused)
	}
}

func TestAnswersTellTheBudget(t *testing.T) {
	t.Parallel()
	sh := newShared(t, tight())
	_, _, header := ask(t, sh.Server, tokenRequest("{ name }"))
	if p, l := header.Get("RateLimit-Policy"), header.Get("RateLimit"); p != `"token";q=10;w=10` || l != `"token";r=9;t=1` {
		t.Errorf("%s %s", p, l)
	}
	_, _, header = ask(t, sh.Server, tokenRequest("{ list(first: 300) { name } }")) // 300 of complexity: three units more
	if l := header.Get("RateLimit"); l != `"token";r=5;t=5` {
		t.Errorf("%s", l)
	}
}

// covers T36
func TestPeopleAtWorkAreSlowedAndNeverRefused(t *testing.T) {
	t.Parallel()
	sh := newShared(t, tight())
	for range 300 {
		if status, body, _ := ask(t, sh.Server, sessionRequest("mutation { touch }", 'A')); status != http.StatusOK {
			t.Fatalf("%d %s", status, body)
		}
	}
	if len(sh.paused) != 200 || sh.paused[199] != 2*time.Second {
		t.Errorf("%d were held back", len(sh.paused))
	}
	if status, _, _ := ask(t, sh.Server, sessionRequest("{ name }", 'A')); status != http.StatusTooManyRequests {
		t.Errorf("a question beyond the budget: %d", status)
	}
	if status, _, _ := ask(t, sh.Server, sessionRequest("{ name }", 'B')); status != http.StatusOK {
		t.Errorf("another tenant: %d", status)
	}
}

func TestACredentialNeverSeenProvesItselfFirst(t *testing.T) {
	t.Parallel()
	sh := newShared(t, tight())
	seen := false
	sh.rates.known = func(viewer.Credential) (uuid.UUID, bool) { defer func() { seen = true }(); return uuid.Nil, seen }
	if status, _, _ := ask(t, sh.Server, tokenRequest("{ name }")); status != http.StatusOK || sh.door.opened.Load() != 2 {
		t.Errorf("%d, opened %d times", status, sh.door.opened.Load())
	}
	if ask(t, sh.Server, tokenRequest("{ name }")); sh.door.opened.Load() != 3 {
		t.Errorf("opened %d times", sh.door.opened.Load())
	}
}

// Whoever sends or reads slowly has no transaction open meanwhile.
func TestSlowSendersAndReadersHoldNothing(t *testing.T) {
	t.Parallel()
	sh := newShared(t, tight())
	r := sessionRequest("{ name }", 'A')
	r.Body = &watched{inner: r.Body, see: func() {
		if sh.door.open.Load() != 0 {
			t.Error("a transaction is open while the body is read")
		}
	}}
	w := &watchedAnswer{ResponseRecorder: httptest.NewRecorder(), see: func() {
		if sh.door.open.Load() != 0 {
			t.Error("a transaction is open while the answer is written")
		}
	}}
	sh.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"ok"`) || sh.door.opened.Load() != 1 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

type watched struct {
	inner interface {
		Read(p []byte) (int, error)
		Close() error
	}
	see func()
}

func (b *watched) Read(p []byte) (int, error) { b.see(); return b.inner.Read(p) }
func (b *watched) Close() error               { return b.inner.Close() }

type watchedAnswer struct {
	*httptest.ResponseRecorder
	see func()
}

func (a *watchedAnswer) Write(p []byte) (int, error) { a.see(); return a.ResponseRecorder.Write(p) }

// One tenant's heavy work never takes all the places: another's goes on.
//
// covers T36
func TestHeavyWorkHasAGateOfItsOwn(t *testing.T) {
	t.Parallel()
	sh := newShared(t, budget.Plan{})
	over, inside := make(chan struct{}), make(chan struct{}, 10)
	gate := sh.heavy(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		inside <- struct{}{}
		<-over
		w.WriteHeader(http.StatusNoContent)
	}))
	var crowd sync.WaitGroup
	send := func(letter rune) {
		crowd.Go(func() {
			w := httptest.NewRecorder()
			gate.ServeHTTP(w, sessionRequest("", letter))
			if w.Code != http.StatusNoContent {
				t.Errorf("%c: %d", letter, w.Code)
			}
		})
	}
	for range 10 {
		send('A')
	}
	for range 3 {
		<-inside
	}
	send('B')
	<-inside // B's, because A has its three
	if n := sh.rates.heavy.Counts(); n.Held != 4 || n.Most != 3 {
		t.Errorf("%+v", n)
	}
	close(over)
	crowd.Wait()
}
