package httpserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/internal/fault"
)

// eventsType is the media type of server-sent events.
const eventsType = "text/event-stream"

// wantsEvents says whether a request asks for a stream of events, the "distinct
// connections" mode of graphql-sse: a POST that accepts nothing else first.
func wantsEvents(r *http.Request) bool {
	if r.Method != http.MethodPost {
		return false
	}
	first, _, _ := strings.Cut(strings.Join(r.Header.Values("Accept"), ","), ",")
	kind, _, err := mime.ParseMediaType(first)
	return err == nil && kind == eventsType
}

// serveEvents answers one operation as a stream: "next" for each answer and
// "complete" at the end. A stream that breaks off without "complete" has not
// ended: its client connects again, with the last cursor.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request, exec *running, read *operation) {
	if err := s.streamable(read); err != nil {
		s.refuse(w, r, err)
		return
	}
	credential, err := s.credential(r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	who, leave, err := s.introduced(r.Context(), credential)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	defer leave()
	defer s.deps.Metrics.Stream("events")()
	unbounded(w)
	h := w.Header()
	h.Set("Content-Type", eventsType+"; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy passes each event on at once
	w.WriteHeader(http.StatusOK)
	out := &eventWriter{w: w, control: http.NewResponseController(w), patience: s.options.Streams.Write}
	f := &follow{server: s, request: r, credential: credential, who: askerOf(credential, who), exec: exec, read: read,
		send: out.next, ping: out.alive}
	if err := out.alive(); err != nil {
		return
	}
	switch err := f.run(r.Context()); {
	case err == nil:
		_ = out.complete() // the reader may have gone
	case fault.CodeOf(err) == fault.StreamEnding, r.Context().Err() != nil, errors.Is(err, errUnread):
	default:
		if out.next(f.lastWord(err)) == nil {
			_ = out.complete()
		}
	}
}

// streamable refuses what has no place on a stream.
func (s *Server) streamable(read *operation) error {
	switch {
	case read.context.Operation.Operation == ast.Mutation:
		return fault.New(fault.StreamMutation)
	case s.deps.Streams == nil:
		return fault.New(fault.StreamWanted)
	}
	return nil
}

// errUnread says that a reader does not take what is sent.
var errUnread = errors.New("httpserver: the reader of a stream is gone or too slow")

// eventWriter writes events, each in time or not at all.
type eventWriter struct {
	w        http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration
}

func (e *eventWriter) next(response *graphql.Response) error {
	data, err := json.Marshal(response)
	if err != nil {
		return err
	}
	return e.write("event: next\ndata: " + string(bytes.ReplaceAll(data, []byte("\n"), []byte(" "))) + "\n\n")
}

func (e *eventWriter) complete() error { return e.write("event: complete\ndata: \n\n") }

// alive is a comment, which readers pass over.
func (e *eventWriter) alive() error { return e.write(":\n\n") }

func (e *eventWriter) write(text string) error {
	_ = e.control.SetWriteDeadline(time.Now().Add(e.patience)) // recorders of tests have none
	if _, err := e.w.Write([]byte(text)); err != nil {
		return errUnread
	}
	if err := e.control.Flush(); err != nil {
		return errUnread
	}
	return nil
}
