package parts

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Line is a toxiproxy between programs and a cluster.
type Line struct {
	port    int
	control string
	child   *Child
}

// Toxic is one way in which a line is bad, as toxiproxy names it.
type Toxic struct {
	Type       string         `json:"type"`
	Stream     string         `json:"stream"`   // downstream: what the database answers; upstream: what it is asked
	Toxicity   float64        `json:"toxicity"` // part of the connections
	Attributes map[string]int `json:"attributes"`
}

// NewLine starts a toxiproxy before a cluster.
func NewLine(ctx context.Context, program string, to *Postgres) (*Line, error) {
	port, err1 := FreePort(ctx)
	control, err2 := FreePort(ctx)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	l := &Line{port: port, control: "http://127.0.0.1:" + strconv.Itoa(control)}
	var err error
	if l.child, err = begin(life{program: program, args: []string{"-host", "127.0.0.1", "-port", strconv.Itoa(control)}, env: []string{"LOG_LEVEL=fatal"}}); err != nil {
		return nil, err
	}
	if err := awaitPort(ctx, l.child, control, 10*time.Second); err != nil {
		return l, err
	}
	return l, l.tell(ctx, "/proxies", map[string]any{"name": "database", "enabled": true,
		"listen": "127.0.0.1:" + strconv.Itoa(port), "upstream": "127.0.0.1:" + strconv.Itoa(to.Port)})
}

// Through leads a DSN over the line.
func (l *Line) Through(dsn string) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil {
		return "", err
	}
	u.Host = "127.0.0.1:" + strconv.Itoa(l.port)
	return u.String(), nil
}

// Spoil makes the line bad.
func (l *Line) Spoil(ctx context.Context, t Toxic) error {
	return l.tell(ctx, "/proxies/database/toxics", t)
}

// Cut cuts the line, every connection with it.
func (l *Line) Cut(ctx context.Context) error {
	return l.tell(ctx, "/proxies/database", map[string]any{"enabled": false})
}

// Mend makes the line good again.
func (l *Line) Mend(ctx context.Context) error { return l.tell(ctx, "/reset", nil) }

// Kill ends the proxy.
func (l *Line) Kill() { l.child.Kill() }

func (l *Line) tell(ctx context.Context, path string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, l.control+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	answer, err := operator.Do(r)
	if err != nil {
		return err
	}
	said, err := io.ReadAll(answer.Body)
	if answer.StatusCode >= http.StatusBadRequest {
		err = errors.Join(err, fmt.Errorf("toxiproxy answers %d: %s", answer.StatusCode, said))
	}
	return errors.Join(err, answer.Body.Close())
}
