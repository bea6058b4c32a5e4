package graphtest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// noted holds, by the name of an operation, what its most expensive request so
// far sent to PostgreSQL.
type noted struct {
	lock sync.Mutex
	most map[string][]string
}

type requestKey struct{}

// request collects the statements of one request; its loaders may ask at once.
type request struct {
	lock sync.Mutex
	all  []string
}

// note keeps a statement with the request on whose behalf it is sent.
func (n *noted) note(ctx context.Context, query string) {
	if r, of := ctx.Value(requestKey{}).(*request); of {
		r.lock.Lock()
		r.all = append(r.all, query)
		r.lock.Unlock()
	}
}

// around watches the named queries and mutations that a handler answers. What is
// streamed has no end and is let by.
func (n *noted) around(inner http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := operationName(r)
		if name == "" {
			inner.ServeHTTP(w, r)
			return
		}
		collected := &request{}
		inner.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey{}, collected)))
		collected.lock.Lock()
		defer collected.lock.Unlock()
		n.lock.Lock()
		defer n.lock.Unlock()
		if n.most == nil {
			n.most = map[string][]string{}
		}
		if len(collected.all) > len(n.most[name]) {
			n.most[name] = collected.all
		}
	})
}

// operationName reads the name of a posted operation, and puts the body back.
func operationName(r *http.Request) string {
	if r.Method != http.MethodPost || r.URL.Path != "/graphql" {
		return ""
	}
	body, err := io.ReadAll(r.Body)
	r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), r.Body))
	var sent struct {
		OperationName string `json:"operationName"`
		Query         string `json:"query"`
	}
	if err != nil || json.Unmarshal(body, &sent) != nil || strings.HasPrefix(strings.TrimSpace(sent.Query), "subscription") {
		return ""
	}
	return sent.OperationName
}

// Noted gives the statements that the most expensive request of each operation
// sent, of all requests through Handler.
func (k *Kit) Noted() map[string][]string {
	k.noted.lock.Lock()
	defer k.noted.lock.Unlock()
	all := maps.Clone(k.noted.most)
	for name := range all {
		all[name] = slices.Clone(all[name])
	}
	return all
}
