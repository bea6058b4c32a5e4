package graphtest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"leitai/internal/graphtest"
	"leitai/internal/nodetest"
	"leitai/internal/sample"
)

// heard is a line of the subscribers of tools/contract.
type heard struct {
	Event  string
	Code   int
	Status int
	Body   string
	Result json.RawMessage
	Errors json.RawMessage
}

func hear(t *testing.T, p *nodetest.Process) (h heard) {
	t.Helper()
	line := p.Next(t, time.Minute)
	if err := json.Unmarshal(line, &h); err != nil {
		t.Fatalf("%v: %s", err, line)
	}
	return h
}

func setting(t *testing.T, name string, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return name + "=" + string(text)
}

// The clients that others wrote for both protocols follow a round, are told when
// their right ends, and are turned away with the reason.
//
// covers T10, T26
func TestTheClientsOfOthersFollow(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	served := k.Listen(t, nil)
	socket := strings.Replace(served.URL, "http", "ws", 1) + "/graphql"
	follow := setting(t, "OPERATION", map[string]any{"query": followRound, "variables": graphtest.Vars{"round": k.RoundID("2023-04")}})
	payload := func(who string) string {
		return setting(t, "PAYLOAD", map[string]string{"authorization": "Bearer " + k.Token(who)})
	}
	header := func(who, origin string) string {
		h := map[string]string{"Authorization": "Bearer " + k.Token(who)}
		if origin != "" {
			h["Origin"] = origin
		}
		return setting(t, "HEADERS", h)
	}

	ws := nodetest.Start(t, "ws.mjs", []string{follow, payload("J1")}, socket)
	sse := nodetest.Start(t, "sse.mjs", []string{follow, header("J1", "")}, served.URL+"/graphql")
	for name, p := range map[string]*nodetest.Process{"graphql-ws": ws, "graphql-sse": sse} {
		if h := hear(t, p); h.Event != "connected" {
			t.Fatalf("%s: %+v", name, h)
		}
		if h := hear(t, p); h.Event != "next" || !strings.Contains(string(h.Result), `"PLANNED"`) {
			t.Fatalf("%s: %+v %s", name, h, h.Result)
		}
	}
	happen(t, k, k.World.Rounds["2023-04"])
	for name, p := range map[string]*nodetest.Process{"graphql-ws": ws, "graphql-sse": sse} {
		if h := hear(t, p); h.Event != "next" || !strings.Contains(string(h.Result), `"cursor"`) {
			t.Errorf("%s: %+v %s", name, h, h.Result)
		}
	}
	k.Put(t, `UPDATE api_token SET revoked_at = now() WHERE user_id = $1`, k.World.Person("J1").User)
	if h := hear(t, ws); h.Event != "error" || !strings.Contains(string(h.Errors), `"UNAUTHENTICATED"`) {
		t.Errorf("graphql-ws, revoked: %+v %s", h, h.Errors)
	}
	// Told so, the client leaves by itself when nothing else is subscribed; whoever is first says why.
	if h := hear(t, ws); h.Event != "closed" || h.Code != 4403 && h.Code != 1000 {
		t.Errorf("graphql-ws, revoked: %+v", h)
	}
	if h := hear(t, sse); h.Event != "next" || !strings.Contains(string(h.Result), `"UNAUTHENTICATED"`) {
		t.Errorf("graphql-sse, revoked: %+v %s", h, h.Result)
	}
	if h := hear(t, sse); h.Event != "complete" {
		t.Errorf("graphql-sse, revoked: %+v", h)
	}

	foreign := nodetest.Start(t, "ws.mjs", []string{follow, header(sample.Clerk, "https://evil.example")}, socket)
	if h := hear(t, foreign); h.Event != "refused" || h.Status != 403 || !strings.Contains(h.Body, "CROSS_SITE") {
		t.Errorf("a foreign page: %+v", h)
	}
	stranger := nodetest.Start(t, "sse.mjs", []string{follow, setting(t, "HEADERS", map[string]string{})}, served.URL+"/graphql")
	if h := hear(t, stranger); h.Event != "refused" || h.Status != 401 {
		t.Errorf("a stranger: %+v", h)
	}
	sibling := nodetest.Start(t, "ws.mjs", []string{follow, payload("XA1")}, socket)
	hear(t, sibling)
	if h := hear(t, sibling); h.Event != "error" || !strings.Contains(string(h.Errors), `"NOT_FOUND"`) {
		t.Errorf("another township: %+v %s", h, h.Errors)
	}
	ended := nodetest.Start(t, "ws.mjs", []string{follow, payload(sample.Clerk), "EVENTS=1"}, socket)
	for _, want := range []string{"connected", "next", "complete"} {
		if h := hear(t, ended); h.Event != want {
			t.Errorf("a client that leaves: %+v, want %s", h, want)
		}
	}
	settled(t, k, 0)
}
