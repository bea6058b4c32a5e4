package httpserver

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"leitai/internal/facts"
)

// Facts lays what was published flat, and knows which pages may ask from a
// browser.
type Facts interface {
	Plan(ctx context.Context, f facts.Filter, form string) (*facts.Export, error)
	Next(ctx context.Context, x *facts.Export) (all []facts.Fact, more bool, err error)
	OriginListed(ctx context.Context, origin string, hash *[32]byte) (bool, error)
}

// factsSince tells where the next export goes on from.
const factsSince = "Leitai-Facts-Since"

// factsFile serves GET /export/facts.csv and /export/facts.json: every fact of a
// filter, streamed piece by piece. Each piece is read in a transaction of its
// own, with the credential proved again, and none is open while it is sent: who
// reads slowly holds no connection, and who lost the right reads no further.
// What is refused is refused before the first byte; an error after it breaks the
// connection off, so that no one takes half a file for a whole one.
func (s *Server) factsFile(form factForm) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		filter, err := factsQuery(r.URL.RawQuery)
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), exportTime)
		defer cancel()
		plan, err := s.planFacts(ctx, r, filter, form)
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		tag := `"` + plan.Tag + `"`
		factsHead(w.Header(), form, plan, tag)
		if matches(r.Header.Values("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if r.Method == http.MethodHead {
			return
		}
		if err := s.sendFacts(ctx, w, r, plan, form); err != nil {
			s.deps.Logger.WarnContext(ctx, "an export of facts was broken off", slog.Any("error", err))
			panic(http.ErrAbortHandler)
		}
	}
}

// factsHead are the headers of a file of facts. A cache may keep it for its
// reader, and asks each time whether it is still good.
func factsHead(h http.Header, form factForm, plan *facts.Export, tag string) {
	h.Set("Content-Type", form.media)
	h.Set("Content-Disposition", `attachment; filename="facts.`+form.name+`"`)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("ETag", tag)
	h.Add("Vary", "Authorization, Cookie, "+tenantHeader)
	h.Set(factsSince, plan.Since)
	if plan.Demo {
		h.Set("Leitai-Demo", "true")
	}
}

// matches reports whether a condition names a tag.
func matches(conditions []string, tag string) bool {
	for _, condition := range conditions {
		for one := range strings.SplitSeq(condition, ",") {
			if one = strings.TrimPrefix(strings.TrimSpace(one), "W/"); one == "*" || one == tag {
				return true
			}
		}
	}
	return false
}

// planFacts lists what a file will hold.
func (s *Server) planFacts(ctx context.Context, r *http.Request, f facts.Filter, form factForm) (plan *facts.Export, err error) {
	err = s.briefly(ctx, r, func(ctx context.Context) error {
		if err := s.deps.Meter.Admit(ctx, false); err != nil {
			return err
		}
		plan, err = s.deps.Facts.Plan(ctx, f, form.name)
		return err
	})
	return plan, err
}

// briefly opens a request for its credential and ends it at once.
func (s *Server) briefly(ctx context.Context, r *http.Request, do func(context.Context) error) error {
	credential, err := s.credential(r)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.options.RequestTimeout)
	defer cancel()
	ctx, end, err := s.deps.Opener.OpenRequest(ctx, credential)
	if err != nil {
		return err
	}
	defer end()
	if ctx, err = dressed(ctx, r); err != nil {
		return err
	}
	return do(ctx)
}

// sendFacts reads and sends the pieces, each write with its own time.
func (s *Server) sendFacts(ctx context.Context, w http.ResponseWriter, r *http.Request, plan *facts.Export, form factForm) error {
	out := form.begin(&patient{w: w, control: http.NewResponseController(w)}, plan)
	for {
		var piece []facts.Fact
		var more bool
		err := s.briefly(ctx, r, func(ctx context.Context) (err error) {
			piece, more, err = s.deps.Facts.Next(ctx, plan)
			return err
		})
		if err != nil {
			return err
		}
		if !more {
			return out.end()
		}
		if err := out.facts(piece); err != nil {
			return err
		}
	}
}

// patient gives every write its own time.
type patient struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

// Write implements io.Writer.
func (p *patient) Write(b []byte) (int, error) {
	if err := p.control.SetWriteDeadline(time.Now().Add(exportPatience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return p.w.Write(b)
}
