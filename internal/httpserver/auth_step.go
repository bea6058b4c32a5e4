package httpserver

import (
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/identity"
)

// named is a cookie of ours beside that of the session.
func (s *Server) named(kind string) string { return s.cookie() + "-" + kind }

func (s *Server) cookieOf(r *http.Request, kind string) string {
	c, err := r.Cookie(s.named(kind))
	if err != nil {
		return ""
	}
	return c.Value
}

// Kinds of cookie: a sign-in that is not complete, a visit to an identity
// provider, an invitation looked at, and an identity proved for it.
const (
	stepCookie  = "step"
	visitCookie = "visit"
	offerCookie = "offer"
	proofCookie = "proof"
)

func (s *Server) dropCookie(w http.ResponseWriter, kind string) {
	s.putCookie(w, s.named(kind), "", time.Unix(0, 0))
}

// agentOf is what a browser calls itself, without what cannot be shown.
func agentOf(r *http.Request) string {
	agent := strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' {
			return -1
		}
		return c
	}, r.UserAgent())
	return agent[:min(len(agent), 200)]
}

// entered puts a session, or the next step to one, into the browser.
func (s *Server) entered(w http.ResponseWriter, in *identity.LoggedIn) {
	if in.Step != "" {
		s.deps.Metrics.Login("step")
		s.putCookie(w, s.named(stepCookie), in.Secret, in.ExpiresAt)
		return
	}
	s.deps.Metrics.Login("ok")
	s.setCookie(w, in.Secret, in.ExpiresAt)
	s.dropCookie(w, stepCookie)
}

// answerLogin answers a program after a proof: 200 with the session in a cookie,
// or 202 with the name of the next step.
func (s *Server) answerLogin(w http.ResponseWriter, r *http.Request, in *identity.LoggedIn, err error) {
	if err != nil {
		s.deps.Metrics.Login("refused")
		s.refuse(w, r, err)
		return
	}
	s.entered(w, in)
	writeJSON(w, loginStatus(in), answerOf(in))
}

func loginStatus(in *identity.LoggedIn) int {
	if in.Step != "" {
		return http.StatusAccepted
	}
	return http.StatusOK
}

func answerOf(in *identity.LoggedIn) loginAnswer {
	answer := loginAnswer{Step: in.Step, ExpiresAt: in.ExpiresAt}
	if in.Step == "" {
		answer.User, answer.Tenant = pointer(in.User), pointer(in.Tenant)
	}
	for _, t := range in.Tenants {
		answer.Tenants = append(answer.Tenants, tenantPlace{ID: t.Tenant, Kind: t.Kind, Name: t.Name})
	}
	return answer
}

func pointer(id uuid.UUID) *uuid.UUID { return &id }

// loginCode answers the step that asks for a code.
func (s *Server) loginCode(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Code string `json:"code"`
	}
	if err := readJSON(r, &body); err != nil {
		s.refuse(w, r, err)
		return
	}
	in, err := s.deps.Identity.Code(r.Context(), s.cookieOf(r, stepCookie), body.Code, s.sessionOf(r))
	s.answerLogin(w, r, in, err)
}

// loginRenew answers the step that asks for a new password.
func (s *Server) loginRenew(w http.ResponseWriter, r *http.Request) {
	var body struct {
		New string `json:"new"`
	}
	if err := readJSON(r, &body); err != nil {
		s.refuse(w, r, err)
		return
	}
	in, err := s.deps.Identity.Renew(r.Context(), s.cookieOf(r, stepCookie), body.New, s.sessionOf(r))
	s.answerLogin(w, r, in, err)
}

// loginEnrol begins the step that asks to set up a second factor.
func (s *Server) loginEnrol(w http.ResponseWriter, r *http.Request) {
	if err := readJSON(r, &struct{}{}); err != nil {
		s.refuse(w, r, err)
		return
	}
	made, err := s.deps.Identity.EnrolByStep(r.Context(), s.cookieOf(r, stepCookie))
	s.answerEnrolment(w, r, made, err)
}

// loginConfirm ends it and goes on with the sign-in.
func (s *Server) loginConfirm(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Code string `json:"code"`
	}
	if err := readJSON(r, &body); err != nil {
		s.refuse(w, r, err)
		return
	}
	codes, in, err := s.deps.Identity.ConfirmByStep(r.Context(), s.cookieOf(r, stepCookie), body.Code, s.sessionOf(r))
	if err != nil {
		s.answerLogin(w, r, nil, err)
		return
	}
	s.entered(w, in)
	writeJSON(w, loginStatus(in), struct {
		loginAnswer
		RecoveryCodes []string `json:"recoveryCodes"`
	}{answerOf(in), codes})
}
