package httpserver

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

// Archives writes what a tenant owns.
type Archives interface {
	// Export writes the archive of the viewer's tenant and calls rowsDone when
	// no transaction is needed any more.
	Export(ctx context.Context, out io.Writer, rowsDone func()) error
}

const (
	// exportTime is what an export may take at most: its rows and files are more
	// than any other answer.
	exportTime = 15 * time.Minute
	// exportPatience is how long a client may take no byte.
	exportPatience = 30 * time.Second
)

// tenantExport serves GET /tenant/export: everything the viewer's tenant owns as
// one archive, streamed while it is read. What is refused is refused before the
// first byte; an error after it breaks the connection off, so that no one takes
// half an archive for a whole one.
func (s *Server) tenantExport(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), exportTime)
	defer cancel()
	credential, err := s.credential(r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	ctx, end, err := s.deps.Opener.OpenRequest(ctx, credential)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	defer end()
	if ctx, err = dressed(ctx, r); err != nil {
		s.refuse(w, r, err)
		return
	}
	out := &download{w: w, control: http.NewResponseController(w)}
	err = s.deps.Archives.Export(ctx, out, end)
	switch {
	case err == nil:
	case !out.begun:
		s.refuse(w, r, err)
	default:
		s.deps.Logger.WarnContext(ctx, "an export was broken off", slog.Any("error", err))
		panic(http.ErrAbortHandler)
	}
}

// download writes the head of the answer with the first bytes, and gives every
// write its own time.
type download struct {
	w       http.ResponseWriter
	control *http.ResponseController
	begun   bool
}

// Write implements io.Writer.
func (d *download) Write(p []byte) (int, error) {
	if err := d.control.SetWriteDeadline(time.Now().Add(exportPatience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	if !d.begun {
		d.begun = true
		h := d.w.Header()
		h.Set("Content-Type", "application/zip")
		h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape("擂台数据归档.zip"))
		h.Set("Cache-Control", "private, no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	}
	return d.w.Write(p)
}
