package httpserver

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"leitai/graph"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/viewer"
)

// authRoutes are how people prove who they are and see to it. All but the
// sign-in itself need a session: a token cannot change how its owner signs in.
func (s *Server) authRoutes(route func(pattern string, h http.Handler)) {
	open := func(pattern string, h http.HandlerFunc) { route(pattern, h) }
	own := func(pattern string, h http.HandlerFunc) { route(pattern, s.authenticated(h)) }

	open("POST /auth/login/code", s.loginCode)
	open("POST /auth/login/renew", s.loginRenew)
	open("POST /auth/login/enrol", s.loginEnrol)
	open("POST /auth/login/confirm", s.loginConfirm)

	own("GET /auth/sessions", s.listSessions)
	own("DELETE /auth/sessions", s.endOtherSessions)
	own("DELETE /auth/sessions/{id}", s.endSession)
	own("GET /auth/tenants", s.listTenants)
	own("GET /auth/policy", s.showPolicy)
	own("PUT /auth/policy", s.changePolicy)

	own("GET /auth/factor", s.showFactor)
	own("POST /auth/factor/begin", s.beginFactor)
	own("POST /auth/factor/confirm", s.confirmFactor)
	own("POST /auth/factor/recovery", s.renewRecovery)
	own("POST /auth/factor/remove", s.removeFactor)
	own("DELETE /auth/users/{id}/factors", s.resetFactors)

	open("GET /auth/issuers", s.listIssuers)
	open("GET /auth/oidc/{key}/start", s.startIssuer)
	open("GET /auth/oidc/{key}/callback", s.issuerCallback)
	own("POST /auth/oidc/{key}/link", s.beginLink)
	own("GET /auth/links", s.listLinks)
	own("POST /auth/links/{id}/remove", s.removeLink)

	open("GET /signin/step", s.stepPage)
	open("POST /signin/step", s.stepForm)
}

type sessionAnswer struct {
	ID        uuid.UUID   `json:"id"`
	Current   bool        `json:"current"` // the one that asks
	Tenant    tenantPlace `json:"tenant"`
	CreatedAt time.Time   `json:"createdAt"`
	SeenAt    time.Time   `json:"seenAt"`
	ExpiresAt time.Time   `json:"expiresAt"`
	Method    string      `json:"method"` // password, password+code, password+recovery, oidc:KEY …
	Agent     string      `json:"agent"`
}

// listSessions lists the own sessions.
func (s *Server) listSessions(w http.ResponseWriter, r *http.Request) {
	all, err := s.deps.Identity.Sessions(r.Context())
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	answer := make([]sessionAnswer, len(all))
	for i, a := range all {
		answer[i] = sessionAnswer{ID: a.ID, Current: a.Own, Tenant: tenantPlace{ID: a.Tenant, Name: a.TenantName}, CreatedAt: a.CreatedAt,
			SeenAt: a.SeenAt, ExpiresAt: a.ExpiresAt, Method: a.Method, Agent: a.Agent}
	}
	writeJSON(w, http.StatusOK, map[string]any{"sessions": answer})
}

// listTenants lists where one may go with POST /auth/tenant, and where one is.
// It is here and not in the contract, because an answer of the contract is of
// one tenant.
func (s *Server) listTenants(w http.ResponseWriter, r *http.Request) {
	type place struct {
		tenantPlace
		Current bool `json:"current"`
	}
	v, err := viewer.From(r.Context())
	var all []identity.Place
	if err == nil {
		all, err = s.deps.Identity.Places(r.Context())
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	answer := make([]place, len(all))
	for i, a := range all {
		answer[i] = place{tenantPlace: tenantPlace{ID: a.Tenant, Kind: a.Kind, Name: a.Name}, Current: a.Tenant == v.Tenant}
	}
	writeJSON(w, http.StatusOK, map[string]any{"tenants": answer})
}

// endSession ends one of them, wherever it is.
func (s *Server) endSession(w http.ResponseWriter, r *http.Request) {
	id, err := pathID(r)
	if err == nil {
		err = s.deps.Identity.EndSession(r.Context(), id)
	}
	s.done(w, r, err)
}

// endOtherSessions ends all of them but the one that asks.
func (s *Server) endOtherSessions(w http.ResponseWriter, r *http.Request) {
	s.done(w, r, s.deps.Identity.EndOtherSessions(r.Context()))
}

// pathID reads the id of an address; what is none is not found.
func pathID(r *http.Request) (uuid.UUID, error) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return uuid.Nil, fault.New(fault.NotFound)
	}
	return id, nil
}

// pathUser reads the user named in the path, by global id or UUID.
func pathUser(r *http.Request) (uuid.UUID, error) {
	if name, id, ok := graph.OpenID(r.PathValue("id")); ok && name == "User" {
		return id, nil
	}
	return pathID(r)
}

// done answers what has no answer but that it was done.
func (s *Server) done(w http.ResponseWriter, r *http.Request, err error) {
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// policyBody is what a tenant asks for; zeros are the operator's values.
type policyBody struct {
	SecondFactor       bool `json:"secondFactor"`
	IdleMinutes        int  `json:"idleMinutes"`
	AbsoluteMinutes    int  `json:"absoluteMinutes"`
	PasswordLeast      int  `json:"passwordLeast"`
	PasswordDays       int  `json:"passwordDays"`
	PasswordRemembered int  `json:"passwordRemembered"`
}

// showPolicy tells what the tenant asks for and what holds.
func (s *Server) showPolicy(w http.ResponseWriter, r *http.Request) {
	own, holds, err := s.deps.Identity.Policy(r.Context())
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, struct {
		Own     policyBody `json:"own"`
		Holds   policyBody `json:"holds"`
		Classes int        `json:"passwordClasses"`
	}{policyBody(own), policyBody(holds.TenantPolicy), holds.PasswordClasses})
}

// changePolicy sets what the tenant asks for.
func (s *Server) changePolicy(w http.ResponseWriter, r *http.Request) {
	var body policyBody
	err := readJSON(r, &body)
	if err == nil {
		err = s.deps.Identity.ChangePolicy(r.Context(), identity.TenantPolicy(body))
	}
	s.done(w, r, err)
}
