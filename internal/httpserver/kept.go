package httpserver

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"leitai/graph"
	"leitai/internal/calendar"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Stamper proves a credential without opening a request and tells the stamp of
// everything published that it may read, with the rights it has at this moment:
// two equal stamps, two equal answers. An empty stamp asks for a request to be
// opened.
//
// No kept answer is given out before that one statement: a revoke, a correction
// and a publication count at the next request, on every replica. The stamp of a
// new answer is taken before its rows are read, so that it may be older than
// they are, never newer.
type Stamper interface {
	Stamp(ctx context.Context, c viewer.Credential) (*viewer.Viewer, string, error)
	// Today is the business date where the viewer works.
	Today(v *viewer.Viewer) (calendar.Date, error)
	// Count notes a request that was answered without being opened.
	Count(v *viewer.Viewer)
}

// keepUnder is what an answer is kept under: whose it is, what was asked, in
// which language, on which day, and the stamp.
type keepUnder struct {
	Credential [sha256.Size]byte
	Stamp      string
	Query      string
	Operation  string
	Variables  map[string]any
	Language   fault.Language
	Today      string
}

func (u keepUnder) key() (keptKey, error) {
	written, err := json.Marshal(u)
	return sha256.Sum256(written), err
}

// answerKept answers an operation from memory where that may be. Where it may
// not yet, the operation is told under what its answer is to be kept.
func (s *Server) answerKept(w http.ResponseWriter, r *http.Request, read *operation) (done bool) {
	if s.kept == nil || read.refused != nil || !graph.Published(read.context.Operation) || tellCost(r, read.asked) {
		return false
	}
	credential, err := s.credential(r)
	if err != nil {
		return false
	}
	v, stamp, err := s.deps.Stamps.Stamp(r.Context(), credential)
	if err != nil || stamp == "" { // what opens the request tells why
		return false
	}
	today, err := s.deps.Stamps.Today(v)
	if err != nil {
		return false
	}
	key, err := keepUnder{Credential: credential.Hash, Stamp: stamp, Query: read.context.RawQuery, Operation: read.context.OperationName,
		Variables: read.context.Variables, Language: languageOf(r), Today: today.String()}.key()
	if err != nil {
		return false
	}
	read.keep = &key
	have := s.kept.get(key)
	s.deps.Metrics.Kept(have != nil, s.kept.bytes())
	if have == nil {
		return false
	}
	ctx := viewer.With(r.Context(), v)
	s.deps.Stamps.Count(v)
	if err := s.deps.Meter.Admit(ctx, false); err != nil {
		s.refuseGraphQL(w, r, read.media, err)
		return true
	}
	s.deps.Metrics.Operation("query", rootField(s.deps.Schema.Schema(), read.context.Operation), "kept", time.Since(read.begun))
	s.sendKept(w, r, read.media, have)
	return true
}

// keep holds the answer of an operation that said under what.
func (s *Server) keep(read *operation, keeping *graph.Keeping, response *graphql.Response) *keptAnswer {
	if read.keep == nil || !keeping.May() || len(response.Errors) > 0 || len(response.Extensions) > 0 {
		return nil
	}
	body, err := encoded(response)
	if err != nil {
		return nil
	}
	sum := sha256.Sum256(body)
	a := &keptAnswer{body: bytes.Clone(body), tag: `"` + hex.EncodeToString(sum[:16]) + `"`}
	s.kept.put(*read.keep, a)
	return a
}

// sendKept sends an answer with its tag, by which the caller asks again for
// nothing but the news. Nobody between may hold it.
func (s *Server) sendKept(w http.ResponseWriter, r *http.Request, media string, a *keptAnswer) {
	h := w.Header()
	h.Set("ETag", a.tag)
	if r.Method == http.MethodGet && hasTag(r.Header.Get("If-None-Match"), a.tag) {
		h.Set("Cache-Control", keptControl)
		h.Add("Vary", vary)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	s.sendControlled(w, r, media, http.StatusOK, keptControl, a.body)
}

// keptControl lets a browser hold an answer that it asks about each time.
const keptControl = "private, no-cache"

// hasTag reports whether the caller has the answer of a tag already.
func hasTag(sent, tag string) bool {
	for have := range strings.SplitSeq(sent, ",") {
		if have = strings.TrimPrefix(strings.TrimSpace(have), "W/"); have == tag || have == "*" {
			return true
		}
	}
	return false
}
