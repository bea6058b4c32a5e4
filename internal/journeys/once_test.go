package journeys

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

const keyed = `mutation($u: String!, $c: ID!, $p: String!) { issueOpen(input: {competition: $c, unitCode: $u, title: $p, base: "2", due: "2030-01-01"}) {
	issue { id } userErrors { code } } }`

// opened counts the issues with a title.
func (s *stage) opened(t testing.TB, title string) int {
	t.Helper()
	return len(s.Strings(t, `SELECT id::text FROM issue WHERE title = $1`, title))
}

func (b *browser) keyed(t testing.TB, title string, headers ...string) answer {
	t.Helper()
	return b.post(t, "/graphql", map[string]any{"query": keyed, "variables": map[string]any{"u": graphtest.VillageCode(1), "c": b.CompetitionID(), "p": title}}, headers...)
}

// A mutation sent again under its key is done once, whoever answers, and is
// given the first answer as it was.
func TestAMutationWithAKeyIsDoneOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	b, replica := s.in(t, sample.Clerk), newReplica(t, s)
	replica.cookie = b.cookie
	first := b.keyed(t, "路灯不亮", "Idempotency-Key", "k-1")
	if first.code(t) != "" || !strings.Contains(first.text, `"userErrors":[]`) || first.Header().Get("Idempotent-Replayed") != "" {
		t.Fatalf("%d %s", first.Code, first.text)
	}
	for name, again := range map[string]answer{"here": b.keyed(t, "路灯不亮", "Idempotency-Key", "k-1"), "quoted": b.keyed(t, "路灯不亮", "Idempotency-Key", `"k-1"`),
		"the replica": replica.keyed(t, "路灯不亮", "Idempotency-Key", "k-1")} {
		if again.Code != http.StatusOK || again.Body.String() != first.Body.String() || again.Header().Get("Idempotent-Replayed") != "true" {
			t.Errorf("%s: %d %s, first %s", name, again.Code, again.Body, first.Body)
		}
	}
	if n := s.opened(t, "路灯不亮"); n != 1 {
		t.Errorf("%d issues", n)
	}
	if a := b.keyed(t, "另一件事", "Idempotency-Key", "k-1"); a.Code != http.StatusUnprocessableEntity || a.code(t) != "IDEMPOTENCY_KEY_REUSED" || s.opened(t, "另一件事") != 0 {
		t.Errorf("another request: %d %s", a.Code, a.text)
	}
	if a := b.keyed(t, "另一件事", "Idempotency-Key", "k-2"); a.code(t) != "" || s.opened(t, "另一件事") != 1 {
		t.Errorf("another key: %s", a.text)
	}
	// Keys are the asker's own: another's, and the same person's token's, are others.
	if a := s.in(t, sample.Approver).keyed(t, "路灯不亮", "Idempotency-Key", "k-1"); a.Header().Get("Idempotent-Replayed") != "" || s.opened(t, "路灯不亮") != 2 {
		t.Errorf("another person was given the answer: %s", a.text)
	}
	if a := newBrowser(s).keyed(t, "路灯不亮", "Idempotency-Key", "k-1", "Authorization", "Bearer "+s.Token(sample.Clerk)); a.Header().Get("Idempotent-Replayed") != "" {
		t.Errorf("a token was given the answer of the session: %s", a.text)
	}
	for _, bad := range []string{"a b", strings.Repeat("x", 201), "键"} {
		if a := b.keyed(t, "坏键", "Idempotency-Key", bad); a.Code != http.StatusBadRequest || a.code(t) != "IDEMPOTENCY_KEY_INVALID" {
			t.Errorf("%q: %d %s", bad, a.Code, a.text)
		}
	}
	if s.opened(t, "坏键") != 0 {
		t.Error("it was done under a bad key")
	}
}

// The directive says the same as the header, and may not contradict it; a query
// takes no notice of a key.
func TestTheDirectiveIsAKey(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	b := s.in(t, sample.Clerk)
	directed := strings.Replace(keyed, "$p: String!) {", "$p: String!, $k: String!) @idempotent(key: $k) {", 1)
	send := func(key string, headers ...string) answer {
		return b.post(t, "/graphql", map[string]any{"query": directed, "variables": map[string]any{"u": graphtest.VillageCode(2), "c": s.CompetitionID(), "p": "沟渠堵塞", "k": key}}, headers...)
	}
	first, again := send("d-1"), send("d-1")
	if first.code(t) != "" || again.Header().Get("Idempotent-Replayed") != "true" || again.Body.String() != first.Body.String() || s.opened(t, "沟渠堵塞") != 1 {
		t.Errorf("%s\n%s", first.text, again.text)
	}
	if a := send("d-2", "Idempotency-Key", "d-3"); a.code(t) != "IDEMPOTENCY_KEY_INVALID" {
		t.Errorf("two keys: %s", a.text)
	}
	if a := b.post(t, "/graphql", map[string]any{"query": `{ viewer { today } }`}, "Idempotency-Key", "a b"); a.code(t) != "" {
		t.Errorf("a query: %s", a.text)
	}
}

// What was refused with a reason is an answer and given again; what was not
// permitted, or came to nothing, leaves the key free.
func TestWhatIsKeptOfAKey(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	clerk, secretary := s.in(t, sample.Clerk), s.in(t, "S1")
	refused := func() answer { return clerk.keyed(t, "", "Idempotency-Key", "r-1") }
	first, again := refused(), refused()
	if !strings.Contains(first.text, `"userErrors":[{`) || again.Header().Get("Idempotent-Replayed") != "true" || again.Body.String() != first.Body.String() {
		t.Errorf("%s\n%s", first.text, again.text)
	}
	if a := secretary.keyed(t, "不许", "Idempotency-Key", "f-1"); a.code(t) != "FORBIDDEN" || s.opened(t, "不许") != 0 {
		t.Errorf("%s", a.text)
	}
	if n := len(s.Strings(t, `SELECT id::text FROM idempotency_key WHERE key = 'f-1'`)); n != 0 {
		t.Error("the key of what is not permitted is taken")
	}

	// An attempt that died before it changed anything is over after its lease;
	// one that changed something is never made again.
	clerk.keyed(t, "断电前", "Idempotency-Key", "l-1")
	s.Put(t, `UPDATE idempotency_key SET answer = NULL WHERE key = 'l-1'`)
	if a := clerk.keyed(t, "断电前", "Idempotency-Key", "l-1"); a.Code != http.StatusConflict || a.code(t) != "IDEMPOTENCY_BUSY" {
		t.Errorf("not answered yet: %d %s", a.Code, a.text)
	}
	s.Put(t, `UPDATE idempotency_key SET leased_until = now() - interval '1 second' WHERE key = 'l-1'`)
	if a := clerk.keyed(t, "断电前", "Idempotency-Key", "l-1"); a.Code != http.StatusConflict || a.code(t) != "IDEMPOTENCY_ANSWER_NOT_KEPT" || s.opened(t, "断电前") != 1 {
		t.Errorf("the answer is lost: %d %s", a.Code, a.text)
	}
	s.Put(t, `UPDATE idempotency_key SET carried_out = false, leased_until = now() + interval '1 minute' WHERE key = 'l-1'`)
	if a := clerk.keyed(t, "断电前", "Idempotency-Key", "l-1"); a.Code != http.StatusConflict || a.code(t) != "IDEMPOTENCY_BUSY" {
		t.Errorf("under way: %d %s", a.Code, a.text)
	}
	s.Put(t, `UPDATE idempotency_key SET leased_until = now() - interval '1 second' WHERE key = 'l-1'`)
	if a := clerk.keyed(t, "断电前", "Idempotency-Key", "l-1"); a.code(t) != "" || s.opened(t, "断电前") != 2 {
		t.Errorf("the lease is over: %s", a.text)
	}
	s.Put(t, `UPDATE idempotency_key SET expires_at = now() - interval '1 second'`)
	if a := clerk.keyed(t, "断电前", "Idempotency-Key", "n-1"); a.code(t) != "" {
		t.Errorf("%s", a.text)
	}
	if n := len(s.Strings(t, `SELECT id::text FROM idempotency_key`)); n != 1 {
		t.Errorf("%d keys are left of those that are a day old", n)
	}
}

// Many who send the same at once: one is answered, the others are told that it
// is under way or given its answer, and it is done once.
func TestManyAtOnceUnderOneKey(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	b := s.in(t, sample.Clerk)
	var all sync.WaitGroup
	codes := make([]string, 12)
	for i := range codes {
		all.Add(1)
		go func() {
			defer all.Done()
			own := *b
			codes[i] = own.keyed(t, "同时", "Idempotency-Key", "m-1").code(t)
		}()
	}
	all.Wait()
	for _, code := range codes {
		if code != "" && code != "IDEMPOTENCY_BUSY" {
			t.Errorf("%s", code)
		}
	}
	if n := s.opened(t, "同时"); n != 1 {
		t.Errorf("done %d times", n)
	}
}
