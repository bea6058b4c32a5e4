package httpserver

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/telemetry"
	"leitai/internal/viewer"
)

// cookie is the name of the session cookie. The __Host- prefix makes browsers
// refuse it without Secure, with a Domain or from a subdomain.
func (s *Server) cookie() string {
	if s.options.SecureCookies {
		return "__Host-leitai"
	}
	return "leitai"
}

func (s *Server) sessionOf(r *http.Request) string {
	c, err := r.Cookie(s.cookie())
	if err != nil {
		return ""
	}
	return c.Value
}

// credential reads the one credential a request carries.
func (s *Server) credential(r *http.Request) (viewer.Credential, error) {
	bearer, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if bearer == r.Header.Get("Authorization") {
		bearer = ""
	}
	if app, found, err := appCredential(r, bearer); found {
		return app, err
	}
	_, password, _ := r.BasicAuth()
	c, found, err := identity.Credential(password, bearer, s.sessionOf(r))
	if err == nil && !found {
		err = fault.New(fault.Unauthenticated)
	}
	return c, err
}

// authenticated opens the database side of a request for its credential before
// the handler runs, and ends it afterwards.
func (s *Server) authenticated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		credential, err := s.credential(r)
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		s.opened(credential, next).ServeHTTP(w, r)
	})
}

// opened is authenticated for a credential that was read before.
func (s *Server) opened(credential viewer.Credential, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, end, err := s.deps.Opener.OpenRequest(r.Context(), credential)
		if fault.CodeOf(err) == fault.Unauthenticated && credential.Kind == viewer.Session && readsPage(r) {
			toSignin(w, r) // the session is over
			return
		}
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		defer end()
		ctx, err = dressed(ctx, r)
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// dressed gives the viewer what only the edge knows: language and request id.
func dressed(ctx context.Context, r *http.Request) (context.Context, error) {
	v, err := viewer.From(ctx)
	if err != nil {
		return nil, err
	}
	own := *v
	own.Language, own.RequestID = languageOf(r), telemetry.RequestID(ctx)
	return viewer.With(ctx, &own), nil
}

// loginBody is what POST /auth/login takes.
type loginBody struct {
	Login    string    `json:"login"`
	Password string    `json:"password"`
	Tenant   uuid.UUID `json:"tenant"` // optional: where to begin
}

// loginAnswer tells who signed in, or what is still to be shown; the secret is
// in a cookie only.
type loginAnswer struct {
	Step      string        `json:"step,omitempty"` // code | enrol | renew; empty: signed in
	User      *uuid.UUID    `json:"user,omitempty"`
	Tenant    *uuid.UUID    `json:"tenant,omitempty"`
	Tenants   []tenantPlace `json:"tenants,omitempty"`
	ExpiresAt time.Time     `json:"expiresAt"`
}

type tenantPlace struct {
	ID   uuid.UUID `json:"id"`
	Kind string    `json:"kind"`
	Name string    `json:"name"`
}

// login signs a person in. It is REST, outside GraphQL, so that no alias can
// try a thousand passwords in one request.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	var body loginBody
	if err := readJSON(r, &body); err != nil {
		s.refuse(w, r, err)
		return
	}
	in, err := s.deps.Identity.Login(r.Context(), identity.LoginInput{Login: body.Login, Password: body.Password,
		Address: addressOf(r), Tenant: body.Tenant, Previous: s.sessionOf(r), Agent: agentOf(r)})
	s.answerLogin(w, r, in, err)
}

// logout ends the session, if there is one.
func (s *Server) logout(w http.ResponseWriter, r *http.Request) {
	if secret := s.sessionOf(r); secret != "" {
		if err := s.deps.Identity.Logout(r.Context(), secret); err != nil {
			s.refuse(w, r, err)
			return
		}
	}
	s.setCookie(w, "", time.Unix(0, 0))
	w.WriteHeader(http.StatusNoContent)
}

// switchTenant moves the session to another tenant in which its user holds a
// role, under a new secret.
func (s *Server) switchTenant(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Tenant uuid.UUID `json:"tenant"`
	}
	if err := readJSON(r, &body); err != nil {
		s.refuse(w, r, err)
		return
	}
	in, err := s.deps.Identity.SwitchTenant(r.Context(), s.sessionOf(r), body.Tenant)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.setCookie(w, in.Secret, in.ExpiresAt)
	w.WriteHeader(http.StatusNoContent)
}

// changePassword changes the own password; the user's other sessions end, and
// this one goes on under a new secret.
func (s *Server) changePassword(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Current string `json:"current"`
		New     string `json:"new"`
	}
	err := readJSON(r, &body)
	if err == nil {
		err = s.deps.Identity.ChangePassword(r.Context(), body.Current, body.New)
	}
	if err == nil {
		err = s.rotate(w, r)
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// rotate gives the session that asks a new secret, after a change of how its
// user proves who they are.
func (s *Server) rotate(w http.ResponseWriter, r *http.Request) error {
	in, err := s.deps.Identity.Rotate(r.Context(), s.sessionOf(r))
	if err != nil {
		return err
	}
	s.setCookie(w, in.Secret, in.ExpiresAt)
	return nil
}

func (s *Server) setCookie(w http.ResponseWriter, value string, until time.Time) {
	s.putCookie(w, s.cookie(), value, until)
}

func (s *Server) putCookie(w http.ResponseWriter, name, value string, until time.Time) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure is off only for plain http on loopback
		Name: name, Value: value, Path: "/", Expires: until,
		HttpOnly: true, Secure: s.options.SecureCookies, SameSite: http.SameSiteLaxMode,
	})
}

// addressOf is the client's address, for throttles: the peer's, or the one that
// a trusted proxy names (addressed).
func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
