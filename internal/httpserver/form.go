package httpserver

import (
	"context"
	"io"
	"net/http"
	"time"

	"leitai/graph"
	"leitai/internal/bulletin"
)

// Forms keeps an office's own forms.
type Forms interface {
	AddForm(ctx context.Context, kind, name string, file []byte) (*bulletin.Form, error)
}

// formAnswer is a form that was taken in.
type formAnswer struct {
	ID           string    `json:"id"`
	Kind         string    `json:"kind"`
	Name         string    `json:"name"`
	Placeholders []string  `json:"placeholders"` // as the form uses them
	SHA256       string    `json:"sha256"`
	UploadedAt   time.Time `json:"uploadedAt"`
}

// addForm serves POST /forms/{kind}?name=…: the body is a DOCX with
// placeholders. It is kept when everything in it is in order, and answers 201;
// otherwise every fault is told and nothing is kept.
func (s *Server) addForm(w http.ResponseWriter, r *http.Request) {
	file, err := io.ReadAll(r.Body)
	if err != nil {
		s.refuse(w, r, bodyFault(err))
		return
	}
	form, err := s.deps.Forms.AddForm(r.Context(), r.PathValue("kind"), r.URL.Query().Get("name"), file)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	writeJSON(w, http.StatusCreated, formAnswer{ID: graph.FormID(form.ID), Kind: form.Kind, Name: form.Name, Placeholders: form.Placeholders,
		SHA256: form.Hash, UploadedAt: form.UploadedAt})
}
