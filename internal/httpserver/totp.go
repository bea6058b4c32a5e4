package httpserver

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"

	"rsc.io/qr"

	"leitai/internal/identity"
)

// showFactor tells the own second factor.
func (s *Server) showFactor(w http.ResponseWriter, r *http.Request) {
	f, err := s.deps.Identity.FactorOf(r.Context())
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, struct {
		InForce      bool `json:"inForce"`
		Required     bool `json:"required"`
		RecoveryLeft int  `json:"recoveryLeft"`
	}{f.InForce, f.Required, f.RecoveryLeft})
}

// proofBody is what a change of how somebody signs in asks for.
type proofBody struct {
	Password string `json:"password"` // empty within ten minutes after a sign-in
	Code     string `json:"code"`     // when a second factor is in force
}

// beginFactor makes a secret for an authenticator.
func (s *Server) beginFactor(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Password string `json:"password"`
	}
	if err := readJSON(r, &body); err != nil {
		s.refuse(w, r, err)
		return
	}
	made, err := s.deps.Identity.BeginFactor(r.Context(), body.Password)
	s.answerEnrolment(w, r, made, err)
}

// answerEnrolment shows a secret once: as text, as an address and as pictures of
// it.
func (s *Server) answerEnrolment(w http.ResponseWriter, r *http.Request, made *identity.Enrolment, err error) {
	var code *qr.Code
	if err == nil {
		code, err = qr.Encode(made.URL, qr.M)
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, map[string]string{"secret": made.Secret, "url": made.URL, "svg": svgOf(code),
		"png": "data:image/png;base64," + base64.StdEncoding.EncodeToString(code.PNG())})
}

// svgOf draws a QR code with the quiet zone that readers need.
func svgOf(code *qr.Code) string {
	const quiet = 4
	side := strconv.Itoa(code.Size + 2*quiet)
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + side + ` ` + side + `" width="240" height="240" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h` +
		side + `v` + side + `H0z"/><path d="`)
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				b.WriteString("M" + strconv.Itoa(x+quiet) + " " + strconv.Itoa(y+quiet) + "h1v1h-1z")
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.String()
}

// confirmFactor puts a secret in force, and shows the recovery codes once.
func (s *Server) confirmFactor(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Code string `json:"code"`
	}
	err := readJSON(r, &body)
	var codes []string
	if err == nil {
		codes, err = s.deps.Identity.ConfirmFactor(r.Context(), body.Code)
	}
	if err == nil {
		err = s.rotate(w, r)
	}
	s.answerCodes(w, r, codes, err)
}

// renewRecovery replaces the recovery codes.
func (s *Server) renewRecovery(w http.ResponseWriter, r *http.Request) {
	var body proofBody
	err := readJSON(r, &body)
	var codes []string
	if err == nil {
		codes, err = s.deps.Identity.RenewRecoveryCodes(r.Context(), body.Password, body.Code)
	}
	s.answerCodes(w, r, codes, err)
}

func (s *Server) answerCodes(w http.ResponseWriter, r *http.Request, codes []string, err error) {
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"recoveryCodes": codes})
}

// removeFactor takes the own second factor out of force.
func (s *Server) removeFactor(w http.ResponseWriter, r *http.Request) {
	var body proofBody
	err := readJSON(r, &body)
	if err == nil {
		err = s.deps.Identity.RemoveFactor(r.Context(), body.Password, body.Code)
	}
	if err == nil {
		err = s.rotate(w, r)
	}
	s.done(w, r, err)
}

// resetFactors takes the second factor and the linked identities off a user of
// the tenant who has lost them; the user is named by the global id or the UUID.
func (s *Server) resetFactors(w http.ResponseWriter, r *http.Request) {
	id, err := pathUser(r)
	if err == nil {
		err = s.deps.Identity.ResetFactors(r.Context(), id)
	}
	s.done(w, r, err)
}
