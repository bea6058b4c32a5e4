package httpserver

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"leitai/graph"
	"leitai/internal/bulletin"
	"leitai/internal/fault"
	"leitai/internal/voting"
)

// Paper is a rendered document.
type Paper struct {
	Name string // file name with its extension
	Type string // media type
	Body []byte
}

// Documents draws papers; format is html, docx, xlsx, csv or zip.
type Documents interface {
	Document(ctx context.Context, kind string, id uuid.UUID, format string) (Paper, error)
	// Filled draws the paper on an office's own form.
	Filled(ctx context.Context, kind string, id, form uuid.UUID) (Paper, error)
	// Archive packs the electronic archive of one village.
	Archive(ctx context.Context, competition uuid.UUID, code string) (Paper, error)
}

// document serves GET /documents/{kind}/{id}?format=html|docx|xlsx|csv|zip. HTML
// is shown with a policy that runs nothing and takes no style but the paper's
// own; everything else is a download.
func (s *Server) document(w http.ResponseWriter, r *http.Request) {
	id, known := paperID(r.PathValue("kind"), r.PathValue("id"))
	if !known {
		s.refuse(w, r, fault.New(fault.NotFound))
		return
	}
	format := r.URL.Query().Get("format")
	if format == "" {
		format = "html"
	}
	paper, err := s.draw(r, id, format)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	writePaper(w, paper, format == bulletin.HTML)
}

// archive serves GET /archives/{competition}/{code}: the electronic archive of
// one village, as a zip with an index.
func (s *Server) archive(w http.ResponseWriter, r *http.Request) {
	id, known := objectID("Competition", r.PathValue("competition"))
	if !known {
		s.refuse(w, r, fault.New(fault.NotFound))
		return
	}
	paper, err := s.deps.Documents.Archive(r.Context(), id, r.PathValue("code"))
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	writePaper(w, paper, false)
}

// writePaper answers with a paper, shown or downloaded.
func writePaper(w http.ResponseWriter, paper Paper, shown bool) {
	disposition := "attachment"
	if shown {
		disposition = "inline"
	}
	h := w.Header()
	h.Set("Content-Type", paper.Type)
	h.Set("Content-Length", strconv.Itoa(len(paper.Body)))
	h.Set("Content-Disposition", disposition+"; filename*=UTF-8''"+url.PathEscape(paper.Name))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src "+bulletin.StyleSource()+"; img-src data:; sandbox allow-modals")
	h.Set("Cache-Control", "private, no-store")
	_, _ = w.Write(paper.Body) // the reader may have gone; there is nobody to tell
}

// draw draws the paper, or the office's own form that ?form= names, as DOCX.
func (s *Server) draw(r *http.Request, id uuid.UUID, format string) (Paper, error) {
	own := r.URL.Query().Get("form")
	if own == "" {
		return s.deps.Documents.Document(r.Context(), r.PathValue("kind"), id, format)
	}
	form, known := objectID("OfficeForm", own)
	if !known {
		return Paper{}, fault.New(fault.NotFound).At("form")
	}
	if format != bulletin.DOCX {
		return Paper{}, fault.New(fault.Invalid, "value", format, "want", "docx").At("format")
	}
	return s.deps.Documents.Filled(r.Context(), r.PathValue("kind"), id, form)
}

// paperOf is the type whose global id names a kind of paper.
var paperOf = map[string]string{
	bulletin.KindBulletin: "Publication", bulletin.KindNotice: "Round",
	bulletin.KindSummary: "Rollup", bulletin.KindLeadingGroup: "Competition",
	bulletin.KindScoreSheets: "Round", bulletin.KindTypingGrid: "Round", bulletin.KindItems: "Round", bulletin.KindContacts: "Round",
	bulletin.KindGrades: "Publication", bulletin.KindRegistration: "Publication", bulletin.KindCountyReport: "Publication", bulletin.KindProblems: "Competition",
	bulletin.KindBallotReport: "Poll", bulletin.KindThreeColour: "Poll",
	bulletin.KindDutyReport: "Submission", bulletin.KindReportRules: "Competition", bulletin.KindEvaluation: "Publication",
	voting.KindForm: "Poll", voting.KindSummary: "Poll",
}

// paperID reads the global id of the object a paper is about, as the API gives
// it, or its plain UUID.
func paperID(kind, text string) (uuid.UUID, bool) {
	if id, err := uuid.Parse(text); err == nil {
		return id, true
	}
	name, id, ok := graph.OpenID(text)
	return id, ok && name == paperOf[kind]
}
