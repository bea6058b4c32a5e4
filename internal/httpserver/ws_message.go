package httpserver

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/coder/websocket"
	"github.com/vektah/gqlparser/v2/ast"

	"leitai/internal/fault"
)

// meet waits for connection_init and takes the credential from it: a token in its
// payload, {"authorization": "Bearer …"}, as browsers can send no header with a
// socket; else what the request came with, a session's cookie or a header.
func (c *socket) meet(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, c.server.options.Streams.Init)
	defer cancel()
	m, ok := c.first(ctx)
	if !ok {
		return false
	}
	var payload map[string]any
	if len(m.Payload) > 0 && json.Unmarshal(m.Payload, &payload) != nil {
		_ = c.conn.Close(closeInvalid, "Invalid message received")
		return false
	}
	request := c.request.Clone(c.request.Context())
	for name, value := range payload {
		if text, isText := value.(string); isText && strings.EqualFold(name, "authorization") {
			request.Header.Del("Cookie") // one credential; the page's own says nothing here
			request.Header.Set("Authorization", text)
		}
	}
	credential, err := c.server.credential(request)
	if err != nil {
		c.farewell(err)
		return false
	}
	c.credential, c.request = credential, request
	return true
}

// first reads messages until connection_init; only pings may come before it.
func (c *socket) first(ctx context.Context) (m socketMessage, ok bool) {
	// Reading with a context that ends would cut the socket without a word.
	late := context.AfterFunc(ctx, func() { _ = c.conn.Close(closeSilent, "Connection initialisation timeout") })
	defer late()
	for {
		if m, ok = c.read(context.WithoutCancel(ctx)); !ok {
			return m, false
		}
		switch m.Type {
		case "connection_init":
			return m, true
		case "ping":
			if c.write(ctx, socketMessage{Type: "pong", Payload: m.Payload}) != nil {
				return m, false
			}
		case "subscribe":
			_ = c.conn.Close(closeUnauthorized, "Unauthorized")
			return m, false
		default:
			_ = c.conn.Close(closeInvalid, "Invalid message received")
			return m, false
		}
	}
}

// introduce proves the credential and takes the socket's place.
func (c *socket) introduce(ctx context.Context) (leave func(), err error) {
	c.viewer, leave, err = c.server.introduced(ctx, c.credential)
	if err == nil {
		c.who = askerOf(c.credential, c.viewer)
	}
	return leave, err
}

// farewell closes a socket that may not stay.
func (c *socket) farewell(err error) {
	switch fault.CodeOf(err) {
	case fault.Unauthenticated, fault.Forbidden:
		_ = c.conn.Close(closeForbidden, "Forbidden")
	case fault.StreamsTooMany, fault.Throttled, fault.PlanLimit, fault.RequestTimeout:
		_ = c.conn.Close(websocket.StatusTryAgainLater, string(fault.CodeOf(err)))
	case fault.StreamEnding:
		_ = c.conn.Close(websocket.StatusGoingAway, "The server is about to stop")
	default:
		code := closeForbidden
		if len(fault.All(err)) == 0 {
			_ = c.server.asErrors(c.request, err) // logs it
			code = websocket.StatusInternalError
		}
		_ = c.conn.Close(code, string(fault.CodeOf(err)))
	}
}

// handle does what a message asks; false when the socket was closed for it. Who
// sends more than the budget allows is read more slowly.
func (c *socket) handle(ctx context.Context, m socketMessage) bool {
	if v := c.server.rates.meter.Ask(c.who, 1); !v.Allowed {
		_ = pauseFor(ctx, min(v.Wait, lag))
	}
	switch m.Type {
	case "ping":
		return c.write(ctx, socketMessage{Type: "pong", Payload: m.Payload}) == nil
	case "pong":
		return true
	case "subscribe":
		return c.subscribe(ctx, m)
	case "complete":
		c.finish(m.ID, nil)
		return true
	case "connection_init":
		_ = c.conn.Close(closeTwice, "Too many initialisation requests")
	default:
		_ = c.conn.Close(closeInvalid, "Invalid message received")
	}
	return false
}

// subscribe begins an operation.
func (c *socket) subscribe(ctx context.Context, m socketMessage) bool {
	if m.ID == "" || len(m.Payload) == 0 || m.Payload[0] != '{' {
		_ = c.conn.Close(closeInvalid, "Invalid message received")
		return false
	}
	ctx, cancel := context.WithCancel(ctx)
	one := &op{cancel}
	taken, many := c.claim(m.ID, one)
	switch {
	case taken:
		cancel()
		_ = c.conn.Close(closeTaken, "Subscriber for "+short(m.ID)+" already exists")
		return false
	case many:
		cancel()
		return c.errors(context.WithoutCancel(ctx), m.ID, c.server.asErrors(c.request, fault.New(fault.StreamsTooMany, "seconds", fullFor))) == nil
	}
	c.work.Go(func() {
		defer c.finish(m.ID, one)
		c.follow(ctx, m.ID, m.Payload)
	})
	return true
}

// claim takes an id for an operation, unless it is taken or there are too many.
func (c *socket) claim(id string, one *op) (taken, many bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, taken = c.ops[id]
	many = len(c.ops) >= c.server.options.Streams.PerSocket
	if !taken && !many {
		c.ops[id] = one
	}
	return taken, many
}

// short keeps a client's id within what a close frame holds.
func short(id string) string { return id[:min(len(id), 60)] }

// finish ends an operation and frees its id: the given one, or whichever has it.
// An operation that ends late must not end the one that took its id since.
func (c *socket) finish(id string, only *op) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one, known := c.ops[id]
	if known && (only == nil || one == only) {
		delete(c.ops, id)
		one.cancel()
	}
	if only != nil {
		only.cancel()
	}
}

// follow runs one operation to its end and says how it ended.
func (c *socket) follow(ctx context.Context, id string, payload json.RawMessage) {
	read, err := c.admit(payload)
	if err != nil {
		_ = c.errors(ctx, id, c.server.asErrors(c.request, err))
		return
	}
	if read.refused != nil {
		response := c.exec.DispatchError(graphql.WithOperationContext(ctx, read.context), withCodes(read.refused))
		_ = c.errors(ctx, id, response.Errors)
		return
	}
	leave, err := c.server.streams.enter(c.viewer.User, c.viewer.Tenant)
	if err != nil {
		_ = c.errors(ctx, id, c.server.asErrors(c.request, err))
		return
	}
	defer leave()
	defer c.server.deps.Metrics.Stream("operation")()
	failed := false
	f := &follow{server: c.server, request: c.request, credential: c.credential, who: c.who, exec: c.exec, read: read}
	f.send = func(response *graphql.Response) error {
		if f.over(response) && len(response.Data) == 0 {
			failed = true
			return c.errors(ctx, id, response.Errors)
		}
		return c.payload(ctx, id, "next", response)
	}
	err = f.run(ctx)
	c.part(ctx, id, failed, err)
}

// part tells how an operation ended. With the credential ends the whole socket.
func (c *socket) part(ctx context.Context, id string, failed bool, err error) {
	switch {
	case ctx.Err() != nil, errors.Is(err, errUnread), fault.CodeOf(err) == fault.StreamEnding:
	case err == nil && !failed:
		_ = c.write(ctx, socketMessage{ID: id, Type: "complete"})
	case err != nil:
		_ = c.errors(ctx, id, c.server.asErrors(c.request, err))
		if fault.CodeOf(err) == fault.Unauthenticated {
			_ = c.conn.Close(closeForbidden, "Forbidden")
		}
	}
}

// admit reads an operation, charges it and refuses what has no place here.
func (c *socket) admit(payload json.RawMessage) (*operation, error) {
	a := &asked{}
	a.Headers, a.ReadTime.Start = c.request.Header, graphql.Now()
	if err := checkJSON(payload, "payload"); err != nil {
		return nil, err
	}
	if err := a.readObject(payload); err != nil {
		return nil, err
	}
	a.sent, a.ReadTime.End = a.Query != "", graphql.Now()
	if !a.sent && a.id == "" && a.Extensions["persistedQuery"] == nil {
		return nil, fault.New(fault.Required, "want", "query").At("query")
	}
	read, err := c.server.understand(headersOnly{}, c.request, c.exec, c.who, a)
	if err == nil && read.refused == nil && read.context.Operation.Operation == ast.Mutation {
		err = fault.New(fault.StreamMutation)
	}
	return read, err
}

// errors ends an operation with the reasons.
func (c *socket) errors(ctx context.Context, id string, errs any) error {
	return c.payload(ctx, id, "error", errs)
}

func (c *socket) payload(ctx context.Context, id, kind string, payload any) error {
	data, err := json.Marshal(payload)
	if err != nil {
		return err
	}
	return c.write(ctx, socketMessage{ID: id, Type: kind, Payload: data})
}
