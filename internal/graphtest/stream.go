package graphtest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"leitai/internal/httpserver"
	"leitai/internal/wiring/edge"
)

// Patience is how long a stream may be silent on a busy machine before a test
// gives it up. What a test measures is less.
const Patience = time.Minute

// Served is a kit's service at an address of its own.
type Served struct{ URL string }

// Listen serves the kit's program over TCP, as streams need it; change may change
// the edge.
func (k *Kit) Listen(t testing.TB, change func(*httpserver.Options)) *Served {
	t.Helper()
	options := httpserver.Defaults()
	if change != nil {
		change(&options)
	}
	server := httptest.NewServer(edge.New(k.App, options).Handler())
	// Streams end with their readers, which a test leaves open.
	t.Cleanup(func() { k.App.Hub.Drain(); server.CloseClientConnections(); server.Close() })
	return &Served{URL: server.URL}
}

// Told is one thing that a stream told: a message of the socket's protocol, or an
// event of server-sent events with its name as Type.
type Told struct {
	ID      string          `json:"id"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
}

// Says reports whether a code stands in what was told.
func (m Told) Says(code string) bool { return strings.Contains(string(m.Payload), `"`+code+`"`) }

// Result is the answer inside.
func (m Told) Result(t testing.TB) *Result {
	t.Helper()
	var answer struct {
		Data   map[string]any
		Errors []Error
	}
	if err := json.Unmarshal(m.Payload, &answer); err != nil {
		t.Fatalf("%s: %v\n%s", m.Type, err, m.Payload)
	}
	return &Result{Status: http.StatusOK, Body: string(m.Payload), Data: answer.Data, Errors: answer.Errors}
}

// Stream is what arrives, in order, until it ends.
type Stream struct {
	told  chan Told
	ended chan struct{}
	// Code is the close code of a socket, or -1; known when the stream has ended.
	Code websocket.StatusCode

	conn *websocket.Conn
	stop context.CancelFunc
}

// Next gives what arrives next; the test fails when the stream ends or is silent.
func (s *Stream) Next(t testing.TB) Told {
	t.Helper()
	m, ok := s.Within(Patience)
	if !ok {
		t.Fatalf("the stream is silent or has ended (%d)", s.Code)
	}
	return m
}

// Within gives what arrives next within a time; false when nothing does.
func (s *Stream) Within(wait time.Duration) (Told, bool) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case m, ok := <-s.told:
		return m, ok
	case <-timer.C:
		return Told{}, false
	}
}

// End waits for the end of the stream and gives what still arrived.
func (s *Stream) End(t testing.TB) (rest []Told) {
	t.Helper()
	for {
		select {
		case m, ok := <-s.told:
			if !ok {
				<-s.ended
				return rest
			}
			rest = append(rest, m)
		case <-time.After(Patience):
			t.Fatal("the stream does not end")
		}
	}
}

// Leave cuts the stream off, as a lost network does.
func (s *Stream) Leave() {
	s.stop()
	if s.conn != nil {
		_ = s.conn.CloseNow()
	}
}

// Send sends a message over a socket.
func (s *Stream) Send(t testing.TB, m any) {
	t.Helper()
	if err := s.Try(t, m); err != nil {
		t.Fatalf("send %v: %v", m, err)
	}
}

// Try is Send over a socket that the server may have closed already.
func (s *Stream) Try(t testing.TB, m any) error {
	t.Helper()
	data, isText := m.(string)
	if !isText {
		made, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		data = string(made)
	}
	return s.conn.Write(t.Context(), websocket.MessageText, []byte(data))
}

// Subscribe begins an operation on a socket.
func (s *Stream) Subscribe(t testing.TB, id, query string, vars Vars) {
	t.Helper()
	s.Send(t, map[string]any{"id": id, "type": "subscribe", "payload": map[string]any{"query": query, "variables": vars}})
}

// Dial opens a socket with the headers of an upgrade; nothing is said yet. The
// status is that of a refusal.
func (s *Served) Dial(t testing.TB, header http.Header, protocols ...string) (_ *Stream, status int, body string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	conn, response, err := websocket.Dial(ctx, strings.Replace(s.URL, "http", "ws", 1)+"/graphql", &websocket.DialOptions{HTTPHeader: header, Subprotocols: protocols}) //nolint:bodyclose // the socket is closed with the test
	if err != nil {
		stop()
		if response == nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(response.Body) // Dial keeps the beginning
		return nil, response.StatusCode, string(text)
	}
	conn.SetReadLimit(1 << 20)
	stream := &Stream{told: make(chan Told, 1000), ended: make(chan struct{}), conn: conn, stop: stop}
	t.Cleanup(stream.Leave)
	go func() {
		defer close(stream.ended)
		defer close(stream.told)
		for {
			_, data, err := conn.Read(ctx)
			if err != nil {
				stream.Code = websocket.CloseStatus(err)
				return
			}
			var m Told
			_ = json.Unmarshal(data, &m) // a message that is none shows as an empty one
			stream.told <- m
		}
	}()
	return stream, http.StatusSwitchingProtocols, ""
}

// Socket opens a socket and says who asks.
func (s *Served) Socket(t testing.TB, token string) *Stream {
	t.Helper()
	stream, status, body := s.Dial(t, nil, "graphql-transport-ws")
	if stream == nil {
		t.Fatalf("the socket is refused: %d %s", status, body)
	}
	stream.Send(t, map[string]any{"type": "connection_init", "payload": map[string]any{"authorization": "Bearer " + token}})
	if m := stream.Next(t); m.Type != "connection_ack" {
		t.Fatalf("no acknowledgement but %+v", m)
	}
	return stream
}

// Events asks for an operation as server-sent events; the stream is nil and the
// answer told when it is refused.
func (s *Served) Events(t testing.TB, token, query string, vars Vars) (_ *Stream, status int, body string) {
	t.Helper()
	sent, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+"/graphql", bytes.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Content-Type": "application/json; charset=utf-8", "Accept": "text/event-stream", "Authorization": "Bearer " + token} {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request) //nolint:forbidigo // a stream lives as long as the test
	if err != nil {
		t.Fatal(err)
	}
	if kind, _, _ := strings.Cut(response.Header.Get("Content-Type"), ";"); kind != "text/event-stream" {
		text, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		stop()
		return nil, response.StatusCode, string(text)
	}
	stream := &Stream{told: make(chan Told, 1000), ended: make(chan struct{}), stop: stop, Code: -1}
	t.Cleanup(stream.Leave)
	go stream.readEvents(response.Body)
	return stream, response.StatusCode, ""
}

// Follow is Events for a stream that has to open.
func (s *Served) Follow(t testing.TB, token, query string, vars Vars) *Stream {
	t.Helper()
	stream, status, body := s.Events(t, token, query, vars)
	if stream == nil {
		t.Fatalf("the stream is refused: %d %s", status, body)
	}
	return stream
}

// readEvents reads "event:" and "data:" lines; comments are signs of life.
func (s *Stream) readEvents(body io.ReadCloser) {
	defer close(s.ended)
	defer close(s.told)
	defer func() { _ = body.Close() }()
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, 1<<20)
	var m Told
	for lines.Scan() {
		switch name, value, _ := strings.Cut(lines.Text(), ":"); {
		case name == "event":
			m.Type = strings.TrimSpace(value)
		case name == "data":
			m.Payload = json.RawMessage(strings.TrimSpace(value))
		case lines.Text() == "" && m.Type != "":
			s.told <- m
			m = Told{}
		}
	}
}
