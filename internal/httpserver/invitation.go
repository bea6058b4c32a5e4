package httpserver

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"leitai/internal/authz"
	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/telemetry"
)

// invitationRoutes are where an invitation is looked at and accepted. The secret
// comes in a body only, never in an address: links carry it behind the #, which
// browsers keep to themselves, so that no log of ours or of a proxy has it.
func (s *Server) invitationRoutes(route func(pattern string, h http.Handler)) {
	route("POST /auth/invitations/look", http.HandlerFunc(s.lookInvitation))
	route("POST /auth/invitations/accept", http.HandlerFunc(s.acceptInvitation))
	route("GET /join", http.HandlerFunc(s.joinPage))
	route("POST /join", http.HandlerFunc(s.joinLook))
	route("POST /join/accept", http.HandlerFunc(s.joinAccept))
}

// offerAnswer is what an invitation offers.
type offerAnswer struct {
	Tenant     uuid.UUID  `json:"tenant"`
	Kind       string     `json:"kind"`
	Name       string     `json:"name"` // of the tenant
	Role       string     `json:"role"`
	Label      string     `json:"label"` // of the role, in the caller's language
	Unit       string     `json:"unit"`
	Dimensions []string   `json:"dimensions"`
	ValidFrom  *time.Time `json:"validFrom"`
	ValidUntil *time.Time `json:"validUntil"`
	InvitedBy  string     `json:"invitedBy"`
	Invited    string     `json:"invited"`
	ExpiresAt  time.Time  `json:"expiresAt"`
	Demo       bool       `json:"demo"`
}

// lookInvitation tells what is offered, before it is accepted.
func (s *Server) lookInvitation(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Secret string `json:"secret"`
	}
	err := readJSON(r, &body)
	var o *identity.Offer
	if err == nil {
		o, err = s.deps.Identity.LookInvitation(r.Context(), body.Secret, addressOf(r))
	}
	if err == nil {
		err = s.holdOffer(w, body.Secret)
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	answer := offerAnswer{Tenant: o.Tenant, Kind: o.Kind, Name: o.TenantName, Role: string(o.Role), Label: roleName(o.Role, languageOf(r)), Unit: o.UnitName,
		Dimensions: o.Dimensions, ValidFrom: o.From, ValidUntil: o.Until, InvitedBy: o.InvitedBy, Invited: o.Invited, ExpiresAt: o.ExpiresAt, Demo: o.Demo}
	if answer.Dimensions == nil {
		answer.Dimensions = []string{}
	}
	writeJSON(w, http.StatusOK, answer)
}

// roleName is what a built-in role is called; another one by its key.
func roleName(role authz.Role, language fault.Language) string {
	info, known := authz.RoleOf(role)
	switch {
	case !known:
		return string(role)
	case language == fault.English:
		return info.En
	}
	return info.Zh
}

// acceptInvitation accepts with a new login and password or, when signedIn, with
// the present session, or, with proof, with the identity that the browser proved.
func (s *Server) acceptInvitation(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Secret   string `json:"secret"`
		Login    string `json:"login"`
		Password string `json:"password"`
		SignedIn bool   `json:"signedIn"`
		Proof    bool   `json:"proof"`
	}
	err := readJSON(r, &body)
	var done *identity.Accepted
	if err == nil {
		done, err = s.deps.Identity.AcceptInvitation(r.Context(), s.acceptance(r, identity.Acceptance{Secret: body.Secret, Login: body.Login, Password: body.Password}, body.SignedIn, body.Proof))
		s.dropProof(w, r, err)
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, struct {
		User   uuid.UUID `json:"user"`
		Tenant uuid.UUID `json:"tenant"`
		Login  string    `json:"login,omitempty"` // to sign in with; of a new user
	}{done.User, done.Tenant, done.Login})
}

// acceptance adds what the browser brings: where from, and the cookies it is
// told to accept with; one that is missing is refused as one that is over.
func (s *Server) acceptance(r *http.Request, in identity.Acceptance, signedIn, proof bool) identity.Acceptance {
	in.Address, in.Language, in.RequestID = addressOf(r), languageOf(r), telemetry.RequestID(r.Context())
	if signedIn {
		in.Session = cmp.Or(s.sessionOf(r), "none")
	}
	if proof {
		in.Proof = cmp.Or(s.cookieOf(r, proofCookie), "none")
	}
	return in
}

// holdOffer lets the browser go to an identity provider for the invitation that
// it looked at.
func (s *Server) holdOffer(w http.ResponseWriter, secret string) error {
	if len(s.issuers()) == 0 {
		return nil
	}
	sealed, until, err := s.deps.Identity.HoldOffer(secret)
	if err == nil {
		s.putCookie(w, s.named(offerCookie), sealed, until)
	}
	return err
}

// dropProof takes the proof out of the browser when the invitation was accepted
// or the proof refused; a login that is taken costs no second visit.
func (s *Server) dropProof(w http.ResponseWriter, r *http.Request, err error) {
	if err != nil && !refusesProof(err) {
		return
	}
	for _, kind := range []string{proofCookie, offerCookie} {
		if s.cookieOf(r, kind) != "" && (err == nil || kind == proofCookie) {
			s.dropCookie(w, kind)
		}
	}
}

func refusesProof(err error) bool {
	return slices.ContainsFunc(fault.All(err), func(f *fault.Fault) bool { return f.Field == "proof" })
}
