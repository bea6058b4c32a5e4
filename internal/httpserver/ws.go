package httpserver

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"leitai/internal/budget"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// socketProtocol is the one subprotocol spoken.
const socketProtocol = "graphql-transport-ws"

// Why a socket is closed, by the protocol's own codes.
const (
	closeInvalid      websocket.StatusCode = 4400 // a message that is none
	closeUnauthorized websocket.StatusCode = 4401 // an operation before the acknowledgement
	closeForbidden    websocket.StatusCode = 4403 // no right to be here, or no longer
	closeProtocol     websocket.StatusCode = 4406 // another subprotocol
	closeSilent       websocket.StatusCode = 4408 // did not say who they are in time
	closeTaken        websocket.StatusCode = 4409 // an operation's id is in use
	closeTwice        websocket.StatusCode = 4429 // said who they are twice
)

// opensSocket says whether a request asks to become a WebSocket.
func opensSocket(r *http.Request) bool {
	return r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// fromOwnPage says whether a page of our own, or no page at all, opens a socket. A
// browser sends its cookies along whatever page asks and lets that page read the
// answers, so that nothing else keeps other people's pages out.
func fromOwnPage(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		site := r.Header.Get("Sec-Fetch-Site")
		return site == "" || site == "same-origin" || site == "none"
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

// socket is one WebSocket: a reader of messages, and a follow for each operation.
type socket struct {
	server  *Server
	request *http.Request
	exec    *running
	conn    *websocket.Conn

	// Set by the reader when the other side has said who it is.
	credential viewer.Credential
	viewer     *viewer.Viewer
	who        budget.Asker

	mu   sync.Mutex
	ops  map[string]*op
	work sync.WaitGroup // of operations
}

// op is an operation of a socket under way.
type op struct{ cancel context.CancelFunc }

// serveSocket speaks graphql-transport-ws until either side leaves.
func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request, exec *running) {
	if s.deps.Streams == nil {
		s.refuse(w, r, fault.New(fault.StreamWanted))
		return
	}
	if !fromOwnPage(r) {
		s.refuse(w, r, fault.New(fault.CrossSite))
		return
	}
	leave, err := s.streams.enter(uuid.Nil, uuid.Nil)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	defer leave()
	// fromOwnPage has looked already; its refusal is like every other.
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{socketProtocol}, InsecureSkipVerify: true})
	if err != nil {
		return // Accept has answered
	}
	defer func() { _ = conn.CloseNow() }()
	conn.SetReadLimit(s.options.BodyLimit)
	if conn.Subprotocol() != socketProtocol {
		_ = conn.Close(closeProtocol, "Subprotocol not acceptable")
		return
	}
	defer s.deps.Metrics.Stream("socket")()
	c := &socket{server: s, request: r, exec: exec, conn: conn, ops: map[string]*op{}}
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer c.work.Wait()
	defer cancel()
	go c.watch(ctx)
	c.serve(ctx)
}

// watch keeps signs of life going and sees to it that the socket ends with the
// server. It closes the socket, which ends the reader.
func (c *socket) watch(ctx context.Context) {
	limits := c.server.options.Streams
	alive := time.NewTicker(limits.Ping)
	defer alive.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.server.deps.Streams.Draining():
			_ = c.conn.Close(websocket.StatusGoingAway, "The server is about to stop")
			return
		case <-alive.C:
			ctx, cancel := context.WithTimeout(ctx, limits.Write)
			err := c.conn.Ping(ctx)
			cancel()
			if err != nil {
				_ = c.conn.CloseNow()
				return
			}
		}
	}
}

// socketMessage is one message of the protocol, either way.
type socketMessage struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// serve reads messages until the socket is closed.
func (c *socket) serve(ctx context.Context) {
	if !c.meet(ctx) {
		return
	}
	leave, err := c.introduce(ctx)
	if err != nil {
		c.farewell(err)
		return
	}
	defer leave()
	if c.write(ctx, socketMessage{Type: "connection_ack"}) != nil {
		return
	}
	for {
		m, ok := c.read(ctx)
		if !ok || !c.handle(ctx, m) {
			return
		}
	}
}

// read gives the next message; false when there is none or it is none.
func (c *socket) read(ctx context.Context) (m socketMessage, ok bool) {
	kind, data, err := c.conn.Read(ctx)
	if err != nil {
		return m, false
	}
	if kind != websocket.MessageText || json.Unmarshal(data, &m) != nil || m.Type == "" {
		_ = c.conn.Close(closeInvalid, "Invalid message received")
		return m, false
	}
	return m, true
}

// write sends a message in time, or ends the socket: nothing waits for a reader
// who does not read.
func (c *socket) write(ctx context.Context, m socketMessage) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	// A context that ends while something is written cuts the whole socket: an
	// operation that is called off must not.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.server.options.Streams.Write)
	defer cancel()
	if c.conn.Write(ctx, websocket.MessageText, data) != nil {
		_ = c.conn.CloseNow()
		return errUnread
	}
	return nil
}
