package httpserver

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/internal/fault"
	"leitai/internal/persisted"
	"leitai/internal/viewer"
)

func hexOf(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

func apq(text, hash string) string {
	return fmt.Sprintf(`{"query":%q,"extensions":{"persistedQuery":{"version":1,"sha256Hash":%q}}}`, text, hash)
}

// A text under another text's hash is refused, and the hash stands for nothing
// that it is not the hash of; what one tenant sent, no other is given.
//
// covers T34
func TestAWrongHashIsRefused(t *testing.T) {
	t.Parallel()
	sh := newShared(t, tight())
	const good, poison = "{ name }", "{ self { name } }"
	send := func(body string, letter rune) (int, string) {
		r := sessionRequest("", letter)
		r.Body = post(body).Body
		status, answer, _ := ask(t, sh.Server, r)
		return status, answer
	}
	if status, body := send(apq(poison, hexOf(good)), 'A'); status != http.StatusBadRequest || !strings.Contains(body, "PERSISTED_QUERY_HASH") {
		t.Errorf("%d %s", status, body)
	}
	if n := sh.schema.resolved.Load(); n != 0 || sh.memory.Bytes() != 0 {
		t.Errorf("resolved %d times, %d bytes are remembered", n, sh.memory.Bytes())
	}
	if _, body := send(apq("", hexOf(good)), 'A'); !strings.Contains(body, "PERSISTED_QUERY_NOT_FOUND") {
		t.Errorf("%s", body)
	}
	for range 2 {
		if status, body := send(apq(good, hexOf(good)), 'A'); status != http.StatusOK || strings.Contains(body, "errors") {
			t.Errorf("%d %s", status, body)
		}
	}
	if _, body := send(apq("", hexOf(good)), 'A'); strings.Contains(body, "errors") {
		t.Errorf("%s", body)
	}
	if _, body := send(apq("", hexOf(good)), 'B'); !strings.Contains(body, "PERSISTED_QUERY_NOT_FOUND") {
		t.Errorf("another tenant: %s", body)
	}
}

// A flood of operations by hash over HTTP fills what its tenant may fill, and
// the operations that were parsed are bounded, too.
//
// covers T34
func TestAFloodByHashIsBounded(t *testing.T) {
	t.Parallel()
	sh := newShared(t, tight())
	sh.rates.meter = newRates(sh.deps, Options{}).meter // charges nobody
	for i := range 10_000 {
		text := fmt.Sprintf("{ name } # %d %s", i, strings.Repeat("x", 300))
		r := sessionRequest("", 'A')
		r.Body = post(apq(text, hexOf(text))).Body
		if status, body, _ := ask(t, sh.Server, r); status != http.StatusOK {
			t.Fatalf("%d %s", status, body)
		}
		if held := sh.memory.Bytes(); held > 1<<20+1_000 {
			t.Fatalf("%d bytes are held after %d", held, i)
		}
	}
	d := newDocuments()
	for i := range 20_000 {
		d.Add(t.Context(), fmt.Sprintf("{ name } # %d %s", i, strings.Repeat("x", 300)), &ast.QueryDocument{})
	}
	if held := d.shelf.Bytes(); held > parsedBytes || held < parsedBytes/2 {
		t.Errorf("%d bytes of documents", held)
	}
}

// registered is a tenant with one registered operation, to which every token is
// held.
type registered struct{ text string }

func (r registered) Text(_ context.Context, h persisted.Hash) (string, error) {
	if h != sha256.Sum256([]byte(r.text)) {
		return "", fault.New(fault.PersistedQueryNotFound)
	}
	return r.text, nil
}

func (r registered) PolicyOf(context.Context) (*persisted.Policy, error) {
	return persisted.NewPolicy(0, []persisted.Hash{sha256.Sum256([]byte(r.text))}, []uuid.UUID{uuid.Nil}), nil
}

// byToken lets everybody in with a token.
type byToken struct{ door }

func (byToken) OpenRequest(ctx context.Context, c viewer.Credential) (context.Context, func(), error) {
	return viewer.With(ctx, &viewer.Viewer{User: uuid.New(), Credential: viewer.Credential{Kind: c.Kind, ID: uuid.NewString()}}), func() {}, nil
}

// A token that is held asks what is registered and nothing else; nothing of the
// rest is run, and nothing is said about it.
//
// covers T4
func TestATokenThatIsHeldAsksNothingElse(t *testing.T) {
	t.Parallel()
	const text = "query A { name }"
	for name, c := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"registered":       {query(text), 200, ""},
		"by id":            {fmt.Sprintf(`{"id":%q}`, hexOf(text)), 200, ""},
		"by hash":          {apq("", hexOf(text)), 200, ""},
		"another":          {query("{ name }"), 403, "DOCUMENT_NOT_TRUSTED"},
		"introspection":    {query("{ __schema { types { name } } }"), 403, "DOCUMENT_NOT_TRUSTED"},
		"a typo":           {query("query A { nome }"), 403, "DOCUMENT_NOT_TRUSTED"},
		"too much":         {query(aliased(31)), 403, "DOCUMENT_NOT_TRUSTED"},
		"id and a text":    {fmt.Sprintf(`{"id":%q,"query":"{ name }"}`, hexOf(text)), 400, "PERSISTED_QUERY_HASH"},
		"an unknown id":    {fmt.Sprintf(`{"id":%q}`, hexOf("{ name }")), 400, "PERSISTED_QUERY_NOT_FOUND"},
		"id and its text":  {fmt.Sprintf(`{"id":%q,"query":%q}`, hexOf(text), text), 200, ""},
		"two other hashes": {fmt.Sprintf(`{"id":%q,"extensions":{"persistedQuery":{"version":1,"sha256Hash":%q}}}`, hexOf(text), hexOf("x")), 400, "PERSISTED_QUERY_HASH"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			schema := newTiny()
			s := server(schema, byToken{})
			s.deps.Trusted = registered{text}
			r := tokenRequest("")
			r.Body = post(c.body).Body
			status, body, _ := ask(t, s, r)
			ran := int64(1)
			if c.code != "" {
				ran = 0
			}
			if status != c.status || !strings.Contains(body, c.code) || schema.resolved.Load() != ran || strings.Contains(body, "on type") {
				t.Errorf("%d, %d run: %s", status, schema.resolved.Load(), body)
			}
		})
	}
}
