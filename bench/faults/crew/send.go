package crew

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"leitai/bench/faults/history"
)

// request is one mutation or query as it is sent, every time alike.
type request struct {
	token, key string
	body       []byte
}

// problem is what userErrors and errors have in common.
type problem struct {
	Code       string
	Message    string
	Extensions struct{ Code string }
}

// payload is what the mutations of a run answer.
type payload struct {
	UserErrors []problem
	Round      *struct {
		Revision     int
		State        string
		Publications []publication
	}
	Marks []struct{ ID string }
	Job   *struct{ ID string }
}

type publication struct {
	ID, Hash string
	Revision int
}

// answer is one that was read to its end.
type answer struct {
	status   int
	replayed bool
	body     []byte
	payload  payload
	code     string // of the first error, wherever it stands
}

func compose(token, key, query string, variables any) (request, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	return request{token: token, key: key, body: body}, err
}

// Post sends a request once.
func (c *Crew) post(ctx context.Context, server string, r request) (*answer, error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, server+"/graphql", bytes.NewReader(r.body))
	if err != nil {
		return nil, err
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Authorization", "Bearer "+r.token)
	if r.key != "" {
		q.Header.Set("Idempotency-Key", r.key)
	}
	response, err := c.client.Do(q)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return nil, err
	}
	a := &answer{status: response.StatusCode, replayed: response.Header.Get("Idempotent-Replayed") == "true", body: body}
	return a, a.read()
}

// read takes the payload of the one field that was asked for.
func (a *answer) read() error {
	var whole struct {
		Data   map[string]json.RawMessage
		Errors []problem
	}
	if err := json.Unmarshal(a.body, &whole); err != nil {
		return fmt.Errorf("status %d: %.200s", a.status, a.body)
	}
	for _, field := range whole.Data {
		_ = json.Unmarshal(field, &a.payload) // queries have other shapes
	}
	for _, e := range whole.Errors {
		a.code = e.Extensions.Code
		return nil
	}
	for _, e := range a.payload.UserErrors {
		a.code = e.Code
		return nil
	}
	if a.status != http.StatusOK {
		a.code = fmt.Sprintf("status %d", a.status)
	}
	return nil
}

// passing are the codes of a service that cannot at the moment: send it again,
// under the same key.
var passing = []string{"INTERNAL", "REQUEST_TIMEOUT", "THROTTLED", "IDEMPOTENCY_BUSY", "UNAVAILABLE", "DATABASE_UNAVAILABLE"}

const notKept = "IDEMPOTENCY_ANSWER_NOT_KEPT"

// insist sends a request until there is an answer that is no failure of the
// service, and goes to the next server where one does not answer.
func (t *clients) insist(ctx context.Context, r request, failed func(why error)) (*answer, error) {
	for wait := 20 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		a, err := t.crew.post(ctx, t.crew.Servers[t.server%len(t.crew.Servers)], r)
		if err == nil && !slices.Contains(passing, a.code) && a.status < http.StatusInternalServerError {
			return a, nil
		}
		if err != nil || a.status >= http.StatusInternalServerError {
			t.server++
		}
		if err == nil {
			err = fmt.Errorf("%d %s", a.status, a.code)
		}
		failed(err)
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), err)
		case <-time.After(wait):
		}
	}
}

var errRefused = errors.New("an act was refused")

// do brings one act through and notes what became of it. Where the answer was
// lost, look finds out what the result is.
func (t *clients) do(ctx context.Context, act history.Act, r request, look func(ctx context.Context) (*answer, error)) (*answer, error) {
	log := t.crew.Log
	act.Town, act.Key, act.Tries = t.town.Code, r.key, 1
	noted := log.Begin(act)
	a, err := t.insist(ctx, r, func(why error) { log.Note(noted, func(n *history.Act) { n.Tries, n.Last = n.Tries+1, why.Error() }) })
	if err != nil {
		return nil, err
	}
	lost := a.code == notKept
	if lost {
		if a, err = look(ctx); err != nil {
			return nil, err
		}
	}
	if a.code != "" {
		log.Note(noted, func(n *history.Act) { n.Refused = a.code })
		return nil, fmt.Errorf("%w: %s %s: %.300s", errRefused, act.Kind, a.code, a.body)
	}
	log.Ack(noted, func(n *history.Act) {
		n.LookedUp = lost
		told(n, a)
	})
	if !lost && r.key != "" && t.source.IntN(replays) == 0 {
		return a, t.again(ctx, r, a, noted)
	}
	return a, nil
}

// told notes what an answer says.
func told(n *history.Act, a *answer) {
	p := a.payload
	if p.Job != nil {
		n.Job = p.Job.ID
	}
	if p.Round == nil {
		return
	}
	n.Revision = p.Round.Revision
	if n.Kind == history.Publish && len(p.Round.Publications) > 0 {
		newest := slices.MaxFunc(p.Round.Publications, func(a, b publication) int { return a.Revision - b.Revision })
		n.Publication, n.Hash = newest.ID, newest.Hash
	}
}

// replays is how many acts there are for each that is sent once more.
const replays = 8

// again sends an act once more that was answered: it has to be answered alike.
func (t *clients) again(ctx context.Context, r request, first *answer, noted *history.Act) error {
	a, err := t.insist(ctx, r, func(error) {})
	if err != nil {
		return err
	}
	what := fmt.Sprintf("status %d, replayed %v: %.200s", a.status, a.replayed, a.body)
	switch {
	case a.code == notKept:
		what = history.ReplayLost
	case a.replayed && bytes.Equal(a.body, first.body):
		what = history.ReplaySame
	}
	t.crew.Log.Note(noted, func(n *history.Act) { n.Replay = what })
	return nil
}
