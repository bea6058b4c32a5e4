package httpserver

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"leitai/internal/fault"
	"leitai/internal/identity"
)

// listIssuers lists the identity providers, for sign-in pages of others.
func (s *Server) listIssuers(w http.ResponseWriter, _ *http.Request) {
	type issuer struct {
		Key     string `json:"key"`
		Chinese string `json:"zh"`
		English string `json:"en"`
		Start   string `json:"start"` // where to send the browser, with ?next=
	}
	answer := []issuer{}
	for _, i := range s.deps.Identity.Issuers() {
		answer = append(answer, issuer{i.Key, i.Chinese, i.English, "/auth/oidc/" + i.Key + "/start"})
	}
	writeJSON(w, http.StatusOK, map[string]any{"issuers": answer})
}

// startIssuer sends a browser to an identity provider: to sign in, or with
// ?for=invitation to prove an identity for accepting the one it looked at.
func (s *Server) startIssuer(w http.ResponseWriter, r *http.Request) {
	key, next := r.PathValue("key"), local(r.URL.Query().Get("next"))
	begin := s.deps.Identity.BeginSignIn
	if r.URL.Query().Get("for") == "invitation" {
		begin = func(ctx context.Context, key, next string) (*identity.Visit, error) {
			return s.deps.Identity.BeginProof(ctx, key, next, s.cookieOf(r, offerCookie))
		}
	}
	visit, err := begin(r.Context(), key, next)
	if err != nil {
		s.signinRefused(w, r, next, err)
		return
	}
	s.putCookie(w, s.named(visitCookie), visit.Cookie, visit.Until)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, visit.Address, http.StatusSeeOther)
}

// issuerCallback is where an identity provider sends the browser back.
func (s *Server) issuerCallback(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	s.dropCookie(w, visitCookie)
	w.Header().Set("Cache-Control", "no-store")
	back, err := s.deps.Identity.Callback(r.Context(), identity.CallbackInput{Key: r.PathValue("key"), State: q.Get("state"), Code: q.Get("code"),
		Issuer: q.Get("iss"), Cookie: s.cookieOf(r, visitCookie), Previous: s.sessionOf(r), Agent: agentOf(r), Address: addressOf(r)})
	if err == nil && back.Linking != nil {
		err = s.finishLink(r, back.Linking)
	}
	if err != nil {
		s.deps.Metrics.Login("refused")
		s.signinRefused(w, r, "", err)
		return
	}
	next := local(back.Next)
	switch {
	case back.Proof != "":
		s.putCookie(w, s.named(proofCookie), back.Proof, back.ProofUntil)
	case back.LoggedIn != nil:
		s.entered(w, back.LoggedIn)
		if back.Step != "" {
			next = "/signin/step?next=" + url.QueryEscape(next)
		}
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// finishLink links an identity for the session that is still there. The database
// was not held while the provider was asked.
func (s *Server) finishLink(r *http.Request, l *identity.Linking) error {
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
	return s.deps.Identity.FinishLink(ctx, l)
}

// signinRefused shows a refusal on the sign-in page to a person, and as JSON to
// a program.
func (s *Server) signinRefused(w http.ResponseWriter, r *http.Request, next string, err error) {
	faults := fault.All(err)
	if len(faults) == 0 || !readsPage(r) {
		s.refuse(w, r, err)
		return
	}
	s.deps.Metrics.Refused(string(faults[0].Code))
	s.showSignin(w, status(faults[0].Code), signinView{Next: local(next), Wrong: faults[0].Message(fault.Chinese), WrongEnglish: faults[0].Message(fault.English)})
}

// beginLink tells where to send the browser to link an identity with the own
// user.
func (s *Server) beginLink(w http.ResponseWriter, r *http.Request) {
	var body struct {
		proofBody
		Next string `json:"next"` // where to go afterwards
	}
	if err := readJSON(r, &body); err != nil {
		s.refuse(w, r, err)
		return
	}
	visit, err := s.deps.Identity.BeginLink(r.Context(), r.PathValue("key"), local(body.Next), body.Password, body.Code)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.putCookie(w, s.named(visitCookie), visit.Cookie, visit.Until)
	writeJSON(w, http.StatusOK, map[string]string{"location": visit.Address})
}

type linkAnswer struct {
	ID        uuid.UUID  `json:"id"`
	Key       string     `json:"key"`
	Issuer    string     `json:"issuer"`
	CreatedAt time.Time  `json:"createdAt"`
	UsedAt    *time.Time `json:"usedAt"`
}

// listLinks lists the identities linked with the own user.
func (s *Server) listLinks(w http.ResponseWriter, r *http.Request) {
	all, err := s.deps.Identity.Links(r.Context())
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	answer := make([]linkAnswer, len(all))
	for i, l := range all {
		answer[i] = linkAnswer{ID: l.ID, Key: l.Key, Issuer: l.Issuer, CreatedAt: l.CreatedAt, UsedAt: l.UsedAt}
	}
	writeJSON(w, http.StatusOK, map[string]any{"links": answer})
}

// removeLink takes one of them off.
func (s *Server) removeLink(w http.ResponseWriter, r *http.Request) {
	var body proofBody
	id, err := pathID(r)
	if err == nil {
		err = readJSON(r, &body)
	}
	if err == nil {
		err = s.deps.Identity.Unlink(r.Context(), id, body.Password, body.Code)
	}
	if err == nil {
		err = s.rotate(w, r)
	}
	s.done(w, r, err)
}
