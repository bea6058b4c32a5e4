package journeys

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"leitai/internal/nodetest"
	"leitai/internal/sample"
)

// audits is how many graphql-http has.
const audits = 61

// The whole suite of graphql-http, against a real server over a socket, with a
// token as clients have it: nothing is left out and nothing is short.
func TestGraphQLOverHTTP(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	server := httptest.NewServer(newBrowser(s).edge)
	defer server.Close()
	headers, err := json.Marshal(map[string]string{"Authorization": "Bearer " + s.Token(sample.Clerk)})
	if err != nil {
		t.Fatal(err)
	}
	var told struct {
		Count, OK int
		Results   []struct{ ID, Name, Status, Reason string }
	}
	out := nodetest.Run(t, "audit.mjs", []string{"HEADERS=" + string(headers)}, server.URL+"/graphql")
	if err := json.Unmarshal(out, &told); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	seen := map[string]bool{}
	for _, r := range told.Results {
		if seen[r.ID] = true; r.Status != "ok" {
			t.Errorf("%s %s: %s (%s)", r.ID, r.Name, r.Status, r.Reason)
		}
	}
	if told.Count != audits || told.OK != audits || len(seen) != audits {
		t.Errorf("%d audits, %d passed, %d different ones; all of %d have to", told.Count, told.OK, len(seen), audits)
	}
	for _, id := range []string{"572B", "FDE2", "7B9B", "D586", "5E5B"} { // which the stock transport fails
		if !seen[id] {
			t.Errorf("%s was not audited", id)
		}
	}
}

func sum(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

func persistedQuery(hash string) map[string]any {
	return map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}
}

// An operation sent once with its hash is known by the hash, by POST and by GET,
// to the tenant that sent it; a text under another's hash is refused, and is
// nothing that the hash stands for later.
//
// covers T34
func TestOperationsAreKnownByTheirHash(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	b := newBrowser(s)
	bearer := []string{"Authorization", "Bearer " + s.Token(sample.Clerk)}
	const today, poison = `{ viewer { today } }`, `{ viewer { userId } }`
	byHash := func(hash string) answer {
		return b.post(t, "/graphql", map[string]any{"extensions": persistedQuery(hash)}, bearer...)
	}
	if a := byHash(sum(today)); a.code(t) != "PERSISTED_QUERY_NOT_FOUND" {
		t.Errorf("not sent yet: %s", a.text)
	}
	if a := b.post(t, "/graphql", map[string]any{"query": poison, "extensions": persistedQuery(sum(today))}, bearer...); a.Code != http.StatusBadRequest || a.code(t) != "PERSISTED_QUERY_HASH" {
		t.Errorf("another text under the hash: %d %s", a.Code, a.text)
	}
	if a := byHash(sum(today)); a.code(t) != "PERSISTED_QUERY_NOT_FOUND" {
		t.Errorf("the poison is known: %s", a.text)
	}
	if a := b.post(t, "/graphql", map[string]any{"query": today, "extensions": persistedQuery(sum(today))}, bearer...); a.code(t) != "" {
		t.Errorf("with its text: %s", a.text)
	}
	if a := byHash(sum(today)); a.code(t) != "" || !strings.Contains(a.text, `"today"`) {
		t.Errorf("by its hash: %s", a.text)
	}
	extensions, err := json.Marshal(persistedQuery(sum(today)))
	if err != nil {
		t.Fatal(err)
	}
	if a := b.send(t, http.MethodGet, "/graphql?"+url.Values{"extensions": {string(extensions)}}.Encode(), "", bearer...); a.code(t) != "" || !strings.Contains(a.text, `"today"`) {
		t.Errorf("by GET: %s", a.text)
	}
	invalid := `{ viewer { todai } }`
	b.post(t, "/graphql", map[string]any{"query": invalid, "extensions": persistedQuery(sum(invalid))}, bearer...)
	if a := byHash(sum(invalid)); a.code(t) != "PERSISTED_QUERY_NOT_FOUND" {
		t.Errorf("what is not valid is known: %s", a.text)
	}
	for _, bad := range []string{"", "x", strings.ToUpper(sum(today)), sum(today) + "00", sum(today)[:62]} {
		if a := byHash(bad); a.code(t) != "PERSISTED_QUERY_HASH" {
			t.Errorf("%q: %s", bad, a.text)
		}
	}
	old := map[string]any{"persistedQuery": map[string]any{"version": 2, "sha256Hash": sum(today)}}
	if a := b.post(t, "/graphql", map[string]any{"extensions": old}, bearer...); a.code(t) != "PERSISTED_QUERY_HASH" {
		t.Errorf("another version: %s", a.text)
	}
}

const (
	addDocuments = `mutation($d: [TrustedDocumentInput!]!) { trustedDocumentsAdd(input: {documents: $d}) { documents { id hash name retiredAt } userErrors { code field } } }`
	retire       = `mutation($d: [ID!]!) { trustedDocumentsRetire(input: {documents: $d}) { documents { hash retiredAt } userErrors { code field } } }`
	setMode      = `mutation($of: TrustedTargetInput!, $on: Boolean!) { trustedModeSet(input: {of: $of, on: $on}) { modes { tokenId } userErrors { code field } } }`
	tokenMade    = `mutation { tokenCreate(input: {name: "看板", days: 9}) { secret token { id } userErrors { code } } }`
)

// A dashboard's token that is held to registered operations asks those, by hash
// and by text, and nothing else, introspection included; on every replica, from
// the next request on. People go on as before.
//
// covers T4
func TestATokenHeldToRegisteredOperations(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	clerk, replica := s.in(t, sample.Clerk), newReplica(t, s)
	const board, other = `query Today { viewer { today } }`, `{ viewer { userId } }`
	made := clerk.ask(t, tokenMade, nil, "tokenCreate")
	secret, _ := made["secret"].(string)
	token, _ := made["token"].(map[string]any)
	bearer := []string{"Authorization", "Bearer " + secret}
	nobody := newBrowser(s)
	edges := map[string]*browser{"here": nobody, "the replica": replica}

	added := clerk.ask(t, addDocuments, map[string]any{"d": []any{map[string]any{"name": "今日", "text": board}}}, "trustedDocumentsAdd")
	document, _ := added["documents"].([]any)[0].(map[string]any)
	if document["hash"] != sum(board) {
		t.Fatalf("%v", added)
	}
	// Not held yet: everything is answered, a registered one also by id alone.
	byID := "/graphql?id=" + sum(board)
	for name, b := range edges {
		if a := b.post(t, "/graphql", map[string]any{"query": other}, bearer...); a.code(t) != "" {
			t.Errorf("%s, not held: %s", name, a.text)
		}
		if a := b.send(t, http.MethodGet, byID, "", bearer...); a.code(t) != "" || !strings.Contains(a.text, `"today"`) {
			t.Errorf("%s, by id: %s", name, a.text)
		}
	}
	clerk.ask(t, setMode, map[string]any{"of": map[string]any{"token": token["id"]}, "on": true}, "trustedModeSet")
	for name, b := range edges {
		for what, query := range map[string]string{"another": other, "introspection": `{ __schema { types { name } } }`, "a typo": `{ viewer { todai } }`,
			"a blank more": board + " "} {
			if a := b.post(t, "/graphql", map[string]any{"query": query}, bearer...); a.Code != http.StatusForbidden || a.code(t) != "DOCUMENT_NOT_TRUSTED" ||
				strings.Contains(a.text, "today") || strings.Contains(a.text, "__Type") {
				t.Errorf("%s, %s: %d %s", name, what, a.Code, a.text)
			}
		}
		for what, a := range map[string]answer{"by id": b.send(t, http.MethodGet, byID, "", bearer...), "by text": b.post(t, "/graphql", map[string]any{"query": board}, bearer...),
			"by id in a body": b.post(t, "/graphql", map[string]any{"id": sum(board)}, bearer...)} {
			if a.code(t) != "" || !strings.Contains(a.text, `"today"`) {
				t.Errorf("%s, %s: %s", name, what, a.text)
			}
		}
	}
	if a := clerk.post(t, "/graphql", map[string]any{"query": other}); a.code(t) != "" {
		t.Errorf("a person is held: %s", a.text)
	}
	clerk.ask(t, retire, map[string]any{"d": []any{document["id"]}}, "trustedDocumentsRetire")
	for name, b := range edges {
		if a := b.send(t, http.MethodGet, byID, "", bearer...); a.Code == http.StatusOK && a.code(t) == "" {
			t.Errorf("%s: what is retired answers: %s", name, a.text)
		}
	}
	if a := clerk.send(t, http.MethodGet, byID, ""); a.code(t) != "PERSISTED_QUERY_NOT_FOUND" {
		t.Errorf("what is retired answers a person: %s", a.text)
	}
	clerk.ask(t, setMode, map[string]any{"of": map[string]any{"token": token["id"]}, "on": false}, "trustedModeSet")
	for name, b := range edges {
		if a := b.post(t, "/graphql", map[string]any{"query": other}, bearer...); a.code(t) != "" {
			t.Errorf("%s, lifted: %s", name, a.text)
		}
	}
}

// Who registers what, and whose programs: people at their own, approvers at all.
func TestRegisteringIsForPeople(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	clerk, secretary := s.in(t, sample.Clerk), s.in(t, "S1")
	refused := func(b *browser, operation string, vars map[string]any) string {
		t.Helper()
		a := b.post(t, "/graphql", map[string]any{"query": operation, "variables": vars})
		if code := a.code(t); code != "" {
			return code
		}
		_, after, _ := strings.Cut(a.text, `"userErrors":[{"code":"`)
		code, _, _ := strings.Cut(after, `"`)
		return code
	}
	one := map[string]any{"d": []any{map[string]any{"name": "a", "text": `{ viewer { today } }`}}}
	id := func(made map[string]any) any {
		document, _ := made["documents"].([]any)[0].(map[string]any)
		return document["id"]
	}
	document := id(clerk.ask(t, addDocuments, one, "trustedDocumentsAdd"))
	token, _ := clerk.ask(t, tokenMade, nil, "tokenCreate")["token"].(map[string]any)
	if again := id(secretary.ask(t, addDocuments, one, "trustedDocumentsAdd")); again != document {
		t.Errorf("the same text is registered twice: %v %v", document, again)
	}
	every := map[string]any{"of": map[string]any{"everyToken": true}, "on": true}
	for name, c := range map[string]struct {
		got, want string
	}{
		"what is not valid":      {refused(clerk, addDocuments, map[string]any{"d": []any{map[string]any{"name": "a", "text": `{ nothing }`}}}), "DOCUMENT_INVALID"},
		"another's document":     {refused(secretary, retire, map[string]any{"d": []any{document}}), "FORBIDDEN"},
		"another's token":        {refused(secretary, setMode, map[string]any{"of": map[string]any{"token": token["id"]}, "on": true}), "FORBIDDEN"},
		"every token":            {refused(secretary, setMode, every), "FORBIDDEN"},
		"neither":                {refused(clerk, setMode, map[string]any{"of": map[string]any{}, "on": true}), "ONE_OF"},
		"both":                   {refused(clerk, setMode, map[string]any{"of": map[string]any{"token": token["id"], "everyToken": true}, "on": true}), "ONE_OF"},
		"none":                   {refused(clerk, setMode, map[string]any{"of": map[string]any{"everyToken": false}, "on": true}), "REQUIRED"},
		"every, by the approver": {refused(s.in(t, sample.Approver), setMode, every), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, not %q", name, c.got, c.want)
		}
	}
	a := newBrowser(s).post(t, "/graphql", map[string]any{"query": addDocuments, "variables": one}, "Authorization", "Bearer "+s.Token(sample.Clerk))
	if a.code(t) != "DOCUMENT_NOT_TRUSTED" {
		t.Errorf("every token is held, but: %s", a.text)
	}
}
