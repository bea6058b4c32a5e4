package httpserver

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"leitai/graph"
	"leitai/internal/export"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Exports gives out files that jobs have written.
type Exports interface {
	// Open reads a file of the viewer's own.
	Open(ctx context.Context, job uuid.UUID) (*export.Stream, error)
	ReadLink(link string, job uuid.UUID) (*export.Pass, error)
	// OpenLink reads a file as the user of a pass, by the rights of now.
	OpenLink(ctx context.Context, p *export.Pass) (*export.Stream, error)
}

// exported serves GET /exports/{id}: the file of a job, for the one who asked by
// session or token, or by a signed link. A session that comes along with a link
// has to be its user's. The transaction ends before the first byte is sent, so
// that whoever reads slowly holds no connection of the database.
func (s *Server) exported(w http.ResponseWriter, r *http.Request) {
	kind, id, known := graph.OpenID(r.PathValue("id"))
	link := r.URL.Query().Get("pass")
	var stream *export.Stream
	var err error
	if link != "" {
		stream, err = s.exportByLink(r, link, id)
	} else {
		err = s.within(r, func(ctx context.Context) (err error) {
			if !known || kind != "Job" {
				return fault.New(fault.NotFound)
			}
			stream, err = s.deps.Exports.Open(ctx, id)
			return err
		})
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	defer func() { _ = stream.Body.Close() }()
	h := w.Header()
	h.Set("Content-Type", stream.MediaType)
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(stream.Name))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, no-store")
	http.ServeContent(&lasting{ResponseWriter: w, control: http.NewResponseController(w)}, r, "", time.Time{}, stream.Body)
}

func (s *Server) exportByLink(r *http.Request, link string, id uuid.UUID) (*export.Stream, error) {
	pass, err := s.deps.Exports.ReadLink(link, id)
	if err != nil {
		return nil, err
	}
	err = s.within(r, func(ctx context.Context) error {
		who, err := viewer.From(ctx)
		if err == nil && (who.User != pass.User || who.Tenant != pass.Tenant) {
			err = fault.New(fault.NotFound)
		}
		return err
	})
	if err != nil && fault.CodeOf(err) != fault.Unauthenticated { // nobody is signed in: the link alone opens it
		return nil, err
	}
	return s.deps.Exports.OpenLink(r.Context(), pass)
}

// lasting gives every write of a long answer its own time.
type lasting struct {
	http.ResponseWriter
	control *http.ResponseController
}

// Write implements io.Writer.
func (p *lasting) Write(b []byte) (int, error) {
	if err := p.control.SetWriteDeadline(time.Now().Add(exportPatience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return p.ResponseWriter.Write(b)
}

// Unwrap lets the server's own controls through.
func (p *lasting) Unwrap() http.ResponseWriter { return p.ResponseWriter }
