package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/google/uuid"
)

// pace of each lane: how long it waits between an answer and its next request.
const pace = 60 * time.Millisecond

// often is how many writes a lane makes until it sends one again.
const often = 8

// batch is how many marks are entered by one write.
const batch = 2

// traffic is readers and writers that go on until they are stopped.
type traffic struct {
	balance *balance
	ledger  *ledger
	client  *http.Client
	group   sync.WaitGroup
	stop    context.CancelFunc

	mu      sync.Mutex
	drained error // the first writer that ran out of marks
}

// run begins the traffic: lanes of readers share the dashboards, each writer is one clerk.
func run(ctx context.Context, b *balance, l *ledger, w *world, readers, writers int) *traffic {
	ctx, stop := context.WithCancel(ctx)
	t := &traffic{balance: b, ledger: l, stop: stop, client: &http.Client{Timeout: 40 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: time.Minute}}}
	for i := range readers {
		t.group.Go(func() {
			for n := i; sleep(ctx, pace); n += readers {
				t.read(w.readers[n%len(w.readers)])
			}
		})
	}
	for i := range min(writers, len(w.writers)) {
		t.group.Go(func() {
			for n := 1; sleep(ctx, pace); n++ {
				if !t.write(w.writers[i], n%often == 0) {
					return
				}
			}
		})
	}
	return t
}

// end stops the traffic and waits for the answers under way.
func (t *traffic) end() error {
	t.stop()
	t.group.Wait()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.drained
}

func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

const board = `query($round: ID!) { board(round: $round) { period revision rows { unitCode name shown rank } } }`

func (t *traffic) read(r reader) {
	p, begun := t.ledger.now(), time.Now()
	answer, server, err := t.ask(r.token, "", map[string]any{"query": board, "variables": map[string]any{"round": r.round}})
	if err == nil && !bytes.Contains(answer.body, []byte(`"rows":[{`)) {
		err = fmt.Errorf("no board: %.300s", answer.body)
	}
	t.ledger.answered(p, read, server, time.Since(begun), err)
}

const enter = `mutation($input: MarksSubmitInput!) { marksSubmit(input: $input) { marks { id value } userErrors { code message } } }`

// write enters the clerk's next marks under a key, and sends them again under the
// same key when asked to: the answer has to be that of the first time. It is false
// when the clerk has none left.
func (t *traffic) write(w *writer, again bool) bool {
	if w.next+batch > len(w.marks) {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.drained = errors.New("a clerk ran out of marks: raise -open")
		return false
	}
	marks := w.marks[w.next : w.next+1]
	for _, m := range w.marks[w.next+1 : w.next+batch] {
		if m.Round == marks[0].Round { // of one round, whatever their number
			marks = w.marks[w.next : w.next+len(marks)+1]
		}
	}
	w.next += len(marks)
	key, question := uuid.NewString(), map[string]any{"query": enter, "variables": map[string]any{"input": inputOf(marks)}}
	p, begun := t.ledger.now(), time.Now()
	first, server, err := t.ask(w.token, key, question)
	if err == nil && !bytes.Contains(first.body, []byte(`"userErrors":[]`)) {
		err = fmt.Errorf("refused: %.300s", first.body)
	}
	t.ledger.wrote(marks, err)
	t.ledger.answered(p, write, server, time.Since(begun), err)
	if err == nil && again {
		p, begun := t.ledger.now(), time.Now()
		second, server, err := t.ask(w.token, key, question)
		if err == nil && (second.header.Get("Idempotent-Replayed") != "true" || !bytes.Equal(first.body, second.body)) {
			err = fmt.Errorf("sent again it was answered anew: %.300s", second.body)
		}
		t.ledger.answered(p, replay, server, time.Since(begun), err)
	}
	return true
}

func inputOf(marks []mark) map[string]any {
	list := make([]map[string]any, 0, len(marks))
	for _, m := range marks {
		list = append(list, map[string]any{"id": m.ID, "unitCode": m.Unit, "item": m.Item, "channel": "onsite", "value": json.Number(m.Value), "judge": m.Judge})
	}
	return map[string]any{"round": marks[0].Round, "marks": list}
}

// answer of the service.
type answer struct {
	header http.Header
	body   []byte
}

// ask sends one request to the next address that is ready, once: nothing here
// tries again, so whatever goes wrong on the way is a failure.
func (t *traffic) ask(token, key string, question map[string]any) (answer, string, error) {
	text, err := json.Marshal(question)
	if err != nil {
		return answer{}, "", err
	}
	server, err := t.balance.pick()
	if err != nil {
		return answer{}, "", err
	}
	// Requests under way are awaited when the traffic stops, so they have no context of it.
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://"+server+"/graphql", bytes.NewReader(text))
	if err != nil {
		return answer{}, server, err
	}
	r.GetBody = nil // or the transport would send it again by itself
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	got, err := t.client.Do(r)
	if err != nil {
		return answer{}, server, err
	}
	defer func() { _ = got.Body.Close() }() // it was read to its end
	body, err := io.ReadAll(got.Body)
	if err == nil && got.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %d: %.300s", got.StatusCode, body)
	}
	if err == nil && bytes.Contains(body, []byte(`"errors":[`)) {
		err = fmt.Errorf("answered with errors: %.300s", body)
	}
	return answer{got.Header, body}, server, err
}
