package httpserver

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/graph"
	"leitai/internal/evidence"
	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// Evidence takes files in and gives them out.
type Evidence interface {
	MayUpload(ctx context.Context) error
	Inspect(ctx context.Context, body io.Reader) (*evidence.Content, error)
	Keep(ctx context.Context, name string, c *evidence.Content) (*evidence.File, error)
	Open(ctx context.Context, id uuid.UUID, small bool) (*evidence.Stream, error)
	OpenLink(ctx context.Context, link string, id uuid.UUID, small bool) (*evidence.Stream, *evidence.Pass, error)
}

const (
	// uploadHeader has to come with an upload: a page of another site cannot send
	// it without asking first, and is not answered (T25).
	uploadHeader = "X-Leitai-Upload"
	uploadPath   = "/evidence"
	// uploadLimit is the body of an upload; the store's own limit of a file is
	// below it, so that a file too large is told as one.
	uploadLimit = 40 << 20
)

// upload serves POST /evidence: one file as the part named file of
// multipart/form-data. It answers 201 with the id by which mutations name the
// file. No transaction is held while the sender sends.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get(uploadHeader) == "" {
		s.refuse(w, r, fault.New(fault.UploadHeader, "want", uploadHeader))
		return
	}
	if err := s.within(r, s.deps.Evidence.MayUpload); err != nil {
		s.refuse(w, r, err)
		return
	}
	name, content, err := s.received(r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	var kept *evidence.File
	err = s.within(r, func(ctx context.Context) (err error) {
		kept, err = s.deps.Evidence.Keep(ctx, name, content)
		return err
	})
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	writeJSON(w, http.StatusCreated, graph.FileAnswer(kept))
}

// within opens the database side of a request for a moment.
func (s *Server) within(r *http.Request, do func(ctx context.Context) error) error {
	credential, err := s.credential(r)
	if err != nil {
		return err
	}
	ctx, end, err := s.deps.Opener.OpenRequest(r.Context(), credential)
	if err != nil {
		return err
	}
	defer end()
	if ctx, err = dressed(ctx, r); err != nil {
		return err
	}
	if err := s.deps.Meter.Admit(ctx, r.Method != http.MethodGet); err != nil {
		return err
	}
	return do(ctx)
}

// received reads the one file of an upload.
func (s *Server) received(r *http.Request) (string, *evidence.Content, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return "", nil, fault.New(fault.MediaType, "want", "multipart/form-data")
	}
	for range 10 { // other fields are passed over
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", nil, uploadFault(err)
		}
		if part.FormName() != "file" {
			continue
		}
		content, err := s.deps.Evidence.Inspect(r.Context(), part)
		return sentName(part.Header.Get("Content-Disposition")), content, uploadFault(err)
	}
	return "", nil, fault.New(fault.FileMissing).At("file")
}

// uploadFault tells a body that broke off or is too large from a refusal.
func uploadFault(err error) error {
	var large *http.MaxBytesError
	switch {
	case err == nil || fault.CodeOf(err) != "" || errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &large):
		return fault.New(fault.BodyTooLarge)
	}
	return fault.New(fault.FileMissing).At("file")
}

// sentName is what the sender calls a file; its path, if it has one, is dropped.
func sentName(disposition string) string {
	_, params, err := mime.ParseMediaType(disposition)
	if err != nil {
		return ""
	}
	return path.Base(strings.ReplaceAll(params["filename"], `\`, "/"))
}

// download serves GET /evidence/{id} and GET /evidence/{id}/small: for whoever
// may read the file by session or token, or by a signed link that is bound to
// the file, its reader and one minute (T18). A session that comes along with a
// link has to be the reader's.
func (s *Server) download(small bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		kind, id, known := graph.OpenID(r.PathValue("id"))
		link := r.URL.Query().Get("pass")
		if (!known || kind != "StoredFile") && link == "" {
			s.refuse(w, r, fault.New(fault.NotFound))
			return
		}
		var stream *evidence.Stream
		var err error
		if link != "" {
			stream, err = s.byLink(r, link, id, small)
		} else {
			err = s.within(r, func(ctx context.Context) (err error) {
				stream, err = s.deps.Evidence.Open(ctx, id, small)
				return err
			})
		}
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		defer func() { _ = stream.Body.Close() }()
		send(w, r, stream)
	}
}

func (s *Server) byLink(r *http.Request, link string, id uuid.UUID, small bool) (*evidence.Stream, error) {
	stream, pass, err := s.deps.Evidence.OpenLink(r.Context(), link, id, small)
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
		_ = stream.Body.Close()
		return nil, err
	}
	return stream, nil
}

// send streams a file so that a browser shows pictures and videos, downloads
// everything else, and runs nothing (T19).
func send(w http.ResponseWriter, r *http.Request, stream *evidence.Stream) {
	disposition := "attachment"
	if strings.HasPrefix(stream.MediaType, "image/") || strings.HasPrefix(stream.MediaType, "video/") {
		disposition = "inline"
	}
	h := w.Header()
	h.Set("Content-Type", stream.MediaType)
	h.Set("Content-Disposition", disposition+"; filename*=UTF-8''"+url.PathEscape(stream.Name))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, no-store")
	http.ServeContent(w, r, "", time.Time{}, stream.Body)
}
