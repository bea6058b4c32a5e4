package httpserver

import (
	"crypto/sha256"
	_ "embed" // invitation.gohtml
	"encoding/base64"
	"html/template"
	"net/http"

	"leitai/internal/fault"
	"leitai/internal/identity"
)

//go:embed invitation.gohtml
var joinSource string

var joinTemplate = template.Must(template.New("join").Parse(joinSource))

// joinScript takes the secret from behind the # of the address and looks the
// invitation up with it. Without a script the secret is pasted.
const joinScript = `var c=location.hash.slice(1);if(c){var f=document.forms[0];f.secret.value=c;history.replaceState(null,"",location.pathname);f.submit()}`

// joinPolicy lets that one script run and nothing else.
var joinPolicy = func() string {
	sum := sha256.Sum256([]byte(joinScript))
	return pagePolicy + "; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

// joinView is what the page shows: the question for the secret, the offer, or
// that it was accepted.
type joinView struct {
	Asking, Done          bool
	Secret, Login         string
	NewLogin              string // of the user that was made
	Offer                 *identity.Offer
	RoleZh, RoleEn, Until string
	SignedIn              bool
	Proven                *identity.Proven // with a provider, for this invitation
	Spent                 bool             // the proof was refused
	Issuers               []identity.Issuer
	Wrong                 []message
	Script                template.JS
	Style                 template.CSS
	Demo                  bool
}

// joinPage asks for the secret; whoever comes back from an identity provider
// sees the offer they went for.
func (s *Server) joinPage(w http.ResponseWriter, r *http.Request) {
	if p := s.provenBy(r); p != nil {
		s.showOffer(w, r, http.StatusOK, joinView{Secret: p.Secret})
		return
	}
	s.showJoin(w, http.StatusOK, joinView{Asking: true})
}

// joinLook shows the offer that a secret opens.
func (s *Server) joinLook(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.refuse(w, r, bodyFault(err))
		return
	}
	s.showOffer(w, r, http.StatusOK, joinView{Secret: r.PostForm.Get("secret")})
}

// joinAccept accepts from the form; what is not right is shown again.
func (s *Server) joinAccept(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.refuse(w, r, bodyFault(err))
		return
	}
	form := r.PostForm
	view := joinView{Secret: form.Get("secret"), Login: form.Get("login")}
	done, err := s.deps.Identity.AcceptInvitation(r.Context(), s.acceptance(r,
		identity.Acceptance{Secret: view.Secret, Login: view.Login, Password: form.Get("password")}, form.Has("signedIn"), form.Has("proof")))
	s.dropProof(w, r, err)
	if faults := fault.All(err); len(faults) > 0 {
		s.deps.Metrics.Refused(string(faults[0].Code))
		view.Wrong, view.Spent = messages(faults), refusesProof(err)
		s.showOffer(w, r, status(faults[0].Code), view)
		return
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.showJoin(w, http.StatusOK, joinView{Done: true, NewLogin: done.Login})
}

// showOffer looks the invitation up and shows it, with what was wrong; one that
// opens nothing leads back to the question.
func (s *Server) showOffer(w http.ResponseWriter, r *http.Request, code int, view joinView) {
	offer, err := s.deps.Identity.LookInvitation(r.Context(), view.Secret, addressOf(r))
	if faults := fault.All(err); len(faults) > 0 {
		if len(view.Wrong) == 0 {
			view.Wrong, code = messages(faults[:1]), status(faults[0].Code)
		}
		s.showJoin(w, code, joinView{Asking: true, Wrong: view.Wrong})
		return
	}
	if err == nil {
		err = s.holdOffer(w, view.Secret)
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	view.Offer, view.SignedIn, view.Issuers = offer, s.sessionOf(r) != "", s.issuers()
	if p := s.provenBy(r); p != nil && p.Secret == view.Secret && !view.Spent {
		view.Proven = p
	}
	view.RoleZh, view.RoleEn = roleName(offer.Role, fault.Chinese), roleName(offer.Role, fault.English)
	if offer.Until != nil {
		view.Until = offer.Until.Format("2006-01-02")
	}
	s.showJoin(w, code, view)
}

// provenBy is what the browser proved with an identity provider, if anything.
func (s *Server) provenBy(r *http.Request) *identity.Proven {
	sealed := s.cookieOf(r, proofCookie)
	if sealed == "" {
		return nil
	}
	p, err := s.deps.Identity.LookProof(r.Context(), sealed)
	if err != nil {
		return nil // whoever accepts with it is told
	}
	return p
}

func (s *Server) showJoin(w http.ResponseWriter, code int, v joinView) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", joinPolicy)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	v.Script, v.Style = joinScript, pageStyle
	v.Demo = s.options.Demo || v.Offer != nil && v.Offer.Demo
	w.WriteHeader(code)
	_ = joinTemplate.Execute(w, v) // writes to the client only; a failure means it has gone
}
