package httpserver

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"leitai/graph"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Stamper proves a credential without opening a request and tells the stamp of
// everything published that it may read, with the rights it has at this moment:
// two equal stamps, two equal answers. An empty stamp asks for a request to be
// opened.
//
// No kept answer is given out before that one statement: a revoke, a correction
// and a publication count at the next request, on every replica. Where nothing is
// kept yet, the statement that opens the request tells the stamp of the very
// snapshot that the new answer is read from.
type Stamper interface {
	Stamp(ctx context.Context, c viewer.Credential) (*viewer.Viewer, string, error)
	// Now is the business time.
	Now() time.Time
	// Count notes a request that was answered without being opened.
	Count(v *viewer.Viewer)
}

// Keep is under what the answer of an operation is to be kept.
type Keep struct {
	key    keptKey
	begun  time.Time // business time, before anything was read
	Stamp  string    // told by the opening of the request; empty: nothing is kept
	Viewer *viewer.Viewer
}

type keepWanted struct{}

// KeepWanted gives what an opener tells the stamp to; nil when nobody wants it.
func KeepWanted(ctx context.Context) *Keep {
	k, _ := ctx.Value(keepWanted{}).(*Keep)
	return k
}

// keyOf sums up what an answer is kept under: whose it is, what was asked, and
// in which language. Variables count as they are written: the same ones written
// otherwise are kept once more.
func keyOf(credential viewer.Credential, asked *asked, language fault.Language) keptKey {
	all := make([]byte, 0, len(credential.Hash)+len(asked.Query)+len(asked.OperationName)+len(asked.values)+len(language)+4*8)
	all = append(all, credential.Hash[:]...)
	for _, part := range []string{asked.Query, asked.OperationName, string(language)} {
		all = append(binary.BigEndian.AppendUint64(all, uint64(len(part))), part...)
	}
	return sha256.Sum256(append(all, asked.values...))
}

// answerKept answers an operation from memory where that may be. Where it may
// not yet, the request it gives back asks its opening for the stamp.
func (s *Server) answerKept(w http.ResponseWriter, r *http.Request, read *operation) (open *http.Request, done bool) {
	if s.kept == nil || read.refused != nil || !graph.Published(read.context.Operation) || tellCost(r, read.asked) {
		return r, false
	}
	read.keep = &Keep{key: keyOf(read.credential, read.asked, languageOf(r)), begun: s.deps.Stamps.Now()}
	have, v := s.good(r.Context(), read.credential, read.keep)
	s.deps.Metrics.Kept(have != nil, s.kept.bytes())
	if have == nil {
		return r.WithContext(context.WithValue(r.Context(), keepWanted{}, read.keep)), false
	}
	s.deps.Stamps.Count(v)
	if err := s.deps.Meter.Admit(viewer.With(r.Context(), v), false); err != nil {
		s.refuseGraphQL(w, r, read.media, err)
		return r, true
	}
	s.deps.Metrics.Operation("query", rootField(s.deps.Schema.Schema(), read.context.Operation), "kept", time.Since(read.begun))
	s.sendKept(w, r, read.media, have)
	return r, true
}

// good gives the answer that is kept, if it still is what would be answered now.
// When it is not, or who asks may not be answered, what opens the request tells
// why.
func (s *Server) good(ctx context.Context, credential viewer.Credential, k *Keep) (*keptAnswer, *viewer.Viewer) {
	have := s.kept.get(k.key)
	if have == nil {
		return nil, nil
	}
	v, stamp, err := s.deps.Stamps.Stamp(ctx, credential)
	if err != nil || stamp == "" || stamp != have.stamp {
		return nil, nil
	}
	if today, err := v.DateOf(k.begun); err != nil || today != have.today {
		return nil, nil
	}
	return have, v
}

// keep holds the answer of an operation that said under what.
func (s *Server) keep(read *operation, keeping *graph.Keeping, response *graphql.Response) *keptAnswer {
	if read.keep == nil || read.keep.Stamp == "" || !keeping.May() || len(response.Errors) > 0 || len(response.Extensions) > 0 {
		return nil
	}
	today, err := read.keep.Viewer.DateOf(read.keep.begun)
	if err != nil {
		return nil
	}
	body, err := encoded(response)
	if err != nil {
		return nil
	}
	sum := sha256.Sum256(body)
	a := &keptAnswer{body: bytes.Clone(body), tag: `"` + hex.EncodeToString(sum[:16]) + `"`, stamp: read.keep.Stamp, today: today}
	s.kept.put(read.keep.key, a)
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
