package httpserver

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"leitai/graph"
	"leitai/internal/fault"
	"leitai/internal/httpserver/imports"
	"leitai/internal/viewer"
)

// Imports takes spreadsheets in.
type Imports interface {
	Import(ctx context.Context, in imports.Request) (imports.Report, error)
}

// fileLimit is how many bytes an uploaded file may have, whatever the limit of
// other bodies.
const fileLimit = 10 << 20

// filesUnder are the addresses that take files.
var filesUnder = []string{"/imports/", "/forms/"}

// bodyLimit is how many bytes the body of a request may have.
func (s *Server) bodyLimit(r *http.Request) int64 {
	if r.URL.Path == uploadPath {
		return max(s.options.BodyLimit, uploadLimit)
	}
	for _, prefix := range filesUnder {
		if strings.HasPrefix(r.URL.Path, prefix) {
			return max(s.options.BodyLimit, fileLimit)
		}
	}
	return s.options.BodyLimit
}

// faultsAnswered is how many faults of one import are told; more would not be read.
const faultsAnswered = 1000

// importAnswer is what an import answers: what was read, and everything that is
// wrong with it.
type importAnswer struct {
	imports.Report
	Faults []importFault `json:"faults"`
	More   int           `json:"more,omitempty"` // faults beyond those told
}

type importFault struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Field   string `json:"field"` // sheet and cell, or what of the request is wrong
	Row     int    `json:"row,omitempty"`
	Column  string `json:"column,omitempty"`
}

// importFile serves POST /imports/{kind}?round=…&commit=true: the body is an
// XLSX or CSV file. Without commit it is a preview and nothing is kept. What is
// refused is refused whole: 422 with every fault at its row and column.
func (s *Server) importFile(w http.ResponseWriter, r *http.Request) {
	in := imports.Request{Kind: r.PathValue("kind"), Commit: r.URL.Query().Get("commit") == "true", Source: r.URL.Query().Get("source")}
	for field, kind := range map[string]string{"round": "Round", "competition": "Competition", "ballot": "Poll"} {
		text := r.URL.Query().Get(field)
		if text == "" {
			continue
		}
		id, known := objectID(kind, text)
		if !known {
			s.refuse(w, r, fault.New(fault.NotFound).At("%s", field))
			return
		}
		in.Of = id
	}
	who, err := viewer.Actor(r.Context())
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	in.Person = who.Person
	if in.File, err = io.ReadAll(r.Body); err != nil {
		s.refuse(w, r, bodyFault(err))
		return
	}
	report, err := s.deps.Imports.Import(r.Context(), in)
	faults := fault.All(err)
	if err != nil && (len(faults) == 0 || status(faults[0].Code) != http.StatusBadRequest) {
		s.refuse(w, r, err)
		return
	}
	s.answerImport(w, r, report, faults)
}

func (s *Server) answerImport(w http.ResponseWriter, r *http.Request, report imports.Report, faults fault.List) {
	answer, code := importAnswer{Report: report, Faults: []importFault{}}, http.StatusOK
	if len(faults) > 0 {
		code = http.StatusUnprocessableEntity
		answer.Committed = false
	}
	answer.More = max(0, len(faults)-faultsAnswered)
	for _, f := range faults[:len(faults)-answer.More] {
		s.deps.Metrics.Refused(string(f.Code))
		answer.Faults = append(answer.Faults, importFault{Code: string(f.Code), Message: f.Message(languageOf(r)), Field: f.Field, Row: f.Place.Row, Column: f.Place.Column})
	}
	writeJSON(w, code, answer)
}

// objectID reads a global id of a kind of object, or its plain UUID.
func objectID(kind, text string) (uuid.UUID, bool) {
	if id, err := uuid.Parse(text); err == nil {
		return id, id != uuid.Nil
	}
	name, id, ok := graph.OpenID(text)
	return id, ok && name == kind
}
