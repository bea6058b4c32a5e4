package graphtest

import (
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"leitai/internal/httpserver"
	"leitai/internal/wiring/edge"
)

// Pipe serves the kit's program on one connection that holds nothing: what one
// side writes waits until the other side reads it. gone is closed when the server
// has let the connection go.
func (k *Kit) Pipe(t testing.TB, change func(*httpserver.Options)) (_ net.Conn, gone <-chan struct{}) {
	t.Helper()
	options := httpserver.Defaults()
	if change != nil {
		change(&options)
	}
	here, there := net.Pipe()
	closed := make(chan struct{})
	server := &http.Server{Handler: edge.New(k.App, options).Handler(), ConnState: func(_ net.Conn, state http.ConnState) { //nolint:gosec // one connection, of a test
		if state == http.StateClosed {
			close(closed)
		}
	}}
	go func() { _ = server.Serve(&oneConn{conn: there, closed: make(chan struct{})}) }()
	t.Cleanup(func() { _ = here.Close(); _ = server.Close() })
	return here, closed
}

// oneConn is a listener that accepts one connection.
type oneConn struct {
	conn   net.Conn
	once   sync.Once
	end    sync.Once
	closed chan struct{}
}

// Accept implements net.Listener.
func (s *oneConn) Accept() (conn net.Conn, err error) {
	s.once.Do(func() { conn = s.conn })
	if conn == nil {
		<-s.closed
		err = net.ErrClosed
	}
	return conn, err
}

// Close implements net.Listener.
func (s *oneConn) Close() error {
	s.end.Do(func() { close(s.closed) })
	return nil
}

// Addr implements net.Listener.
func (s *oneConn) Addr() net.Addr { return s.conn.LocalAddr() }

// Write sends a request over a connection.
func Write(t testing.TB, conn net.Conn, request *http.Request, body string) {
	t.Helper()
	request.Host, request.Body, request.ContentLength = "pipe", io.NopCloser(strings.NewReader(body)), int64(len(body))
	if err := request.Write(conn); err != nil {
		t.Fatal(err)
	}
}
