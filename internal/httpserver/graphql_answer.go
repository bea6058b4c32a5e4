package httpserver

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"leitai/internal/fault"
)

// vary lists the headers of a request that change its answer.
const vary = "Accept, Accept-Language, Authorization, Cookie"

// answer is a response as it is sent: without data when nothing was executed.
type answer struct {
	Errors     gqlerror.List   `json:"errors,omitempty"`
	Data       json.RawMessage `json:"data,omitempty"`
	Extensions map[string]any  `json:"extensions,omitempty"`
}

// encoded writes a response. Data is JSON already and is not read again.
func encoded(response *graphql.Response) ([]byte, error) {
	if len(response.Errors) == 0 && len(response.Extensions) == 0 && len(response.Data) > 0 {
		data := bytes.TrimRight(response.Data, "\n")
		out := make([]byte, 0, len(data)+len("{\"data\":}\n"))
		out = append(out, `{"data":`...)
		out = append(out, data...)
		return append(out, '}', '\n'), nil
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(answer{Errors: response.Errors, Data: response.Data, Extensions: response.Extensions})
	return out.Bytes(), err
}

// writeGraphQL sends a response, with what it cost when that was asked for.
func (s *Server) writeGraphQL(w http.ResponseWriter, r *http.Request, read *operation, status int, response *graphql.Response) {
	if tellCost(r, read.asked) {
		if response.Extensions == nil {
			response.Extensions = map[string]any{}
		}
		response.Extensions["cost"] = costReport(read, response.Data)
	}
	body, err := encoded(response)
	if err != nil {
		s.refuseGraphQL(w, r, read.media, err)
		return
	}
	s.sendGraphQL(w, r, read.media, status, body)
}

// sendGraphQL sends an answer that is written already.
func (s *Server) sendGraphQL(w http.ResponseWriter, r *http.Request, media string, status int, body []byte) {
	s.sendControlled(w, r, media, status, "no-store", body)
}

func (s *Server) sendControlled(w http.ResponseWriter, r *http.Request, media string, status int, control string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", media+"; charset=utf-8")
	h.Set("Cache-Control", control)
	h.Add("Vary", vary)
	w.WriteHeader(status)
	if held, is := w.(*heldAnswer); is {
		held.take(body)
		return
	}
	if _, err := w.Write(body); err != nil {
		s.deps.Logger.DebugContext(r.Context(), "the answer was not taken", slog.Any("error", err))
	}
}

// refuseGraphQL is refuse in the media type of the answer.
func (s *Server) refuseGraphQL(w http.ResponseWriter, r *http.Request, media string, err error) {
	s.refuse(&typed{ResponseWriter: w, media: media}, r, err)
}

// typed is an answer whose media type is settled.
type typed struct {
	http.ResponseWriter

	media string
}

// WriteHeader implements http.ResponseWriter.
func (t *typed) WriteHeader(status int) {
	h := t.Header()
	h.Set("Content-Type", t.media+"; charset=utf-8")
	h.Add("Vary", vary)
	t.ResponseWriter.WriteHeader(status)
}

// refusedStatus is the status of an operation that was refused before anything
// ran. Under application/json a document that is not valid, variables that do
// not fit, and a hash whose text is wanted are answered 200: what went wrong is
// in the body. Limits are refused with 400 in both.
func refusedStatus(media string, errs gqlerror.List) int {
	if len(errs) == 0 {
		return http.StatusBadRequest
	}
	named, _ := errs[0].Extensions["code"].(string)
	code := fault.Code(named)
	if media == jsonType && (code == fault.QueryInvalid || code == fault.OneOf || code == fault.PersistedQueryNotFound) {
		return http.StatusOK
	}
	return status(code)
}
