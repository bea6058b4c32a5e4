package httpserver

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"leitai/internal/budget"
	"leitai/internal/fault"
	"leitai/internal/round"
)

// Results are what somebody without an account reads by a link.
type Results interface {
	Public(ctx context.Context, link string) (*round.PublicBoard, error)
}

// publicControl lets everybody on the way hold a page for a minute: that long a
// correction, a withdrawal and the end of a tenant may take to be seen.
const publicControl = "public, max-age=60"

// publicPlan is how often one network may ask: a village behind one address at
// once, and twenty pages a second for good.
var publicPlan = budget.Plan{Token: budget.Limit{Every: 50 * time.Millisecond, Burst: 300}, Entries: 20_000}

// public serves GET /public/{link}: a published result for everybody who has
// the link. There is no session, nothing of the reader is kept, and whatever is
// wrong with a link looks the same.
func (s *Server) public(w http.ResponseWriter, r *http.Request) {
	v := s.rates.readers.Ask(budget.Asker{Credential: sha256.Sum256([]byte(budget.Network(addressOf(r)))), Program: true}, 1)
	if !v.Allowed {
		s.deps.Metrics.Throttled("public", "refused")
		s.refuse(w, r, budget.Throttled(v.Wait))
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", publicPolicy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	found, err := s.deps.Results.Public(r.Context(), r.PathValue("link"))
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		s.refuse(w, r, err)
		return
	}
	var page bytes.Buffer
	if bad := publicTemplate.Execute(&page, s.publicView(found)); bad != nil {
		s.refuse(w, r, bad)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	if err != nil {
		s.deps.Metrics.Refused(string(fault.NotFound))
		h.Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNotFound)
	} else if answered(w, r, page.Bytes()) {
		return
	}
	_, _ = w.Write(page.Bytes()) // the reader may have gone; there is nobody to tell
}

// answered sets the tag of a page and tells whether the reader has it already.
func answered(w http.ResponseWriter, r *http.Request, page []byte) bool {
	sum := sha256.Sum256(page)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", publicControl)
	if !hasTag(r.Header.Get("If-None-Match"), tag) {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}
