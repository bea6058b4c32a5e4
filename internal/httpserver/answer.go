package httpserver

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"

	"golang.org/x/text/language"

	"leitai/internal/fault"
	"leitai/internal/telemetry"
)

var matcher = language.NewMatcher([]language.Tag{language.MustParse("zh-Hans"), language.English})

// languageOf reads Accept-Language; Chinese is the answer to anything unknown.
func languageOf(r *http.Request) fault.Language {
	header := r.Header.Get("Accept-Language")
	if header == "" || len(header) > 200 {
		return fault.Chinese
	}
	_, index := language.MatchStrings(matcher, header)
	if index == 1 {
		return fault.English
	}
	return fault.Chinese
}

// refusal is the JSON of a request that was refused before GraphQL ran, in the
// shape in which GraphQL itself tells errors: clients read both alike.
type refusal struct {
	Errors []refusalError `json:"errors"`
}

type refusalError struct {
	Message    string            `json:"message"`
	Extensions refusalExtensions `json:"extensions"`
}

type refusalExtensions struct {
	Code      string `json:"code"`
	Field     string `json:"field,omitempty"`
	RequestID string `json:"requestId"`
}

func refused(r *http.Request, f *fault.Fault) refusalError {
	return refusalError{Message: f.Message(languageOf(r)),
		Extensions: refusalExtensions{Code: string(f.Code), Field: f.Field, RequestID: telemetry.RequestID(r.Context())}}
}

// status gives the HTTP status of a code.
func status(code fault.Code) int {
	switch code {
	case fault.Unauthenticated, fault.LoginFailed, fault.CodeWrong, fault.SignInStepOver, fault.IssuerRefused, fault.ExternalUnlinked:
		return http.StatusUnauthorized
	case fault.Forbidden, fault.CrossSite, fault.UploadHeader, fault.LinkInvalid, fault.FactorWanted, fault.IssuerForeignRegion, fault.DocumentNotTrusted:
		return http.StatusForbidden
	case fault.NotFound, fault.IssuerUnknown:
		return http.StatusNotFound
	case fault.WrongMethod, fault.MutationByGet:
		return http.StatusMethodNotAllowed
	case fault.Throttled, fault.LoginThrottled, fault.BallotTooManyRequests, fault.SignupThrottled, fault.PlanLimit, fault.ArchiveBusy, fault.StreamsTooMany:
		return http.StatusTooManyRequests
	case fault.BodyTooLarge, fault.FileTooLarge, fault.PictureTooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.NotAcceptable:
		return http.StatusNotAcceptable
	case fault.IdempotencyBusy, fault.IdempotencyAnswerNotKept:
		return http.StatusConflict
	case fault.IdempotencyKeyReused:
		return http.StatusUnprocessableEntity
	case fault.MediaType, fault.FileTypeRefused:
		return http.StatusUnsupportedMediaType
	case fault.IssuerUnavailable:
		return http.StatusBadGateway
	case fault.RequestTimeout, fault.StreamEnding:
		return http.StatusServiceUnavailable
	case fault.Internal:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

// refuse answers a REST request with the faults inside err; any other error is
// logged and answered as internal.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	faults := fault.All(err)
	if len(faults) == 0 {
		s.deps.Logger.ErrorContext(r.Context(), "a request failed", slog.Any("error", err))
		faults = fault.List{fault.New(fault.Internal)}
	}
	answer := refusal{}
	for _, f := range faults {
		s.deps.Metrics.Refused(string(f.Code))
		answer.Errors = append(answer.Errors, refused(r, f))
	}
	switch faults[0].Code {
	case fault.Unauthenticated:
		challenge(w, r)
	case fault.Throttled, fault.LoginThrottled, fault.SignupThrottled, fault.StreamsTooMany:
		w.Header().Set("Retry-After", faults[0].Args["seconds"])
	}
	writeJSON(w, status(faults[0].Code), answer)
}

func writeInternal(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusInternalServerError, refusal{Errors: []refusalError{refused(r, fault.New(fault.Internal))}})
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client may have gone; there is nobody to tell
}

// readJSON decodes a small JSON body strictly.
func readJSON(r *http.Request, into any) error {
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); strings.TrimSpace(kind) != "application/json" {
		return fault.New(fault.MediaType, "want", "application/json")
	}
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return bodyFault(err)
	}
	return nil
}
