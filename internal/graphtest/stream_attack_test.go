package graphtest_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/graphtest"
	"leitai/internal/httpserver"
	"leitai/internal/sample"
)

const protocol = "graphql-transport-ws"

// happen puts an event of a round into its township's book, as any act does.
func happen(t *testing.T, k *graphtest.Kit, round uuid.UUID) {
	t.Helper()
	k.Put(t, `INSERT INTO event (id, tenant_id, region, kind, reach, unit_id, object_kind, object_id, round_id, at)
		SELECT gen_random_uuid(), r.tenant_id, r.region, 'round.notified', 'tenant', t.unit_id, 'round', r.id, round.id, now()
		FROM round r JOIN tenant t ON t.id = r.tenant_id JOIN round ON round.id = r.id WHERE r.id = $1`, round)
}

// A right that ends while a stream is open ends the stream within a second, with
// nothing told after the commit, and without waiting for an event: over a socket
// and over server-sent events.
//
// covers T10
func TestARevokeEndsAStream(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	served := k.Listen(t, nil)
	round := k.World.Rounds["2023-04"]
	best := time.Hour
	for _, c := range []struct {
		name, who, statement, code string
		socketEnds, quiet          bool // quiet: nothing happens that would make the stream look
	}{
		{"the token is revoked", "J1", `UPDATE api_token SET revoked_at = now() WHERE user_id = $1`, "UNAUTHENTICATED", true, true},
		{"the user is disabled", "J2", `UPDATE app_user SET status = 'disabled' WHERE id = $1`, "UNAUTHENTICATED", true, false},
		{"the token expires", "J3", `UPDATE api_token SET created_at = now() - interval '2 days', expires_at = now() - interval '1 second' WHERE user_id = $1`, "UNAUTHENTICATED", true, false},
		{"every role is taken", "J4", `WITH e AS (UPDATE authz_epoch SET epoch = epoch + 1 RETURNING epoch)
			UPDATE role_grant g SET revoked_at = now(), epoch = e.epoch FROM e WHERE user_id = $1`, "FORBIDDEN", false, true},
		{"the tenant is suspended", "XA1", `UPDATE tenant SET status = 'suspended' WHERE id = (SELECT tenant_id FROM api_token WHERE user_id = $1 LIMIT 1)`, "UNAUTHENTICATED", true, false},
	} {
		who, query, vars := k.World.Person(c.who), followRound, graphtest.Vars{"round": k.RoundID("2023-04")}
		if c.who == "XA1" {
			query, vars = `subscription { published { cursor } }`, nil
		}
		socket, events := served.Socket(t, who.Token), served.Follow(t, who.Token, query, vars)
		socket.Subscribe(t, "1", query, vars)
		if vars != nil {
			socket.Next(t)
			events.Next(t)
		} else {
			settled(t, k, 2)
		}
		begun := time.Now()
		k.Put(t, c.statement, who.User)
		if !c.quiet {
			happen(t, k, round)
		}
		if m := socket.Next(t); m.Type != "error" || !m.Says(c.code) {
			t.Errorf("%s: the socket is told %+v %s", c.name, m, m.Payload)
		}
		if m := events.Next(t); m.Type != "next" || !m.Says(c.code) || m.Says("data") && m.Result(t).Data != nil {
			t.Errorf("%s: the stream is told %+v %s", c.name, m, m.Payload)
		}
		if rest := events.End(t); len(rest) != 1 || rest[0].Type != "complete" {
			t.Errorf("%s: after the end the stream is told %+v", c.name, rest)
		}
		if !c.socketEnds {
			socket.Leave()
		}
		best = min(best, time.Since(begun))
		if rest := socket.End(t); len(rest) != 0 || c.socketEnds && socket.Code != 4403 {
			t.Errorf("%s: after the end the socket is told %+v, closed with %d", c.name, rest, socket.Code)
		}
	}
	t.Logf("closed after %v", best)
	if best > time.Second { // the best of five, because the machine may be busy
		t.Errorf("no stream was closed within a second")
	}
}

// settled waits until so many streams, and no more, have read once and wait for
// something to happen: what happens from now on is told.
func settled(t *testing.T, k *graphtest.Kit, streams int) {
	t.Helper()
	for begun := time.Now(); k.App.Hub.Waiting() != streams || k.App.Hub.Watching() != streams || k.App.DB.Places().Held != 0; time.Sleep(5 * time.Millisecond) {
		if time.Since(begun) > graphtest.Patience {
			t.Fatalf("%d streams wait, %d watch, %d connections are held", k.App.Hub.Waiting(), k.App.Hub.Watching(), k.App.DB.Places().Held)
		}
	}
}

// A page of somebody else opens no socket, whatever the browser sends along.
//
// covers T26
func TestNoForeignPageOpensASocket(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	served := k.Listen(t, nil)
	bearer := "Bearer " + k.Token(sample.Clerk)
	for name, header := range map[string]http.Header{
		"a foreign page":            {"Origin": {"https://evil.example"}, "Authorization": {bearer}},
		"a page without an address": {"Origin": {"null"}, "Authorization": {bearer}},
		"another port":              {"Origin": {served.URL + "0"}, "Authorization": {bearer}},
		"a page that hides":         {"Sec-Fetch-Site": {"cross-site"}, "Authorization": {bearer}},
		"a neighbour":               {"Sec-Fetch-Site": {"same-site"}, "Cookie": {"__Host-leitai=x"}},
	} {
		socket, status, body := served.Dial(t, header, protocol)
		if socket != nil || status != http.StatusForbidden || !(graphtest.Told{Payload: []byte(body)}).Says("CROSS_SITE") {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	for name, header := range map[string]http.Header{
		"our own page": {"Origin": {served.URL}, "Authorization": {bearer}}, "a program": {"Authorization": {bearer}},
	} {
		socket, status, body := served.Dial(t, header, protocol)
		if socket == nil {
			t.Fatalf("%s: %d %s", name, status, body)
		}
		socket.Send(t, `{"type":"connection_init"}`)
		if m := socket.Next(t); m.Type != "connection_ack" {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

// Whoever does not speak the protocol is let go with the code that says why.
func TestASocketIsClosedWithTheRightCode(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	// Only who says nothing is measured by time; the others may take theirs.
	served := k.Listen(t, func(o *httpserver.Options) { o.Streams.Init = graphtest.Patience })
	hasty := k.Listen(t, func(o *httpserver.Options) { o.Streams.Init = 100 * time.Millisecond })
	round := `{"id":"1","type":"subscribe","payload":{"query":"subscription { published { cursor } }"}}`
	for name, c := range map[string]struct {
		greet bool
		send  []string
		code  int
	}{
		"no JSON":                    {false, []string{`{`}, 4400},
		"no type":                    {true, []string{`{"id":"1"}`}, 4400},
		"an unknown type":            {true, []string{`{"type":"start"}`}, 4400},
		"a payload that is none":     {false, []string{`{"type":"connection_init","payload":[]}`}, 4400},
		"an operation without id":    {true, []string{`{"type":"subscribe","payload":{"query":"{viewer{readOnly}}"}}`}, 4400},
		"an operation without query": {true, []string{`{"id":"1","type":"subscribe"}`}, 4400},
		"an operation before a name": {false, []string{round}, 4401},
		"a wrong token":              {false, []string{`{"type":"connection_init","payload":{"authorization":"Bearer leitai_pat_x"}}`}, 4403},
		"no token":                   {false, []string{`{"type":"connection_init"}`}, 4403},
		"an id twice":                {true, []string{round, round}, 4409},
		"two names":                  {true, []string{`{"type":"connection_init"}`}, 4429},
	} {
		var socket *graphtest.Stream
		if c.greet {
			socket = served.Socket(t, k.Token(sample.Clerk))
		} else {
			socket = opened(t, served)
		}
		for _, m := range c.send {
			socket.Send(t, m)
		}
		socket.End(t)
		if int(socket.Code) != c.code {
			t.Errorf("%s: closed with %d, want %d", name, socket.Code, c.code)
		}
	}
	for name, send := range map[string]string{"silence": "", "pings alone": `{"type":"ping"}`} {
		socket := opened(t, hasty)
		if send != "" {
			_ = socket.Try(t, send) // it may come too late
		}
		if socket.End(t); socket.Code != 4408 {
			t.Errorf("%s: closed with %d", name, socket.Code)
		}
	}
	for name, protocols := range map[string][]string{"no protocol": nil, "another one": {"graphql-ws"}} {
		socket, _, _ := served.Dial(t, nil, protocols...)
		if socket.End(t); socket.Code != 4406 {
			t.Errorf("%s: closed with %d", name, socket.Code)
		}
	}
}

// opened opens a socket on which nothing is said yet.
func opened(t *testing.T, served *graphtest.Served) *graphtest.Stream {
	t.Helper()
	socket, status, body := served.Dial(t, nil, protocol)
	if socket == nil {
		t.Fatalf("the socket is refused: %d %s", status, body)
	}
	return socket
}

// What is no subscription, or no valid one, is answered in its place.
func TestWhatASocketAnswers(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	served := k.Listen(t, nil)
	socket := served.Socket(t, k.Token(sample.Clerk))
	deep := `subscription { roundProgress(round: "x") { round { competition { rounds { nodes { competition { rounds { nodes { competition { rounds { nodes { competition { name } } } } } } } } } } } } }`
	for name, c := range map[string]struct {
		query string
		kind  string
		code  string
	}{
		"a query":                {`{ viewer { __typename } }`, "next", ""},
		"a mutation":             {`mutation { trialWipe(input: {competition: "x"}) { userErrors { code } } }`, "error", "STREAM_MUTATION"},
		"no operation":           {`{ viewer`, "error", "QUERY_INVALID"},
		"an unknown field":       {`subscription { painted { cursor } }`, "error", "QUERY_INVALID"},
		"two fields":             {`subscription { published { cursor } inbox { cursor } }`, "error", "QUERY_INVALID"},
		"too deep":               {deep, "error", "QUERY_TOO_DEEP"},
		"an id that is none":     {`subscription { roundProgress(round: "x") { cursor } }`, "error", "NOT_FOUND"},
		"a cursor that is none":  {`subscription { published(since: "x") { cursor } }`, "error", "INVALID_CURSOR"},
		"a job that is not":      {`subscription { jobProgress(job: "` + graphtest.UnknownID("Job") + `") { cursor } }`, "error", "NOT_FOUND"},
		"a round that is not":    {`subscription { roundProgress(round: "` + graphtest.UnknownID("Round") + `") { cursor } }`, "error", "NOT_FOUND"},
		"nothing":                {``, "error", "REQUIRED"},
		"a question about types": {`{ __typename }`, "next", ""},
	} {
		socket.Subscribe(t, name, c.query, nil)
		m := socket.Next(t)
		if m.ID != name || m.Type != c.kind || c.code != "" && !m.Says(c.code) {
			t.Errorf("%s: %+v %s", name, m, m.Payload)
		}
		if c.kind == "next" {
			if m := socket.Next(t); m.ID != name || m.Type != "complete" {
				t.Errorf("%s: then %+v", name, m)
			}
		}
	}
	socket.Send(t, `{"type":"ping","payload":{"at":1}}`)
	if m := socket.Next(t); m.Type != "pong" || string(m.Payload) != `{"at":1}` {
		t.Errorf("a ping is answered %+v", m)
	}
	for range 3 { // an id is free again when its operation has ended
		socket.Subscribe(t, "again", followRound, graphtest.Vars{"round": k.RoundID("2023-04")})
		socket.Next(t)
		socket.Send(t, `{"id":"again","type":"complete"}`)
	}
	settled(t, k, 0)
	for query, want := range map[string]string{"subscription { published { cursor } }": "STREAM_WANTED"} {
		if r := k.As(t, sample.Clerk, query, nil); len(r.Codes()) != 1 || r.Codes()[0] != want {
			t.Errorf("by an ordinary request: %s", r.Body)
		}
	}
}

// Nobody holds more than their share, and nothing of the database is held by who
// waits.
func TestStreamsAreBounded(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	served := k.Listen(t, func(o *httpserver.Options) { o.Streams.PerUser, o.Streams.PerSocket, o.Streams.Total = 4, 2, 6 })
	token, query, vars := k.Token(sample.Clerk), followRound, graphtest.Vars{"round": k.RoundID("2023-04")}
	socket := served.Socket(t, token) // 1, and 1 for its connection
	for _, id := range []string{"a", "b"} {
		socket.Subscribe(t, id, query, vars) // 3
		socket.Next(t)
	}
	socket.Subscribe(t, "c", query, vars)
	if m := socket.Next(t); m.Type != "error" || !m.Says("STREAMS_TOO_MANY") {
		t.Errorf("a third operation: %+v %s", m, m.Payload)
	}
	last := served.Follow(t, token, query, vars) // 4
	last.Next(t)
	if s, status, body := served.Events(t, token, query, vars); s != nil || status != http.StatusTooManyRequests || !(graphtest.Told{Payload: []byte(body)}).Says("STREAMS_TOO_MANY") {
		t.Errorf("one too many: %d %s", status, body)
	}
	other := served.Follow(t, k.Token("A1"), query, vars) // another user's
	other.Next(t)
	settled(t, k, 4)
	if held := k.App.DB.Stats().InUse; held != 0 {
		t.Errorf("%d connections are held by streams that wait", held)
	}
	last.Leave()
	settled(t, k, 3)
	for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		if s, status, _ := served.Events(t, token, query, vars); s != nil {
			s.Next(t)
			break
		} else if time.Since(begun) > graphtest.Patience {
			t.Fatalf("the place is not given back: %d", status)
		}
	}
}

// When the server stops, sockets are told so, and streams of events break off
// without an end, so that their clients come back.
func TestStreamsEndWithTheServer(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	served := k.Listen(t, nil)
	vars := graphtest.Vars{"round": k.RoundID("2023-04")}
	socket, events := served.Socket(t, k.Token(sample.Clerk)), served.Follow(t, k.Token(sample.Clerk), followRound, vars)
	socket.Subscribe(t, "1", followRound, vars)
	socket.Next(t)
	events.Next(t)
	k.App.Hub.Drain()
	if rest := socket.End(t); len(rest) != 0 || socket.Code != 1001 {
		t.Errorf("the socket is told %+v, closed with %d", rest, socket.Code)
	}
	if rest := events.End(t); len(rest) != 0 {
		t.Errorf("the stream is told %+v", rest)
	}
	settled(t, k, 0)
}

// Who does not read is let go: nothing waits for them.
func TestASlowReaderIsLetGo(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	conn, gone := k.Pipe(t, func(o *httpserver.Options) { o.Streams.Write = 100 * time.Millisecond })
	body := `{"query":"subscription { roundProgress(round: \"` + k.RoundID("2023-04") + `\") { cursor } }"}`
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"Authorization": {"Bearer " + k.Token(sample.Clerk)}, "Content-Type": {"application/json"}, "Accept": {"text/event-stream"}}
	graphtest.Write(t, conn, request, body)
	select { // nothing of the answer is ever read; an ordinary one would wait for ever
	case <-gone:
	case <-time.After(graphtest.Patience):
		t.Fatal("the server still writes")
	}
	settled(t, k, 0)
}

// What is personal is told to the person, and the progress of a job to who asked.
func TestPersonalStreams(t *testing.T) {
	t.Parallel()
	k := graphtest.New(t)
	served := k.Listen(t, nil)
	const inbox = `subscription { inbox { kind unread } }`
	mine, theirs := served.Follow(t, k.Token("J1"), inbox, nil), served.Follow(t, k.Token("J2"), inbox, nil)
	settled(t, k, 2)
	for _, kind := range []string{"round.opened", "issue.opened"} {
		k.Put(t, `INSERT INTO event (id, tenant_id, region, kind, reach, unit_id, object_kind, object_id, persons, data, at)
			SELECT gen_random_uuid(), p.tenant_id, p.region, 'inbox.new', 'tenant', p.id, 'inbox', p.id, ARRAY[p.id], jsonb_build_object('kind', $2::text), now()
			FROM person p WHERE p.id = $1`, k.World.Person("J1").ID, kind)
	}
	for _, kind := range []string{"round.opened", "issue.opened"} {
		if r := mine.Next(t).Result(t); r.Text(t, "inbox", "kind") != kind || r.Int(t, "inbox", "unread") != 0 {
			t.Errorf("told %s, want %s", r.Body, kind)
		}
	}
	asked := k.Must(t, sample.Clerk, `mutation { exportRequest(input: {kind: ISSUES, format: CSV, filter: {competition: "`+k.CompetitionID()+`"}}) { job { id } userErrors { code } } }`, nil)
	job := graphtest.Vars{"job": asked.Text(t, "exportRequest", "job", "id")}
	const follow = `subscription($job: ID!) { jobProgress(job: $job) { cursor job { state } } }`
	if s := served.Follow(t, k.Token("A1"), follow, job); !s.Next(t).Says("NOT_FOUND") {
		t.Error("somebody else's job is told")
	}
	progress := served.Follow(t, k.Token(sample.Clerk), follow, job)
	if r := progress.Next(t).Result(t); r.Text(t, "jobProgress", "job", "state") != "QUEUED" {
		t.Errorf("told %s", r.Body)
	}
	k.Must(t, sample.Clerk, `mutation($job: ID!) { jobCancel(input: {job: $job}) { userErrors { code } } }`, job)
	rest := progress.End(t)
	if len(rest) != 2 || rest[0].Result(t).Text(t, "jobProgress", "job", "state") != "CANCELLED" || rest[1].Type != "complete" {
		t.Errorf("at the end of a job %+v", rest)
	}
	if m, told := theirs.Within(50 * time.Millisecond); told {
		t.Errorf("another's inbox is told: %s", m.Payload)
	}
}
