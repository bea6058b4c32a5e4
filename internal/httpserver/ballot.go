package httpserver

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"leitai/internal/fault"
	"leitai/internal/voting"
)

// Booth is where a voter casts: a code is all it asks for.
type Booth interface {
	Form(ctx context.Context, code string) (*voting.Form, error)
	Cast(ctx context.Context, code string, choices map[string]string) error
}

// choicePrefix stands before the subject's id in the names of the form's fields.
const choicePrefix = "choice."

// ballotRoutes are the phone page of a democratic evaluation. It has no session
// and no cookie, works without a script, and nothing of a request is logged:
// neither address nor code nor time. A code comes in a body or behind the # of
// an address, which browsers keep to themselves, so that no proxy notes it
// either. Requests from other sites are refused by the guard of all routes.
func (s *Server) ballotRoutes(mux *http.ServeMux) {
	route := func(pattern string, h http.HandlerFunc) { mux.Handle(pattern, s.unseen(pattern, h)) }
	route("GET /ballot", func(w http.ResponseWriter, _ *http.Request) { s.showBallot(w, http.StatusOK, ballotView{Asking: true}) })
	route("POST /ballot", s.ballotForm)
	route("POST /ballot/cast", s.ballotCast)
	route("GET /ballot/done", func(w http.ResponseWriter, _ *http.Request) { s.showBallot(w, http.StatusOK, ballotView{Done: true}) })
}

// unseen counts a request by its route and keeps nothing else of it; a crowd of
// wrong codes is held off before the database is asked.
func (s *Server) unseen(pattern string, next http.HandlerFunc) http.Handler {
	s.patterns = append(s.patterns, pattern)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun, recorder := time.Now(), &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		defer func() { s.deps.Metrics.Request(pattern, strconv.Itoa(recorder.status/100)+"xx", time.Since(begun)) }()
		if r.Method == http.MethodPost && s.crowd.full(addressOf(r)) {
			s.ballotRefused(recorder, r, "", fault.New(fault.BallotTooManyRequests))
			return
		}
		next(recorder, r)
	})
}

// ballotForm shows the form that a code opens.
func (s *Server) ballotForm(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.ballotRefused(w, r, "", bodyFault(err))
		return
	}
	code := r.PostForm.Get("code")
	form, err := s.deps.Booth.Form(r.Context(), code)
	if err != nil {
		s.ballotRefused(w, r, code, err)
		return
	}
	s.showBallot(w, http.StatusOK, formView(form, code, nil, nil))
}

// ballotCast casts the sheet. One that is not filled in properly is shown again
// with what is missing; a reload after a cast sends nothing twice.
func (s *Server) ballotCast(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.ballotRefused(w, r, "", bodyFault(err))
		return
	}
	code, choices := r.PostForm.Get("code"), map[string]string{}
	for name, values := range r.PostForm {
		if subject, ok := strings.CutPrefix(name, choicePrefix); ok && len(values) > 0 {
			choices[subject] = values[0]
		}
	}
	err := s.deps.Booth.Cast(r.Context(), code, choices)
	switch {
	case err == nil:
		http.Redirect(w, r, "/ballot/done", http.StatusSeeOther)
	case fault.All(err) == nil || fault.CodeOf(err) == fault.BallotCodeInvalid:
		s.ballotRefused(w, r, code, err)
	default:
		form, again := s.deps.Booth.Form(r.Context(), code)
		if again != nil {
			s.ballotRefused(w, r, code, again)
			return
		}
		s.showBallot(w, http.StatusBadRequest, formView(form, code, choices, fault.All(err)))
	}
}

// ballotRefused asks for the code again with what was wrong. A failure of ours is
// logged by its kind alone, because its text might hold what was sent.
func (s *Server) ballotRefused(w http.ResponseWriter, r *http.Request, code string, err error) {
	faults := fault.All(err)
	if len(faults) == 0 {
		s.deps.Logger.LogAttrs(context.Background(), slog.LevelError, "casting failed", slog.String("kind", fmt.Sprintf("%T", err)))
		faults = fault.List{fault.New(fault.Internal)}
	}
	if faults[0].Code == fault.BallotCodeInvalid {
		s.crowd.failed(addressOf(r))
	}
	s.deps.Metrics.Refused(string(faults[0].Code))
	s.showBallot(w, status(faults[0].Code), ballotView{Asking: true, Code: code, Wrong: messages(faults[:1])})
}
